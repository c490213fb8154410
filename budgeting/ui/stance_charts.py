"""Bars of stances and intervals; what is not screened is outlined, never filled and never left out."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from html import escape
from itertools import pairwise
from typing import Any

import streamlit as st

from budgeting.model import Money, Report, Text, text
from budgeting.names import NAMED_CODES
from budgeting.reports.gender.changed_lines import CHANGE_NAMES
from budgeting.reports.gender.changes import PARTS
from budgeting.tagging import ZERO
from budgeting.translations import Language
from budgeting.ui import palette
from budgeting.ui.filters import capital
from budgeting.ui.kept import Html, made_once
from budgeting.ui.open_bars import Bar, Piece, bars_html, behind_html, table_html
from budgeting.ui.opened_numbers import of_number, of_row, within
from budgeting.ui.pressed import chooses
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
    "not_screened": "",
}
_MOST_BARS = 12
# what a bar from 0 to 100 % of the budget is made of, with and without stances: number -> words
_REST = {
    "not_for_equality": text("screened, but not for equality"),
    "not_screened": text("not screened"),
}
_WITH_STANCES = {"principal": text("principal"), "significant": text("significant"), **_REST}
_COUNTED = {"counted": text("counted"), **_REST}
_COLOUR_OF = {"counted": "principal", "not_for_equality": "none"}
_BEHIND = text("The table behind these bars")


def stance_bars(report: Report, above: Callable[[Language], str]) -> Html:
    """Return the groups of a report as bars of stances, the largest first, and all of them in a table.

    `above` returns the HTML that heads them; it follows from the report as well.
    """
    is_dark = _is_dark()
    how = f"stances {is_dark}"

    def html(words: Language) -> str:
        groups = report.tables["groups"]  # the same ones however they are counted
        key = f"{how} {words.code}"
        return above(words) + made_once(groups, key, lambda: _stances(report, words, is_dark))

    return _made(report, how, html)


def interval_bars(report: Report, table: str, key: str, finding: Text) -> None:
    """Show shares of the budget as intervals, what is screened around them as an outline."""
    is_dark = _is_dark()
    _draw_headed(
        report.tables[table],
        f"bars {is_dark}",
        finding,
        lambda words: _intervals(report, table, key, words, is_dark),
    )


def change_bars(report: Report, finding: Text) -> None:
    """Show why what counts changed since the year before, part by part; nothing but that it did not."""
    changed = report.tables["change"]
    _draw_headed(
        changed,
        "bars",
        finding,
        lambda words: _change(report, words) if changed.rows.num_rows else "",
    )


def number_table(report: Report, table: str, finding: Text) -> None:
    """Show a table of a report whose numbers open to their lines."""
    _draw_headed(report.tables[table], "table", finding, lambda words: _table(report, table, words))


def _draw_headed(what: object, how: str, finding: Text, html: Callable[[Language], str]) -> None:
    told = language().say(finding)  # the same bars may stand under another finding
    st.html(_made(what, f"{how} {told}", lambda words: heading(told) + html(words)))


def heading(told: str) -> str:
    """Return what heads a chart or table of HTML: an element of its own would cost as much again."""
    return f"<h3>{escape(told)}</h3>"


def _made(what: object, how: str, html: Callable[[Language], str]) -> Html:
    words = language()
    return made_once(what, f"{how} {words.code}", lambda: Html(html(words)))


def _table(report: Report, table: str, words: Language) -> str:
    is_of_groups = table == "groups"
    return table_html(
        report.tables[table],
        lambda row: of_row(report, table, row),
        lambda row, key: of_number(table, row, key),
        words,
        (lambda row, key: _group_cell(report, row, key)) if is_of_groups else None,
    )


def _group_cell(report: Report, row: Mapping[str, Any], key: str) -> str:
    if key != "label":
        return escape(str(row[key] or ""))
    return _drilling(report, row, str(row["label"]))


def _drilling(report: Report, row: Mapping[str, Any], words: str) -> str:
    """Return the name of a group as a button that drills into it."""
    what = chooses(within=within(report, row), page="")
    return f'<button type="button" {what}>{escape(words)}</button>'


def _stances(report: Report, words: Language, is_dark: bool) -> str:
    rows = report.tables["groups"].rows.to_pylist()[:_MOST_BARS]
    parts = [part for part in _PARTS if any(row[part] for row in rows)]
    ends = [_ends(row) for row in rows] or [(ZERO, ZERO)]
    bounds = min(low for low, _ in ends), max(high for _, high in ends)
    bars = [_stance_bar(report, row, bounds, words, is_dark) for row in rows]
    colours = {words.say(_PARTS[part]): _colour(part, is_dark) for part in parts}
    behind = behind_html(_BEHIND, _table(report, "groups", words), words)
    hint = text(
        "Choose a number or a piece of a bar to see its lines, or a name to look inside it."
    )
    return bars_html(bars, colours, words.say(hint)) + behind


def _ends(row: Mapping[str, Any]) -> tuple[Decimal, Decimal]:
    """Return how far the parts of a row reach to the left of zero and to its right."""
    amounts = [row[part] for part in _PARTS]
    below = sum((amount for amount in amounts if amount < 0), ZERO)
    return below, sum((amount for amount in amounts if amount > 0), ZERO)


def _stance_bar(
    report: Report,
    row: Mapping[str, Any],
    bounds: tuple[Decimal, Decimal],
    words: Language,
    is_dark: bool,
) -> Bar:
    label = f"{row['code']} {row['label']}".strip()
    currency = report.facts["currency"]
    below, above, pieces = ZERO, ZERO, []
    for part, name in _PARTS.items():
        amount = row[part]
        if not amount:
            continue
        begin = below if amount < 0 else above
        if amount < 0:
            below += amount
        else:
            above += amount
        told = f"{label}, {words.say(name)}: {words.money(Money(amount, currency))}"
        left, right = sorted((_place(begin, bounds), _place(begin + amount, bounds)))
        pieces.append(Piece(left, right, _colour(part, is_dark), told, {"number": part}))
    return Bar(
        _drilling(report, row, label),
        [(words.money(Money(row["total"], currency)), {"number": "total"})],
        pieces,
        of_row(report, "groups", row),
    )


def _place(amount: Decimal, bounds: tuple[Decimal, Decimal]) -> float:
    """Return where an amount stands between the bounds of a chart, 0 to 1."""
    low, high = bounds
    return float((amount - low) / (high - low)) if high > low else 0.0


def _intervals(report: Report, table: str, key: str, words: Language, is_dark: bool) -> str:
    rows = report.tables[table].rows.to_pylist()
    shown = [row for row in rows if row["screened_share"] is not None]
    bars = [interval_bar(row, key, words, is_dark, of_row(report, table, row)) for row in shown]
    has_stances = any(row["high_share"] is not None for row in shown)
    pieces = _WITH_STANCES if has_stances else _COUNTED
    colours = {words.say(name): _colour(part, is_dark) for part, name in pieces.items()}
    behind = behind_html(_BEHIND, _table(report, table, words), words)
    return bars_html(bars, colours) + behind


def interval_bar(
    row: Mapping[str, Any],
    key: str,
    words: Language,
    is_dark: bool = False,
    opens: Mapping[str, str] | None = None,
) -> Bar:
    """Return a bar of all of the budget, the last piece of which is what is not screened."""
    label = words.say(NAMED_CODES[key](row[key])) if key in NAMED_CODES else str(row[key])
    screened, has_stances = row["screened_share"], row["high_share"] is not None
    low, high = (row["low_share"], row["high_share"]) if has_stances else [row["counted_share"]] * 2
    names = _WITH_STANCES if has_stances else _COUNTED
    bounds = (0, low, *((high,) if has_stances else ()), max(high, screened), 1)
    pieces = [
        Piece(
            *_within_bar(begin, end),
            _colour(name, is_dark),
            f"{label}, {words.say(said)}: {words.share(end - begin)}",
            {"number": name},
        )
        for (name, said), (begin, end) in zip(names.items(), pairwise(bounds), strict=True)
        if end > begin
    ]
    return Bar(escape(capital(label)), _bounds(row, words), pieces, opens or {})


def _bounds(row: Mapping[str, Any], words: Language) -> list[tuple[str, Mapping[str, str]]]:
    """Return the numbers beside a bar: the interval, or what counts where there is none."""
    if not row["screened_share"]:  # nobody has looked: what counts is not zero but not known
        return [(words.say(text("not known")), {"number": "not_screened"})]
    names = ["low", "high"] if row["high_share"] is not None else ["counted"]
    if row["low_share"] == row["high_share"]:
        names = names[-1:]
    return [(words.share(row[f"{name}_share"]), {"number": name}) for name in names]


def _within_bar(begin: float, end: float) -> tuple[float, float]:
    return min(max(begin, 0.0), 1.0), min(max(end, 0.0), 1.0)


def _change(report: Report, words: Language) -> str:
    counted: dict[str, Any] = report.tables["change"].rows.to_pylist()[-1]
    amounts = {part: counted[part] for part in PARTS if counted[part] is not None}
    bounds = min((ZERO, *amounts.values())), max((ZERO, *amounts.values()))
    names = dict(CHANGE_NAMES)
    if counted["price"] is None:
        names["volume"] = text("price and volume")
    bars = []
    for part, amount in amounts.items():
        value = words.money(Money(amount, report.facts["currency"]))
        told = f"{capital(words.say(names[part]))}: {value}"
        pieces = [_signed_piece(amount, bounds, told, {"part": part})] if amount else []
        label = escape(capital(words.say(names[part])))
        bars.append(Bar(label, [(value, {"part": part})], pieces, {"within": ""}))
    behind = behind_html(_BEHIND, _table(report, "change", words), words)
    return bars_html(bars, {}) + behind


def _signed_piece(
    amount: Decimal, bounds: tuple[Decimal, Decimal], told: str, opens: Mapping[str, str]
) -> Piece:
    begin, end = sorted((_place(ZERO, bounds), _place(amount, bounds)))
    return Piece(begin, end, palette.LESS if amount < 0 else palette.MORE, told, opens)


def _is_dark() -> bool:
    return st.context.theme.type == "dark"


def _colour(part: str, is_dark: bool) -> str:
    part = _COLOUR_OF.get(part, part)
    if part in _OTHER_COLOURS:
        return _OTHER_COLOURS[part]
    return (palette.STANCES_ON_DARK if is_dark else palette.STANCES)[part]
