"""Charts of stances and intervals; what is not screened is outlined, never filled and never left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import pandas  # noqa: F401  # before altair: two first visitors would race otherwise

# isort: split

import altair as alt
import pyarrow as pa
import streamlit as st

from budgeting.model import Report, Table, Text, text
from budgeting.names import NAMED_CODES
from budgeting.translations import Language
from budgeting.translations import language as language_of
from budgeting.ui import palette
from budgeting.ui.charts import amount_axis, finished, label_axis, legend, unit_of
from budgeting.ui.kept import draw_once
from budgeting.ui.session import language

# in the order in which a bar shows them, with what they are called
_PARTS: Mapping[str, Text] = {
    "principal": text("principal"),
    "significant": text("significant"),
    "unclear": text("unclear"),
    "none": text("none"),
    "without_stance": text("marked, not comparable"),
    "other_version": text("marked under another version"),
    "not_screened": text("not screened"),
}
_OTHER_COLOURS = {
    "without_stance": palette.BAR,
    "other_version": palette.SEX_UNKNOWN,
    "not_screened": "transparent",
}
_MOST_BARS = 12
_TALL = 28


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a chart is made of; ``told`` is what it says in words, ``legend`` stands above it."""

    points: pa.Table
    spec: dict[str, Any]
    height: int
    told: str
    legend: str

    def show(self) -> None:
        st.html(self.legend)
        st.vega_lite_chart(self.points, self.spec, height=self.height, alt=self.told)


def stance_bars(report: Report) -> None:
    """Show the groups of a report as bars of stances, the largest groups first."""
    code, is_dark = language().code, _is_dark()
    draw_once(report, f"{code} {is_dark}", lambda: _stances(report, code, is_dark).show())


def _stances(report: Report, code: str, is_dark: bool) -> _Drawn:
    words = language_of(code)
    rows = report.tables["groups"].rows.to_pylist()[:_MOST_BARS]
    currency, unit = report.facts["currency"], unit_of(rows, "total")
    parts = tuple(part for part in _PARTS if any(row[part] for row in rows))
    return _Drawn(
        _stance_points(rows, currency, unit, words),
        _stance_spec(code, currency, unit, parts, is_dark),
        50 + _TALL * max(1, len(rows)),
        _stances_told(rows, currency, words),
        _legend({part: _PARTS[part] for part in parts}, words, is_dark),
    )


def interval_bars(report: Report, table: str, key: str) -> None:
    """Show shares of the budget as intervals, what is screened around them as an outline."""
    code, is_dark = language().code, _is_dark()
    rows = report.tables[table]
    draw_once(rows, f"{code} {is_dark}", lambda: _intervals(rows, key, code, is_dark).show())


def _intervals(table: Table, key: str, code: str, is_dark: bool) -> _Drawn:
    rows = table.rows.to_pylist()
    shown = [row for row in rows if row["screened_share"] is not None]
    bars = [_interval_bar(row, key, language_of(code)) for row in shown]
    has_stances = any(row["high_share"] is not None for row in shown)
    pieces = _WITH_STANCES if has_stances else _COUNTED
    return _Drawn(
        pa.Table.from_pylist([piece for bar in bars for piece in bar], schema=_PIECES),
        _interval_spec(code, has_stances, is_dark),
        50 + _TALL * max(1, len(bars)),
        "; ".join(f"{bar[0]['label']} ({bar[0]['told']})" for bar in bars),
        _legend(pieces, language_of(code), is_dark),
    )


_PIECES = pa.schema(
    [
        ("label", pa.string()),
        ("piece", pa.string()),
        ("begin", pa.float64()),
        ("end", pa.float64()),
        ("told", pa.string()),
    ]
)
# what a bar from 0 to 100 % of the budget is made of, with and without stances
_REST = {"none": text("screened, but not for equality"), "not_screened": text("not screened")}
_WITH_STANCES = {"principal": text("principal"), "significant": text("significant"), **_REST}
_COUNTED = {"principal": text("counted"), **_REST}


def _interval_bar(row: Mapping[str, Any], key: str, words: Language) -> list[dict[str, Any]]:
    """Return the pieces of a bar, the last of which is what is not screened."""
    label = words.say(NAMED_CODES[key](row[key])) if key in NAMED_CODES else str(row[key])
    screened, has_stances = row["screened_share"], row["high_share"] is not None
    low, high = (row["low_share"], row["high_share"]) if has_stances else [row["counted_share"]] * 2
    told = text("{low} to {high}, {screened} screened")
    if not has_stances:
        told = text("{counted} counted, {screened} screened")
    if not screened:
        told = text("nothing is screened")
    values = {"low": low, "high": high, "counted": high, "screened": screened}
    written = {name: words.share(value) for name, value in values.items()}
    interval = written["high"] if low == high else f"{written['low']} – {written['high']}"
    if not screened:  # nobody has looked: what counts is not zero but not known
        interval = words.say(text("not known"))
    same = {"label": f"{label}: {interval}", "told": words.say(told.with_values(**written))}
    bounds = (0, low, *((high,) if has_stances else ()), max(high, screened), 1)
    names = _WITH_STANCES if has_stances else _COUNTED
    return [
        {**same, "piece": words.say(name), "begin": begin, "end": max(begin, end)}
        for name, (begin, end) in zip(names.values(), pairwise(bounds), strict=True)
    ]


def _stance_points(
    rows: Sequence[Mapping[str, Any]], currency: str, unit: int, words: Language
) -> pa.Table:
    """Return what is drawn: one row per group and stance with money, as double in the unit."""
    points = [
        (_label(row), place, words.say(name), float(row[part]) / unit, row[part])
        for row in rows
        for place, (part, name) in enumerate(_PARTS.items())
        if row[part]
    ]
    labels, places, names, amounts, exact = zip(*points, strict=True) if points else [()] * 5
    return pa.table(
        {
            "label": pa.array(labels, pa.string()),
            "place": pa.array(places, pa.int64()),
            "piece": pa.array(names, pa.string()),
            "amount": pa.array(amounts, pa.float64()),
            "exact": pa.array(
                [f"{words.number(amount, 2)} {currency}" for amount in exact], pa.string()
            ),
        }
    )


def _label(row: Mapping[str, Any]) -> str:
    return f"{row['code']} {row['label']}".strip()


def _stances_told(rows: Sequence[Mapping[str, Any]], currency: str, words: Language) -> str:
    told = []
    for row in rows:
        parts = ", ".join(
            f"{words.say(name)} {words.number(row[part], 2)} {currency}"
            for part, name in _PARTS.items()
            if row[part]
        )
        told.append(f"{_label(row)}: {parts}")
    return "; ".join(told)


def _is_dark() -> bool:
    return st.context.theme.type == "dark"


def _colour(part: str, is_dark: bool) -> str:
    stances = palette.STANCES_ON_DARK if is_dark else palette.STANCES
    return _OTHER_COLOURS.get(part) or stances[part]


@cache
def _stance_spec(
    code: str, currency: str, unit: int, parts: tuple[str, ...], is_dark: bool
) -> dict[str, Any]:
    words = language_of(code)
    bars = (
        alt.Chart(alt.Undefined)
        .mark_bar(height=17, stroke=palette.CHART_TEXT, strokeWidth=0.7)
        .encode(
            y=label_axis(),
            x=amount_axis(words, currency, unit),
            color=_colours({part: _PARTS[part] for part in parts}, words, is_dark),
            order=alt.Order("place", type="quantitative"),
            tooltip=[
                alt.Tooltip("label", type="nominal", title=words.say(text("name"))),
                alt.Tooltip("piece", type="nominal", title=words.say(text("stance"))),
                alt.Tooltip("exact", type="nominal", title=words.say(text("amount"))),
            ],
        )
    )
    return finished(bars, words)


@cache
def _interval_spec(code: str, has_stances: bool, is_dark: bool) -> dict[str, Any]:
    words = language_of(code)
    bars = (
        alt.Chart(alt.Undefined)
        .mark_bar(height=17, stroke=palette.CHART_TEXT, strokeWidth=0.7)
        .encode(
            y=label_axis(),
            x=alt.X(
                "begin",
                type="quantitative",
                title=words.say(text("share of the budget")),
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(
                    format="%",
                    tickCount=5,
                    labelColor=palette.CHART_TEXT,
                    titleColor=palette.CHART_TEXT,
                ),
            ),
            x2="end",
            color=_colours(_WITH_STANCES if has_stances else _COUNTED, words, is_dark),
            tooltip=[
                alt.Tooltip("label", type="nominal", title=words.say(text("name"))),
                alt.Tooltip("piece", type="nominal", title=words.say(text("stance"))),
                alt.Tooltip("told", type="nominal", title=words.say(text("share"))),
            ],
        )
    )
    return finished(bars, words)


def _colours(parts: Mapping[str, Text], words: Language, is_dark: bool) -> alt.Color:
    return alt.Color(
        "piece",
        type="nominal",
        scale=alt.Scale(
            domain=[words.say(name) for name in parts.values()],
            range=[_colour(part, is_dark) for part in parts],
        ),
        legend=None,
    )


def _legend(parts: Mapping[str, Text], words: Language, is_dark: bool) -> str:
    return legend({words.say(name): _colour(part, is_dark) for part, name in parts.items()})
