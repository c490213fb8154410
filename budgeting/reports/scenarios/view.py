"""Scenario view: which budget a scenario stands on, and under which rules marks are read."""

from dataclasses import dataclass
from datetime import date

from budgeting.methodologies import Methodology, methodology
from budgeting.model import Direction, Stage
from budgeting.reports.beneficiaries.view import BenefitView
from budgeting.reports.beneficiaries.view import Question as BenefitQuestion
from budgeting.reports.beneficiaries.view import question as benefit_question
from budgeting.reports.scope import scope
from budgeting.scenarios.baseline import stored_baseline
from budgeting.simulation.model import Baseline
from budgeting.store import Store

# A scenario is for money that is still to be spent, so the outturn comes last.
_IN_PLACE_OF = (Stage.PROPOSED, Stage.REVISED, Stage.APPROVED, Stage.COMMITTED, Stage.EXECUTED)
_MAIN = "oecd_dac"


@dataclass(frozen=True, slots=True)
class ScenarioView:
    """What the reader chose; ``stage`` and ``methodology`` are None where the choice is left to us."""

    municipality_code: str
    fiscal_year: int
    stage: Stage | None = None
    methodology: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Question:
    """A view resolved: the budget that a scenario stands on, and how its marks are read."""

    view: ScenarioView
    benefits: BenefitQuestion
    methodology: Methodology
    baseline: Baseline

    @property
    def currency(self) -> str:
        """Currency of every amount."""
        return self.benefits.where.year.currency_code


def question(store: Store, view: ScenarioView) -> Question:
    """Return what a view asks.

    Raises
    ------
    NotFound
        The municipality has no such year, or the year no such statement.
    UnknownMethodology
        There is no such methodology.
    """
    where = scope(store, view.municipality_code, view.fiscal_year, Direction.EXPENDITURE)
    stages = (view.stage,) if view.stage else _IN_PLACE_OF
    stage = next((one for one in stages if where.newest(one)), view.stage)
    asked = benefit_question(
        store,
        BenefitView(
            view.municipality_code,
            view.fiscal_year,
            stage,
            language=view.language,
            carries_use=True,
        ),
    )
    code = view.methodology or _main_methodology(store, view.municipality_code)
    statements = [asked.vintage, *([asked.revenue] if asked.revenue else [])]
    return Question(
        view,
        asked,
        methodology(code, on=date(view.fiscal_year, 12, 31)),
        stored_baseline(
            store,
            view.municipality_code,
            view.fiscal_year,
            [one.vintage_id for one in statements],
            asked.where.year.currency_code,
            stage=asked.vintage.stage,
        ),
    )


def _main_methodology(store: Store, municipality_code: str) -> str:
    rows = store.query("methodology_choices", municipality_code=municipality_code).to_pylist()
    return next((row["methodology"] for row in rows), _MAIN)


@dataclass(frozen=True, slots=True, eq=False)
class Uncounted:
    """A question that is handed to a cached function and does not count in its key.

    The other arguments must say when the answer is another one.
    """

    question: Question

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Uncounted)

    def __hash__(self) -> int:
        return 0
