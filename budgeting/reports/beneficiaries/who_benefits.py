"""Who benefits: which part of what services cost goes to women, to men, and is not known."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from budgeting.incidence import (
    NOT_KNOWN,
    Coverage,
    Covered,
    Incidence,
    Standing,
    coverage,
    total_incidence,
)
from budgeting.intervals import Range, is_ranked, range_kind
from budgeting.model import Column, Money, Report, Sex, Share, Table, Text, plural_text, text
from budgeting.names import stage_name
from budgeting.reports.beneficiaries.picture import ServicePicture, pictures
from budgeting.reports.beneficiaries.ranges import service_range, total_ranges
from budgeting.reports.beneficiaries.totals import (
    change_table,
    coverage_table,
    equality_table,
    group_table,
    shared_table,
)
from budgeting.reports.beneficiaries.view import BenefitView, Question, parameters, question
from budgeting.reports.scope import fiction_note, statement_source
from budgeting.reports.tables import table
from budgeting.store import Store

WOMEN, MEN, OTHER = Sex.FEMALE.value, Sex.MALE.value, Sex.OTHER.value
_SEXES = (WOMEN, MEN, OTHER)


def build(store: Store, view: BenefitView) -> Report:
    """Answer who benefits from what the services of a municipality cost.

    Returns
    -------
    Report
        Facts: ``net`` (net cost of all services with known cost), ``women``, ``men``, ``other``,
        ``not_known`` (parts of it, which sum to it), the shares of women and men with their range,
        ``coverage_share`` of the budget that use explains, ``weak_share`` of it that rests on grade C
        or worse. Tables: ``services`` (one row per service, the largest first), ``groups`` (one per
        sex, closes with what is not known), ``coverage`` (the budget in parts, sums to it),
        ``change`` (why shares moved since the year before), ``equality`` (how far from equal the
        shares are), ``shared`` (what nobody uses alone, and what is done with its cost).
    """
    asked = question(store, view)
    services = pictures(store, asked)
    found = _total(services)
    covered = budget_coverage(store, asked, services)
    ranges = total_ranges(view.municipality_code, services, _SEXES)
    return Report(
        name="who_benefits",
        title=text("Who benefits from what the town spends?"),
        answer=_answer(asked, services, found, covered),
        parameters={**parameters(asked), **_treatment(view)},
        tables={
            "services": _service_table(asked, services),
            "groups": group_table(asked, found, ranges),
            "coverage": coverage_table(asked, covered),
            "change": change_table(store, asked, services),
            "equality": equality_table(asked, found, ranges),
            "shared": shared_table(asked, services),
        },
        facts=_facts(asked, services, found, covered, ranges),
        notes=_notes(asked, services, found),
        sources=(statement_source(asked.where, asked.vintage),),
        data_version=store.data_version,
    )


def _treatment(view: BenefitView) -> dict[str, str]:
    return {"treatment": view.treatment.value} if view.treatment else {}


def _total(services: Sequence[ServicePicture]) -> Incidence:
    """Return the sum over services whose money is attributable; per head of all residents."""
    residents = services[0].residents if services else {}
    parts = (one.incidence for one in services)
    return total_incidence([part for part in parts if part is not None], residents)


def budget_coverage(store: Store, asked: Question, services: Sequence[ServicePicture]) -> Coverage:
    """Return the whole statement in parts by what is known of who has it."""
    totals = store.query("vintages", municipality_code=asked.view.municipality_code).to_pylist()
    budget = next(row["amount"] for row in totals if row["vintage_id"] == asked.vintage.vintage_id)
    return coverage(budget, (Covered(one.gross, one.standing, one.grade) for one in services))


def _facts(
    asked: Question,
    services: Sequence[ServicePicture],
    found: Incidence,
    covered: Coverage,
    ranges: Mapping[str, Range],
) -> dict[str, Any]:
    women = found.groups.get(WOMEN)
    return {
        "net": found.net,
        **{
            name: found.groups[sex].benefit if sex in found.groups else None
            for name, sex in (("women", WOMEN), ("men", MEN), ("other", OTHER))
        },
        "not_known": found.groups[NOT_KNOWN].benefit if found.groups else None,
        "women_share": float(women.share) if women and women.share is not None else None,
        "women_low": ranges[WOMEN].low if WOMEN in ranges else None,
        "women_high": ranges[WOMEN].high if WOMEN in ranges else None,
        "coverage_share": covered.share,
        "weak_share": covered.weak_share,
        "service_count": len(services),
        "not_counted": found.not_counted,
        "budget": covered.budget,
        "currency": asked.where.year.currency_code,
        "stage": asked.vintage.stage.value,
        "is_fictional": asked.where.is_fictional,
    }


def _answer(
    asked: Question, services: Sequence[ServicePicture], found: Incidence, covered: Coverage
) -> Text:
    values: dict[str, Any] = {
        "name": asked.where.name,
        "year": str(asked.where.fiscal_year),
        "stage": stage_name(asked.vintage.stage),
    }
    if not services:
        return text(
            "No service of {name} is described yet, so nobody can say who benefits.", **values
        )
    women, men = (_benefit(found, sex) for sex in (WOMEN, MEN))
    if women is None or men is None or covered.share is None:
        return text(
            "Of no service of {name} are both the cost and the users by sex known for {year}.",
            **values,
        )
    currency = asked.where.year.currency_code
    values |= {
        "women": Money(women, currency),
        "men": Money(men, currency),
        "unknown": Money(_benefit(found, NOT_KNOWN) or Decimal(0), currency),
        "coverage": Share(covered.share),
    }
    assumed = _assumed(services)
    if not assumed:
        return text(
            "Women have {women} and men {men} of what services cost in {year} ({stage}); for {unknown} it is "
            "not known. Counted use explains {coverage} of the budget.",
            **values,
        )
    return text(
        "Women have {women} and men {men} of what services cost in {year} ({stage}); {assumed} of it is an "
        "assumption, and for {unknown} it is not known. Counted use explains {coverage} of the budget.",
        **values,
        assumed=Money(assumed, currency),
    )


def _assumed(services: Sequence[ServicePicture]) -> Decimal:
    """Return the net cost that nobody counted or asked about, and that is shared out all the same."""
    amounts = (one.net for one in services if one.standing is Standing.ASSUMED)
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def _benefit(found: Incidence, group: str) -> Decimal | None:
    part = found.groups.get(group)
    return part.benefit if part else None


def _service_table(asked: Question, services: Sequence[ServicePicture]) -> Table:
    """Return one row per service, the dearest first; those without known cost last."""
    unit = asked.where.year.currency_code
    columns = (
        Column("code", text("code"), "code", is_hidden=True),
        Column("name", text("service")),
        Column("net", text("net cost"), "money", unit),
        Column("women", text("to women"), "money", unit),
        Column("men", text("to men"), "money", unit),
        Column("other", text("to others"), "money", unit, is_hidden=True),
        Column("not_known", text("not known"), "money", unit),
        Column("not_attributable", text("not attributable"), "money", unit),
        Column("women_share", text("women, share"), "share"),
        Column("low", text("at least"), "share"),
        Column("high", text("at most"), "share"),
        Column("range_kind", text("kind of range"), "code"),
        Column("grade", text("data grade"), "code"),
        Column("standing", text("what is known"), "code"),
        Column("women_users", text("women, persons"), "count"),
        Column("men_users", text("men, persons"), "count"),
        Column("users", text("all users, persons"), "count"),
        Column("unit_cost", text("net cost per user"), "money", unit),
        Column("women_per_head", text("per woman it is meant for"), "money", unit),
        Column("men_per_head", text("per man it is meant for"), "money", unit),
        Column("gross", text("expenditure"), "money", unit),
        Column("fees", text("fees"), "money", unit),
        Column("capital", text("capital expenditure"), "money", unit),
        Column("annual_capital", text("capital, per year of its life"), "money", unit),
    )
    rows = [_service_row(one) for one in services]
    rows.sort(key=lambda row: (row["net"] is None, -(row["net"] or Decimal(0)), row["name"]))
    return table(columns, rows)


def _service_row(service: ServicePicture) -> dict[str, Any]:
    found, use = service.incidence, service.use
    sure = service_range(service, WOMEN)
    groups = found.groups if found else {}
    benefits = {sex: groups[sex].benefit if sex in groups else None for sex in _SEXES}
    per_head = {sex: groups[sex].per_head if sex in groups else None for sex in _SEXES}
    share = groups[WOMEN].share if WOMEN in groups else None
    return {
        "code": service.code,
        "name": service.name,
        "net": service.net,
        "women": benefits[WOMEN],
        "men": benefits[MEN],
        "other": benefits[OTHER],
        "not_known": groups[NOT_KNOWN].benefit if groups else None,
        "not_attributable": service.net if found is None else None,
        "women_share": float(share) if share is not None else None,
        "low": sure.low if sure else None,
        "high": sure.high if sure else None,
        "range_kind": range_kind(service.grade).value if service.grade else None,
        "grade": service.grade,
        "standing": service.standing.value,
        "women_users": use.by_group.get(WOMEN),
        "men_users": use.by_group.get(MEN),
        "users": use.users,
        "unit_cost": service.unit_cost,
        "women_per_head": per_head[WOMEN],
        "men_per_head": per_head[MEN],
        "gross": service.gross,
        "fees": service.fees,
        "capital": service.capital,
        "annual_capital": service.annual_capital,
    }


def _notes(
    asked: Question, services: Sequence[ServicePicture], found: Incidence
) -> tuple[Text, ...]:
    notes = [*fiction_note(asked.where)]
    if found.not_counted:
        notes.append(
            plural_text(
                "The cost of {count} service is not known; it is in no sum.",
                "The cost of {count} services is not known; they are in no sum.",
                found.not_counted,
            )
        )
    without_fees = sum(one.gross is not None and one.fees is None for one in services)
    if without_fees:
        notes.append(
            plural_text(
                "For {count} service no fees are entered; its net cost is its expenditure.",
                "For {count} services no fees are entered; their net cost is their expenditure.",
                without_fees,
            )
        )
    assumed = sum(one.users is not None and not is_ranked(one.grade) for one in services)
    if assumed:
        notes.append(
            plural_text(
                "The users of {count} service are an assumption (grade D or E); it is not ranked.",
                "The users of {count} services are assumptions (grade D or E); they are not ranked.",
                assumed,
            )
        )
    hidden = sum(bool(one.users and one.users.hidden) for one in services)
    if hidden:
        notes.append(
            plural_text(
                "Counts of {count} service are hidden so that no person can be recognised; the money that "
                "they stand for counts as not known.",
                "Counts of {count} services are hidden so that no person can be recognised; the money that "
                "they stand for counts as not known.",
                hidden,
            )
        )
    notes.append(
        text(
            "Everybody who uses a service counts for its average cost; who would gain from more money "
            "is another question."
        )
    )
    return tuple(notes)
