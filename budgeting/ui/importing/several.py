"""Several files at once: one table of verdicts, and one acceptance of all or none."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa
import streamlit as st

from budgeting.access import Identity
from budgeting.imports.stored.bundle import AnyFile, Bundle, accept_bundle, bundle
from budgeting.imports.use.verdict import UseVerdict
from budgeting.imports.verdict import Verdict
from budgeting.model import Column, Finding, Severity, Table, plural_text, text
from budgeting.ui.frame import plain
from budgeting.ui.importing.acceptance import Storing, begin_storing, named, place_of, proposed_name
from budgeting.ui.importing.case import GUESS, Case, ask, key_of
from budgeting.ui.importing.file import look
from budgeting.ui.importing.findings import reason_field, told
from budgeting.ui.importing.mapping import settled
from budgeting.ui.importing.questions import ASKED, ask_direction
from budgeting.ui.importing.steps import show_case
from budgeting.ui.importing.successions import said_of
from budgeting.ui.importing.verdict import AnyVerdict, examined, verdict_words
from budgeting.ui.importing.work import result_of
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table

_ACCEPTING = "import_accepting_all"
_SHARED = (
    *("municipality", "name", "country", "currency", "stage", "as_of", "decision_number"),
    *("grade", "unit"),
)


def show_several(cases: Sequence[Case], who: Identity) -> None:
    """Show what is thought of each file, one of them in full, and accept all of them or none."""
    st.subheader(
        _("{count} files, accepted together or not at all", count=len(cases)), anchor=False
    )
    questions, above, below = st.container(), st.container(), st.container()
    with below:
        st.divider()
        viewed = _in_view(cases)
        verdict = show_case(viewed, None)
    with above:
        verdicts = [verdict if case is viewed else _verdict_of(case) for case in cases]
        report_table(_table(cases, verdicts))
        _show_together(cases, verdicts, who)
    with questions:
        _ask_years(cases)
        _ask_directions(cases)


def _show_together(
    cases: Sequence[Case], verdicts: Sequence[AnyVerdict | None], who: Identity
) -> None:
    known = [verdict for verdict in verdicts if verdict is not None]
    budgets = [verdict for verdict in known if isinstance(verdict, Verdict)]
    of_use = [verdict for verdict in known if isinstance(verdict, UseVerdict)]
    if len(cases) in (len(budgets), len(of_use)):
        _offer_all(cases, budgets or of_use, who)
    elif len(known) == len(cases):
        st.info(
            _(
                "Budgets are accepted together, and so are files of use; files of residents and tables "
                "of labels one at a time. Leave those of one kind."
            ),
            icon=":material/info:",
        )


def _verdict_of(case: Case) -> AnyVerdict | None:
    """Return the verdict on a file; None while it is read, or its mapping cannot be used yet."""
    _is_looked, looked = look(case)
    if looked is None:
        return None
    mapping = settled(case, looked)
    return examined(case, mapping)[1] if mapping else None


def _asked(cases: Sequence[Case], check: str) -> Iterator[Case]:
    """Yield the files that leave a question open, and those for which it was answered here."""
    for case in cases:
        is_open = any(found.check == check for found in case.findings)
        if is_open or ASKED[check] in case.said:
            yield case


def _ask_directions(cases: Sequence[Case]) -> None:
    """Ask for the direction of each file that does not say it: two of them are seldom the same."""
    with st.container(horizontal=True):
        for case in _asked(cases, "direction"):
            label = _("Expenditure or revenue: {file}", file=plain(case.source.name))
            ask_direction(case, label, widget="several")


def _ask_years(cases: Sequence[Case]) -> None:
    """Ask for the year of each file that does not say it."""
    with st.container(horizontal=True):
        for case in _asked(cases, "fiscal-year"):
            ask(
                st.number_input,
                _("Fiscal year of {file}", file=plain(case.source.name)),
                case,
                "fiscal_year",
                min_value=1990,
                max_value=2100,
                value=None,
                step=1,
                format="%d",
                width=220,
                widget="several",
            )


def _table(cases: Sequence[Case], verdicts: Sequence[AnyVerdict | None]) -> Table:
    rows = [_row(case, verdict) for case, verdict in zip(cases, verdicts, strict=True)]
    columns = (
        Column("file", text("file")),
        Column("mapping", text("mapping"), "code"),
        Column("municipality", text("municipality")),
        Column("year", text("year"), "code"),
        Column("accepted", text("rows accepted"), "count"),
        Column("rejected", text("rows rejected"), "count"),
        Column("questions", text("open questions"), "count"),
        Column("verdict", text("verdict")),
    )
    return Table(columns, pa.Table.from_pylist(rows, schema=_ROW))


_ROW = pa.schema(
    [
        ("file", pa.string()),
        ("mapping", pa.string()),
        ("municipality", pa.string()),
        ("year", pa.string()),
        ("accepted", pa.int64()),
        ("rejected", pa.int64()),
        ("questions", pa.int64()),
        ("verdict", pa.string()),
    ]
)


def _row(case: Case, verdict: AnyVerdict | None) -> dict[str, Any]:
    mapping = _("proposed") if case.base == GUESS else case.base or ""
    row: dict[str, Any] = {"file": case.source.name, "mapping": mapping}
    if verdict is None:
        return row | {"verdict": _("It is not read yet, or its columns have no meaning yet.")}
    row |= {
        "accepted": verdict.rows["accepted"],
        "rejected": verdict.rows["rejected"],
        "verdict": language().say(verdict_words(verdict)),
    }
    if isinstance(verdict, Verdict):
        years = sorted({batch.fiscal_year for batch in verdict.batches})
    elif isinstance(verdict, UseVerdict):
        years = sorted({one.fiscal_year for one in verdict.figures})
    else:
        return row
    return row | {
        "municipality": ", ".join(dict.fromkeys(one.name for one in verdict.municipalities)),
        "year": ", ".join(map(str, years)),
        "questions": len(verdict.open_checks),
    }


def _in_view(cases: Sequence[Case]) -> Case:
    """Let the reader choose the file to be shown in full, and use what was said of it for all."""
    by_key = {case.key: case for case in cases}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("File in view"),
            list(by_key),
            format_func=lambda key: by_key[key].source.name if key in by_key else "",
            key="import_in_view",
        )
        case = by_key.get(chosen, cases[0])
        st.button(
            _("Use its mapping and answers for all files"),
            on_click=_use_for_all,
            args=(case, list(cases)),
            icon=":material/content_copy:",
        )
    return case


def _use_for_all(case: Case, cases: list[Case]) -> None:
    """Copy mapping, answers and reasons; year, direction and how it is written stay each file's own."""
    for other in cases:
        if other is case:
            continue
        other.base, other.entries = case.base, case.entries
        if case.base == GUESS and case.entries is None:
            other.entries = case.guessed
        for name in _SHARED:
            other.said.pop(name, None)
            if name in case.said:
                other.said[name] = case.said[name]
        other.reasons = dict(case.reasons)
        other.styles = dict(case.styles)


# --- all or none ------------------------------------------------------------


def _offer_all(cases: Sequence[Case], verdicts: Sequence[AnyFile], who: Identity) -> None:
    store = open_store()
    keys = tuple(
        key_of(case, verdict.mapping, store.state)
        for case, verdict in zip(cases, verdicts, strict=True)
    )
    is_done, together = result_of(
        "together",
        keys,
        lambda: bundle(store, verdicts),
        _("Comparing the files with each other"),
    )
    if not is_done:
        return
    _show_between(cases[0], together.between)
    ready = sum(verdict.is_acceptable for verdict in verdicts)
    if not together.is_acceptable:
        st.info(
            language().say(
                plural_text(
                    "{ready} of {count} file is ready; they are accepted together once all are.",
                    "{ready} of {count} files are ready; they are accepted together once all are.",
                    len(verdicts),
                    ready=ready,
                )
            ),
            icon=":material/help:",
        )
        return
    is_kept = st.toggle(
        _("Keep new mappings for the next files of this kind"), value=True, key="keep_mappings"
    )
    st.button(
        _("Accept and store all"),
        type="primary",
        icon=":material/save:",
        on_click=_begin,
        args=(keys,),
    )
    if st.session_state.get(_ACCEPTING) == keys:
        _store_all(cases, together, who, is_kept=is_kept)


def _begin(keys: Any) -> None:
    st.session_state[_ACCEPTING] = keys


def _show_between(first: Case, findings: Sequence[Finding]) -> None:
    """Show what no single file shows; a reason for a question is kept with the first file."""
    if not findings:
        return
    st.markdown("\n".join(f"- {told(finding)}" for finding in findings))
    asked = dict.fromkeys(f.check for f in findings if f.severity is Severity.QUESTION)
    for check in asked:
        reason_field(first, check, _("Reason why this may stand"))


def _store_all(cases: Sequence[Case], together: Bundle, who: Identity, *, is_kept: bool) -> None:
    store = open_store()
    files, fresh = _named(cases, together) if is_kept else (together, {})
    files = replace(
        files,
        verdicts=tuple(
            replace(verdict, successions=said_of(case)) if isinstance(verdict, Verdict) else verdict
            for case, verdict in zip(cases, files.verdicts, strict=True)
        ),
    )

    def task() -> Any:
        return accept_bundle(store, files, who)

    st.session_state.pop(_ACCEPTING, None)
    names = ", ".join(case.source.name for case in cases)
    rows = sum(verdict.rows["accepted"] for verdict in together.verdicts)
    begin_storing(Storing(task, names, rows, fresh, place_of(together.verdicts[-1])))


def _named(cases: Sequence[Case], together: Bundle) -> tuple[Bundle, dict[str, Any]]:
    """Return the files with names for the mappings that are new, and these mappings by name."""
    fresh: dict[str, Any] = {}
    verdicts = []
    for case, verdict in zip(cases, together.verdicts, strict=True):
        if case.base != GUESS and case.entries is None:
            verdicts.append(verdict)
            continue
        same = [
            name
            for name, mapping in fresh.items()
            if named(verdict, name, is_proposed=case.base == GUESS).text == mapping.text
        ]
        name = same[0] if same else proposed_name(verdict, taken=fresh)
        fresh.setdefault(name, named(verdict, name, is_proposed=case.base == GUESS))
        verdicts.append(replace(verdict, mapping=fresh[name]))
    return replace(together, verdicts=tuple(verdicts)), fresh
