"""Marked money of one statement: a few sums by what marks say, whatever the ledger's size."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from budgeting.amounts import CENT
from budgeting.marks.refreshing import add_up
from budgeting.methodologies import Convention, Methodology
from budgeting.model import Vintage
from budgeting.reports.scope import UNKNOWN_MEMBER, Member
from budgeting.store import DIMENSIONS, Store
from budgeting.tagging import ZERO

OTHER_VERSION = "other-version"  # marked, but under rules that are not those of the view
NOT_SCREENED = "not-screened"
WEIGHT_DIGITS = 18  # of what a mark counts for; as many as SQL has beside an amount
Narrowing = Mapping[str, Sequence[int] | None]
EVERYTHING: Narrowing = MappingProxyType(dict.fromkeys(DIMENSIONS))
_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MarkedMoney:
    """One statement, or members of it, under one methodology and version.

    Parameters
    ----------
    marked
        One row per version, category, confidence, state and score: line_count, whole_line_count,
        part_count and amount in the currency of the year. Marks under another version, or of a
        category that the methodology does not have, have the category `OTHER_VERSION`; ``said`` is
        the one that stands in the mark.
    total, line_count
        All money and budget lines of it, marked or not.
    """

    marked: tuple[_Row, ...]
    total: Decimal
    line_count: int

    @property
    def marked_line_count(self) -> int:
        """Budget lines of which a part is marked, under whichever version."""
        return sum(int(row["line_count"]) for row in self.marked)

    @property
    def open_line_count(self) -> int:
        """Budget lines of which a part is not marked: what the queue of the workbench has left."""
        return self.line_count - sum(int(row["whole_line_count"]) for row in self.marked)

    def by(self, *columns: str) -> dict[tuple[str, ...], Decimal]:
        """Return marked amounts by the values of some columns."""
        return {key: Decimal(amount) for key, amount in self._sums("amount", columns).items()}

    def lines_by_category(self) -> dict[str, int]:
        """Return how many budget lines have a part in each category."""
        return {key: count for (key,), count in self._sums("part_count", ("category",)).items()}

    def by_category(self) -> dict[str, Decimal]:
        """Return marked amounts by category, `OTHER_VERSION` among them where it has money."""
        return {category: amount for (category,), amount in self.by("category").items()}

    def counted(self, convention: Convention, highest: Decimal | None = None) -> Decimal:
        """Return what counts under a convention, rounded to the cent once, at the end.

        Parameters
        ----------
        highest
            The highest score of the methodology, where the convention counts by the score.
        """
        return weighted_sum(
            (amount, weight(category, score, convention, highest))
            for (category, score), amount in self.by("category", "score").items()
            if category != OTHER_VERSION
        )

    def _sums(self, summed: str, columns: tuple[str, ...]) -> dict[tuple[str, ...], Any]:
        found: dict[tuple[str, ...], Any] = {}
        for row in self.marked:
            key = tuple(row[column] for column in columns)
            found[key] = found.get(key, 0) + row[summed]
        return found


def weight(
    category: str, score: str | None, convention: Convention, highest: Decimal | None
) -> Decimal:
    """Return what a mark counts for, 0 to 1: its score where the convention says so and it has one."""
    if convention.is_of_score and score is not None and highest:
        return (Decimal(score) / highest).quantize(Decimal(1).scaleb(-WEIGHT_DIGITS))
    return convention.coefficients[category]


def highest_score(method: Methodology) -> Decimal | None:
    """Return the highest score of a methodology, which counts in full; None where it has none."""
    return method.score.maximum if method.score else None


def weighted_sum(terms: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """Return the sum of amounts times weights, exact until it is rounded to the cent once."""
    with localcontext(prec=60):
        exact = sum((amount * counts for amount, counts in terms), Decimal(0))
        return exact.quantize(CENT, ROUND_HALF_EVEN)


def marked_money(
    store: Store, vintage: Vintage, method: Methodology, kept: Narrowing = EVERYTHING
) -> MarkedMoney:
    """Return what the marks of a methodology say about a statement, or about members of it."""
    rows = _sums_of(store, [vintage.vintage_id])[vintage.vintage_id]
    if any(ids is not None for ids in kept.values()):
        rows = _sums_within(store, store.budget_state, vintage.vintage_id, _frozen(kept))
    whole = next((row for row in rows if row["methodology"] is None), None)
    marked = [row for row in rows if row["methodology"] == method.code]
    return MarkedMoney(
        tuple(
            {**row, "said": row["category"], "category": _category(row, method)} for row in marked
        ),
        whole["amount"] if whole else ZERO,
        whole["line_count"] if whole else 0,
    )


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a dimension, 1 at the top, among the members of a budget."""

    dimension: str
    depth: int
    known: Mapping[int, Member]

    def of(self, member_id: int) -> int:
        """Return a member's own of this level, itself where it does not reach so far down."""
        member = self.known.get(member_id)
        if member is None:
            return UNKNOWN_MEMBER
        return member.ancestor_ids[min(self.depth, len(member.ancestor_ids)) - 1]


def member_money(
    store: Store,
    vintage: Vintage,
    method: Methodology,
    level: Level,
    kept: Narrowing = EVERYTHING,
) -> dict[int, dict[str, Decimal]]:
    """Return, for every member of a level, its amounts by category and `NOT_SCREENED`.

    The amounts of a member sum to its money in the statement, to the cent.
    """
    _sums_of(store, [vintage.vintage_id])  # so that it is added up
    where = vintage.vintage_id, method.code
    found: dict[int, dict[str, Decimal]] = {}
    for row in _member_sums(store, store.budget_state, where, level.dimension, _frozen(kept)):
        amounts = found.setdefault(level.of(row["member_id"]), {NOT_SCREENED: ZERO})
        if row["category"] is None:
            amounts[NOT_SCREENED] += row["amount"]
            continue
        category = _category(row, method)
        amounts[category] = amounts.get(category, ZERO) + row["amount"]
        amounts[NOT_SCREENED] -= row["amount"]
    return found


def marked_with(store: Store, vintage: Vintage) -> frozenset[str]:
    """Return the codes of the methodologies with marks in a statement."""
    rows = _sums_of(store, [vintage.vintage_id])[vintage.vintage_id]
    return frozenset(row["methodology"] for row in rows) - {None}


def fetch(store: Store, vintages: Iterable[Vintage]) -> None:
    """Ask for several statements at once, so that a page does not ask for each by itself."""
    _sums_of(store, [vintage.vintage_id for vintage in vintages])


def _category(row: _Row, method: Methodology) -> str:
    """Return the category of a mark; one that its file lost counts for nothing any more."""
    return str(row["category"]) if is_of_method(row, method) else OTHER_VERSION


def is_of_method(row: _Row, method: Methodology) -> bool:
    """Return whether what a mark says is of a methodology's version, and one of its categories."""
    is_known = row["category"] in method.stances
    return is_known and row["methodology_version"] == method.version


def _sums_of(store: Store, vintage_ids: Sequence[int]) -> dict[int, list[_Row]]:
    kept = _kept_sums(store, store.budget_state)
    missing = sorted(set(vintage_ids) - set(kept))
    if missing:
        rows = store.query("statement_sums", vintage_ids=missing).to_pylist()
        if any(row["is_waiting"] for row in rows):
            add_up(store, missing)
            rows = store.query("statement_sums", vintage_ids=missing).to_pylist()
        found: dict[int, list[_Row]] = {vintage_id: [] for vintage_id in missing}
        for row in rows:
            found[row["vintage_id"]].append(row)
        kept.update(found)
    return kept


@lru_cache(maxsize=2)
def _kept_sums(_store: Store, _state: str) -> dict[int, list[_Row]]:
    return {}


_Frozen = tuple[tuple[str, tuple[int, ...] | None], ...]


def _frozen(kept: Narrowing) -> _Frozen:
    return tuple((name, None if ids is None else tuple(ids)) for name, ids in kept.items())


def _bound(kept: _Frozen) -> dict[str, list[int] | None]:
    return {f"{name}_ids": None if ids is None else list(ids) for name, ids in kept}


@lru_cache(maxsize=64)
def _sums_within(store: Store, _state: str, vintage_id: int, kept: _Frozen) -> list[_Row]:
    rows: list[_Row] = store.query(
        "statement_sums_within", vintage_id=vintage_id, **_bound(kept)
    ).to_pylist()
    return rows


@lru_cache(maxsize=256)
def _member_sums(
    store: Store, _state: str, where: tuple[int, str], dimension: str, kept: _Frozen
) -> list[_Row]:
    rows: list[_Row] = store.query(
        "member_sums",
        vintage_id=where[0],
        methodology=where[1],
        dimension=dimension,
        **_bound(kept),
    ).to_pylist()
    return rows
