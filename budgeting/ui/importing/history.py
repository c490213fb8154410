"""Accepted files: the source behind every number, and taking one back; templates to begin with."""

from functools import partial
from typing import Any

import streamlit as st

from budgeting.access import Identity
from budgeting.imports.mappings.templates import KINDS, template
from budgeting.imports.stored.undo import Dependents, undo, waiting_words, what_hangs_on
from budgeting.model import Table, plural_text, text
from budgeting.reports import source_files
from budgeting.ui.fields import worded
from budgeting.ui.frame import plain
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _
from budgeting.ui.tables import filled, report_table

_SHOWN, _FEW = 500, 8
_SCROLLED = 320  # pixels
_UNDO, _REASON, _ASKED, _UNDONE = "undo_import", "undo_reason", "undo_asked", "undone"


def show_history(who: Identity) -> None:
    """Show the accepted files, newest first, and offer to take one back."""
    report = source_files.build(open_store())
    table = report.tables["files"]
    if not table.rows.num_rows:
        return
    st.subheader(_("Accepted files"), anchor=False)
    _last_undo()
    newest = Table(table.columns, table.rows.slice(0, _SHOWN))
    report_table(newest, height=_height(table), order=filled(newest, source_files.ON_SCREEN))
    with st.expander(_("Take an import back"), icon=":material/undo:"):
        _offer_undo(table.rows.to_pylist(), who)


def _height(table: Table) -> int | None:
    return _SCROLLED if table.rows.num_rows > _FEW else None


def _offer_undo(rows: list[dict[str, Any]], who: Identity) -> None:
    imports = {row["import_id"]: row for row in reversed(rows) if not row["is_undone"]}
    chosen = st.selectbox(
        _("Import to take back"),
        sorted(imports, key=int, reverse=True),
        index=None,
        format_func=lambda number: _import_words(imports.get(number)),
        placeholder=_("Choose an import"),
        key=worded(_UNDO),
    )
    if chosen is None:
        return
    dependents = what_hangs_on(open_store(), int(chosen))
    for line in dependent_words(dependents):
        st.markdown(f"- {plain(line)}")
    if dependents.later_imports:
        return
    reason = st.text_input(_("Why it is taken back"), key=_REASON, max_chars=400)
    st.button(
        _("Take it back"),
        key="take_back",
        on_click=_ask_for,
        args=(chosen,),
        icon=":material/undo:",
    )
    if st.session_state.pop(_ASKED, None) == chosen:
        undo(open_store(), int(chosen), reason, who)
        st.session_state[_UNDONE] = imports[chosen]["file_name"]
        for key in (worded(_UNDO), _REASON):
            st.session_state.pop(key, None)
        st.rerun()


def _ask_for(number: str) -> None:
    st.session_state[_ASKED] = number


def _import_words(row: dict[str, Any] | None) -> str:
    if row is None:
        return ""
    return _(
        "{file} · {municipality} {year} · accepted by {name} on {day}",
        file=row["file_name"],
        municipality=row["municipality_name"],
        year=row["fiscal_year"],
        name=row["imported_by"],
        day=row["imported_at"],
    )


def dependent_words(dependents: Dependents) -> list[str]:
    """Return in sentences what hangs on an import."""
    say = language().say
    found = [
        _(
            "{file}, accepted on {day} by {name}, builds on it: take that one back first.",
            file=later.file_name,
            day=later.imported_at.date(),
            name=later.imported_by,
        )
        for later in dependents.later_imports
    ]
    marks = sum(dependents.marks.values())
    if marks:
        found.append(
            say(
                plural_text(
                    "{count} gender mark loses its line. It is kept, shown as orphaned, and attached "
                    "again as soon as the same code is stored again.",
                    "{count} gender marks lose their lines. They are kept, shown as orphaned, and "
                    "attached again as soon as the same codes are stored again.",
                    marks,
                )
            )
        )
    if dependents.succession_count:
        found.append(say(waiting_words(dependents.succession_count)))
    found += [
        _(
            "The scenario “{name}” of {author} loses lines or its baseline; it is kept.",
            name=scenario.name,
            author=scenario.author,
        )
        for scenario in dependents.scenarios
    ]
    return found or [_("Nothing hangs on this import.")]


def _last_undo() -> None:
    name = st.session_state.pop(_UNDONE, None)
    if name:
        st.success(plain(_("{file} was taken back.", file=name)), icon=":material/task_alt:")


_TEMPLATES = {
    "expenditure": text("Expenditure"),
    "revenue": text("Revenue"),
    "population": text("Residents by sex and age"),
    "use": text("Who uses services"),
}


def offer_templates() -> None:
    """Offer templates to fill in, empty or with an example."""
    words = language()
    with st.expander(_("Templates to fill in, with an example"), icon=":material/description:"):
        st.caption(
            _("For those whose ledger gives no file: filled in, they come in without a question.")
        )
        for kind in KINDS:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(words.say(_TEMPLATES[kind]), width=240)
                for is_filled, label in ((False, _("Empty")), (True, _("With an example"))):
                    st.download_button(
                        label,
                        data=partial(template, kind, words, is_filled=is_filled),
                        file_name=f"paritet_{kind}{'_example' if is_filled else ''}.xlsx",
                        on_click="ignore",
                        key=f"template_{kind}_{is_filled}",
                        icon=":material/download:",
                    )
