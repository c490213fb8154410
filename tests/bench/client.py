"""One browser tab without a browser: Streamlit's own messages over its websocket.

Measures from the moment a click is sent until the script behind it has finished. A page that shows
an error is an exception here, so that no error page is ever measured.
"""

import asyncio
import json
import re
import time
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode

import websockets
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

PATIENCE = 60.0  # seconds until a page must have come
TABLE, PRESSED = "paritet_drill_table", "paritet_pressed"  # what hears the buttons in HTML
_CHOICES = re.compile(r'aria-pressed="(\w+)" data-choose="(.*?)"')
FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class WrongPage(Exception):
    """What came is not what was asked for."""


@dataclass(slots=True)
class Page:
    """What is shown after a run of the script; `widgets` and `buttons` by label."""

    milliseconds: float = 0.0
    widgets: dict[str, Any] = field(default_factory=dict)
    buttons: dict[str, Any] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    choices: dict[str, bool] = field(default_factory=dict)  # of buttons in HTML: whether chosen
    components: dict[str, Any] = field(default_factory=dict)  # by name
    wrongs: list[str] = field(default_factory=list)
    byte_count: int = 0
    fragments: dict[str, str] = field(default_factory=dict)  # of a widget: what it runs anew

    @property
    def table(self) -> dict[str, Any]:
        """The data of the drill table."""
        payload = self.component(TABLE)
        kind = payload.WhichOneof("data")
        data = payload.mixed.json if kind == "mixed" else getattr(payload, kind)
        table = json.loads(data)
        return json.loads(table) if isinstance(table, str) else table  # a text may be JSON itself

    def component(self, name: str) -> Any:
        """Return a component of our own."""
        if name not in self.components:
            raise WrongPage(f"the page has no {name}; it says: {self.texts}")
        return self.components[name]

    def options(self, label: str) -> list[str]:
        """Return the options of a selectbox."""
        return list(self.widgets[label].options)

    def beside(self, fragment: str) -> "Page":
        """Return what stays when a fragment runs anew: what stands outside of it."""
        is_body = fragment in list(self.fragments.values())[:1]  # all others stand in it
        gone = {one for one, of in self.fragments.items() if is_body or of == fragment}
        return Page(
            widgets={label: one for label, one in self.widgets.items() if one.id not in gone},
            buttons={label: one for label, one in self.buttons.items() if one.id not in gone},
            choices={} if is_body else dict(self.choices),
            components={name: one for name, one in self.components.items() if one.id not in gone},
            fragments={one: of for one, of in self.fragments.items() if one not in gone},
        )

    def take(self, delta: Delta) -> None:
        """Remember an element that arrived."""
        if delta.WhichOneof("type") != "new_element":
            return
        kind = delta.new_element.WhichOneof("type")
        element = getattr(delta.new_element, kind)
        if delta.fragment_id and hasattr(element, "id"):
            self.fragments[element.id] = delta.fragment_id
        if kind == "exception" or (kind == "alert" and element.format == Alert.ERROR):
            self.wrongs.append(str(element)[:300])
        elif kind in ("selectbox", "text_input", "slider", "button_group"):
            self.widgets[element.label] = element
        elif kind == "button":
            self.buttons[element.label] = element
        elif kind in ("markdown", "text", "heading", "alert", "html"):
            self.texts.append(element.body)
            self.choices |= {what: said == "true" for said, what in _CHOICES.findall(element.body)}
        elif kind == "bidi_component":
            self.components[element.component_name] = element


class Session:
    """A visitor: one connection, one page, what its widgets hold and its address.

    Parameters
    ----------
    port
        Port of the server on this machine.
    page
        Page to open first, as the address names it.
    address
        Its query parameters.
    """

    def __init__(self, port: int, page: str = "", **address: str) -> None:
        self._host, self._page_name, self._query = f"127.0.0.1:{port}", page, urlencode(address)
        self._page_hash = self._fragment = ""
        self._page_hashes: dict[str, str] = {}
        self._states: dict[str, WidgetState] = {}
        self.page = Page()

    async def __aenter__(self) -> Self:
        self._socket = await websockets.connect(
            f"ws://{self._host}/_stcore/stream",
            subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"],
            max_size=None,
            compression=None,
            open_timeout=PATIENCE,
            ping_interval=None,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._socket.close()

    def chosen(self, label: str) -> str:
        """Return what a selectbox or a text field shows."""
        return self._states[self.page.widgets[label].id].string_value

    async def load(self) -> Page:
        """Run the page as it opens."""
        return await self._run()

    async def visit(self, page: str) -> Page:
        """Go to another page of the navigation."""
        self._page_hash, self._query = self._page_hashes[page], ""
        return await self._run()

    async def choose(self, label: str, value: str) -> Page:
        """Choose an option of a selectbox, or type into a text field."""
        if label not in self.page.widgets:
            raise WrongPage(f"no widget {label!r}; there are: {list(self.page.widgets)}")
        widget = self.page.widgets[label]
        return await self._run(WidgetState(id=widget.id, string_value=value))

    async def open(self, label: str, option: str) -> Page:
        """Choose one of the options that stand beside each other."""
        state = WidgetState(id=self.page.widgets[label].id)
        state.string_array_value.data.append(option)
        return await self._run(state)

    async def press(self, label: str) -> Page:
        """Press a button."""
        if label not in self.page.buttons:
            raise WrongPage(f"no button {label!r}; there are: {list(self.page.buttons)}")
        pressed = WidgetState(id=self.page.buttons[label].id, trigger_value=True)
        return await self._run(pressed, is_kept=False)

    async def slide(self, label: str, value: float) -> Page:
        """Move a slider."""
        state = WidgetState(id=self.page.widgets[label].id)
        state.double_array_value.data.append(value)
        return await self._run(state)

    async def fire(self, event: str, value: Any, component: str = TABLE) -> Page:
        """Send an event of a component, such as the name of a row of the drill table."""
        shown = self.page.component(component)
        payload = json.dumps([{"event": event, "value": value}])
        trigger = WidgetState(id=_make_trigger_id(shown.id, "events"), json_trigger_value=payload)
        return await self._run(trigger, is_kept=False, inside=shown.id)

    async def press_choice(self, what: str) -> Page:
        """Press a button in HTML that chooses."""
        if what not in self.page.choices:
            raise WrongPage(f"no button chooses {what}; there are: {list(self.page.choices)}")
        return await self.fire("chosen", what, PRESSED)

    async def _run(
        self, changed: WidgetState | None = None, is_kept: bool = True, inside: str = ""
    ) -> Page:
        widget = inside or (changed.id if changed else "")
        self._fragment = self.page.fragments.get(widget, "")
        message = self._message(changed, is_kept)
        async with asyncio.timeout(PATIENCE):
            begin = time.perf_counter()
            await self._socket.send(message)
            page = await self._answer(begin)
        if page.wrongs:
            raise WrongPage(page.wrongs[0])
        self.page = page
        self._hold_what_is_shown()
        return page

    def _message(self, changed: WidgetState | None, is_kept: bool) -> bytes:
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string, rerun.page_script_hash = self._query, self._page_hash
        rerun.fragment_id = self._fragment
        rerun.page_name = "" if self._page_hash else self._page_name
        rerun.context_info.locale, rerun.context_info.timezone = "en-US", "UTC"
        rerun.context_info.url = f"http://{self._host}/{self._page_name}"
        states = dict(self._states)
        if changed is not None:
            states[changed.id] = changed
            if is_kept:
                self._states = states
        rerun.widget_states.widgets.extend(states.values())
        return message.SerializeToString()

    async def _answer(self, begin: float) -> Page:
        page, size = self.page.beside(self._fragment) if self._fragment else Page(), 0
        while True:
            data = await self._socket.recv(decode=False)
            now = time.perf_counter()
            size += len(data)
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "new_session" and not message.metadata.run.fragment_ids:
                page = Page()
            if kind != "script_finished":
                self._take(message, kind, page)
            elif message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                if message.script_finished not in FINISHED:
                    page.wrongs.append(str(message))
                page.milliseconds, page.byte_count = (now - begin) * 1000, size
                return page

    def _take(self, message: ForwardMsg, kind: str, page: Page) -> None:
        match kind:
            case "delta":
                page.take(message.delta)
            case "new_session":
                self._page_hash = message.new_session.page_script_hash
            case "navigation":
                self._page_hash = message.navigation.page_script_hash
                self._page_hashes = {
                    entry.url_pathname: entry.page_script_hash
                    for entry in message.navigation.app_pages
                }
            case "page_info_changed":
                self._query = message.page_info_changed.query_string
            case "session_event" | "page_not_found":
                page.wrongs.append(str(message)[:300])

    def _hold_what_is_shown(self) -> None:
        """Hold the value of every widget on the page, as the browser does, and of no other."""
        held: dict[str, WidgetState] = {}
        for widget in self.page.widgets.values():
            state = self._states.get(widget.id)
            if state is None or widget.set_value:
                state = _shown(widget)
            held[widget.id] = state
        self._states = held


def _shown(widget: Any) -> WidgetState:
    """Return the state of a widget that nobody has touched, or that the page has set."""
    state = WidgetState(id=widget.id)
    match type(widget).__name__:
        case "Slider":
            state.double_array_value.data.extend(
                widget.value if widget.set_value else widget.default
            )
        case "Selectbox":
            state.string_value = (
                widget.raw_value if widget.set_value else widget.options[widget.default]
            )
        case "ButtonGroup":
            chosen = [widget.options[place].content for place in widget.default]
            state.string_array_value.data.extend(widget.raw_values if widget.set_value else chosen)
        case _:
            state.string_value = widget.value if widget.set_value else widget.default
    return state
