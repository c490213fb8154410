"""The steps of one file, in order: how it is written, what its columns mean, whether it may be stored."""

import streamlit as st

from budgeting.access import Identity
from budgeting.imports.verdict import Verdict
from budgeting.ui import (
    import_acceptance,
    import_codes,
    import_columns,
    import_comparison,
    import_file,
    import_findings,
    import_mapping,
    import_preview,
    import_questions,
    import_totals,
    import_verdict,
    import_written,
)
from budgeting.ui.import_case import Case


def show_case(case: Case, who: Identity | None) -> None:
    """Show one file; without `who` it is accepted together with others, elsewhere."""
    is_looked, looked = import_file.look(case)
    if not is_looked or looked is None:
        return
    mapping = import_mapping.choose_mapping(case, looked)
    import_written.choose_sheet(case, looked)
    written, questions, columns = st.container(), st.container(), st.container()
    verdict = import_verdict.examined(case, mapping)[1] if mapping is not None else None
    has_tables = isinstance(verdict, Verdict) and bool(verdict.tables)
    table = verdict.tables[0] if has_tables and isinstance(verdict, Verdict) else looked.table
    with written:
        import_written.show_written(
            case,
            table,
            import_verdict.styles_of(verdict),
            is_whole=looked.is_whole or table is not looked.table,
        )
    with columns:
        import_columns.edit_columns(case, table, is_open=mapping is None)
    if verdict is None or mapping is None:
        return
    with questions:
        if isinstance(verdict, Verdict):
            import_written.ask_readings(case, verdict)
        import_questions.ask_open(case, mapping, verdict.findings)
    if isinstance(verdict, Verdict):
        import_preview.show_preview(verdict, case.key)
    _show_verdict(case, verdict, who)
    if who is not None:
        import_acceptance.offer_acceptance(case, verdict, who)
    import_findings.show_findings(case, verdict)


def _show_verdict(case: Case, verdict: import_verdict.AnyVerdict, who: Identity | None) -> None:
    import_verdict.show_sentence(verdict)
    if not import_verdict.waits(verdict):  # no row is rejected because a year is not said yet
        import_verdict.show_rows(verdict)
    if not isinstance(verdict, Verdict):
        import_verdict.show_people(verdict)
        return
    import_totals.show_totals(verdict)
    import_totals.ask_printed_totals(case, verdict)
    import_totals.show_printed_totals(verdict)
    import_findings.ask_reasons(case, verdict)
    import_findings.offer_rejected_rows(case, verdict)
    import_codes.offer_own_codes(case, verdict, who)
    import_comparison.show_comparison(case, verdict)
    import_findings.offer_removal(case, verdict)
