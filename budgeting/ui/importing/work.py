"""Long work: done beside the page, so that the browser stays alive, and can be stopped."""

import threading
from collections.abc import Callable, Hashable
from time import monotonic
from typing import Any

import streamlit as st

from budgeting.errors import ImportCancelled
from budgeting.imports.progress import heard_by
from budgeting.model import Text, text
from budgeting.translations import Language
from budgeting.ui.frame import plain
from budgeting.ui.session import language
from budgeting.ui.session import say as _

Task = Callable[[], Any]

PATIENCE = 2.0  # seconds: shorter work shows no bar
_POLL = 0.5
_WORKS = "import_works"


class Work:
    """A task in a thread of its own: which step it is at, how far that is, and what came of it."""

    def __init__(self, key: Hashable, task: Task) -> None:
        self.key = key
        self.step: Text | None = None
        self.share = 0.0
        self._began = monotonic()
        self._cancel = threading.Event()
        self._result: Any = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(task,), daemon=True)
        self._thread.start()

    def _run(self, task: Task) -> None:
        try:
            with heard_by(self._hear):
                self._result = task()
        except BaseException as error:  # told by `result`, in the reader's own thread
            self._error = error

    def _hear(self, step: Text, share: float) -> None:
        self.step, self.share = step, share
        if self._cancel.is_set():
            raise ImportCancelled(text("It was stopped on request; nothing was stored."))

    @property
    def seconds(self) -> int:
        """How long the task has been at work."""
        return int(monotonic() - self._began)

    def cancel(self) -> None:
        """Ask the task to stop at its next step."""
        self._cancel.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked the task to stop."""
        return self._cancel.is_set()

    def is_done(self, seconds: float = 0.0) -> bool:
        """Return whether the task is done, waiting so long for it."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def result(self) -> Any:
        """Return what the task gave, or raise what it raised."""
        if self._error is not None:
            raise self._error
        return self._result


def result_of(
    slot: str, key: Hashable, task: Task, words: str, *, is_reading: bool = True
) -> tuple[bool, Any]:
    """Return whether the task of `key` is done, and what it gave; until then its bar is shown.

    A slot holds one task: another key stops the one before. Reading writes nothing, so that a task
    that was stopped need not be waited for.
    """
    works: dict[str, Work] = st.session_state.setdefault(_WORKS, {})
    work = works.get(slot)
    if work is None or work.key != key:
        if work is not None:
            work.cancel()
        work = works[slot] = Work(key, task)
    if is_reading and work.is_cancelled:
        _offer_again(slot)
        return False, None
    if not work.is_done():
        with st.spinner(words):
            work.is_done(PATIENCE)
    if not work.is_done():
        _show(work, words, slot, language(), is_reading=is_reading)
        return False, None
    return True, work.result()


def _offer_again(slot: str) -> None:
    st.info(_("Reading was stopped. Nothing was stored."), icon=":material/info:")
    st.button(_("Read it again"), on_click=forget, args=(slot,))


def forget(*slots: str) -> None:
    """Stop the tasks of some slots, of all without any, and forget what they gave."""
    works: dict[str, Work] = st.session_state.get(_WORKS, {})
    for slot in slots or tuple(works):
        if work := works.pop(slot, None):
            work.cancel()


# A fragment runs without app.py: it is given the reader's language, which is not known there.
@st.fragment(run_every=_POLL)
def _show(work: Work, words: str, slot: str, reader: Language, *, is_reading: bool) -> None:
    if work.is_done() or (is_reading and work.is_cancelled):
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(work.share, plain(_how_far(work, words, reader)), width="stretch")
        cancel = reader.say(text("Stopping") if work.is_cancelled else text("Cancel"))
        st.button(
            cancel,
            on_click=work.cancel,
            key=f"cancel_{slot}",
            icon=":material/close:",
            disabled=work.is_cancelled,
        )


def _how_far(work: Work, words: str, reader: Language) -> str:
    """Return what is done, at which step it is and how much of that is done."""
    if work.step is None:
        return reader.say(text("{task} ({count} s)", task=words, count=work.seconds))
    return reader.say(
        text(
            "{task}: {step}, {share} % ({count} s)",
            task=words,
            step=work.step,
            share=int(work.share * 100),
            count=work.seconds,
        )
    )
