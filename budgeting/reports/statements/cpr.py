"""Funds of the Union: dimension codes 01, 02, 03 and 0%*, tracked before and after."""

from collections.abc import Callable
from decimal import Decimal

from budgeting.amounts import CENT
from budgeting.methodologies import Stance
from budgeting.model import Column, Money, Stage, Text, text
from budgeting.reports.statements.asked import Asked, Piece
from budgeting.reports.statements.layout import (
    Layout,
    Shown,
    amount_in,
    by_category,
    counted_in,
    programme_of,
    statement_name,
)
from budgeting.reports.statements.sheet import Amounts, Derived, Figure, Sheet, Words
from budgeting.tagging import ZERO

_STATEMENTS = {"main": Shown(), "ex_post": Shown(Stage.EXECUTED)}


def _describe(asked: Asked) -> Sheet:
    before, after = (statement_name(asked, name, shown) for name, shown in _STATEMENTS.items())
    return Sheet(
        parts=by_category(asked),
        part_column=Column("code", text("dimension code")),
        leaf=programme_of,
        words=(
            Words(Column("programme", text("programme")), asked.programme),
            Words(Column("coefficient", text("coefficient")), _coefficient(asked)),
        ),
        figures=(
            amount_in(asked, "main", text("ex ante: {statement}", statement=before)),
            counted_in(asked, "tracked_main", "main", text("ex ante: tracked")),
            amount_in(asked, "ex_post", text("ex post: {statement}", statement=after)),
            counted_in(asked, "tracked_ex_post", "ex_post", text("ex post: tracked")),
            Figure("at_stake", text("0%* at stake, ex ante"), _at_stake(asked)),
        ),
        derived=(Derived("delta", text("tracked: ex post less ex ante"), _delta(asked)),),
        main="main",
        remarks=(Words(Column("reason", text("reason")), lambda piece: piece.reason),),
    )


def _coefficient(asked: Asked) -> Callable[[Piece], str]:
    language, coefficients = asked.language, asked.question.coefficients
    return lambda piece: language.share(coefficients[piece.category], 0)


def _at_stake(asked: Asked) -> Callable[[Piece], Decimal | None]:
    """Return what a provisional code would add, had it moved to that of the significant one."""
    method, coefficients = asked.question.methodology, asked.question.coefficients
    significant = [one.code for one in method.categories if one.stance is Stance.SIGNIFICANT]
    target = coefficients[significant[0]]

    def of(piece: Piece) -> Decimal | None:
        if piece.category not in method.queue_categories or not asked.is_of(piece, "main"):
            return None
        return piece.amount * (target - coefficients[piece.category])

    return of


def _delta(asked: Asked) -> Callable[[Amounts], Decimal | None]:
    """Return what is tracked more after than before; a code that has nothing tracks nothing."""
    is_known = asked.vintages["ex_post"] is not None

    def of(amounts: Amounts) -> Decimal | None:
        if not is_known:
            return None
        return (amounts["tracked_ex_post"] or ZERO) - (amounts["tracked_main"] or ZERO)

    return of


def _findings(asked: Asked) -> tuple[Text, ...]:
    before, after, at_stake = ZERO, ZERO, ZERO
    stake_of = _at_stake(asked)
    for piece in asked.pieces:
        counted = piece.amount * asked.weight(piece)
        before += counted if asked.is_of(piece, "main") else ZERO
        after += counted if asked.is_of(piece, "ex_post") else ZERO
        at_stake += stake_of(piece) or ZERO
    money = {
        name: Money(amount.quantize(CENT), asked.currency)
        for name, amount in (("before", before), ("after", after), ("stake", at_stake))
    }
    sentences = [text("Tracked ex ante: {before}.", before=money["before"])]
    if asked.vintages["ex_post"] is not None:
        sentences.append(text("Tracked ex post: {after}.", after=money["after"]))
    if at_stake:
        sentences.append(
            text(
                "{stake} more would be tracked ex ante, if all that is marked 0%* were assessed to count.",
                stake=money["stake"],
            )
        )
    return tuple(sentences)


LAYOUT = Layout(
    name="cpr",
    label=text("EU funds: dimension codes, ex ante and ex post"),
    describe=_describe,
    statements=_STATEMENTS,
    methodologies=("cpr_eige",),
    stages=(Stage.APPROVED, Stage.REVISED),
    findings=_findings,
)
