"""Charts: one style, specs built once, exact decimals cast at the border.

Vega draws decimals with two digits a hundred times too large, silently; `_points` casts amounts to
double in millions, and a test pins that no decimal reaches a chart.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pandas  # noqa: F401  # before altair: two first visitors would race otherwise

# isort: split

import altair as alt
import pyarrow as pa
import streamlit as st

from budgeting.model import Report, text
from budgeting.translations import Language
from budgeting.translations import language as language_of
from budgeting.ui import palette
from budgeting.ui.session import language

_UNITS = (
    (1_000_000, text("million {currency}")),
    (1_000, text("thousand {currency}")),
)
_LABEL_LIMIT = 230


def amount_bars(report: Report, measure: str, count: int = 12) -> None:
    """Show the largest groups as bars."""
    rows = [row for row in report.tables["groups"].rows.to_pylist() if row[measure] is not None]
    shown, words = rows[:count], language()
    if any(row[measure] < 0 for row in shown):
        st.caption(words.say(text("Some amounts are negative; their bars run to the left.")))
    currency, unit = report.facts["currency"], _unit(shown, measure)
    st.vega_lite_chart(
        _points(shown, measure, currency, words),
        _bar_spec(words.code, currency, unit),
        height=50 + 28 * max(1, len(shown)),
        alt=_told(shown, measure, report.facts["currency"], words),
    )


def change_bars(report: Report) -> None:
    """Show the largest changes against the year before, increases to the right."""
    rows, words = report.tables["moves"].rows.to_pylist(), language()
    currency, unit = report.facts["currency"], _unit(rows, "change")
    st.vega_lite_chart(
        _points(rows, "change", currency, words),
        _change_spec(words.code, currency, unit),
        height=50 + 32 * max(1, len(rows)),
        alt=_told(rows, "change", report.facts["currency"], words),
    )


def _unit(rows: Sequence[Mapping[str, Any]], measure: str) -> int:
    """Return the unit in which the largest amount is read easily."""
    largest = max((abs(row[measure]) for row in rows), default=0)
    return next((size for size, _ in _UNITS if largest >= size), _UNITS[-1][0])


def _points(
    rows: Sequence[Mapping[str, Any]], measure: str, currency: str, words: Language
) -> pa.Table:
    """Return what a chart draws: labels, amounts in the unit as double, exact amounts as words."""
    unit = _unit(rows, measure)
    return pa.table(
        {
            "label": pa.array([_label(row) for row in rows], pa.string()),
            "amount": pa.array([float(row[measure]) / unit for row in rows], pa.float64()),
            "exact": pa.array(
                [f"{words.number(row[measure], 2)} {currency}" for row in rows], pa.string()
            ),
        }
    )


def _label(row: Mapping[str, Any]) -> str:
    return f"{row['code']} {row['label']}".strip()


def _told(rows: Sequence[Mapping[str, Any]], measure: str, currency: str, words: Language) -> str:
    """Return the chart in words, for those who do not see it."""
    return "; ".join(f"{_label(row)}: {words.number(row[measure], 2)} {currency}" for row in rows)


@cache
def _bar_spec(code: str, currency: str, unit: int) -> dict[str, Any]:
    words = language_of(code)
    bars = (
        alt.Chart(alt.Undefined)
        .mark_bar(color=palette.BAR, height=16)
        .encode(y=_label_axis(), x=_amount_axis(words, currency, unit), tooltip=_tooltip(words))
    )
    return _finished(bars, words)


@cache
def _change_spec(code: str, currency: str, unit: int) -> dict[str, Any]:
    words = language_of(code)
    colour = alt.condition("datum.amount < 0", alt.value(palette.LESS), alt.value(palette.MORE))
    bars = (
        alt.Chart(alt.Undefined)
        .mark_bar(height=18)
        .encode(
            y=_label_axis(),
            x=_amount_axis(words, currency, unit),
            color=colour,
            tooltip=_tooltip(words),
        )
    )
    return _finished(bars, words)


def _label_axis() -> alt.Y:
    return alt.Y(
        "label",
        type="nominal",
        sort=None,
        title=None,
        axis=alt.Axis(
            labelLimit=_LABEL_LIMIT, labelColor=palette.CHART_TEXT, labelFontSize=13, ticks=False
        ),
    )


def _amount_axis(words: Language, currency: str, unit: int) -> alt.X:
    title = words.say(dict(_UNITS)[unit].with_values(currency=currency))
    return alt.X(
        "amount",
        type="quantitative",
        title=title,
        axis=alt.Axis(tickCount=5, labelColor=palette.CHART_TEXT, titleColor=palette.CHART_TEXT),
    )


def _tooltip(words: Language) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("label", type="nominal", title=words.say(text("name"))),
        alt.Tooltip("exact", type="nominal", title=words.say(text("amount"))),
    ]


def _finished(chart: Any, words: Language) -> dict[str, Any]:
    symbols = words.locale.number_symbols["latn"]
    number = {
        "decimal": symbols["decimal"],
        "thousands": symbols["group"],
        "grouping": [3],
        "currency": ["", ""],
    }
    spec: dict[str, Any] = chart.configure(locale={"number": number}).to_dict()
    return {key: part for key, part in spec.items() if key not in ("data", "datasets")}
