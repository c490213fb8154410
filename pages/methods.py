"""Methods: how every number on a page comes about."""

import streamlit as st

from budgeting.methods import METHODS
from budgeting.ui import address, frame
from budgeting.ui.methodology_parts import methodology_list
from budgeting.ui.session import language
from budgeting.ui.session import say as _
from budgeting.ui.suggestion_quality import suggestion_quality

frame.through_router()

say = language().say
frame.heading(
    _("How do these numbers come about?"), _("By rules that are written down here, one by one.")
)
for method in METHODS:
    st.subheader(say(method.name), anchor=False)
    st.markdown(frame.plain(say(method.rule)))
    if method.formula:
        st.code(say(method.formula), language=None, wrap_lines=True)
    if method.is_house_rule:
        st.badge(_("House rule: no standard sets this"), color="gray")
    if method.source:
        st.caption(_("Source: {source}", source=say(method.source)))
methodology_list()
suggestion_quality()
address.write()
