"""The Union's table: amounts by score, 2, 1, 0* and 0, none of them weighted."""

from budgeting.model import Column, Money, Text, text
from budgeting.reports.statements.asked import Asked
from budgeting.reports.statements.layout import (
    Layout,
    Shown,
    amount_in,
    by_category,
    programme_of,
    statement_name,
)
from budgeting.reports.statements.sheet import Sheet, Words
from budgeting.tagging import ZERO


def _describe(asked: Asked) -> Sheet:
    return Sheet(
        parts=by_category(asked),
        part_column=Column("score", text("score")),
        leaf=programme_of,
        words=(Words(Column("programme", text("programme")), asked.programme),),
        figures=(amount_in(asked, "main", statement_name(asked, "main", Shown())),),
        main="main",
        remarks=(Words(Column("reason", text("reason")), lambda piece: piece.reason),),
    )


def _findings(asked: Asked) -> tuple[Text, ...]:
    queue = asked.question.methodology.queue_categories
    open_amount = sum(
        (
            piece.amount
            for piece in asked.pieces
            if asked.is_of(piece, "main") and piece.category in queue
        ),
        ZERO,
    )
    if not open_amount:
        return ()
    return (
        text(
            "{amount} have a provisional score and are to be scored again.",
            amount=Money(open_amount, asked.currency),
        ),
    )


LAYOUT = Layout(
    name="eu",
    label=text("European Union: amounts by score"),
    describe=_describe,
    methodologies=("eu_budget",),
    findings=_findings,
)
