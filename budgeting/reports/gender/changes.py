"""Why the tagged amount changed since another statement: price, volume, relabelling, lines."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from budgeting.model import Column, Money, Table, Text, Vintage, text
from budgeting.reports.gender.money import OTHER_VERSION, marked_money, weight
from budgeting.reports.gender.view import Question
from budgeting.reports.tables import table
from budgeting.store import Store
from budgeting.tagging import Overlap, TaggedChange, change_of
from budgeting.translations import language as language_of

_SUMS = ("earlier", "later", "kept_earlier", "kept_as_earlier", "kept_later")
_CENT = Decimal("0.01")
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
    overlaps = _overlaps(store, asked, earlier)
    ratio, say = _price_ratio(asked, earlier), language_of(asked.view.language).say
    rows = []
    for category in asked.methodology.categories:
        found = {key: Decimal(1) for key in overlaps if key[0] == category.code}
        if found:
            rows.append(_row(say(category.labels), _summed(overlaps, found), ratio))
    counted = _summed(overlaps, _weights(overlaps, asked))
    rows.append(_row(say(text("what counts")), counted, ratio))
    return table(columns, rows)


def counted_change(store: Store, asked: Question) -> TaggedChange | None:
    """Return the change of what counts; None where there is nothing to compare with."""
    earlier = asked.where.year_before(asked.vintage)
    if earlier is None:
        return None
    overlaps = _overlaps(store, asked, earlier)
    return change_of(_summed(overlaps, _weights(overlaps, asked)), _price_ratio(asked, earlier))


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


def _overlaps(store: Store, asked: Question, earlier: Vintage) -> Mapping[_Key, Overlap]:
    method = asked.methodology
    return _kept_overlaps(
        store,
        store.state,
        (earlier.vintage_id, asked.vintage.vintage_id),
        (method.code, method.version),
    )


@lru_cache(maxsize=64)
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


def _weights(overlaps: Iterable[_Key], asked: Question) -> dict[_Key, Decimal]:
    """Return what each category and score counts for, as the counted amount of a statement does."""
    known = {category.code for category in asked.methodology.categories}
    score = asked.methodology.score
    highest = score.maximum if score else None
    return {key: weight(*key, asked.convention, highest) for key in overlaps if key[0] in known}


def _summed(overlaps: Mapping[_Key, Overlap], weights: Mapping[_Key, Decimal]) -> Overlap:
    """Return the sums of what has a weight, each times it."""
    sums = [
        sum(
            (getattr(overlaps[key], name) * counts for key, counts in weights.items()), Decimal(0)
        ).quantize(_CENT)
        for name in ("before", "after", "kept_before", "kept_as_before", "kept_after")
    ]
    return Overlap(*sums)


def _price_ratio(asked: Question, earlier: Vintage) -> Decimal | None:
    now = asked.where.year.price_index
    before = asked.where.years[earlier.fiscal_year].price_index
    return now / before if now and before else None


def _row(label: str, sums: Overlap, price_ratio: Decimal | None) -> dict[str, Any]:
    change = change_of(sums, price_ratio)
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
    )
