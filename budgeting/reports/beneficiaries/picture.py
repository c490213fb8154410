"""Pictures: each service of a municipality with its money, its users and those it is meant for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache

from budgeting.amounts import CENT, apportioned
from budgeting.capital import annuity, straight_line
from budgeting.incidence import (
    NOT_KNOWN,
    Incidence,
    Standing,
    Use,
    attributed,
    incidence,
    incidence_after_fees,
    standing_of,
    unit_cost,
)
from budgeting.incidence.shared import ServiceKind, Treatment
from budgeting.model import Direction, Sex
from budgeting.reports.beneficiaries.carried import Told
from budgeting.reports.beneficiaries.counts import Count, Part, Row, counts, persons
from budgeting.reports.beneficiaries.protection import shown_figures
from budgeting.reports.beneficiaries.view import Question
from budgeting.services.eligible import eligible_people
from budgeting.services.lists import Carrying, carrying
from budgeting.services.model import FigureKind, Grade, IndicatorRole, Unit
from budgeting.services.reading import ServiceYear, earlier_bands, service_year
from budgeting.store import Store

_NONE = Decimal("0.00")


@dataclass(frozen=True)  # without slots: what is computed once is kept in the picture
class ServicePicture:
    """What is known of a service in a year, under one statement of amounts.

    Parameters
    ----------
    row
        The service as it is defined: a row of the query ``services``.
    gross, capital
        Current and capital expenditure of its lines in the statement; None where no line is.
    fees
        What users pay, as revenue lines or as figures say; None where neither is entered.
    users, waiting
        Persons that use it and wait for it, by sex; None where not known.
    paid
        Who paid the fees: in all what `fees` says, by sex as far as figures tell; None where no
        figure does.
    intensity
        Hours, visits and places, one count per unit.
    eligible
        By sex, for whom it is meant; {} where no population is entered.
    bands
        Residents of the year by sex and age.
    figures
        All its figures of the whole municipality, of all years.
    placed
        Those of its places, which repeat parts of the whole and are never added to it.
    chosen
        What a reader chose for money that is not attributable, in place of what the service says.
    residents_as_in
        Year of `bands` where none are entered for the year itself; None where they are.
    """

    row: Row
    gross: Decimal | None
    capital: Decimal | None
    fees: Decimal | None
    users: Count | None
    intensity: tuple[Count, ...]
    waiting: Count | None
    paid: Use | None
    eligible: Mapping[str, Decimal | None]
    bands: tuple[Row, ...]
    figures: tuple[Row, ...]
    placed: tuple[Row, ...]
    chosen: Treatment | None = None
    residents_as_in: int | None = None

    @property
    def code(self) -> str:
        """Short code, unique in the municipality."""
        return str(self.row["service_code"])

    @property
    def name(self) -> str:
        """Name as the municipality writes it."""
        return str(self.row["name"])

    @property
    def kind(self) -> ServiceKind:
        """Whether its users can be counted."""
        return ServiceKind(self.row["kind"])

    @property
    def treatment(self) -> Treatment:
        """What is done with its money where it is not attributable."""
        return self.chosen or Treatment(self.row["treatment"] or Treatment.EXCLUDE)

    @cached_property
    def residents(self) -> Mapping[str, Decimal | None]:
        """By sex, how many live there; {} where no population is entered."""
        return _people(self.bands, None, (None, None))

    @property
    def use(self) -> Use:
        """Users by sex; empty where nothing is known of them."""
        return self.users.use if self.users else Use()

    @property
    def unit_cost(self) -> Decimal | None:
        """Net cost of one user; None where users are not known, or not shown."""
        return unit_cost(self.net, self.use)

    @property
    def grade(self) -> str | None:
        """Grade of what its shares rest on: E by population, else that of the count of users."""
        if self.is_shared and self.treatment is Treatment.POPULATION:
            return Grade.E.value
        return self.users.grade if self.users else None

    @property
    def use_as_in(self) -> int | None:
        """Year whose use stands in for that of the year; None where the year tells its own."""
        if self.is_shared and self.treatment is Treatment.POPULATION:
            return self.residents_as_in
        return self.users.carried_from if self.users else None

    @property
    def counted(self) -> Count | None:
        """The count of users that decides who has its money; None where something else does."""
        is_asked = not self.is_shared or self.treatment is Treatment.SURVEY
        return self.users if is_asked else None

    @property
    def net(self) -> Decimal | None:
        """Current expenditure less fees; without fees entered, all of it."""
        return None if self.gross is None else self.gross - (self.fees or _NONE)

    @property
    def annual_capital(self) -> Decimal | None:
        """Capital expenditure spread over its life, as an annuity where a rate is set."""
        life, rate = self.row["capital_life"], self.row["capital_rate"]
        if self.capital is None or not life:
            return None
        return annuity(self.capital, rate, life) if rate else straight_line(self.capital, life)

    @property
    def standing(self) -> Standing:
        """What is known about who has its money."""
        is_by_people = self.is_shared and self.treatment is Treatment.POPULATION
        basis = Use(dict(self.residents)) if is_by_people else self.bounded
        return standing_of(self.kind, self.treatment, basis, self.grade)

    @property
    def is_shared(self) -> bool:
        """Tell whether nobody uses it alone, so that a treatment decides about its money."""
        return self.kind is not ServiceKind.INDIVIDUAL

    @property
    def bounded(self) -> Use:
        """Users with as many in what is hidden as there may be; empty where nothing is known."""
        return self.users.bounded if self.users else Use()

    @cached_property
    def incidence(self) -> Incidence | None:
        """Who has its net cost; None where it is not attributable."""
        if self.is_shared:
            return attributed(
                self.treatment,
                self.net,
                population=Use(dict(self.residents)),
                survey=self.bounded,
                eligible=self.eligible,
            )
        if self.gross is not None and self.paid and self.paid.known:
            return incidence_after_fees(self.gross, self.bounded, self.paid, self.eligible)
        return incidence(self.net, self.bounded, self.eligible)

    @property
    def before_fees(self) -> "ServicePicture":
        """The same service as if nobody paid for it: its net cost is its current expenditure."""
        return replace(self, fees=None, paid=None)

    def part(self, part: Part, fiscal_year: int, role: IndicatorRole) -> Count | None:
        """Return the persons of a part of its users, or of another role, in a year."""
        return persons(counts(self.figures, role, fiscal_year, part=part))

    def users_of(self, fiscal_year: int, kind: FigureKind = FigureKind.ACTUAL) -> Count | None:
        """Return its users in another year, or as they were planned."""
        return persons(counts(self.figures, IndicatorRole.USERS, fiscal_year, kind))


def pictures(store: Store, asked: Question) -> tuple[ServicePicture, ...]:
    """Return the services of a municipality, in the order of their codes; () where none is defined."""
    view = asked.view
    revenue_id = asked.revenue.vintage_id if asked.revenue else None
    return _pictures(
        store,
        store.budget_state,
        (view.municipality_code, view.fiscal_year, view.kind, view.treatment),
        carrying() if view.carries_use else None,
        (asked.vintage.vintage_id, revenue_id),
    )


@lru_cache(maxsize=64)
def _pictures(
    store: Store,
    _state: str,
    when: tuple[str, int, FigureKind, Treatment | None],
    carried: Carrying | None,
    statements: tuple[int, int | None],
) -> tuple[ServicePicture, ...]:
    municipality_code, fiscal_year, kind, chosen = when
    known = _known(store, _state, municipality_code, fiscal_year)
    by_service: dict[int, list[Row]] = {}
    for row in shown_figures(store, municipality_code):
        by_service.setdefault(row["service_id"], []).append(row)
    paid: dict[int, list[Row]] = {}
    for row in known.money.to_pylist():
        paid.setdefault(row["service_id"], []).append(row)
    bands = known.bands.to_pylist() or earlier_bands(
        store, municipality_code, fiscal_year, carried.years if carried else 0
    )
    of_bands = {row["reference_date"].year for row in bands} - {fiscal_year}
    beside = (bands, chosen, next(iter(of_bands), None))
    return tuple(
        _picture(
            row,
            _money(paid.get(row["service_id"], []), statements),
            Told(by_service.get(row["service_id"], []), fiscal_year, kind, carried),
            beside,
        )
        for row in known.services.to_pylist()
    )


@lru_cache(maxsize=32)
def _known(store: Store, _state: str, municipality_code: str, fiscal_year: int) -> ServiceYear:
    """Return what is stored of a year, once for all of its stages."""
    return service_year(store, municipality_code, fiscal_year)


def _picture(
    row: Row,
    money: Mapping[str, Decimal],
    told: Told,
    beside: tuple[Sequence[Row], Treatment | None, int | None],
) -> ServicePicture:
    bands, chosen, residents_as_in = beside
    placed = tuple(one for one in told.figures if one["at_place"])
    told = replace(told, figures=tuple(one for one in told.figures if not one["at_place"]))
    payers = _in_money(told.counts(IndicatorRole.FEES))
    fees = money.get("fees")
    if fees is None and payers and payers.use.users is not None:
        fees = payers.use.users.quantize(CENT)
    return ServicePicture(
        row,
        money.get("gross"),
        money.get("capital"),
        fees,
        persons(told.counts(IndicatorRole.USERS)),
        told.counts(IndicatorRole.INTENSITY),
        persons(told.counts(IndicatorRole.WAITING)),
        _paid(fees, payers),
        _eligible(row, told, bands),
        tuple(bands),
        tuple(told.figures),
        placed,
        chosen,
        residents_as_in,
    )


def _paid(fees: Decimal | None, payers: Count | None) -> Use | None:
    """Return who paid the fees: the budget says how much, figures say who.

    What figures leave of the amount nobody is named for; where they exceed it, their shares count.
    Where a part is hidden, so are the others: the budget is public, and would give it away.
    """
    if payers is None or fees is None:
        return None
    known = {sex: amount.quantize(CENT) for sex, amount in payers.use.known.items()}
    if payers.hidden:
        return Use({}, fees)
    if sum(known.values(), _NONE) <= fees:
        return Use(dict(known), fees)
    return Use(dict(apportioned(fees, payers.use.closed or known)), fees)


def _money(rows: Sequence[Row], statements: tuple[int, int | None]) -> dict[str, Decimal]:
    """Return gross, capital and fees of a service as far as the statements have lines of it."""
    spent, received = statements
    found: dict[str, Decimal] = {}
    for row in rows:
        if row["direction"] == Direction.REVENUE.value and row["vintage_id"] == received:
            found["fees"] = found.get("fees", _NONE) + row["amount"]
        elif row["direction"] == Direction.EXPENDITURE.value and row["vintage_id"] == spent:
            name = "capital" if row["is_capital"] else "gross"
            found[name] = found.get(name, _NONE) + row["amount"]
    return found


def _in_money(found: Iterable[Count]) -> Count | None:
    money = [one for one in found if one.unit is Unit.MONEY]
    return money[0] if len(money) == 1 else None


def _eligible(row: Row, told: Told, bands: Sequence[Row]) -> dict[str, Decimal | None]:
    """Return for whom the service is meant: as figures say, else the residents of its sex and ages.

    A sex that figures leave out is not known, and never nobody.
    """
    stated = persons(told.counts(IndicatorRole.ELIGIBLE))
    sex = Sex(row["eligible_sex"]) if row["eligible_sex"] else None
    if stated and stated.use.by_group:
        meant = (sex,) if sex else (Sex.FEMALE, Sex.MALE)
        return {**dict.fromkeys(one.value for one in meant), **stated.use.by_group}
    if stated:
        return {}
    return _people(bands, sex, (row["eligible_age_from"], row["eligible_age_to"]))


def _people(
    bands: Sequence[Row], sex: Sex | None, ages: tuple[int | None, int | None]
) -> dict[str, Decimal | None]:
    found = eligible_people(bands, sex, ages)
    return {
        one.value: None if people is None else Decimal(people)
        for one, people in found.items()
        if one.value != NOT_KNOWN or people
    }
