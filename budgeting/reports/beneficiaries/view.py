"""Benefit view: what a reader chose, and the statement of amounts that it means."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from budgeting.errors import NotFound
from budgeting.incidence.shared import Treatment
from budgeting.model import Direction, Sex, Stage, Vintage, text
from budgeting.names import stage_name
from budgeting.reports.scope import Scope, scope
from budgeting.services.model import FigureKind
from budgeting.store import Store

# Use that was counted belongs to money that was spent; where none is stored yet, to what may be.
_TELLING = (Stage.EXECUTED, Stage.REVISED, Stage.APPROVED, Stage.COMMITTED, Stage.PROPOSED)


@dataclass(frozen=True, slots=True)
class FeeQuestion:
    """What if a fee rose: by which part of it, and how much use answers to one per cent of that.

    ``elasticity`` is by sex; None for a take-up that stays as it is.
    """

    change: Decimal = Decimal("0.10")
    women: Decimal | None = None
    men: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BenefitView:
    """What the reader chose; each field has its place in the page's address.

    ``stage`` is None where the reader leaves the choice to us; ``service`` and ``group`` are codes
    of what is opened, "" for none. ``treatment`` of money that is not attributable is None where each
    service's own counts; ``sex`` and ``ages`` narrow a group, None for all. ``carries_use`` where figures
    of an earlier year stand in for those that the year has not: where money is moved, not where use is told.
    """

    municipality_code: str
    fiscal_year: int
    stage: Stage | None = None
    kind: FigureKind = FigureKind.ACTUAL
    service: str = ""
    group: str = ""
    language: str = "en"
    treatment: Treatment | None = None
    sex: Sex | None = None
    ages: tuple[int, int | None] | None = None
    fee: FeeQuestion = field(default_factory=FeeQuestion)
    carries_use: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A view resolved: whose budget, and which statement of its expenditure and revenue."""

    view: BenefitView
    where: Scope
    vintage: Vintage
    revenue: Vintage | None
    receipts: tuple[Vintage, ...] = ()

    def at(self, vintage: Vintage) -> "Question":
        """Return the same question about another statement, of the same or another year."""
        view = replace(self.view, fiscal_year=vintage.fiscal_year, stage=vintage.stage)
        received = [
            one
            for one in self.receipts
            if (one.fiscal_year, one.stage) == (vintage.fiscal_year, vintage.stage)
        ]
        newest = max(
            received, key=lambda one: (one.as_of or date.min, one.vintage_id), default=None
        )
        return Question(view, self.where, vintage, newest, self.receipts)


def question(store: Store, view: BenefitView) -> Question:
    """Return what a view asks.

    Raises
    ------
    NotFound
        The municipality has no such year, or the year no such statement.
    """
    where = scope(store, view.municipality_code, view.fiscal_year, Direction.EXPENDITURE)
    vintage = _statement(where, view.stage)
    income = scope(store, view.municipality_code, view.fiscal_year, Direction.REVENUE)
    return Question(view, where, vintage, income.newest(vintage.stage), income.vintages)


def _statement(where: Scope, stage: Stage | None) -> Vintage:
    for candidate in (stage,) if stage else _TELLING:
        found = where.newest(candidate)
        if found:
            return found
    raise NotFound(
        text(
            "{name} has no {stage} expenditure for {year}. Choose another stage, or import it.",
            name=where.name,
            stage=stage_name(stage or Stage.EXECUTED),
            year=str(where.fiscal_year),
        )
    )


def year_before(asked: Question) -> Question | None:
    """Return the same question about the comparable statement of the year before; None without one."""
    before = asked.where.year_before(asked.vintage)
    return asked.at(before) if before else None


def parameters(asked: Question) -> dict[str, Any]:
    """Return what was asked, as an address writes it: what every download is stamped with."""
    return {
        "municipality": asked.view.municipality_code,
        "year": str(asked.view.fiscal_year),
        "stage": asked.vintage.stage.value,
    }
