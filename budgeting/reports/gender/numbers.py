"""Numbers of the gender overview: which money each is a sum of, so that it opens to its lines.

A number is a weight, 0 to 1, for what marks say: version, category, confidence, state and score
together. The same weights make the number of a few sums and the list of its lines.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from budgeting.model import Text, text
from budgeting.reports.gender.money import (
    NOT_SCREENED,
    OTHER_VERSION,
    WEIGHT_DIGITS,
    MarkedMoney,
    highest_score,
    weight,
)
from budgeting.reports.gender.view import Question
from budgeting.tagging import DOUBTFUL, PRINCIPAL, SIGNIFICANT, ZERO

TOTAL = "total"
_ONE, _NONE = Decimal(1), Decimal(0)
_Row = Mapping[str, Any]
_Weigh = Callable[[Question, _Row], Decimal]


@dataclass(frozen=True, slots=True)
class Number:
    """What a number counts: of marked money by a weight, and whether what no mark covers."""

    name: Text
    weigh: _Weigh
    has_rest: bool = False


def _stance(question: Question, category: str) -> str | None:
    stance = question.methodology.stances.get(category)
    return stance.value if stance else None


def _of_stance(*wanted: str) -> _Weigh:
    def weigh(question: Question, row: _Row) -> Decimal:
        return _ONE if _stance(question, row["category"]) in wanted else _NONE

    return weigh


def _always(_question: Question, _row: _Row) -> Decimal:
    return _ONE


def _never(_question: Question, _row: _Row) -> Decimal:
    return _NONE


def _of_other_version(_question: Question, row: _Row) -> Decimal:
    return _ONE if row["category"] == OTHER_VERSION else _NONE


def _without_stance(question: Question, row: _Row) -> Decimal:
    is_other = row["category"] == OTHER_VERSION
    return _NONE if is_other or _stance(question, row["category"]) else _ONE


def _approved(_question: Question, row: _Row) -> Decimal:
    return _ONE if row["state"] == "approved" else _NONE


def _counted(question: Question, row: _Row) -> Decimal:
    if row["category"] == OTHER_VERSION:
        return _NONE
    highest = highest_score(question.methodology)
    return weight(row["category"], row["score"], question.convention, highest)


def _counting(question: Question, row: _Row) -> Decimal:
    return _ONE if _counted(question, row) > 0 else _NONE


def _not_for_equality(question: Question, row: _Row) -> Decimal:
    if all(question.methodology.stances.values()):
        return _ONE - _of_stance(PRINCIPAL, SIGNIFICANT)(question, row)
    return _ONE - _counted(question, row)


def _fallen(*wanted: str) -> _Weigh:
    """Return the weight, had every doubtful mark been one category weaker."""

    def weigh(question: Question, row: _Row) -> Decimal:
        if row["category"] == OTHER_VERSION:
            return _NONE
        order = list(question.methodology.stances)
        falls = row["confidence"] in DOUBTFUL
        place = min(order.index(row["category"]) + falls, len(order) - 1)
        return _ONE if _stance(question, order[place]) in wanted else _NONE

    return weigh


NUMBERS: Mapping[str, Number] = MappingProxyType(
    {
        TOTAL: Number(text("all of it"), _always, has_rest=True),
        "principal": Number(text("principal"), _of_stance(PRINCIPAL)),
        "significant": Number(text("significant"), _of_stance(SIGNIFICANT)),
        "unclear": Number(text("unclear"), _of_stance("unclear")),
        "none": Number(text("none"), _of_stance("none")),
        "without_stance": Number(text("marked, not comparable"), _without_stance),
        "other_version": Number(text("marked under another version"), _of_other_version),
        "not_screened": Number(text("not screened"), _never, has_rest=True),
        "low": Number(text("principal only"), _of_stance(PRINCIPAL)),
        "high": Number(text("with significant"), _of_stance(PRINCIPAL, SIGNIFICANT)),
        "doubtful_low": Number(
            text("principal only, had all marks of low and medium confidence fallen one level"),
            _fallen(PRINCIPAL),
        ),
        "doubtful_high": Number(
            text("with significant, had all marks of low and medium confidence fallen one level"),
            _fallen(PRINCIPAL, SIGNIFICANT),
        ),
        "counted": Number(text("counted"), _counted),
        "counting": Number(text("marked as what counts"), _counting),
        "not_for_equality": Number(text("screened, but not for equality"), _not_for_equality),
        "screened": Number(text("screened"), _always),
        "approved": Number(text("read and approved"), _approved),
    }
)
# A negative significant amount, a refund, lowers the interval: then its bounds change places.
_OTHER_BOUND = {"low": "high", "high": "low"} | {
    "doubtful_low": "doubtful_high",
    "doubtful_high": "doubtful_low",
}
_SAID = pa.schema(
    [
        *((name, pa.string()) for name in ("methodology_version", "category")),
        *((name, pa.string()) for name in ("confidence", "state", "score")),
        ("weight", pa.decimal128(20, WEIGHT_DIGITS)),
    ]
)


def counting_rows(question: Question, money: MarkedMoney) -> pa.Table:
    """Return what a view's number counts: what marks say, with its weight above zero.

    The view's ``category`` narrows the number, as a category of the methodology or `OTHER_VERSION`.
    """
    weigh, wanted = _weigh(question, money), question.view.category
    return pa.Table.from_pylist(
        [
            {
                **{name: row[name] for name in _SAID.names[:-1]},
                "category": row["said"],
                "weight": found,
            }
            for row in money.marked
            if wanted in ("", row["category"]) and (found := weigh(question, row)) > 0
        ],
        schema=_SAID,
    )


def has_rest(question: Question) -> bool:
    """Return whether a view's number counts what no mark covers."""
    is_of_rest = NUMBERS[question.view.number].has_rest
    return is_of_rest and question.view.category in ("", NOT_SCREENED)


def _weigh(question: Question, money: MarkedMoney) -> _Weigh:
    """Return the weight that a view's number gives to what a mark says."""
    name = question.view.number
    other = _OTHER_BOUND.get(name)
    if other is None:
        return NUMBERS[name].weigh
    pick = min if name.endswith("low") else max
    bounds = (NUMBERS[name].weigh, NUMBERS[other].weigh)
    return pick(bounds, key=lambda weigh: _sum(question, money, weigh))


def _sum(question: Question, money: MarkedMoney, weigh: _Weigh) -> Decimal:
    return sum((row["amount"] * weigh(question, row) for row in money.marked), ZERO)
