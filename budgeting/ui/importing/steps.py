"""The steps of one file, in order: how it is written, what its columns mean, whether it may be stored."""

import streamlit as st

from budgeting.access import Identity
from budgeting.imports.labels import LabelsVerdict
from budgeting.imports.use.verdict import UseVerdict
from budgeting.imports.verdict import Verdict
from budgeting.ui.importing.acceptance import offer_acceptance
from budgeting.ui.importing.case import Case
from budgeting.ui.importing.codes import offer_own_codes
from budgeting.ui.importing.columns import edit_columns
from budgeting.ui.importing.comparison import show_comparison
from budgeting.ui.importing.file import look
from budgeting.ui.importing.findings import (
    ask_reasons,
    offer_rejected_rows,
    offer_removal,
    show_findings,
)
from budgeting.ui.importing.gender import ask_gender
from budgeting.ui.importing.mapping import choose_mapping
from budgeting.ui.importing.preview import show_preview
from budgeting.ui.importing.questions import ask_open
from budgeting.ui.importing.totals import ask_printed_totals, show_printed_totals, show_totals
from budgeting.ui.importing.use_columns import edit_use_columns
from budgeting.ui.importing.use_preview import show_use
from budgeting.ui.importing.verdict import (
    AnyVerdict,
    examined,
    show_labels,
    show_people,
    show_rows,
    show_sentence,
    styles_of,
    waits,
)
from budgeting.ui.importing.written import ask_readings, choose_sheet, show_written


def show_case(case: Case, who: Identity | None) -> AnyVerdict | None:
    """Show one file and return the verdict on it, None while there is none.

    Without `who` it is accepted together with others, elsewhere.

    What is asked has its place, whether the file is being read or not: a field that goes away would
    take along what a reader has typed.
    """
    is_looked, looked = look(case)
    if not is_looked or looked is None:
        return None
    mapping = choose_mapping(case, looked)
    choose_sheet(case, looked)
    written, questions, columns, sums, reasons, rest = (st.container() for _place in range(6))
    with sums:
        verdict = examined(case, mapping)[1] if mapping is not None else None
    table = looked.table
    if isinstance(verdict, Verdict | UseVerdict) and verdict.tables:
        table = verdict.tables[0]
    with written:
        show_written(
            case,
            table,
            styles_of(verdict),
            is_whole=looked.is_whole or table is not looked.table,
        )
    with columns:
        if "use" in case.current_entries:
            edit_use_columns(case, table, is_open=mapping is None)
        elif mapping is None or not mapping.labels:
            edit_columns(case, table, is_open=mapping is None)
    if mapping is None:
        return None
    with questions:
        if isinstance(verdict, Verdict):
            ask_readings(case, verdict)
        ask_open(case, mapping, case.findings)
        ask_gender(case, table, mapping)
    with reasons:
        ask_reasons(case)
    if verdict is not None:
        with sums:
            _show_sums(case, verdict)
        with rest:
            _show_rest(case, verdict, who)
    return verdict


def _show_sums(case: Case, verdict: AnyVerdict) -> None:
    """Show what the file means: its rows, its sums, the totals that it prints."""
    if isinstance(verdict, Verdict):
        show_preview(verdict, case.key)
    show_sentence(verdict)
    if not waits(verdict):  # no row is rejected because a year is not said yet
        show_rows(verdict)
    if isinstance(verdict, UseVerdict):
        show_use(verdict, case.key)
        return
    if isinstance(verdict, LabelsVerdict):
        show_labels(verdict)
        return
    if not isinstance(verdict, Verdict):
        show_people(verdict)
        return
    show_totals(verdict)
    ask_printed_totals(case, verdict)
    show_printed_totals(verdict)


def _show_rest(case: Case, verdict: AnyVerdict, who: Identity | None) -> None:
    """Show what can be done: rows corrected, codes added, the file stored; and what was noticed."""
    if isinstance(verdict, Verdict | UseVerdict):
        offer_rejected_rows(case, verdict)
    if isinstance(verdict, Verdict):
        offer_own_codes(case, verdict, who)
        show_comparison(case, verdict)
        offer_removal(case, verdict)
    if who is not None:
        offer_acceptance(case, verdict, who)
    show_findings(case, verdict)
