"""Why the tagged amount changed since another statement: price, volume, relabelling, lines."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from budgeting.model import Column, Money, Table, Text, Vintage, text
from budgeting.once import once
from budgeting.reports.gender.money import (
    OTHER_VERSION,
    highest_score,
    marked_money,
    weight,
    weighted_sum,
)
from budgeting.reports.gender.view import Question
from budgeting.reports.tables import table
from budgeting.store import Store
from budgeting.tagging import Overlap, TaggedChange, change_of
from budgeting.translations import language as language_of

_SUMS = ("earlier", "later", "kept_earlier", "kept_as_earlier", "kept_later")
_GROWTH_DIGITS = 12
PARTS = ("price", "volume", "reclassification", "new_lines", "ended_lines")


def change_table(store: Store, asked: Question) -> Table:
    """Return the change since the comparable statement of the year before, by category and counted.

    Returns
    -------
    Table
        One row per category that has money in one of the two, then what counts under the
        convention; the parts of every row sum to its change. Empty where there is nothing to
        compare with.
    """
    earlier = asked.where.year_before(asked.vintage)
    columns = _columns(asked.where.year.currency_code)
    if earlier is None:
        return table(columns, [])
    overlaps = overlaps_of(store, asked, earlier)
    growth, say = price_growth(asked, earlier), language_of(asked.view.language).say
    rows = []
    for category in asked.methodology.categories:
        found = {key: Decimal(1) for key in overlaps if key[0] == category.code}
        if found:
            told = _row(say(category.labels), _summed(overlaps, found), growth)
            rows.append({**told, "category": category.code})
    counted = _summed(overlaps, weights(overlaps, asked))
    rows.append(_row(say(text("what counts")), counted, growth))
    return table(columns, rows)


def counted_change(store: Store, asked: Question) -> TaggedChange | None:
    """Return the change of what counts; None where there is nothing to compare with."""
    earlier = asked.where.year_before(asked.vintage)
    if earlier is None:
        return None
    overlaps = overlaps_of(store, asked, earlier)
    return change_of(_summed(overlaps, weights(overlaps, asked)), price_growth(asked, earlier))


_Key = tuple[str, str | None]  # category and score


def change_notes(store: Store, asked: Question) -> tuple[Text, ...]:
    """Return what a reader must know beside the change: marks of the year before that do not count."""
    earlier = asked.where.year_before(asked.vintage)
    if earlier is None:
        return ()
    found = marked_money(store, earlier, asked.methodology).by_category()
    other = found.get(OTHER_VERSION)
    if not other:
        return ()
    return (
        text(
            "{amount} of the year before is marked under another version of the methodology and counts "
            "for nothing there: in the change it looks like reclassification or like new lines.",
            amount=Money(other, asked.where.year.currency_code),
        ),
    )


def overlaps_of(store: Store, asked: Question, earlier: Vintage) -> Mapping[_Key, Overlap]:
    """Return the sums of two statements by category and score."""
    method = asked.methodology
    return _kept_overlaps(
        store,
        store.budget_state,
        (earlier.vintage_id, asked.vintage.vintage_id),
        (method.code, method.version),
    )


@once(maxsize=64)
def _kept_overlaps(
    store: Store, _state: str, vintages: tuple[int, int], method: tuple[str, str]
) -> Mapping[_Key, Overlap]:
    rows = store.query(
        "tagged_overlap",
        earlier=vintages[0],
        later=vintages[1],
        methodology=method[0],
        version=method[1],
    ).to_pylist()
    return {
        (row["category"], row["score"]): Overlap(*(row[name] for name in _SUMS)) for row in rows
    }


def weights(overlaps: Iterable[_Key], asked: Question) -> dict[_Key, Decimal]:
    """Return what each category and score counts for, as the counted amount of a statement does."""
    known = {category.code for category in asked.methodology.categories}
    highest = highest_score(asked.methodology)
    return {key: weight(*key, asked.convention, highest) for key in overlaps if key[0] in known}


def _summed(overlaps: Mapping[_Key, Overlap], weights: Mapping[_Key, Decimal]) -> Overlap:
    """Return the sums of what has a weight, each times it."""
    sums = [
        weighted_sum((getattr(overlaps[key], name), counts) for key, counts in weights.items())
        for name in ("before", "after", "kept_before", "kept_as_before", "kept_after")
    ]
    return Overlap(*sums)


def price_growth(asked: Question, earlier: Vintage) -> Decimal | None:
    """Return by how much prices rose, 0.05 for five per cent; None where it is not known."""
    now = asked.where.year.price_index
    before = asked.where.years[earlier.fiscal_year].price_index
    if not now or not before:
        return None
    return (now / before - 1).quantize(Decimal(1).scaleb(-_GROWTH_DIGITS))


def _row(label: str, sums: Overlap, growth: Decimal | None) -> dict[str, Any]:
    change = change_of(sums, growth)
    parts = {name: getattr(change, name) for name in PARTS}
    return {
        "label": label,
        "before": sums.before,
        **parts,
        "after": sums.after,
        "change": change.total,
    }


def _columns(unit: str) -> tuple[Column, ...]:
    return (
        Column("label", text("category")),
        Column("before", text("year before"), "money", unit),
        Column("price", text("price"), "money", unit),
        Column("volume", text("volume"), "money", unit),
        Column("reclassification", text("reclassification"), "money", unit),
        Column("new_lines", text("new lines"), "money", unit),
        Column("ended_lines", text("ended lines"), "money", unit),
        Column("after", text("this year"), "money", unit),
        Column("change", text("change"), "money", unit),
        Column("category", text("code"), "code", is_hidden=True),
    )
