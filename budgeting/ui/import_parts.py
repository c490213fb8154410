"""Parts of the import page: file, mapping, the questions, the verdict, acceptance."""

from datetime import date

import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from budgeting.access import Identity
from budgeting.imports.acceptance import accept
from budgeting.imports.mapping import Mapping
from budgeting.imports.mapping_file import mapping_named, mapping_names
from budgeting.imports.readers import SourceFile, read_csv
from budgeting.imports.answers import Answers
from budgeting.imports.verdict import Verdict, examine
from budgeting.model import Column, Finding, Severity, Table, Text, plural_text, text
from budgeting.settings import settings
from budgeting.ui import address
from budgeting.ui.frame import plain
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table

_PREVIEW_ROWS = 20
_SHOWN_FINDINGS = 200
_FINDINGS_IN_VIEW = 12
_KINDS = {
    Severity.ERROR: text("Error"),
    Severity.WARNING: text("Warning"),
    Severity.NOTE: text("Note"),
}


def choose_file() -> SourceFile | None:
    """Let the reader choose a file; None until they have."""
    uploaded = st.file_uploader(
        _("Budget file (CSV), up to {limit} MB", limit=settings().upload_limit_mb),
        type=["csv", "txt", "tsv"],
        key=f"upload_{st.session_state.get('upload_round', 0)}",
    )
    return None if uploaded is None else SourceFile(uploaded.name, uploaded.getvalue())


def choose_mapping(source: SourceFile) -> Mapping:
    """Let the reader choose the mapping; one whose columns the file has is proposed."""
    names = mapping_names()
    mappings = {name: mapping_named(name) for name in names}
    fitting = [name for name in names if _fits(source, mappings[name])]
    chosen = st.selectbox(
        _("Mapping: what the columns mean"),
        names,
        index=names.index(fitting[0]) if fitting else None,
        format_func=lambda name: f"{mappings[name].title} ({name})",
        placeholder=_("No mapping fits this file's columns: choose one"),
        key=f"mapping_{source.sha256}",
    )
    if chosen is None:
        st.info(
            _("A mapping is a text file in data/mappings; data/README.md says how to write one."),
            icon=":material/info:",
        )
        st.stop()
    return mappings[chosen]


def _fits(source: SourceFile, mapping: Mapping) -> bool:
    """Return whether the file's first line has every column of the mapping."""
    first = source.content[:20_000].splitlines()[:1]
    sample = SourceFile(source.name, b"\n".join([*first, b"x"]))
    return set(mapping.columns) <= set(read_csv(sample, mapping.layout).header)


def ask(mapping: Mapping) -> Answers:
    """Ask for what the file does not say: municipality, fiscal year, date of the statement."""
    with st.container(horizontal=True):
        code = _ask_municipality(mapping)
        year = st.number_input(
            _("Fiscal year of the amounts"),
            min_value=1990,
            max_value=2100,
            value=None,
            step=1,
            format="%d",
            key="import_year",
            placeholder=_("needed: the file does not say it"),
        )
        as_of = st.date_input(
            _("Date of the statement, if the file is not for the whole year"),
            value=None,
            min_value=date(1990, 1, 1),
            max_value=date(2100, 12, 31),
            format="YYYY-MM-DD",
            key="import_as_of",
        )
    return Answers(code, int(year) if year is not None else None, as_of)


def _ask_municipality(mapping: Mapping) -> str | None:
    stored = {
        row["municipality_code"]: row["name"]
        for row in open_store().query("municipalities").to_pylist()
    }
    if mapping.municipality:
        stored = {mapping.municipality.code: mapping.municipality.name, **stored}
    codes = list(stored)
    chosen: str | None = st.selectbox(
        _("Municipality"),
        codes,
        index=0 if mapping.municipality else None,
        format_func=lambda code: f"{stored[code]} ({code})",
        placeholder=_("needed: the file does not say it"),
        key=f"import_municipality_{mapping.name}",
    )
    return chosen


def examined(source: SourceFile, mapping: Mapping, question: Answers) -> Verdict:
    """Return the verdict, computed once per file, mapping, answers and data version."""
    store = open_store()
    key = (source.sha256, mapping.sha256, question, store.state)
    kept = st.session_state.get("verdict")
    if kept is None or kept[0] != key:
        with st.spinner(_("Reading and checking the file")):
            kept = (key, examine(store, source, mapping, question))
        st.session_state["verdict"] = kept
    verdict: Verdict = kept[1]
    return verdict


def show_verdict(verdict: Verdict) -> None:
    """Show what the file means: rows, totals, findings, and the first rows as received."""
    if unanswered := _unanswered(verdict):
        st.info(language().say(unanswered.message), icon=":material/help:")
        return
    errors = len(verdict.with_severity(Severity.ERROR))
    warnings = len(verdict.with_severity(Severity.WARNING))
    if verdict.is_acceptable:
        st.success(_verdict_words(warnings), icon=":material/check_circle:")
    else:
        st.error(language().say(_error_words(errors)), icon=":material/block:")
    with st.container(horizontal=True):
        number = language().number
        st.metric(_("Rows read"), number(verdict.rows["read"]))
        st.metric(_("Accepted"), number(verdict.rows["accepted"]))
        st.metric(_("Skipped"), number(verdict.rows["skipped"]))
        st.metric(_("Rejected"), number(verdict.rows["rejected"]))
    _show_totals(verdict)
    _show_findings(verdict.findings)
    with st.expander(_("The first rows as received")):
        st.dataframe(verdict.table.rows.slice(0, _PREVIEW_ROWS), hide_index=True)


def _unanswered(verdict: Verdict) -> Finding | None:
    """Return the question that is still open, while nothing else is known to be wrong."""
    errors = verdict.with_severity(Severity.ERROR)
    if errors and all(finding.check in ("fiscal-year", "municipality") for finding in errors):
        return errors[0]
    return None


def _verdict_words(warnings: int) -> str:
    if not warnings:
        return _("The file can be accepted.")
    return language().say(
        plural_text(
            "The file can be accepted. Read its {count} warning first.",
            "The file can be accepted. Read its {count} warnings first.",
            warnings,
        )
    )


def _error_words(errors: int) -> Text:
    return plural_text(
        "The file cannot be accepted as it is: {count} error.",
        "The file cannot be accepted as it is: {count} errors.",
        errors,
    )


def _show_totals(verdict: Verdict) -> None:
    """Show the sums that the file would add, exact, to be compared with the printed ones."""
    currency = verdict.municipality.currency_code if verdict.municipality else ""
    columns = (
        Column("stage", text("stage"), "code"),
        Column("amount", text("amount"), "money", currency),
    )
    for year, directions in verdict.totals.items():
        for stages in directions.values():
            title = _("Totals of {year}", year=str(year))
            st.markdown(f"**{title}**")
            rows = pa.table({"stage": list(stages), "amount": list(stages.values())})
            report_table(Table(columns, rows), width=420)
    if verdict.totals:
        st.caption(
            _(
                "Compare them with the printed totals of the budget: nothing in the file confirms them."
            )
        )


def _show_findings(findings: tuple[Finding, ...]) -> None:
    """List the findings, errors first: what was noticed, where, and what to do."""
    if not findings:
        return
    order = list(Severity)
    ranked = sorted(findings, key=lambda finding: order.index(finding.severity))
    title = _("Findings: {count}", count=len(findings))
    st.markdown(f"**{title}**")
    with st.container(height=420 if len(ranked) > _FINDINGS_IN_VIEW else "content", border=True):
        st.markdown("\n".join(f"- {_told(finding)}" for finding in ranked[:_SHOWN_FINDINGS]))
    if len(ranked) > _SHOWN_FINDINGS:
        st.caption(_("Only the first {count} are listed.", count=_SHOWN_FINDINGS))


def _told(finding: Finding) -> str:
    """Return a finding as Markdown: kind, place, sentence, suggestion."""
    say = language().say
    kind = say(_KINDS[finding.severity])
    places = [
        say(text("row {number}", number=str(finding.row_number))) if finding.row_number else "",
        say(text("column {name}", name=finding.column)) if finding.column else "",
        say(text("value {value}", value=finding.value)) if finding.value else "",
    ]
    where = ", ".join(place for place in places if place)
    advice = f" *{plain(say(finding.suggestion))}*" if finding.suggestion else ""
    place = f" ({plain(where)})" if where else ""
    return f"**{kind}**{place}: {plain(say(finding.message))}{advice}"


def offer_acceptance(verdict: Verdict, who: Identity) -> None:
    """Offer to store an acceptable verdict; storing is one transaction."""
    if not verdict.is_acceptable:
        return
    if not st.button(_("Accept and store"), type="primary", icon=":material/save:"):
        return
    bar = st.progress(0.0, _("Storing"))
    accept(open_store(), verdict, who, lambda share: _move(bar, share))
    assert verdict.municipality is not None
    assert verdict.batch is not None
    address.choose(
        municipality=verdict.municipality.code,
        year=str(verdict.batch.fiscal_year),
        direction=verdict.mapping.direction.value,
        **dict.fromkeys(("within", "words", "page", "line"), ""),
    )
    st.session_state["accepted"] = (verdict.source.name, verdict.rows["accepted"])
    st.session_state["upload_round"] = st.session_state.get("upload_round", 0) + 1
    st.session_state.pop("verdict", None)
    st.rerun()


def _move(bar: DeltaGenerator, share: float) -> None:
    bar.progress(share, _("Storing"))


def last_acceptance() -> None:
    """Say what was just stored, and lead to it."""
    accepted = st.session_state.pop("accepted", None)
    if accepted is None:
        return
    name, rows = accepted
    st.success(
        plain(
            language().say(
                text("{name} is stored: {rows} rows, in one transaction.", name=name, rows=rows)
            )
        ),
        icon=":material/task_alt:",
    )
    with st.container(horizontal=True):
        st.page_link(
            "pages/budget_explorer.py", label=_("Explore it"), icon=":material/account_tree:"
        )
        st.page_link("pages/overview.py", label=_("See the overview"), icon=":material/dashboard:")
