"""Leave no one behind: is a group reached, who of it is not, and which data would tell?"""

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

shown, _given = benefit_parts.opened(
    "groups",
    group=benefit_parts.group_choice,
    sex=benefit_parts.sex_choice,
    ages=benefit_parts.ages_choice,
)
if shown.tables["members"].rows.num_rows:
    st.subheader(language().say(benefit_findings.group_finding(shown)), anchor=False)
    gap_charts.group_dots(shown)
    st.caption(
        _(
            "A dot is the group's share among users, a mark its share among those whom the service is meant "
            "for, where that is known. Pale dots are assumptions; what is hidden has no dot."
        )
    )
if shown.facts["known"] or shown.facts["unknown"]:
    benefit_tables.group(shown)
downloads.offer(shown)
frame.foot(shown)
address.write("municipality", "year", "stage", "group", "sex", "ages", "table")
