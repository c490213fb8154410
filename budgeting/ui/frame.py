"""The page frame: title as a question, answer as a sentence, filters, content, source and method."""

import logging
import re
import uuid
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from budgeting.access import Action, Identity, Role, is_allowed, role_name
from budgeting.errors import BudgetingError
from budgeting.model import Report, Text, text
from budgeting.settings import LANGUAGES, ROOT, settings
from budgeting.ui import address
from budgeting.ui.filters import choice
from budgeting.ui.kept import made_once
from budgeting.ui.session import identity, language
from budgeting.ui.session import say as _

LOG = logging.getLogger(__name__)

# An icon of our own, as a data address: Streamlit fetches its named icons from the network, and
# reads a file again at every run.
_DRAWING = Path(__file__).with_name("icon.svg").read_bytes()
ICON = "data:image/svg+xml;base64," + b64encode(_DRAWING).decode()


def page(name: str, title: str, icon: str, *, is_listed: bool = True) -> Any:
    """Return a page of the navigation; one that is not listed is reached by its address only.

    Streamlit looks for its file when it is made, which for all pages takes longer than showing one
    of them: they are made once. The router gets copies, because it marks the one that may run.
    """
    return copy(_page(name, title, icon, is_listed))


@lru_cache(maxsize=128)
def _page(name: str, title: str, icon: str, is_listed: bool) -> Any:
    return st.Page(
        ROOT / "pages" / f"{name}.py",
        title=title,
        icon=f":material/{icon}:",
        visibility="visible" if is_listed else "hidden",
    )


def through_router() -> None:
    """Let a page run only when ``app.py`` runs it: sign-in and language are decided there.

    Until a process has called `st.navigation` once, Streamlit runs the file of an address such as
    ``/budget_explorer`` directly. Every page begins with this call; it sends such a visitor round
    through ``app.py``.
    """
    if not address.was_followed():
        PagesManager.uses_pages_directory = False
        st.rerun()


@contextmanager
def guarded() -> Iterator[None]:
    """Show what went wrong as a sentence: bad use in its own words, a bug with a reference."""
    try:
        yield
    except BudgetingError as error:
        st.error(language().say(error.message), icon=":material/info:")
    except Exception:
        reference = uuid.uuid4().hex[:8]
        LOG.exception("reference %s", reference)
        st.error(
            _(
                "This page has a fault of its own. Nothing was changed. Tell the administrator the "
                "reference {reference}; the log explains it.",
                reference=reference,
            ),
            icon=":material/error:",
        )


# Of everything that is drawn as HTML: what a click runs anew need not send it again.
_STYLE = f"<style>{Path(__file__).with_name('page.css').read_text(encoding='utf-8')}</style>"
# Streamlit says "Upload" and how large a file may be in English only: our own words stand in their place.
_FILE_FIELDS = """<style>[data-testid="stFileUploaderDropzoneInstructions"] {{display:none}}
[data-testid="stFileUploaderDropzone"] button p {{font-size:0}}
[data-testid="stFileUploaderDropzone"] button p::after {{content:"{words}";font-size:.875rem}}</style>"""


def surround() -> None:
    """Show what stands around every page: the choice of language, and styles that all pages need."""
    st.html(_STYLE + _FILE_FIELDS.format(words=_("Choose a file")))
    with st.container(key="language", width=130):
        choice(
            "lang",
            _("Language"),
            LANGUAGES,
            default=language().code,
            label_visibility="collapsed",
        )


def heading(title: str, answer: str, *, is_fictional: bool = False) -> None:
    """Show the page's question and its answer."""
    st.title(title, anchor=False)
    fiction = plain(_("Fictional demo data"))
    badge = f" :gray-badge[:material/theater_comedy: {fiction}]"
    # no heading: it would have a link to itself
    st.markdown(f"**{plain(answer)}**" + (badge if is_fictional else ""))


def foot(report: Report) -> None:
    """Show notes, sources and data version: the same stamp that every download carries."""
    words = language()
    st.caption(made_once(report, f"foot {words.code}", lambda: _foot(report, words.say)))


def _foot(report: Report, say: Callable[[Text], str]) -> str:
    lines = [say(note) for note in report.notes]
    sources = "; ".join(say(source) for source in report.sources)
    if sources:
        lines.append(say(text("Sources: {sources}.", sources=sources)))
    lines.append(say(text("Data version {version}.", version=str(report.data_version))))
    return "---\n" + plain("  \n".join(lines))


def sign_out(who: Identity) -> None:
    """Say who is signed in, and offer the way out where this installation has one."""
    if settings().sign_in == "none" or who.role is Role.GUEST:
        return
    st.caption(plain(_("Signed in as {name} ({role}).", name=who.name, role=role_name(who.role))))
    if settings().sign_in == "oidc" and st.button(_("Sign out")):
        st.logout()


# What the browser makes links of after Markdown is read, whatever is escaped in it: a sign that has
# no width, and lets no line break, keeps the two halves apart.
_LINKED = re.compile(r"(?<=\w)@(?=\w)|www(?=\.)|https?(?=:)", re.IGNORECASE)
_JOINER = "\u2060"


def plain(words: str) -> str:
    """Return words so that Markdown shows them as they are, line breaks kept; no address is a link."""
    words = _LINKED.sub(lambda found: found[0] + _JOINER, words)
    for mark in "\\`*_[]$<#~:":
        words = words.replace(mark, "\\" + mark)
    return words


def empty_state() -> None:
    """Lead from an empty database to the import page; never an empty chart."""
    heading(
        _("Welcome. There is no budget here yet."),
        _("Begin with the file that your ledger system gives you."),
    )
    st.markdown(
        _(
            "Paritet shows what your municipality's budget does: where the money goes, what became of it, "
            "and whom it reaches. Nothing is stored before you have seen what a file means."
        )
    )
    who = identity()
    if who and is_allowed(who.role, Action.IMPORT_BUDGET):
        if st.button(_("Import a budget"), type="primary", icon=":material/upload_file:"):
            st.switch_page("pages/import_data.py")
    else:
        st.info(
            _(
                "Someone with the role “{role}” can import the first budget.",
                role=role_name(Role.EDITOR),
            )
        )
