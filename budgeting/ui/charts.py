"""Charts: one style, specs built once, exact decimals cast at the border.

Vega draws decimals with two digits a hundred times too large, silently; `_points` casts amounts to
double in millions, and a test pins that no decimal reaches a chart.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
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
from budgeting.ui.kept import draw_once
from budgeting.ui.session import language

_UNITS = (
    (1_000_000, text("million {currency}")),
    (1_000, text("thousand {currency}")),
)
_LABEL_LIMIT = 230


def amount_bars(report: Report, measure: str, count: int = 12) -> None:
    """Show the largest groups as bars."""
    how = f"{measure} {count} {language().code}"
    draw_once(report.tables["groups"], how, lambda: _amount_bars(report, measure, count))


def _amount_bars(report: Report, measure: str, count: int) -> None:
    rows = [row for row in report.tables["groups"].rows.to_pylist() if row[measure] is not None]
    shown, words = rows[:count], language()
    if any(row[measure] < 0 for row in shown):
        st.caption(words.say(text("Some amounts are negative; their bars run to the left.")))
    currency, unit = report.facts["currency"], unit_of(shown, measure)
    st.vega_lite_chart(
        _points(shown, measure, currency, words),
        _bar_spec(words.code, currency, unit),
        height=50 + 28 * max(1, len(shown)),
        alt=_told(shown, measure, report.facts["currency"], words),
    )


def change_bars(report: Report) -> None:
    """Show the largest changes against the year before, increases to the right."""
    moves, currency = report.tables["moves"], report.facts["currency"]
    how = f"changes {language().code}"
    draw_once(moves, how, lambda: signed_bars(moves.rows.to_pylist(), currency))


def signed_bars(rows: Sequence[Mapping[str, Any]], currency: str) -> None:
    """Show rows with code, label and change as bars, increases to the right."""
    words, unit = language(), unit_of(rows, "change")
    st.vega_lite_chart(
        _points(rows, "change", currency, words),
        _change_spec(words.code, currency, unit),
        height=50 + 32 * max(1, len(rows)),
        alt=_told(rows, "change", currency, words),
    )


def unit_of(rows: Sequence[Mapping[str, Any]], measure: str) -> int:
    """Return the unit in which the largest amount is read easily."""
    largest = max((abs(row[measure]) for row in rows), default=0)
    return next((size for size, _ in _UNITS if largest >= size), _UNITS[-1][0])


def _points(
    rows: Sequence[Mapping[str, Any]], measure: str, currency: str, words: Language
) -> pa.Table:
    """Return what a chart draws: labels, amounts in the unit as double, exact amounts as words."""
    unit = unit_of(rows, measure)
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
        .encode(y=label_axis(), x=amount_axis(words, currency, unit), tooltip=_tooltip(words))
    )
    return finished(bars, words)


@cache
def _change_spec(code: str, currency: str, unit: int) -> dict[str, Any]:
    words = language_of(code)
    colour = alt.condition("datum.amount < 0", alt.value(palette.LESS), alt.value(palette.MORE))
    bars = (
        alt.Chart(alt.Undefined)
        .mark_bar(height=18)
        .encode(
            y=label_axis(),
            x=amount_axis(words, currency, unit),
            color=colour,
            tooltip=_tooltip(words),
        )
    )
    return finished(bars, words)


def label_axis() -> alt.Y:
    """Return the axis of names, in the order of the rows."""
    return alt.Y(
        "label",
        type="nominal",
        sort=None,
        title=None,
        axis=alt.Axis(
            labelFlush=False,
            labelBound=False,
            labelLimit=_LABEL_LIMIT,
            labelColor=palette.CHART_TEXT,
            labelFontSize=13,
            ticks=False,
        ),
    )


def amount_axis(words: Language, currency: str, unit: int) -> alt.X:
    """Return the axis of amounts, titled with their unit."""
    title = words.say(dict(_UNITS)[unit].with_values(currency=currency))
    return alt.X(
        "amount",
        type="quantitative",
        title=title,
        axis=alt.Axis(tickCount=5, labelColor=palette.CHART_TEXT, titleColor=palette.CHART_TEXT),
    )


def legend(colours: Mapping[str, str]) -> str:
    """Return a legend, words -> colour, as HTML: a chart's own would not break into lines on a telephone."""
    entries = "".join(
        '<span><span style="display:inline-block;width:.8em;height:.8em;margin-right:.4em;'
        f'border:1px solid {palette.CHART_TEXT};background:{colour}"></span>{escape(name)}</span>'
        for name, colour in colours.items()
    )
    style = "display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;font-size:.875rem"
    return f'<div style="{style}">{entries}</div>'


def _tooltip(words: Language) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("label", type="nominal", title=words.say(text("name"))),
        alt.Tooltip("exact", type="nominal", title=words.say(text("amount"))),
    ]


def finished(chart: Any, words: Language) -> dict[str, Any]:
    """Return the specification of a chart without data, numbers as the language writes them."""
    symbols = words.locale.number_symbols["latn"]
    number = {
        "decimal": symbols["decimal"],
        "thousands": symbols["group"],
        "grouping": [3],
        "currency": ["", ""],
    }
    spec: dict[str, Any] = chart.configure(locale={"number": number}).to_dict()
    for layer in spec.get("layer", ()):
        layer.pop("data", None)  # an empty one of its own would hide what the page sends
    return {key: part for key, part in spec.items() if key not in ("data", "datasets")}
