"""Gender view: what a reader chose, and the statement and methodology that it means."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from budgeting.errors import NotFound
from budgeting.methodologies import Convention, Methodology, methodology
from budgeting.model import Direction, Stage, Vintage, text
from budgeting.names import stage_name
from budgeting.reports.scope import Scope, scope
from budgeting.store import Store

_IN_PLACE_OF = (Stage.REVISED, Stage.APPROVED, Stage.EXECUTED, Stage.COMMITTED, Stage.PROPOSED)


@dataclass(frozen=True, slots=True)
class GenderView:
    """What the reader chose; each field has its place in the page's address.

    ``stage``, ``version`` and ``convention`` are None where the reader leaves the choice to us;
    ``table`` is the one beside the groups that is shown, None for all of them. ``number`` is what of
    the money is opened to its lines, ``category`` and ``line`` narrow it, and ``part`` is the part of
    a change that is opened.
    """

    municipality_code: str
    fiscal_year: int
    methodology: str
    version: str | None = None
    convention: str | None = None
    stage: Stage | None = None
    by: str = "function"
    within: tuple[tuple[str, str], ...] = ()
    category: str = ""
    number: str = "total"
    line: int | None = None
    part: str = "change"
    table: str | None = None
    page: int = 1
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Question:
    """A view resolved: whose budget, which statement of it, under which rules."""

    view: GenderView
    where: Scope
    vintage: Vintage
    methodology: Methodology
    convention: Convention

    @property
    def coefficients(self) -> dict[str, Decimal]:
        """What a category counts for, 0 to 1."""
        return dict(self.convention.coefficients)


def question(store: Store, view: GenderView) -> Question:
    """Return what a view asks.

    The version of the methodology is the one that was in force in the fiscal year.

    Raises
    ------
    NotFound
        The municipality has no such year, or the year no such statement.
    UnknownMethodology, EvidenceInvalid
        There is no such methodology, version or convention.
    """
    where = scope(store, view.municipality_code, view.fiscal_year, Direction.EXPENDITURE)
    method = methodology(view.methodology, view.version, on=date(view.fiscal_year, 12, 31))
    return Question(
        view, where, _statement(where, view.stage), method, method.convention(view.convention)
    )


def _statement(where: Scope, stage: Stage | None) -> Vintage:
    """Return the newest statement of a stage; without one, of the first that the year has."""
    for candidate in (stage,) if stage else _IN_PLACE_OF:
        found = where.newest(candidate)
        if found:
            return found
    raise NotFound(
        text(
            "{name} has no {stage} expenditure for {year}. Choose another stage, or import it.",
            name=where.name,
            stage=stage_name(stage or Stage.REVISED),
            year=str(where.fiscal_year),
        )
    )
