"""Measures of a scenario: budget, marked money and benefit by sex, in the baseline and after its moves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from budgeting.incidence import Standing, Use, total_incidence
from budgeting.incidence.shared import ServiceKind, Treatment
from budgeting.model import Direction, Sex
from budgeting.reports.beneficiaries.picture import ServicePicture, pictures
from budgeting.reports.gender.figures import Figures, interval, statement_figures
from budgeting.reports.scenarios.carried import CarriedUse, carried_use
from budgeting.reports.scenarios.view import Question, Uncounted
from budgeting.scenarios.baseline import marked_parts, service_parts
from budgeting.services.model import FigureKind
from budgeting.simulation.effects import (
    ServiceEffect,
    ServiceState,
    benefit_change,
    line_effects,
    service_effects,
)
from budgeting.simulation.model import ZERO, Baseline
from budgeting.simulation.moves import Move, MoveKind
from budgeting.simulation.outcome import outcome
from budgeting.simulation.rules import Bound, Breach, Changes, Rule
from budgeting.store import Store
from budgeting.tagging import Interval

WOMEN, MEN = Sex.FEMALE.value, Sex.MALE.value


@dataclass(frozen=True, slots=True)
class Pair:
    """A measure in the baseline and in the scenario."""

    baseline: Decimal
    scenario: Decimal

    @property
    def difference(self) -> Decimal:
        """Scenario less baseline."""
        return self.scenario - self.baseline


@dataclass(frozen=True, slots=True)
class Measures:
    """A scenario beside its baseline; money in the currency of the year.

    Parameters
    ----------
    lines
        The baseline with the lines that the scenario adds.
    changes
        By line, what is not as in the baseline.
    expenditure, revenue
        All of it.
    tagged
        Low and high bound of what marks say; None where the methodology has no stances.
    not_screened
        Expenditure that nobody has marked under the methodology, or under another version of it.
    benefit
        By group, over services whose money is attributable; `unknown` among them.
    services
        Those whose money or users change.
    not_attributable
        Change of money in services that nobody's use explains.
    outside
        Change of expenditure that pays for no service, or for its buildings. With ``not_attributable``
        and the changes of benefit it is the change of expenditure less that of fees.
    breaches, bounds
        Rules that the scenario breaks, and all that there are.
    carried
        Which earlier years stand in for the users of the services, and for the residents.
    """

    lines: Baseline
    changes: Changes
    expenditure: Pair
    revenue: Pair
    tagged: tuple[Pair, Pair] | None
    not_screened: Pair
    benefit: Mapping[str, Pair]
    services: tuple[ServiceEffect, ...]
    not_attributable: Decimal
    outside: Decimal
    breaches: tuple[Breach, ...] = ()
    bounds: tuple[Bound, ...] = ()
    carried: CarriedUse = field(default_factory=CarriedUse)

    @property
    def moved(self) -> Decimal:
        """What lines of expenditure have more than in the baseline, or less where that is more."""
        found = self.changes.values()
        more = sum((one for one in found if one > 0), ZERO)
        less = sum((-one for one in found if one < 0), ZERO)
        return max(more, less)

    @property
    def overspent(self) -> Decimal | None:
        """By how much more expenditure grows than revenue; below zero where money is left over.

        Of what is only asked for, by how much expenditure is more than revenue; None where no revenue
        is stored beside it.
        """
        if not self.lines.is_requested:
            return self.expenditure.difference - self.revenue.difference
        return self.expenditure.scenario - self.revenue.scenario if self.revenue.scenario else None


def measures(
    store: Store, asked: Question, moves: Sequence[Move], rules: tuple[Rule, ...] = ()
) -> Measures:
    """Return what the moves change; a scenario without moves is its baseline.

    Raises
    ------
    MoveInvalid
        A move that cannot be made.
    """
    found = outcome(asked.baseline, moves, rules)
    asked, moved = replace(asked, baseline=found.baseline), found.changes
    spent, received = (_of(asked, moved, direction) for direction in Direction)
    money = _money(store, asked, spent, received)
    states = service_states(store, asked)
    effects = service_effects(states.values(), money.services, _users(moves))
    benefit = benefit_change(effects)
    return Measures(
        asked.baseline,
        moved,
        _pair(asked.baseline.total(Direction.EXPENDITURE), spent),
        _pair(asked.baseline.total(Direction.REVENUE), received),
        *_marks(store, asked, spent),
        {
            group: Pair(amount, amount + benefit.get(group, ZERO))
            for group, amount in baseline_benefit(store, asked).items()
        },
        effects,
        money.not_attributable,
        money.outside,
        found.breaches,
        found.bounds,
        use_carried(store, asked),
    )


def _of(asked: Question, moved: Changes, direction: Direction) -> Changes:
    by_id = asked.baseline.by_id
    return {
        line_id: change
        for line_id, change in moved.items()
        if by_id[line_id].direction is direction
    }


def _pair(amount: Decimal, moved: Changes) -> Pair:
    return Pair(amount, amount + sum(moved.values(), ZERO))


def _users(moves: Sequence[Move]) -> dict[str, dict[str, Decimal]]:
    """Return the users that moves set, by service and sex; the last one counts."""
    found: dict[str, dict[str, Decimal]] = {}
    for move in moves:
        if move.kind is MoveKind.USERS and move.people is not None:
            found.setdefault(move.service, {})[move.sex] = move.people
    return found


def _marks(store: Store, asked: Question, spent: Changes) -> tuple[tuple[Pair, Pair] | None, Pair]:
    """Return what marks say about both budgets, and what they do not cover."""
    found, method = baseline_figures(store, asked), asked.methodology
    parts = marked_parts(store, asked.benefits.vintage.vintage_id, method.code, method.version)
    amounts = {line_id: asked.baseline.by_id[line_id].amount for line_id in spent}
    moved = line_effects(parts, amounts, spent)
    after = {code: amount + moved.get(code, ZERO) for code, amount in found.by_category.items()}
    unmarked = found.not_screened + found.other_version
    change = sum(spent.values(), ZERO) - sum((moved.get(code, ZERO) for code in after), ZERO)
    return _pairs(found.tagged, interval(after, method)), Pair(unmarked, unmarked + change)


def _pairs(before: Interval | None, after: Interval | None) -> tuple[Pair, Pair] | None:
    if before is None or after is None:
        return None
    return Pair(before.low, after.low), Pair(before.high, after.high)


def baseline_figures(store: Store, asked: Question) -> Figures:
    """Return what marks say about the baseline."""
    method = asked.methodology
    return statement_figures(store, asked.benefits.vintage, method, method.convention())


@dataclass(frozen=True, slots=True)
class _Services:
    """Services of a baseline: those whose money is attributable, and who has the benefit of all.

    ``residents_as_in`` is the year of the residents, where it is an earlier one.
    """

    states: Mapping[str, ServiceState]
    benefit: Mapping[str, Decimal]
    residents_as_in: int | None


def service_states(store: Store, asked: Question) -> Mapping[str, ServiceState]:
    """Return the services of the baseline whose money is attributable, with users as shown."""
    return _services(store, asked).states


def baseline_benefit(store: Store, asked: Question) -> Mapping[str, Decimal]:
    """Return who has the benefit of services in the baseline, as the page Who benefits says."""
    return _services(store, asked).benefit


def use_carried(
    store: Store, asked: Question, services: Iterable[ServiceState] | None = None
) -> CarriedUse:
    """Return which earlier years stand in for the use of some services; of all without them."""
    known = _services(store, asked)
    of = known.states.values() if services is None else services
    return carried_use(of, known.residents_as_in)


def _services(store: Store, asked: Question) -> _Services:
    benefits = asked.benefits
    revenue_id = benefits.revenue.vintage_id if benefits.revenue else None
    statements = (benefits.vintage.vintage_id, revenue_id)
    return _services_of(store, store.budget_state, Uncounted(asked), statements, benefits.view.kind)


@lru_cache(maxsize=16)
def _services_of(
    store: Store,
    _state: str,
    of: Uncounted,
    _statements: tuple[int, int | None],
    _kind: FigureKind,
) -> _Services:
    found = pictures(store, of.question.benefits)
    parts = (one.incidence for one in found)
    whole = total_incidence([part for part in parts if part is not None])
    return _Services(
        {
            one.code: _state_of(one)
            for one in found
            if one.standing is not Standing.NOT_ATTRIBUTABLE
        },
        {group: part.benefit for group, part in whole.groups.items() if part.benefit is not None},
        next((one.residents_as_in for one in found), None),
    )


def _state_of(service: ServicePicture) -> ServiceState:
    by_population = (
        service.kind is not ServiceKind.INDIVIDUAL and service.treatment is Treatment.POPULATION
    )
    return ServiceState(
        service.code,
        service.name,
        service.grade,
        service.net,
        Use(dict(service.residents)) if by_population else service.use,
        service.eligible,
        service.waiting.use.known if service.waiting else {},
        serves_persons=service.kind is ServiceKind.INDIVIDUAL,
        use_as_in=service.use_as_in,
    )


@dataclass(frozen=True, slots=True)
class _Money:
    """Where changes of money go: net cost by service, services that nobody's use explains, the rest."""

    services: Mapping[str, Decimal]
    not_attributable: Decimal
    outside: Decimal


def _money(store: Store, asked: Question, spent: Changes, received: Changes) -> _Money:
    view, by_id = asked.view, asked.baseline.by_id
    parts = service_parts(store, view.municipality_code, view.fiscal_year)
    amounts = {line_id: by_id[line_id].amount for line_id in (*spent, *received)}
    costs = line_effects(parts, amounts, spent)
    fees = line_effects(parts, amounts, received)
    net = {
        code: costs.get(code, ZERO) - fees.get(code, ZERO)
        for code in dict.fromkeys([*costs, *fees])
    }
    known = service_states(store, asked)
    return _Money(
        {code: amount for code, amount in net.items() if code in known},
        sum((amount for code, amount in net.items() if code not in known), ZERO),
        sum(spent.values(), ZERO) - sum(costs.values(), ZERO),
    )
