"""Findings: what was noticed, by check; questions with their reasons; rows that were rejected."""

from collections import Counter
from collections.abc import Sequence

import pyarrow as pa
import streamlit as st

from budgeting.imports.corrections import rejected_rows
from budgeting.imports.stored.contradictions import GONE
from budgeting.imports.use.verdict import UseVerdict
from budgeting.imports.verdict import Verdict
from budgeting.model import Column, Finding, Report, Severity, Table, plural_text, text
from budgeting.ui import downloads
from budgeting.ui.fields import show_field
from budgeting.ui.frame import plain
from budgeting.ui.importing.case import Case
from budgeting.ui.importing.questions import open_questions
from budgeting.ui.importing.verdict import AnyVerdict
from budgeting.ui.session import language
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table

KINDS = {
    Severity.ERROR: text("Error"),
    Severity.QUESTION: text("Question"),
    Severity.WARNING: text("Warning"),
    Severity.NOTE: text("Note"),
}
_ICONS = {
    Severity.ERROR: ":material/block:",
    Severity.QUESTION: ":material/help:",
    Severity.WARNING: ":material/warning:",
    Severity.NOTE: ":material/info:",
}
_FIRST, _ASKED, _LISTED = 4, 2, 200
_SCROLLED = 240  # pixels
LEFT_OUT = "rejected-rows"


def show_findings(case: Case, verdict: AnyVerdict) -> None:
    """Show the findings check by check, errors first, each with its place and what to do."""
    asked = {finding.check for finding in open_questions(verdict.findings)}  # these stand above
    groups = grouped([finding for finding in verdict.findings if finding.check not in asked])
    if not groups:
        return
    st.subheader(_("Findings"), anchor=False)
    for (severity, _check), findings in groups.items():
        _show_group(severity, findings)
    downloads.offer(findings_report(case, verdict))


def grouped(findings: Sequence[Finding]) -> dict[tuple[Severity, str], list[Finding]]:
    """Return findings by severity and check, in the order of severity."""
    found: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in findings:
        found.setdefault((finding.severity, finding.check), []).append(finding)
    order = list(Severity)
    return dict(sorted(found.items(), key=lambda item: order.index(item[0][0])))


def _show_group(severity: Severity, findings: Sequence[Finding]) -> None:
    kind = language().say(KINDS[severity])
    number = language().number(len(findings))
    first = plain(language().say(findings[0].message))
    title = f"**{kind}** · {first}" if len(findings) == 1 else f"**{kind}, {number}** · {first}"
    with st.expander(title, icon=_ICONS[severity]):
        st.markdown("\n".join(f"- {told(finding)}" for finding in findings[:_FIRST]))
        if len(findings) > _FIRST:
            rest = findings[_FIRST : _FIRST + _LISTED]
            report_table(finding_table(rest), height=_SCROLLED if len(rest) > _FIRST else None)


def told(finding: Finding) -> str:
    """Return a finding as Markdown: place, sentence, suggestion."""
    say = language().say
    places = [
        say(text("sheet {name}", name=finding.sheet)) if finding.sheet else "",
        say(text("row {number}", number=str(finding.row_number))) if finding.row_number else "",
        say(text("column {name}", name=finding.column)) if finding.column else "",
        say(text("value {value}", value=finding.value)) if finding.value else "",
    ]
    where = ", ".join(place for place in places if place)
    advice = f" *{plain(say(finding.suggestion))}*" if finding.suggestion else ""
    place = f"{plain(where)}: " if where else ""
    return f"{place}{plain(say(finding.message))}{advice}"


_COLUMNS = (
    Column("severity", text("kind")),
    Column("check", text("check"), "code"),
    Column("sheet", text("sheet")),
    Column("row", text("row"), "number"),
    Column("column", text("column")),
    Column("value", text("value")),
    Column("message", text("finding")),
    Column("suggestion", text("suggestion")),
)


def finding_table(findings: Sequence[Finding]) -> Table:
    """Return findings as a table, in the reader's language."""
    say = language().say
    rows = [
        {
            "severity": say(KINDS[finding.severity]),
            "check": finding.check,
            "sheet": finding.sheet or "",
            "row": finding.row_number,
            "column": finding.column or "",
            "value": finding.value or "",
            "message": say(finding.message),
            "suggestion": say(finding.suggestion) if finding.suggestion else "",
        }
        for finding in findings
    ]
    schema = pa.schema(
        [(column.key, pa.int32() if column.key == "row" else pa.string()) for column in _COLUMNS]
    )
    return Table(_COLUMNS, pa.Table.from_pylist(rows, schema=schema))


def findings_report(case: Case, verdict: AnyVerdict) -> Report:
    """Return all findings as a report, to be downloaded."""
    return Report(
        name=f"findings_{case.sha256[:8]}",
        title=text("What was noticed in {file}?", file=case.source.name),
        answer=plural_text("{count} finding.", "{count} findings.", len(verdict.findings)),
        parameters={},
        tables={"findings": finding_table(verdict.findings)},
    )


# --- questions --------------------------------------------------------------


def ask_reasons(case: Case) -> None:
    """Ask for one reason per check that found something to be acknowledged."""
    asked: dict[str, list[Finding]] = {}
    for finding in case.findings:
        if finding.severity is Severity.QUESTION:
            asked.setdefault(finding.check, []).append(finding)
    if not asked:
        return
    st.subheader(_("Questions: each needs a reason, which is stored"), anchor=False)
    for check, findings in asked.items():
        _ask_reason(case, check, findings)


def _ask_reason(case: Case, check: str, findings: Sequence[Finding]) -> None:
    with st.container(border=True):
        st.markdown("\n".join(f"- {told(finding)}" for finding in findings[:_ASKED]))
        if len(findings) > _ASKED:
            st.caption(
                _(
                    "And {count} more of the same kind: they are listed below.",
                    count=len(findings) - _ASKED,
                )
            )
        reason_field(case, check, _("Reason why this may stand"))


def reason_field(case: Case, check: str, label: str) -> None:
    """Show the field for the reason of a check."""
    show_field(
        st.text_input,
        label,
        f"reason_{case.key}_{check}",
        case.reasons.get(check, ""),
        lambda reason: case.reasons.update({check: reason}),
        max_chars=400,
    )


def offer_removal(case: Case, verdict: Verdict) -> None:
    """Offer to remove the stored lines that the file no longer has; without a reason they stay."""
    gone = [finding for finding in verdict.findings if finding.check == GONE]
    if not gone:
        return
    with st.container(border=True):
        st.markdown("\n".join(f"- {told(finding)}" for finding in gone[:_FIRST]))
        reason_field(case, GONE, _("Remove these lines from what is stored, for this reason"))


# --- rejected rows ----------------------------------------------------------


def offer_rejected_rows(case: Case, verdict: Verdict | UseVerdict) -> None:
    """Offer the rows with errors as a workbook, to be corrected and dropped again, or left out."""
    rows = {
        (finding.sheet, finding.row_number)
        for finding in verdict.with_severity(Severity.ERROR)
        if finding.row_number
    }
    is_left_out = bool(case.reasons.get(LEFT_OUT, "").strip())
    if not rows and not is_left_out:
        return
    words = language()
    with st.container(border=True):
        if rows:
            st.markdown(
                plain(
                    words.say(
                        plural_text(
                            "{count} row has an error. Download it, correct it, and drop the workbook "
                            "above beside the file: only this row is read again.",
                            "{count} rows have errors. Download them, correct them, and drop the "
                            "workbook above beside the file: only these rows are read again.",
                            len(rows),
                        )
                    )
                )
            )
            st.download_button(
                _("Download the rejected rows"),
                data=lambda: rejected_rows(verdict.source, verdict.tables, verdict.findings, words),
                file_name=f"{case.source.name.rpartition('.')[0] or case.source.name}_rejected.xlsx",
                on_click="ignore",
                icon=":material/download:",
                key=f"rejected_{case.key}",
            )
        reason_field(case, LEFT_OUT, _("Or leave these rows out, for this reason"))


def severity_counts(verdict: AnyVerdict) -> Counter[Severity]:
    """Return how many findings of each severity there are."""
    return Counter(finding.severity for finding in verdict.findings)
