"""The verdict: may the file be stored, what was read, which totals agree, what stands in the way."""

from collections.abc import Mapping as Dictionary
from decimal import Decimal

import pyarrow as pa
import streamlit as st

from budgeting.imports.labels import LabelsVerdict, examine_labels
from budgeting.imports.mappings.mapping import Mapping
from budgeting.imports.population import PopulationVerdict, examine_population
from budgeting.imports.source import NumberStyle
from budgeting.imports.use.verdict import UseVerdict, examine_use
from budgeting.imports.verdict import Verdict, examine, reading_of
from budgeting.model import Column, Severity, Table, Text, plural_text, text
from budgeting.ui.filters import capital
from budgeting.ui.frame import plain
from budgeting.ui.importing.case import Case, key_of
from budgeting.ui.importing.file import read_once
from budgeting.ui.importing.questions import open_questions
from budgeting.ui.importing.work import result_of
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table

AnyVerdict = Verdict | PopulationVerdict | UseVerdict | LabelsVerdict


def examined(case: Case, mapping: Mapping) -> tuple[bool, AnyVerdict | None]:
    """Return the verdict, computed once per file, mapping, answers and state of the store."""
    store = open_store()
    answers, source, corrections = case.answers, case.source, case.corrections

    def task() -> AnyVerdict:
        tables = read_once(case, reading_of(mapping, answers))
        if mapping.population:
            return examine_population(store, source, mapping, answers, tables=tables)
        if mapping.use:
            return examine_use(store, source, mapping, answers, corrections, tables=tables)
        if mapping.labels:
            return examine_labels(store, source, mapping, answers, tables=tables)
        return examine(store, source, mapping, answers, corrections, tables=tables)

    is_done, verdict = result_of(
        f"examine {case.key}",
        key_of(case, mapping, store.state),
        task,
        _("Reading and checking the file"),
    )
    if is_done:
        case.findings = verdict.findings
    return is_done, verdict


def styles_of(verdict: AnyVerdict | None) -> Dictionary[str, NumberStyle]:
    """Return how the numbers of each money column were read, of the first sheet."""
    if not isinstance(verdict, Verdict):
        return {}
    meaning = next((one for one in verdict.meanings if one), None)
    return meaning.figures.styles if meaning else {}


def count(verdict: AnyVerdict, severity: Severity) -> int:
    """Return how many findings of a severity there are."""
    return sum(finding.severity is severity for finding in verdict.findings)


def verdict_words(verdict: AnyVerdict) -> Text:
    """Return the verdict in one sentence."""
    asked = open_questions(verdict.findings)
    errors, warnings = count(verdict, Severity.ERROR), count(verdict, Severity.WARNING)
    if asked and errors == sum(
        finding.check in {f.check for f in asked}
        for finding in verdict.findings
        if finding.severity is Severity.ERROR
    ):
        return asked[0].message
    if errors:
        return plural_text(
            "The file cannot be accepted as it is: {count} error.",
            "The file cannot be accepted as it is: {count} errors.",
            errors,
        )
    if not verdict.is_acceptable and open_checks(verdict):
        return plural_text(
            "The file can be accepted once {count} question about it is answered with a reason.",
            "The file can be accepted once {count} questions about it are answered with a reason.",
            len(open_checks(verdict)),
        )
    if not verdict.is_acceptable:
        return text("The file has nothing that could be stored.")
    if warnings:
        return plural_text(
            "The file can be accepted. Read its {count} warning first.",
            "The file can be accepted. Read its {count} warnings first.",
            warnings,
        )
    return text("The file can be accepted.")


def open_checks(verdict: AnyVerdict) -> tuple[str, ...]:
    """Return the checks whose questions wait for a reason."""
    return () if isinstance(verdict, PopulationVerdict) else verdict.open_checks


def waits(verdict: AnyVerdict) -> bool:
    """Return whether an answer is wanted before anything can be said of the rows."""
    asked = open_questions(verdict.findings)
    return bool(asked) and verdict_words(verdict) is asked[0].message


def show_sentence(verdict: AnyVerdict) -> None:
    """Say whether the file can be accepted, or what is asked first."""
    words = plain(language().say(verdict_words(verdict)))
    if verdict.is_acceptable:
        st.success(words, icon=":material/check_circle:")
    elif waits(verdict) or not count(verdict, Severity.ERROR):
        st.info(words, icon=":material/help:")
    else:
        st.error(words, icon=":material/block:")


def show_rows(verdict: AnyVerdict) -> None:
    """Show how many rows were read, and what became of them; then of their money."""
    number = language().number
    with st.container(horizontal=True):
        for name, label in (
            ("read", _("Rows read")),
            ("accepted", _("Accepted")),
            ("skipped", _("Skipped")),
            ("rejected", _("Rejected")),
        ):
            st.metric(label, number(verdict.rows[name]))
    if isinstance(verdict, Verdict) and len(verdict.fates) > 1:
        with st.expander(_("Rows and money by what became of them"), icon=":material/functions:"):
            report_table(fate_table(verdict))


def fate_table(verdict: Verdict) -> Table:
    """Return rows and money of the file by what became of them; the last row is all that was read."""
    fates = verdict.fates
    names = list(dict.fromkeys(name for _reason, _count, money in fates for name in money))
    total = {name: sum((m.get(name, Decimal(0)) for *_x, m in fates), Decimal(0)) for name in names}
    say = language().say
    rows = [(capital(say(reason)), rows, money) for reason, rows, money in fates]
    rows.append((_("All rows"), sum(number for _reason, number, _money in fates), total))
    columns = (
        Column("fate", text("what became of them")),
        Column("rows", text("rows"), "count"),
        *(
            Column(f"money {place}", text("{name}", name=name), "money")
            for place, name in enumerate(names)
        ),
    )
    cells = {
        "fate": pa.array([row[0] for row in rows]),
        "rows": pa.array([row[1] for row in rows]),
    } | {
        f"money {place}": pa.array([row[2].get(name) for row in rows], pa.decimal128(38, 2))
        for place, name in enumerate(names)
    }
    return Table(columns, pa.table(cells))


def show_people(verdict: PopulationVerdict) -> None:
    """Show how many residents the file counts, by sex."""
    names = {
        "female": _("Women"),
        "male": _("Men"),
        "other": _("Other"),
        "unknown": _("Not known"),
        "total": _("All residents"),
    }
    with st.container(horizontal=True):
        for sex, people in verdict.totals.items():
            st.metric(names.get(sex, sex), language().number(people))


def show_labels(verdict: LabelsVerdict) -> None:
    """Show of how many codes a table has the label, and what becomes of those that budgets print."""
    names = {
        "labels": _("Codes with a label"),
        "completed": _("Completed in the budget"),
        "same": _("Called the same in the budget"),
        "otherwise": _("Called otherwise in the budget"),
        "unknown": _("In no budget"),
    }
    with st.container(horizontal=True):
        for name, codes in verdict.totals.items():
            st.metric(names[name], language().number(codes))
