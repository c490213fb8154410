"""Charts of who benefits: a strip per service, women and men in the same colours as everywhere."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pandas  # noqa: F401  # before altair: two first visitors would race otherwise

# isort: split

import altair as alt
import pyarrow as pa
import streamlit as st

from budgeting.model import Report, Share, Text, text
from budgeting.translations import Language
from budgeting.translations import language as language_of
from budgeting.ui import palette
from budgeting.ui.charts import amount_axis, finished, label_axis, legend, unit_of
from budgeting.ui.session import language

# in the order in which a strip shows them, with what they are called and their colour
_PARTS: Mapping[str, tuple[Text, str]] = {
    "women": (text("women"), palette.WOMEN),
    "other": (text("other"), palette.BAR),
    "men": (text("men"), palette.MEN),
    "not_known": (text("not known"), palette.SEX_UNKNOWN),
    "not_attributable": (text("not attributable to persons"), "transparent"),
}
_MOST_STRIPS = 20
_TALL = 30
_ASSUMED = 0.45  # of a strip that nobody counted


def strips(report: Report) -> None:
    """Show services as strips sized by money; a line on a strip is the range of the women's part.

    Strips that rest on an assumption are pale.
    """
    rows = [row for row in report.tables["services"].rows.to_pylist() if (row["net"] or 0) > 0]
    shown, words = rows[:_MOST_STRIPS], language()
    if not shown:
        return
    currency, unit = report.facts["currency"], unit_of(shown, "net")
    parts = tuple(part for part in _PARTS if any(row[part] for row in shown))
    st.html(legend({words.say(_PARTS[part][0]): _PARTS[part][1] for part in parts}))
    st.vega_lite_chart(
        _points(shown, currency, unit, words),
        _strip_spec(words.code, currency, unit, parts),
        height=80 + _TALL * len(shown),
        alt="; ".join(_told(row, words) for row in shown),
    )


def _points(
    rows: Sequence[Mapping[str, Any]], currency: str, unit: int, words: Language
) -> pa.Table:
    """Return what is drawn: one row per service and part with money, as double in the unit."""
    points = []
    for row in rows:
        net = float(row["net"]) / unit
        for place, (part, (name, _)) in enumerate(_PARTS.items()):
            if not row[part] or row[part] < 0:
                continue
            has_range = part == "women" and row["low"] is not None
            points.append(
                {
                    "label": _label(row, words),
                    "place": place,
                    "part": words.say(name),
                    "amount": float(row[part]) / unit,
                    "exact": f"{words.number(row[part], 2)} {currency}",
                    "told": _told(row, words),
                    "opacity": _ASSUMED if row["standing"] == "assumed" else 1.0,
                    "low": row["low"] * net if has_range else None,
                    "high": row["high"] * net if has_range else None,
                }
            )
    return pa.Table.from_pylist(points, schema=_POINT)


_POINT = pa.schema(
    [
        ("label", pa.string()),
        ("place", pa.int64()),
        ("part", pa.string()),
        ("amount", pa.float64()),
        ("exact", pa.string()),
        ("told", pa.string()),
        ("opacity", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
    ]
)


def _label(row: Mapping[str, Any], words: Language) -> str:
    grade = row["grade"]
    return (
        words.say(text("{name} ({grade})", name=row["name"], grade=grade)) if grade else row["name"]
    )


def _told(row: Mapping[str, Any], words: Language) -> str:
    """Return a strip in words: the women's share with its range, or that it is not known."""
    if row["women_share"] is None:
        return words.say(text("{name}: not known", name=row["name"]))
    values = {"name": row["name"], "share": Share(row["women_share"])}
    if row["low"] is None or row["low"] == row["high"]:
        return words.say(text("{name}: women {share}", **values))
    return words.say(
        text(
            "{name}: women {share} ({low} to {high})",
            **values,
            low=Share(row["low"]),
            high=Share(row["high"]),
        )
    )


@cache
def _strip_spec(code: str, currency: str, unit: int, parts: tuple[str, ...]) -> dict[str, Any]:
    words = language_of(code)
    names = [words.say(_PARTS[part][0]) for part in parts]
    tooltip = [
        alt.Tooltip("told", type="nominal", title=words.say(text("service"))),
        alt.Tooltip("part", type="nominal", title=words.say(text("to whom"))),
        alt.Tooltip("exact", type="nominal", title=words.say(text("amount"))),
    ]
    bars = (
        alt.Chart(alt.Undefined)
        .mark_bar(height=17, stroke=palette.CHART_TEXT, strokeWidth=0.7)
        .encode(
            y=label_axis(),
            x=amount_axis(words, currency, unit),
            color=alt.Color(
                "part",
                type="nominal",
                scale=alt.Scale(domain=names, range=[_PARTS[part][1] for part in parts]),
                legend=None,
            ),
            order=alt.Order("place", type="quantitative"),
            opacity=alt.Opacity("opacity", type="quantitative", scale=None),
            tooltip=tooltip,
        )
    )
    ranges = (
        alt.Chart(alt.Undefined)
        .mark_rule(color=palette.RANGE, strokeWidth=4)
        .encode(
            y=label_axis(),
            x=alt.X("low", type="quantitative"),
            x2="high",
            tooltip=tooltip[:1],
        )
    )
    return finished(bars + ranges, words)
