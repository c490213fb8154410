"""Charts of gaps: a group among users beside the same group among those whom a service is meant for."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import pandas  # noqa: F401  # before altair: two first visitors would race otherwise

# isort: split

import altair as alt
import pyarrow as pa
import streamlit as st

from budgeting.intervals import is_ranked
from budgeting.model import Report, Share, Text, text
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
        ("end", pa.float64()),
        ("told", pa.string()),
        ("opacity", pa.float64()),
    ]
)
_ASSUMED = 0.45  # of a mark that nobody counted

Row = Mapping[str, Any]


def gap_dots(report: Report) -> None:
    """Show each service's share of women among users as a dot, among those it is meant for as a mark."""
    rows = [
        row
        for row in report.tables["gaps"].rows.to_pylist()
        if row["use_share"] is not None and row["reference_share"] is not None
    ]
    _dots(rows, "use_share", _women_told, _spec(language().code, palette.WOMEN))


def group_dots(report: Report) -> None:
    """Show each service's share of a group among users as a dot; a mark where its other share is known."""
    rows = [row for row in report.tables["members"].rows.to_pylist() if row["share"] is not None]
    _dots(rows, "share", _group_told, _group_spec(language().code))


def _dots(
    rows: Sequence[Row], share: str, told: Callable[[Row], Text], spec: dict[str, Any]
) -> None:
    if not rows:
        return
    words = language()
    st.vega_lite_chart(
        _points(rows, share, told, words),
        spec,
        height=90 + _TALL * len(rows),
        alt="; ".join(words.say(told(row)) for row in rows),
    )


def _points(
    rows: Sequence[Row], share: str, told: Callable[[Row], Text], words: Language
) -> pa.Table:
    """Return what is drawn; the line of a dot ends at itself where the other share is not known."""
    return pa.Table.from_pylist(
        [
            {
                "label": words.say(text("{name} ({grade})", name=row["name"], grade=row["grade"])),
                "use": row[share],
                "reference": row["reference_share"],
                "end": row[share] if row["reference_share"] is None else row["reference_share"],
                "told": words.say(told(row)),
                "opacity": 1.0 if is_ranked(row["grade"]) else _ASSUMED,
            }
            for row in rows
        ],
        schema=_POINT,
    )


def _women_told(row: Row) -> Text:
    return text(
        "{name}: women are {use} of the users and {reference} of those it is meant for",
        name=row["name"],
        use=Share(row["use_share"]),
        reference=Share(row["reference_share"]),
    )


def _group_told(row: Row) -> Text:
    values = {"name": row["name"], "use": Share(row["share"])}
    if row["reference_share"] is None:
        return text("{name}: {use} of the users; of those it is meant for, not known", **values)
    return text(
        "{name}: {use} of the users and {reference} of those it is meant for",
        **values,
        reference=Share(row["reference_share"]),
    )


@cache
def _group_spec(code: str) -> dict[str, Any]:
    return _spec(code, palette.BAR, language_of(code).say(text("share of the group")))


@cache
def _spec(code: str, colour: str, title: str = "") -> dict[str, Any]:
    words = language_of(code)
    base = alt.Chart(alt.Undefined).encode(
        y=label_axis().scale(type="band"),  # labels stand beside their dots, the first one too
        tooltip=[alt.Tooltip("told", type="nominal", title=words.say(text("service")))],
        opacity=alt.Opacity("opacity", type="quantitative", scale=None),
    )
    axis = alt.X(
        "use",
        type="quantitative",
        title=title or words.say(text("share of women")),
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(
            format="%",
            tickCount=5,
            labelColor=palette.CHART_TEXT,
            titleColor=palette.CHART_TEXT,
        ),
    )
    gap = base.mark_rule(color=palette.CHART_TEXT, strokeWidth=2).encode(x=axis, x2="end")
    reference = base.mark_tick(color=palette.CHART_TEXT, thickness=3, size=18).encode(
        x=alt.X("reference", type="quantitative")
    )
    use = base.mark_point(
        filled=True, size=130, color=colour, stroke=palette.CHART_TEXT, strokeWidth=1
    ).encode(x=axis)
    return finished(gap + reference + use, words)
