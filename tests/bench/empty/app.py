"""The reference: a page with one slider and one text, and the imports of ours."""

import altair  # noqa: F401
import babel  # noqa: F401
import duckdb  # noqa: F401
import pandas  # noqa: F401
import pyarrow  # noqa: F401
import streamlit as st

chosen = st.slider("Number", 0, 1_000_000)
st.text(f"Chosen: {chosen}")
