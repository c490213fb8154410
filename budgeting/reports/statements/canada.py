"""Canada's strip: for every measure, where its benefits lie between men and women."""

from collections.abc import Callable

from budgeting.model import Column, Exact, Text, text
from budgeting.reports.gender.money import OTHER_VERSION
from budgeting.reports.statements.asked import Asked, Piece
from budgeting.reports.statements.layout import (
    Layout,
    Shown,
    amount_in,
    programme_of,
    statement_name,
    written_in,
)
from budgeting.reports.statements.sheet import Part, Sheet, Words

_HERE, _ELSEWHERE = "●", "o"


def strip(place: int, length: int) -> str:
    """Return a strip of positions with one of them filled, counted from 1.

    Examples
    --------
    >>> strip(3, 5)
    'o-o-●-o-o'
    """
    return "-".join(_HERE if one == place else _ELSEWHERE for one in range(1, length + 1))


def _describe(asked: Asked) -> Sheet:
    return Sheet(
        parts=(Part("", lambda piece: piece.category != OTHER_VERSION),),
        leaf=lambda piece: (*programme_of(piece), piece.category, piece.score),
        words=(
            Words(Column("programme", text("measure")), asked.programme),
            written_in(asked, "timing", text("timing of the analysis")),
            written_in(asked, "population", text("target population")),
            Words(Column("strip", text("men – women")), _strip(asked)),
            Words(Column("category", text("direct benefits")), asked.category),
            Words(Column("women", text("women's share")), _women(asked)),
            _scale(asked, "income", text("income: high – low")),
            _scale(asked, "generation", text("generations: young – old")),
        ),
        figures=(amount_in(asked, "main", statement_name(asked, "main", Shown())),),
        main="main",
        remarks=(Words(Column("reason", text("justification")), lambda piece: piece.reason),),
    )


def _strip(asked: Asked) -> Callable[[Piece], str]:
    """Return a function that draws a category between the weakest, men, and the strongest, women."""
    codes = [one.code for one in reversed(asked.question.methodology.categories)]
    return lambda piece: strip(codes.index(piece.category) + 1, len(codes))


def _scale(asked: Asked, name: str, label: Text) -> Words:
    """Return the column of a strip of the choices of a field; other words are shown as they are."""

    def of(piece: Piece) -> str | None:
        field = asked.methodologies[piece.methodology].field(name)
        place = field.place(piece.evidence.texts.get(name)) if field else None
        words = asked.written(piece, name)
        return f"{strip(place, len(field.choices))}  {words}" if field and place else words

    return Words(Column(name, label), of)


def _women(asked: Asked) -> Callable[[Piece], str | None]:
    language = asked.language

    def of(piece: Piece) -> str | None:
        if piece.score is None:
            return None
        decimals = len(str(Exact(piece.score)).partition(".")[2])
        return language.share(piece.score / 100, decimals)

    return of


def _findings(_asked: Asked) -> tuple[Text, ...]:
    return (
        text(
            "The first strip runs from men on the left to women on the right; the filled point says who "
            "benefits directly. Neither end is better. The others run from high to low incomes, and from "
            "young to old."
        ),
    )


LAYOUT = Layout(
    name="canada",
    label=text("Canada: a strip for every measure"),
    describe=_describe,
    methodologies=("canada_gba",),
    findings=_findings,
)
