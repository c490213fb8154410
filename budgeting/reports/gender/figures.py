"""Figures of a statement under a methodology: interval, counted amount, doubt, what is not known."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from budgeting.amounts import ratio
from budgeting.methodologies import Convention, Methodology, methodology, rule_fingerprint
from budgeting.model import Vintage
from budgeting.reports.gender.money import OTHER_VERSION, MarkedMoney, highest_score, marked_money
from budgeting.store import Store
from budgeting.tagging import ZERO, Interval, fallen, not_screened, tagged_interval


@dataclass(frozen=True, slots=True)
class Figures:
    """What the marks of one methodology and version say about a statement, in its currency.

    Parameters
    ----------
    total
        All money. ``total`` = sum of ``by_category`` + ``other_version`` + ``not_screened``.
    tagged
        Principal only .. with significant; None where the categories have no stances.
    counted
        The amount that counts under the convention.
    doubtful
        ``tagged``, had all marks of low and medium confidence been one category weaker.
    approved
        Marked money that a second reader has approved.
    """

    total: Decimal
    by_category: Mapping[str, Decimal]
    other_version: Decimal
    not_screened: Decimal
    tagged: Interval | None
    counted: Decimal
    doubtful: Interval | None
    approved: Decimal
    line_count: int
    marked_line_count: int
    open_line_count: int
    is_of_this_version: bool

    @property
    def screened_share(self) -> float | None:
        """The part of the money that is marked; None of a total that is no whole."""
        return ratio(self.total - self.not_screened, self.total)

    def share(self, amount: Decimal | None) -> float | None:
        """Return a part of all money, what is not screened included."""
        return ratio(amount, self.total)


def statement_figures(
    store: Store, vintage: Vintage, method: Methodology, convention: Convention
) -> Figures:
    """Return the figures of a whole statement, kept until the store or the methodology changes."""
    rules = (method.code, method.version, convention.name, method.fingerprint)
    return _statement_figures(store, store.budget_state, vintage, rules)


@lru_cache(maxsize=256)
def _statement_figures(
    store: Store, _state: str, vintage: Vintage, rules: tuple[str, str, str, str]
) -> Figures:
    code, version, convention, _fingerprint = rules
    method = methodology(code, version)
    money = marked_money(store, vintage, method)
    return figures(money, method, method.convention(convention))


def edited_line_count(store: Store, vintage: Vintage, method: Methodology) -> int:
    """Return how many lines of a statement are marked under earlier rules of the same version."""
    rules = (method.code, method.version, rule_fingerprint(method))
    return _edited_line_count(store, store.budget_state, vintage.vintage_id, rules)


@lru_cache(maxsize=256)
def _edited_line_count(
    store: Store, _state: str, vintage_id: int, rules: tuple[str, str, str]
) -> int:
    bound = dict(zip(("methodology", "version", "rules"), rules, strict=True))
    if not _has_earlier_rules(store, _state, rules):
        return 0
    found = store.query("lines_marked_under_earlier_rules", vintage_id=vintage_id, **bound)
    count: int = found["line_count"][0].as_py()
    return count


@lru_cache(maxsize=64)
def _has_earlier_rules(store: Store, _state: str, rules: tuple[str, str, str]) -> bool:
    """Return whether there is anything to count: marks are few, lines under them many."""
    bound = dict(zip(("methodology", "version", "rules"), rules, strict=True))
    found: bool = store.query("has_marks_under_earlier_rules", **bound)["has_any"][0].as_py()
    return found


def figures(money: MarkedMoney, method: Methodology, convention: Convention) -> Figures:
    """Return the figures of a statement.

    Examples
    --------
    See tests/unit/test_gender_overview.py, where a small budget is added up by hand.
    """
    found = money.by_category()
    other = found.pop(OTHER_VERSION, ZERO)
    order = [category.code for category in method.categories]
    by_category = {code: found.get(code, ZERO) for code in order}
    total = money.total
    return Figures(
        total=total,
        by_category=by_category,
        other_version=other,
        not_screened=not_screened(total, {**by_category, OTHER_VERSION: other}),
        tagged=interval(by_category, method),
        counted=money.counted(convention, highest_score(method)),
        doubtful=_doubtful(money, method),
        approved=money.by("state").get(("approved",), ZERO),
        line_count=money.line_count,
        marked_line_count=money.marked_line_count,
        open_line_count=money.open_line_count,
        is_of_this_version=bool(found),
    )


def interval(by_category: Mapping[str, Decimal], method: Methodology) -> Interval | None:
    """Return principal only .. with significant; None where a category has no stance."""
    stances = {code: stance.value for code, stance in method.stances.items() if stance}
    if len(stances) < len(method.categories):
        return None
    return tagged_interval(by_category, stances)


def _doubtful(money: MarkedMoney, method: Methodology) -> Interval | None:
    found = money.by("category", "confidence")
    known = {
        (category, confidence): amount
        for (category, confidence), amount in found.items()
        if category != OTHER_VERSION
    }
    return interval(fallen(known, [category.code for category in method.categories]), method)
