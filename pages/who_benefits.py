"""Who benefits: which part of what services cost goes to women and to men?"""

import streamlit as st

from budgeting.ui import (
    address,
    benefit_charts,
    benefit_findings,
    benefit_parts,
    benefit_tables,
    downloads,
    frame,
    service_sheet,
)
from budgeting.ui.session import language
from budgeting.ui.session import say as _

frame.through_router()

shown, given = benefit_parts.opened("who_benefits", treatment=benefit_parts.treatment_choice)
say = language().say
benefit_parts.key_figures(shown)

st.subheader(say(benefit_findings.strip_finding(shown)), anchor=False)
benefit_charts.strips(shown)
st.caption(
    _(
        "The letter is the data grade. A light line on a strip is the range of the women's part; pale "
        "strips are assumptions."
    )
)
for told in benefit_findings.without_cost(shown):
    st.markdown(frame.plain(say(told)))
benefit_tables.totals(shown)
downloads.offer(shown)
service_sheet.open_sheet(shown, given)
frame.foot(shown)
address.write(
    *("municipality", "year", "stage", "treatment", "table"),
    *("service", "part", *service_sheet.ASSUMED),
)
