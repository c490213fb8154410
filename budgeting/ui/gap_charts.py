"""Charts of gaps: women among users beside women among those whom a service is meant for."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pandas  # noqa: F401  # before altair: two first visitors would race otherwise

# isort: split

import altair as alt
import pyarrow as pa
import streamlit as st

from budgeting.model import Report, Share, text
from budgeting.translations import Language
from budgeting.translations import language as language_of
from budgeting.ui import palette
from budgeting.ui.charts import finished, label_axis
from budgeting.ui.session import language

_TALL = 30
_POINT = pa.schema(
    [
        ("label", pa.string()),
        ("use", pa.float64()),
        ("reference", pa.float64()),
        ("told", pa.string()),
        ("opacity", pa.float64()),
    ]
)
_ASSUMED = 0.45  # of a mark that nobody counted


def gap_dots(report: Report) -> None:
    """Show each service's share of women among users as a dot, among those it is meant for as a mark."""
    rows = [
        row
        for row in report.tables["gaps"].rows.to_pylist()
        if row["use_share"] is not None and row["reference_share"] is not None
    ]
    if not rows:
        return
    words = language()
    st.vega_lite_chart(
        _points(rows, words),
        _spec(words.code),
        height=70 + _TALL * len(rows),
        alt="; ".join(_told(row, words) for row in rows),
    )


def _points(rows: Sequence[Mapping[str, Any]], words: Language) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {
                "label": words.say(text("{name} ({grade})", name=row["name"], grade=row["grade"])),
                "use": row["use_share"],
                "reference": row["reference_share"],
                "told": _told(row, words),
                "opacity": _ASSUMED if row["grade"] in ("D", "E") else 1.0,
            }
            for row in rows
        ],
        schema=_POINT,
    )


def _told(row: Mapping[str, Any], words: Language) -> str:
    return words.say(
        text(
            "{name}: women are {use} of the users and {reference} of those it is meant for",
            name=row["name"],
            use=Share(row["use_share"]),
            reference=Share(row["reference_share"]),
        )
    )


@cache
def _spec(code: str) -> dict[str, Any]:
    words = language_of(code)
    base = alt.Chart(alt.Undefined).encode(
        y=label_axis(),
        tooltip=[alt.Tooltip("told", type="nominal", title=words.say(text("service")))],
        opacity=alt.Opacity("opacity", type="quantitative", scale=None),
    )
    axis = alt.X(
        "use",
        type="quantitative",
        title=words.say(text("share of women")),
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(
            format="%",
            tickCount=5,
            labelColor=palette.CHART_TEXT,
            titleColor=palette.CHART_TEXT,
        ),
    )
    gap = base.mark_rule(color=palette.CHART_TEXT, strokeWidth=2).encode(x=axis, x2="reference")
    reference = base.mark_tick(color=palette.CHART_TEXT, thickness=3, size=18).encode(
        x=alt.X("reference", type="quantitative")
    )
    use = base.mark_point(
        filled=True, size=130, color=palette.WOMEN, stroke=palette.CHART_TEXT, strokeWidth=1
    ).encode(x=axis)
    return finished(gap + reference + use, words)
