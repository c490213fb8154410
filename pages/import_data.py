"""Import: what does this file mean, and may it be stored?"""

import streamlit as st

from budgeting.access import Action, Identity, require
from budgeting.imports.verdict import Verdict
from budgeting.ui import (
    address,
    frame,
    import_acceptance,
    import_comparison,
    import_file,
    import_findings,
    import_history,
    import_mapping,
    import_preview,
    import_questions,
    import_totals,
    import_verdict,
    import_written,
)
from budgeting.ui.import_case import Case
from budgeting.ui.session import identity
from budgeting.ui.session import say as _

frame.through_router()

who = identity()
assert who is not None
require(who, Action.IMPORT_BUDGET)


def show_case(case: Case, who: Identity) -> None:
    """Show one file from how it is written to whether it may be stored."""
    is_looked, looked = import_file.look(case)
    if not is_looked or looked is None:
        return
    mapping = import_mapping.choose_mapping(case, looked)
    import_written.choose_sheet(case, looked)
    written = st.container()
    questions, columns = st.container(), st.container()
    is_done, verdict = False, None
    if mapping is not None:
        is_done, verdict = import_verdict.examined(case, mapping)
    table = looked.table
    if isinstance(verdict, Verdict) and verdict.tables:
        table = verdict.tables[0]
    with written:
        import_written.show_written(case, table)
    with columns:
        import_mapping.edit_columns(case, table, is_open=mapping is None)
    if not is_done or verdict is None or mapping is None:
        return
    with questions:
        if isinstance(verdict, Verdict):
            import_written.ask_readings(case, verdict)
        import_questions.ask_open(case, mapping, verdict.findings)
    import_verdict.show_sentence(verdict)
    import_verdict.show_rows(verdict)
    if isinstance(verdict, Verdict):
        import_totals.show_totals(verdict)
        import_totals.ask_printed_totals(case, verdict)
        import_totals.show_printed_totals(verdict)
        import_findings.ask_reasons(case, verdict)
        import_findings.offer_rejected_rows(case, verdict)
        import_comparison.show_comparison(case, verdict)
    else:
        import_verdict.show_people(verdict)
    import_acceptance.offer_acceptance(case, verdict, who)
    if isinstance(verdict, Verdict):
        import_preview.show_preview(verdict, case.key)
    import_findings.show_findings(case, verdict)


frame.heading(
    _("What does this file mean, and may it be stored?"),
    _("Drop a file: you see what it means first, and nothing is stored before you accept it."),
)
import_acceptance.last_acceptance()
for case in import_file.given_cases():
    show_case(case, who)
import_history.offer_templates()
import_history.show_history(who)
address.write()
