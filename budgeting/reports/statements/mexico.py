"""Mexico's annex: what is set aside for equality, by branch of the administration and programme."""

from budgeting.model import Column, text
from budgeting.reports.gender.money import OTHER_VERSION
from budgeting.reports.statements.asked import Asked, Piece
from budgeting.reports.statements.layout import (
    Layout,
    Shown,
    amount_in,
    counted_in,
    programme_of,
    statement_name,
)
from budgeting.reports.statements.sheet import Part, Sheet, Words


def _describe(asked: Asked) -> Sheet:
    coefficients = asked.question.coefficients

    def counts(piece: Piece) -> bool:
        return piece.category != OTHER_VERSION and coefficients[piece.category] > 0

    return Sheet(
        parts=(Part("", counts),),
        group=(
            Column("organisation", text("branch")),
            lambda piece: asked.top(piece.organisation_id),
        ),
        leaf=lambda piece: (*programme_of(piece), piece.category),
        words=(
            Words(Column("programme", text("budget programme")), asked.programme),
            Words(Column("category", text("category")), asked.category),
        ),
        figures=(
            amount_in(asked, "main", statement_name(asked, "main", Shown())),
            counted_in(asked, "counted", "main", text("counted")),
        ),
        main="main",
        remarks=(Words(Column("reason", text("reason")), lambda piece: piece.reason),),
    )


LAYOUT = Layout(
    name="mexico",
    label=text("Mexico: by branch and budget programme"),
    describe=_describe,
)
