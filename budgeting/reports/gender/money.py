"""Marked money of one statement: small tables that are grouped without asking the store again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.methodologies import Convention, Methodology
from budgeting.model import Vintage
from budgeting.reports.scope import Member
from budgeting.store import DIMENSIONS, Store
from budgeting.tagging import ZERO

OTHER_VERSION = "other-version"  # marked, but under rules that are not those of the view
NOT_SCREENED = "not-screened"
_CENT = Decimal("0.01")
Narrowing = Mapping[str, Sequence[int] | None]


@dataclass(frozen=True, slots=True)
class MarkedMoney:
    """One statement under one methodology and version.

    Parameters
    ----------
    marked
        One row per category, confidence, state, score and combination of classifications; amounts
        in the currency of the year. Marks under another version, or of a category that the
        methodology does not have, have the category `OTHER_VERSION`.
    whole
        One row per combination of classifications: all money of the statement.
    """

    marked: pa.Table
    whole: pa.Table

    @property
    def total(self) -> Decimal:
        """All money of the statement, marked or not."""
        return _sum(self.whole)

    @property
    def line_count(self) -> int:
        """All budget lines of the statement."""
        return int(pc.sum(self.whole["line_count"]).as_py() or 0)

    @property
    def marked_line_count(self) -> int:
        """Budget lines of which a part is marked, under whichever version."""
        return int(pc.sum(self.marked["line_count"]).as_py() or 0)

    @property
    def open_line_count(self) -> int:
        """Budget lines of which a part is not marked: what the queue of the workbench has left."""
        return self.line_count - int(pc.sum(self.marked["whole_line_count"]).as_py() or 0)

    def within(self, kept: Narrowing) -> "MarkedMoney":
        """Return what is in these members; of a dimension that has None, everything."""
        return MarkedMoney(_kept(self.marked, kept), _kept(self.whole, kept))

    def by(self, *columns: str) -> dict[tuple[str, ...], Decimal]:
        """Return marked amounts by the values of some columns."""
        grouped = self.marked.group_by(list(columns), use_threads=False).aggregate(
            [("amount", "sum")]
        )
        return {
            tuple(row[column] for column in columns): row["amount_sum"]
            for row in grouped.to_pylist()
        }

    def lines_by_category(self) -> dict[str, int]:
        """Return how many budget lines have a part in each category."""
        grouped = self.marked.group_by(["category"], use_threads=False).aggregate(
            [("part_count", "sum")]
        )
        return {row["category"]: row["part_count_sum"] for row in grouped.to_pylist()}

    def by_category(self) -> dict[str, Decimal]:
        """Return marked amounts by category, `OTHER_VERSION` among them where it has money."""
        return {category: amount for (category,), amount in self.by("category").items()}

    def by_member(
        self, dimension: str, depth: int, known: Mapping[int, Member]
    ) -> dict[int, dict[str, Decimal]]:
        """Return, for every member of a level, its amounts by category and `NOT_SCREENED`.

        The amounts of a member sum to its money in the statement, to the cent.
        """
        column = DIMENSIONS[dimension]
        found: dict[int, dict[str, Decimal]] = {}
        whole = self.whole.group_by([column], use_threads=False).aggregate([("amount", "sum")])
        for row in whole.to_pylist():
            amounts = found.setdefault(_ancestor(row[column], depth, known), {})
            amounts[NOT_SCREENED] = amounts.get(NOT_SCREENED, ZERO) + row["amount_sum"]
        marked = self.marked.group_by([column, "category"], use_threads=False).aggregate(
            [("amount", "sum")]
        )
        for row in marked.to_pylist():
            amounts = found[_ancestor(row[column], depth, known)]
            category, amount = row["category"], row["amount_sum"]
            amounts[category] = amounts.get(category, ZERO) + amount
            amounts[NOT_SCREENED] -= amount
        return found

    def counted(self, convention: Convention, highest: Decimal | None = None) -> Decimal:
        """Return what counts under a convention, rounded to the cent once, at the end.

        Parameters
        ----------
        highest
            The highest score of the methodology, where the convention counts by the score.
        """
        exact = Decimal(0)
        for (category, score), amount in self.by("category", "score").items():
            if category == OTHER_VERSION:
                continue
            exact += amount * weight(category, score, convention, highest)
        return exact.quantize(_CENT)


def weight(
    category: str, score: str | None, convention: Convention, highest: Decimal | None
) -> Decimal:
    """Return what a mark counts for, 0 to 1: its score where the convention says so and it has one."""
    if convention.is_of_score and score is not None and highest:
        return Decimal(score) / highest
    return convention.coefficients[category]


def marked_money(store: Store, vintage: Vintage, method: Methodology) -> MarkedMoney:
    """Return what the marks of a methodology say about a statement, kept until a change."""
    marked, whole = _cubes(store, [vintage.vintage_id])[vintage.vintage_id]
    marked = marked.filter(pc.equal(marked["methodology"], method.code))
    known = pa.array([category.code for category in method.categories], pa.string())
    is_of_method = pc.and_(
        pc.equal(marked["methodology_version"], method.version),
        pc.is_in(marked["category"], known),  # one that its file lost counts for nothing any more
    )
    category = pc.if_else(is_of_method, marked["category"], OTHER_VERSION)
    place = marked.schema.get_field_index("category")
    return MarkedMoney(marked.set_column(place, "category", category), whole)


def marked_with(store: Store, vintage: Vintage) -> frozenset[str]:
    """Return the codes of the methodologies with marks in a statement."""
    marked, _whole = _cubes(store, [vintage.vintage_id])[vintage.vintage_id]
    return frozenset(pc.unique(marked["methodology"]).to_pylist())


def fetch(store: Store, vintages: Iterable[Vintage]) -> None:
    """Ask for several statements at once, so that a page does not ask for each by itself."""
    _cubes(store, [vintage.vintage_id for vintage in vintages])


_Cubes = dict[int, tuple[pa.Table, pa.Table]]  # by statement: what is marked, and all of it


def _cubes(store: Store, vintage_ids: Sequence[int]) -> _Cubes:
    kept = _kept_cubes(store, store.state)
    missing = sorted(set(vintage_ids) - set(kept))
    if missing:
        marked = store.query("marked_cube", vintage_ids=missing)
        whole = store.query("statement_cube", vintage_ids=missing)
        for vintage_id in missing:
            kept[vintage_id] = _of(marked, vintage_id), _of(whole, vintage_id)
    return kept


@lru_cache(maxsize=2)
def _kept_cubes(_store: Store, _state: str) -> _Cubes:
    return {}


def _of(cube: pa.Table, vintage_id: int) -> pa.Table:
    return cube.filter(pc.equal(cube["vintage_id"], vintage_id))


def _sum(table: pa.Table) -> Decimal:
    total: Decimal = pc.sum(table["amount"]).as_py() or ZERO
    return total


def _kept(table: pa.Table, kept: Narrowing) -> pa.Table:
    for dimension, ids in kept.items():
        if ids is not None:
            wanted = pa.array(ids, table.schema.field(DIMENSIONS[dimension]).type)
            table = table.filter(pc.is_in(table[DIMENSIONS[dimension]], wanted))
    return table


def _ancestor(member_id: int, depth: int, known: Mapping[int, Member]) -> int:
    """Return the member of the level above; a member that does not reach the level stands itself."""
    member = known.get(member_id)
    if member is None:
        return 0
    return member.ancestor_ids[min(depth, len(member.ancestor_ids)) - 1]
