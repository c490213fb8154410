"""Mexico's annex: what is set aside for equality, by branch of the administration and programme."""

import re

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

_MODALITY = re.compile(r"[A-Z]\d{3}")  # such as S174: the letter says how a programme works


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
            *_modality(asked),
            Words(Column("category", text("category")), asked.category),
        ),
        figures=(
            amount_in(asked, "main", statement_name(asked, "main", Shown())),
            counted_in(asked, "counted", "main", text("counted")),
        ),
        main="main",
        remarks=(Words(Column("reason", text("reason")), lambda piece: piece.reason),),
    )


def _modality(asked: Asked) -> tuple[Words, ...]:
    """Return the column of the letter with which programme codes begin, where any does."""

    def of(piece: Piece) -> str | None:
        member = asked.known.get(piece.programme_id)
        codes = [asked.known[one].code for one in member.ancestor_ids] if member else []
        found = [code[0] for code in codes if _MODALITY.fullmatch(code)]
        return found[-1] if found else None

    if not any(of(piece) for piece in asked.pieces):
        return ()
    return (Words(Column("modality", text("modality")), of),)


LAYOUT = Layout(
    name="mexico",
    label=text("Mexico: by branch and budget programme"),
    describe=_describe,
)
