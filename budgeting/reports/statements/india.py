"""India's statement: parts by how much is for women, then ministry and scheme, over three years."""

from budgeting.model import Column, Stage, text
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

_STATEMENTS = {
    "executed_before": Shown(Stage.EXECUTED, 2),
    "approved_before": Shown(Stage.APPROVED, 1),
    "revised_before": Shown(Stage.REVISED, 1),
    "main": Shown(),
}


def _describe(asked: Asked) -> Sheet:
    return Sheet(
        parts=by_category(asked),
        part_column=Column("part", text("part")),
        group=(
            Column("organisation", text("ministry or organisation")),
            lambda piece: asked.top(piece.organisation_id),
        ),
        leaf=programme_of,
        words=(Words(Column("programme", text("scheme")), asked.programme),),
        figures=tuple(
            amount_in(asked, name, statement_name(asked, name, shown))
            for name, shown in _STATEMENTS.items()
        ),
        main="main",
    )


LAYOUT = Layout(
    name="india",
    label=text("India: parts A, B and C by ministry and scheme"),
    describe=_describe,
    statements=_STATEMENTS,
    methodologies=("india_gbs",),
    stages=(Stage.APPROVED, Stage.REVISED, Stage.EXECUTED),
    units={"INR": "crore"},
)
