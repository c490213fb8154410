"""Charts: one style, specs built once, exact decimals cast at the border.

Vega draws decimals with two digits a hundred times too large, silently; `_points` casts amounts to
double in millions, and a test pins that no decimal reaches a chart.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import altair as alt
import pandas  # noqa: F401  # before altair: see docs/decisions/0003-server.md
import pyarrow as pa
import streamlit as st

from budgeting.model import Report, text
from budgeting.translations import Language
from budgeting.translations import language as language_of
from budgeting.ui import palette
from budgeting.ui.session import language

MILLION = 1_000_000
_LABEL_LIMIT = 230


def amount_bars(report: Report, measure: str, *, before: str | None, count: int = 12) -> None:
    """Show the largest groups as bars, with last year's amount as a tick where `before` names it."""
    rows = [row for row in report.tables["groups"].rows.to_pylist() if row[measure] is not None]
    shown, words = rows[:count], language()
    if any(row[measure] < 0 for row in shown):
        st.caption(words.say(text("Some amounts are negative; their bars run to the left.")))
    points = _points(shown, measure, before, report.facts["currency"], words)
    st.vega_lite_chart(
        points,
        _bar_spec(words.code, report.facts["currency"], before is not None),
        height=40 + 30 * max(1, len(shown)),
        alt=_told(shown, measure, report.facts["currency"], words),
    )


def change_bars(report: Report) -> None:
    """Show the largest changes against the year before, increases to the right."""
    rows, words = report.tables["moves"].rows.to_pylist(), language()
    points = _points(rows, "change", None, report.facts["currency"], words)
    st.vega_lite_chart(
        points,
        _change_spec(words.code, report.facts["currency"]),
        height=40 + 34 * max(1, len(rows)),
        alt=_told(rows, "change", report.facts["currency"], words),
    )


def _points(
    rows: Sequence[Mapping[str, Any]],
    measure: str,
    before: str | None,
    currency: str,
    words: Language,
) -> pa.Table:
    """Return what a chart draws: labels, amounts in millions as double, exact amounts as words."""
    return pa.table(
        {
            "label": pa.array([_label(row) for row in rows], pa.string()),
            "amount": pa.array([_millions(row[measure]) for row in rows], pa.float64()),
            "before": pa.array(
                [_millions(row[before]) if before else None for row in rows], pa.float64()
            ),
            "exact": pa.array(
                [f"{words.number(row[measure], 2)} {currency}" for row in rows], pa.string()
            ),
        }
    )


def _label(row: Mapping[str, Any]) -> str:
    return f"{row['code']} {row['label']}".strip()


def _millions(amount: Any) -> float | None:
    return None if amount is None else float(amount) / MILLION


def _told(rows: Sequence[Mapping[str, Any]], measure: str, currency: str, words: Language) -> str:
    """Return the chart in words, for those who do not see it."""
    return "; ".join(f"{_label(row)}: {words.number(row[measure], 2)} {currency}" for row in rows)


@cache
def _bar_spec(code: str, currency: str, has_before: bool) -> dict[str, Any]:
    words, base = language_of(code), alt.Chart(alt.Undefined)
    bars = base.mark_bar(color=palette.BAR, height=16).encode(
        y=_label_axis(), x=_amount_axis(words, currency), tooltip=_tooltip(words)
    )
    if not has_before:
        return _finished(bars, words)
    ticks = base.mark_tick(color=palette.LESS, thickness=3, height=20).encode(
        y=_label_axis(), x=alt.X("before", type="quantitative")
    )
    return _finished(alt.layer(bars, ticks), words)


@cache
def _change_spec(code: str, currency: str) -> dict[str, Any]:
    words = language_of(code)
    colour = alt.condition("datum.amount < 0", alt.value(palette.LESS), alt.value(palette.MORE))
    bars = (
        alt.Chart(alt.Undefined)
        .mark_bar(height=18)
        .encode(
            y=_label_axis(), x=_amount_axis(words, currency), color=colour, tooltip=_tooltip(words)
        )
    )
    return _finished(bars, words)


def _label_axis() -> alt.Y:
    return alt.Y(
        "label",
        type="nominal",
        sort=None,
        title=None,
        axis=alt.Axis(labelLimit=_LABEL_LIMIT, labelFontSize=13, ticks=False),
    )


def _amount_axis(words: Language, currency: str) -> alt.X:
    title = words.say(text("million {currency}", currency=currency))
    return alt.X("amount", type="quantitative", title=title, axis=alt.Axis(tickCount=5, grid=True))


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
