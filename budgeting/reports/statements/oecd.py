"""The OECD's marker: an interval from principal only to principal and significant."""

from collections.abc import Callable
from decimal import Decimal

from budgeting.amounts import ratio
from budgeting.methodologies import Stance
from budgeting.model import Column, Money, Share, Text, text
from budgeting.reports.statements.asked import Asked, Piece
from budgeting.reports.statements.layout import (
    Layout,
    Shown,
    amount_in,
    by_category,
    programme_of,
    statement_name,
)
from budgeting.reports.statements.sheet import Figure, Sheet, Words
from budgeting.tagging import ZERO

_LOW = (Stance.PRINCIPAL,)
_HIGH = (Stance.PRINCIPAL, Stance.SIGNIFICANT)


def _describe(asked: Asked) -> Sheet:
    return Sheet(
        parts=by_category(asked, *_HIGH),
        part_column=Column("score", text("score")),
        leaf=programme_of,
        words=(Words(Column("programme", text("programme")), asked.programme),),
        figures=(
            amount_in(asked, "main", statement_name(asked, "main", Shown())),
            Figure("low", text("principal only"), _of_stances(asked, _LOW)),
            Figure("high", text("with significant"), _of_stances(asked, _HIGH)),
        ),
        main="main",
        remarks=(Words(Column("reason", text("reason")), lambda piece: piece.reason),),
    )


def _of_stances(asked: Asked, stances: tuple[Stance, ...]) -> Callable[[Piece], Decimal | None]:
    known = asked.question.methodology.stances

    def of(piece: Piece) -> Decimal | None:
        is_among = known.get(piece.category) in stances
        return piece.amount if is_among and asked.is_of(piece, "main") else None

    return of


def _findings(asked: Asked) -> tuple[Text, ...]:
    low, high = (
        sum((_of_stances(asked, stances)(piece) or ZERO for piece in asked.pieces), ZERO)
        for stances in (_LOW, _HIGH)
    )
    low, high = min(low, high), max(low, high)  # a refund among the significant lowers the total
    whole = asked.whole("main")
    shares = ratio(low, whole), ratio(high, whole)
    if not asked.pieces or shares[0] is None or shares[1] is None:
        return ()
    return (
        text(
            "Between {low} ({low_share}) with equality as the main aim, and {high} ({high_share}) with "
            "what has it as a significant one.",
            low=Money(low, asked.currency),
            low_share=Share(shares[0]),
            high=Money(high, asked.currency),
            high_share=Share(shares[1]),
        ),
    )


LAYOUT = Layout(
    name="oecd",
    label=text("OECD: an interval by score"),
    describe=_describe,
    methodologies=("oecd_dac", "un_gem"),
    findings=_findings,
)
