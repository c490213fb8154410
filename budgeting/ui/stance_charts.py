"""Charts of stances and intervals; what is not screened is outlined, never filled and never left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import pandas  # noqa: F401  # before altair: two first visitors would race otherwise

# isort: split

import altair as alt
import pyarrow as pa
import streamlit as st

from budgeting.model import Report, Text, text
from budgeting.names import NAMED_CODES
from budgeting.translations import Language
from budgeting.translations import language as language_of
from budgeting.ui import palette
from budgeting.ui.charts import amount_axis, finished, label_axis, unit_of
from budgeting.ui.kept import ByIdentity
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
    """What a chart needs beside its colours: points, specification, height, and itself in words."""

    points: pa.Table
    spec: dict[str, Any]
    height: int
    told: str

    def show(self) -> None:
        st.vega_lite_chart(self.points, self.spec, height=self.height, alt=self.told)


def stance_bars(report: Report) -> None:
    """Show the groups of a report as bars of stances, the largest groups first."""
    _stances_drawn(ByIdentity(report), language().code, _is_dark()).show()


@lru_cache(maxsize=256)
def _stances_drawn(of: ByIdentity, code: str, is_dark: bool) -> _Drawn:
    report, words = of.report, language_of(code)
    rows = report.tables["groups"].rows.to_pylist()[:_MOST_BARS]
    currency, unit = report.facts["currency"], unit_of(rows, "total")
    parts = tuple(part for part in _PARTS if any(row[part] for row in rows))
    return _Drawn(
        _stance_points(rows, currency, unit, words),
        _stance_spec(code, currency, unit, parts, is_dark),
        90 + _TALL * max(1, len(rows)),
        _stances_told(rows, currency, words),
    )


def interval_bars(report: Report, table: str, key: str) -> None:
    """Show shares of the budget as intervals, what is screened around them as an outline."""
    _intervals_drawn(ByIdentity(report), (table, key), language().code, _is_dark()).show()


@lru_cache(maxsize=256)
def _intervals_drawn(of: ByIdentity, what: tuple[str, str], code: str, is_dark: bool) -> _Drawn:
    table, key = what
    rows = of.report.tables[table].rows.to_pylist()
    shown = [row for row in rows if row["screened_share"] is not None]
    points = [_interval_point(row, key, language_of(code)) for row in shown]
    return _Drawn(
        pa.Table.from_pylist(points, schema=_INTERVAL),
        _interval_spec(code, is_dark),
        70 + _TALL * max(1, len(points)),
        "; ".join(f"{point['label']}: {point['told']}" for point in points),
    )


_INTERVAL = pa.schema(
    [
        ("label", pa.string()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("screened", pa.float64()),
        ("end", pa.float64()),
        ("interval", pa.string()),
        ("told", pa.string()),
    ]
)


def _interval_point(row: Mapping[str, Any], key: str, words: Language) -> dict[str, Any]:
    label = words.say(NAMED_CODES[key](row[key])) if key in NAMED_CODES else str(row[key])
    if row["high_share"] is None:
        low = high = row["counted_share"]
        told = text("{counted} counted, {screened} screened")
    else:
        low, high = row["low_share"], row["high_share"]
        told = text("{low} to {high}, {screened} screened")
    values = {
        "low": words.share(low),
        "high": words.share(high),
        "counted": words.share(high),
        "screened": words.share(row["screened_share"]),
    }
    interval = values["high"] if low == high else f"{values['low']} – {values['high']}"
    return {
        "label": label,
        "low": low,
        "high": high,
        "screened": row["screened_share"],
        "end": max(high, row["screened_share"]),
        "interval": interval,
        "told": words.say(told.with_values(**values)),
    }


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
            "stance": pa.array(names, pa.string()),
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
    names = [words.say(_PARTS[part]) for part in parts]
    colours = [_colour(part, is_dark) for part in parts]
    bars = (
        alt.Chart(alt.Undefined)
        .mark_bar(height=17, stroke=palette.CHART_TEXT, strokeWidth=0.7)
        .encode(
            y=label_axis(),
            x=amount_axis(words, currency, unit),
            color=alt.Color(
                "stance",
                type="nominal",
                scale=alt.Scale(domain=names, range=colours),
                legend=alt.Legend(
                    orient="top",
                    title=None,
                    columns=2,
                    labelColor=palette.CHART_TEXT,
                    labelLimit=240,
                    symbolStrokeColor=palette.CHART_TEXT,
                    symbolStrokeWidth=0.7,
                ),
            ),
            order=alt.Order("place", type="quantitative"),
            tooltip=[
                alt.Tooltip("label", type="nominal", title=words.say(text("name"))),
                alt.Tooltip("stance", type="nominal", title=words.say(text("stance"))),
                alt.Tooltip("exact", type="nominal", title=words.say(text("amount"))),
            ],
        )
    )
    return finished(bars, words)


@cache
def _interval_spec(code: str, is_dark: bool) -> dict[str, Any]:
    words = language_of(code)
    base = alt.Chart(alt.Undefined).encode(
        y=label_axis(),
        tooltip=[
            alt.Tooltip("label", type="nominal", title=words.say(text("name"))),
            alt.Tooltip("told", type="nominal", title=words.say(text("share"))),
        ],
    )
    axis = alt.X(
        "screened",
        type="quantitative",
        title=words.say(text("share of the budget")),
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(
            format="%",
            tickCount=5,
            labelColor=palette.CHART_TEXT,
            titleColor=palette.CHART_TEXT,
        ),
    )
    outline = base.mark_bar(
        height=17, fill="transparent", stroke=palette.CHART_TEXT, strokeWidth=1, strokeDash=[3, 2]
    ).encode(x=axis)
    low = base.mark_bar(height=17, color=_colour("principal", is_dark)).encode(
        x=alt.X("low", type="quantitative")
    )
    between = base.mark_bar(height=17, color=_colour("significant", is_dark)).encode(
        x=alt.X("low", type="quantitative"), x2="high"
    )
    told = base.mark_text(align="left", dx=5, color=palette.CHART_TEXT, fontSize=12).encode(
        x=alt.X("end", type="quantitative"), text=alt.Text("interval", type="nominal")
    )
    return finished(alt.layer(outline, between, low, told), words)
