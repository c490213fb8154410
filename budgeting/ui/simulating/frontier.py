"""The frontier as a chart: how much more each further amount of moved money brings; a point can be chosen."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pandas  # noqa: F401  # before altair: two first visitors would race otherwise

# isort: split

import altair as alt
import pyarrow as pa
import streamlit as st

from budgeting.model import Money, Report, Text, text
from budgeting.translations import language as language_of
from budgeting.ui import palette
from budgeting.ui.charts import amount_axis, finished, unit_of
from budgeting.ui.session import language

_HEIGHT = 260
_UNITS: Mapping[str, Text] = {
    "money": text("gain, {currency}"),
    "persons": text("gain, people"),
    "part": text("gain, part of what is possible"),
}
_POINT = "chosen"


def frontier(shown: Report, key: str) -> int | None:
    """Show the frontier and return the place of the point that is chosen, None for none."""
    rows = shown.tables["frontier"].rows.to_pylist()
    words, currency = language(), shown.facts["currency"]
    unit = unit_of(rows, "limit")
    points = pa.table(
        {
            "place": list(range(len(rows))),
            "amount": [float(row["moved"]) / unit for row in rows],
            "gain": [row["gain"] for row in rows],
            "told": [
                words.say(
                    text(
                        "{moved} moved: {gain}",
                        moved=Money(row["moved"], currency),
                        gain=row["gain"],
                    )
                )
                for row in rows
            ],
        }
    )
    event = st.vega_lite_chart(
        points,
        _spec(words.code, currency, unit, shown.facts["unit"]),
        height=_HEIGHT,
        alt="; ".join(points["told"].to_pylist()),
        on_select="rerun",
        selection_mode=_POINT,
        key=key,
    )
    chosen = event["selection"].get(_POINT) if event else None
    return int(chosen[0]["place"]) if chosen else None


@cache
def _spec(code: str, currency: str, unit: int, gain_unit: str) -> dict[str, Any]:
    words = language_of(code)
    pick = alt.selection_point(name=_POINT, fields=["place"], on="click", nearest=True)
    base = alt.Chart(alt.Undefined).encode(
        x=amount_axis(words, currency, unit),
        y=alt.Y(
            "gain",
            type="quantitative",
            title=words.say(_UNITS[gain_unit].with_values(currency=currency)),
            axis=alt.Axis(labelColor=palette.CHART_TEXT, titleColor=palette.CHART_TEXT),
        ),
        tooltip=[alt.Tooltip("told", type="nominal", title=words.say(text("frontier")))],
    )
    line = base.mark_line(color=palette.BAR, strokeWidth=2)
    points = (
        base.mark_point(filled=True, size=90, color=palette.BAR)
        .encode(opacity=alt.condition(pick, alt.value(1.0), alt.value(0.55)))
        .add_params(pick)
    )
    return finished(line + points, words)
