"""Gaps and needs: who is missing, and what would it cost?"""

import streamlit as st

from budgeting.ui import (
    address,
    benefit_findings,
    benefit_parts,
    benefit_tables,
    downloads,
    frame,
    gap_charts,
)
from budgeting.ui.session import language
from budgeting.ui.session import say as _

frame.through_router()

shown, _given = benefit_parts.opened("gaps")
if shown.tables["gaps"].rows.num_rows:
    st.subheader(language().say(benefit_findings.gap_finding(shown)), anchor=False)
    gap_charts.gap_dots(shown)
    st.caption(
        _(
            "A dot is the share of women among users, a mark their share among those whom the service is "
            "meant for. Pale dots are assumptions."
        )
    )
    benefit_tables.needs(shown)
downloads.offer(shown)
frame.foot(shown)
address.write("municipality", "year", "stage", "table")
