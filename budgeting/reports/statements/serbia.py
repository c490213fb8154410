"""Serbia's programme table: gender goals, indicators, and money by source of funding."""

from decimal import Decimal

from budgeting.model import Column, text
from budgeting.reports.gender.money import OTHER_VERSION
from budgeting.reports.statements.asked import Asked, Piece
from budgeting.reports.statements.layout import Layout, Shown, amount_in, statement_name, written_in
from budgeting.reports.statements.sheet import Figure, Part, Sheet, Words
from budgeting.tagging import ZERO

_BUDGET = "1"  # source of funding 01: revenue of the budget itself
_SOURCES = {
    "budget": text("source 01"),
    "other": text("other sources"),
    "unknown": text("source not known"),
}


def _describe(asked: Asked) -> Sheet:
    return Sheet(
        parts=(Part("", lambda piece: piece.category != OTHER_VERSION),),
        group=(
            Column("programme", text("programme")),
            lambda piece: asked.top(piece.programme_id),
        ),
        leaf=lambda piece: (piece.programme_id, piece.line_label, piece.category),
        words=(
            Words(Column("activity", text("programme activity or project")), asked.programme),
            Words(Column("category", text("requirement")), asked.category),
            written_in(asked, "goal", text("gender goal")),
            written_in(asked, "indicator", text("gender indicator")),
            written_in(asked, "unit", text("unit")),
            written_in(asked, "baseline", text("baseline value")),
            written_in(asked, "target", text("target value")),
            written_in(asked, "source", text("source of verification")),
        ),
        figures=(
            *(_from_source(asked, source) for source in _SOURCES if _has(asked, source)),
            amount_in(asked, "main", statement_name(asked, "main", Shown())),
        ),
        main="main",
    )


def _source(asked: Asked, fund_id: int) -> str:
    """Return from which source a fund is, by the code of its highest level."""
    fund = asked.known.get(asked.top(fund_id))
    if fund is None:
        return "unknown"
    return "budget" if fund.code.lstrip("0") == _BUDGET else "other"


def _has(asked: Asked, source: str) -> bool:
    funds = asked.wholes[asked.question.vintage.vintage_id]
    return any(_source(asked, fund_id) == source for fund_id in funds)


def _from_source(asked: Asked, source: str) -> Figure:
    whole = asked.wholes[asked.question.vintage.vintage_id]
    parts = (amount for fund, amount in whole.items() if _source(asked, fund) == source)

    def of(piece: Piece) -> Decimal | None:
        is_from = asked.is_of(piece, "main") and _source(asked, piece.fund_id) == source
        return piece.amount if is_from else None

    return Figure(source, _SOURCES[source], of, whole=sum(parts, ZERO))


LAYOUT = Layout(
    name="serbia",
    label=text("Serbia: programmes with gender goals and indicators"),
    describe=_describe,
    methodologies=("rs_programme",),
)
