"""The Philippines' GAD plan and its accomplishment: direct activities, attributed programmes, 5 %."""

from collections.abc import Callable
from decimal import Decimal

from budgeting.amounts import CENT
from budgeting.model import Column, Exact, Money, Share, Stage, Text, text
from budgeting.reports.gender.money import OTHER_VERSION
from budgeting.reports.statements.asked import Asked, Piece
from budgeting.reports.statements.layout import (
    Layout,
    Shown,
    amount_in,
    counted_in,
    programme_of,
    statement_name,
    written_in,
)
from budgeting.reports.statements.sheet import Amounts, Derived, Figure, Part, Sheet, Words
from budgeting.tagging import ZERO

DIRECT, ATTRIBUTED = "ph_gad", "ph_hgdg"
_UNKNOWN = "expense_unknown"
_STATEMENTS = {"main": Shown(), "actual": Shown(Stage.EXECUTED)}


def _describe(asked: Asked) -> Sheet:
    plan, actual = (statement_name(asked, name, shown) for name, shown in _STATEMENTS.items())
    return Sheet(
        parts=_parts(asked),
        part_column=Column("part", text("part")),
        leaf=lambda piece: (*programme_of(piece), piece.organisation_id),
        words=(
            Words(Column("programme", text("programme")), asked.programme),
            written_in(asked, "issue", text("gender issue or mandate")),
            written_in(asked, "objective", text("GAD objective")),
            written_in(asked, "activity", text("activity")),
            written_in(asked, "indicator", text("indicator and target")),
            Words(Column("score", text("HGDG score")), _score(asked)),
        ),
        figures=(
            amount_in(asked, "main", text("total cost: {statement}", statement=plan)),
            *_by_expense(asked),
            counted_in(asked, "gad", "main", text("GAD budget: {statement}", statement=plan)),
            counted_in(
                asked, "cost", "actual", text("GAD actual cost: {statement}", statement=actual)
            ),
        ),
        derived=(Derived("variance", text("variance: budget less actual"), _variance),),
        main="main",
        has_share=False,
        remarks=(
            written_in(asked, "result", text("actual result")),
            Words(Column("reason", text("reason")), lambda piece: piece.reason),
            Words(
                Column("organisation", text("responsible")),
                lambda piece: asked.member(piece.organisation_id),
            ),
        ),
    )


def _parts(asked: Asked) -> tuple[Part, ...]:
    say = asked.language.say

    def direct(category: str) -> Callable[[Piece], bool]:
        return lambda piece: (piece.methodology, piece.category) == (DIRECT, category)

    def is_attributed(piece: Piece) -> bool:
        is_scored = piece.methodology == ATTRIBUTED and piece.category != OTHER_VERSION
        return is_scored or direct("attributed")(piece)

    return (
        Part(say(text("A. Client-focused")), direct("client")),
        Part(say(text("B. Organisation-focused")), direct("organisation")),
        Part(say(text("C. Attributed programmes")), is_attributed),
    )


def _by_expense(asked: Asked) -> tuple[Figure, ...]:
    """Return the GAD budget by class of expense; nothing where no economic class tells it."""
    of = {id(piece): _expense(asked, piece) for piece in asked.pieces if _counts(asked, piece)}
    known = asked.methodologies[DIRECT].expenses
    labels = {one.id: text("{part}", part=one.labels) for one in known}
    labels[_UNKNOWN] = text("class of expense not known")
    found = set(of.values())

    def figure(name: str) -> Figure:
        return Figure(
            name,
            labels[name],
            lambda piece: piece.amount * asked.weight(piece) if of.get(id(piece)) == name else None,
            part_of="gad",
        )

    return tuple(figure(name) for name in labels if name in found) if found - {_UNKNOWN} else ()


def _counts(asked: Asked, piece: Piece) -> bool:
    return asked.is_of(piece, "main") and asked.weight(piece) != 0


def _expense(asked: Asked, piece: Piece) -> str:
    """Return the class of expense of a piece, by its economic codes in this country."""
    member = asked.known.get(piece.economic_class_id)
    codes = [asked.known[one].code for one in member.ancestor_ids] if member else []
    found = asked.methodologies[DIRECT].expense(asked.question.where.country_code, codes)
    return found.id if found else _UNKNOWN


def _score(asked: Asked) -> Callable[[Piece], str | None]:
    language = asked.language
    return lambda piece: None if piece.score is None else language.exact(Exact(piece.score))


def _variance(amounts: Amounts) -> Decimal | None:
    planned, spent = amounts["gad"], amounts["cost"]
    return None if planned is None or spent is None else planned - spent


def _findings(asked: Asked) -> tuple[Text, ...]:
    """Return the test of the target, for the plan and for what was spent."""
    target = next(iter(asked.methodologies[DIRECT].targets))
    values = {"target": target.labels, "share": Share(target.share)}
    sentences = []
    for name, is_spent in (("main", False), ("actual", True)):
        whole = asked.whole(name)
        if (
            whole is None
            or whole <= 0
            or (is_spent and asked.vintages[name] == asked.vintages["main"])
        ):
            continue
        counted = _counted(asked, name)
        told = {
            **values,
            "statement": statement_name(asked, name, _STATEMENTS[name]),
            "amount": Money(counted.quantize(CENT), asked.currency),
            "reached": Share(counted / whole),
            "least": Money((target.share * whole).quantize(CENT), asked.currency),
        }
        sentences.append(_verdict(told, target.is_met(counted, whole)))
    if not _by_expense(asked) and any(_counts(asked, piece) for piece in asked.pieces):
        sentences.append(
            text(
                "The GAD budget is not told apart into PS, MOOE and CO: the methodology knows none of "
                "the economic codes of this budget."
            )
        )
    return (
        *sentences,
        text("A line that is marked under both methodologies counts once, by its GAD mark."),
    )


def _verdict(told: dict[str, object], is_met: bool) -> Text:
    if is_met:
        return text(
            "The GAD budget ({statement}) is {amount}, {reached} of the budget. The rule of {share}, at "
            "least {least}, is met.",
            **told,
        )
    return text(
        "The GAD budget ({statement}) is {amount}, {reached} of the budget. The rule of {share}, at "
        "least {least}, is not met.",
        **told,
    )


def _counted(asked: Asked, column: str) -> Decimal:
    amounts = (
        piece.amount * asked.weight(piece) for piece in asked.pieces if asked.is_of(piece, column)
    )
    return sum(amounts, ZERO)


LAYOUT = Layout(
    name="gad",
    label=text("Philippines: GAD plan, budget and accomplishment"),
    describe=_describe,
    statements=_STATEMENTS,
    methodologies=(DIRECT, ATTRIBUTED),
    is_for_all_of_them=True,
    has_classes=True,
    stages=(Stage.APPROVED, Stage.REVISED),
    findings=_findings,
)
