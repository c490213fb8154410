"""Gaps and needs: who uses services against whom they are meant for, and what is not met."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from budgeting.gaps import (
    PARITY,
    REPRESENTATION,
    coverage_ratio,
    gpia,
    parity_shift,
    representation_index,
    standing,
    take_up,
    unmet_need,
)
from budgeting.incidence import Use
from budgeting.intervals import is_ranked
from budgeting.model import Column, Money, Report, Sex, Table, Text, plural_text, text
from budgeting.reports.beneficiaries.counts import Count
from budgeting.reports.beneficiaries.picture import ServicePicture, pictures
from budgeting.reports.beneficiaries.planned_money import money_facts, money_sources, money_table
from budgeting.reports.beneficiaries.view import BenefitView, Question, parameters, question
from budgeting.reports.scope import fiction_note
from budgeting.reports.tables import table
from budgeting.services.model import FigureKind
from budgeting.store import Store

WOMEN, MEN = Sex.FEMALE.value, Sex.MALE.value
_SEXES = (WOMEN, MEN)


def build(store: Store, view: BenefitView) -> Report:
    """Answer where use and need of women and men part.

    Returns
    -------
    Report
        Facts: ``below`` and ``above``, how many services women use less or more than their part of
        those whom they are meant for, by the house rule; ``compared``, how many could be compared;
        ``at_parity``, in how many of them women and men take part alike by the band of UNESCO;
        ``cost``, what the unmet need that is known would cost; ``planned``, ``spent`` and their
        parts of women and men, over services of which both are known. Tables: ``gaps`` (one row per
        service with users: use share against reference share, take-up and its parity index, money
        that parity would move), ``needs`` (waiting list and unmet need by sex, with its cost),
        ``money`` (planned against spent money, and for whom), ``plans`` (planned against actual use).
    """
    asked = question(store, view)
    services = [one for one in pictures(store, asked) if one.users or one.waiting]
    rows = [_gap_row(one) for one in services]
    rows.sort(key=_least_first)
    needs = [row for one in services for row in _need_rows(one)]
    needs.sort(key=lambda row: (not row["is_waited_for"], row["name"]))
    money = money_table(store, asked)
    facts = _facts(asked, rows, needs) | money_facts(asked, money)
    return Report(
        name="gaps",
        title=text("Who is missing, and what would it cost?"),
        answer=_answer(asked, rows, facts),
        parameters=parameters(asked),
        tables={
            "gaps": _gap_table(asked, rows),
            "needs": _need_table(asked, needs),
            "money": money,
            "plans": _plan_table(asked, services),
        },
        facts=facts,
        notes=_notes(asked, rows),
        sources=money_sources(asked),
        data_version=store.data_version,
    )


def _gap_row(service: ServicePicture) -> dict[str, Any]:
    """Return a service's use against those whom it is meant for; None where one is not known."""
    users, eligible = service.use.known, service.eligible
    index = representation_index(users, eligible, WOMEN)
    shift, grade = _shift(service), service.users.grade if service.users else None
    taken = {sex: take_up(users.get(sex), eligible.get(sex)) for sex in _SEXES}
    gpi = coverage_ratio(taken[WOMEN], taken[MEN])
    return {
        "code": service.code,
        "name": service.name,
        "grade": grade,
        "use_share": _part(users, WOMEN),
        "reference_share": _part(eligible, WOMEN),
        "index": index,
        "parity": standing(index, REPRESENTATION) if is_ranked(grade) else None,
        "women_take_up": taken[WOMEN],
        "men_take_up": taken[MEN],
        "gpi": gpi,
        "gpia": gpia(gpi),
        "gpi_parity": standing(gpi, PARITY) if is_ranked(grade) else None,
        "shift": shift.get(WOMEN) if shift else None,
        "is_ranked": is_ranked(grade),
    }


def _shift(service: ServicePicture) -> Mapping[str, Decimal] | None:
    """Return the money that would move, had use the shares of the eligible."""
    found = service.incidence
    if found is None:
        return None
    both = [found.groups[sex].benefit for sex in _SEXES if sex in found.groups]
    known = [benefit for benefit in both if benefit is not None]
    if len(known) < len(_SEXES):
        return None
    use = {sex: service.use.known.get(sex) for sex in _SEXES}
    return parity_shift(sum(known, Decimal(0)), use, service.eligible)


def _part(counts: Mapping[str, Decimal | None], sex: str) -> Decimal | None:
    """Return a sex's part of women and men; None where either is not known."""
    both = [counts.get(one) for one in _SEXES]
    known = [count for count in both if count is not None]
    whole = sum(known, Decimal(0))
    if len(known) < len(_SEXES) or not whole:
        return None
    return (counts[sex] or Decimal(0)) / whole


def _least_first(row: Mapping[str, Any]) -> tuple[Any, ...]:
    is_known = row["is_ranked"] and row["index"] is not None
    return (not is_known, row["index"] if is_known else Decimal(0), row["name"])


def _need_rows(service: ServicePicture) -> list[dict[str, Any]]:
    """Return who waits and who does not use it although it is meant for them, one row per sex."""
    waiting = service.waiting.use if service.waiting else Use()
    cost = service.unit_cost
    rows = []
    for sex in _SEXES:
        queue, used, meant = (
            waiting.known.get(sex),
            service.use.known.get(sex),
            service.eligible.get(sex),
        )
        by_list = unmet_need(queue, Decimal(0), cost)
        beyond = unmet_need(meant, used, cost)
        rows.append(
            {
                "code": service.code,
                "name": service.name,
                "is_waited_for": service.waiting is not None,
                "sex": sex,
                "waiting": queue,
                "waiting_cost": by_list.cost if by_list else None,
                "eligible": meant,
                "users": used,
                "without": beyond.persons if beyond else None,
                "unit_cost": cost,
            }
        )
    return rows


def _facts(
    asked: Question, rows: Sequence[Mapping[str, Any]], needs: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    costs = [row["waiting_cost"] for row in needs if row["waiting_cost"] is not None]
    waiting = {
        sex: sum(
            (row["waiting"] for row in needs if row["sex"] == sex and row["waiting"]), Decimal(0)
        )
        for sex in _SEXES
    }
    return {
        "compared": sum(row["parity"] is not None for row in rows),
        "below": sum(row["parity"] == "below" for row in rows),
        "above": sum(row["parity"] == "above" for row in rows),
        "at_parity": sum(row["gpi_parity"] == "within" for row in rows),
        "cost": sum(costs, Decimal(0)) if costs else None,
        "women_waiting": int(waiting[WOMEN]),
        "men_waiting": int(waiting[MEN]),
        "service_count": len(rows),
        "currency": asked.where.year.currency_code,
        "is_fictional": asked.where.is_fictional,
    }


def _answer(asked: Question, rows: Sequence[Mapping[str, Any]], facts: Mapping[str, Any]) -> Text:
    values: dict[str, Any] = {"name": asked.where.name, "year": str(asked.where.fiscal_year)}
    if not rows:
        return text("For {year} nobody has said who uses the services of {name}.", **values)
    if not facts["compared"]:
        return text(
            "Needs are not known for {year}: for no service are both its users and those whom it is "
            "meant for counted by sex.",
            **values,
        )
    values |= {"below": facts["below"], "above": facts["above"]}
    if facts["cost"] is None:
        return plural_text(
            "Of {count} service that can be compared, women use {below} less and {above} more than their "
            "part of those whom it is meant for; what is not met is not known.",
            "Of {count} services that can be compared, women use {below} less and {above} more than their "
            "part of those whom they are meant for; what is not met is not known.",
            facts["compared"],
            **values,
        )
    return plural_text(
        "Of {count} service that can be compared, women use {below} less and {above} more than their part "
        "of those whom it is meant for; to serve everybody who waits would cost {cost} a year.",
        "Of {count} services that can be compared, women use {below} less and {above} more than their part "
        "of those whom they are meant for; to serve everybody who waits would cost {cost} a year.",
        facts["compared"],
        **values,
        cost=Money(facts["cost"], facts["currency"]),
    )


def _gap_table(asked: Question, rows: Sequence[Mapping[str, Any]]) -> Table:
    """Return one row per service: what women use least first, assumptions last."""
    unit = asked.where.year.currency_code
    columns = (
        Column("code", text("code"), "code", is_hidden=True),
        Column("name", text("service")),
        Column("use_share", text("women among users"), "share"),
        Column("reference_share", text("women among those it is meant for"), "share"),
        Column("index", text("representation index"), "index"),
        Column("parity", text("against 0.8–1.25 (house rule)"), "code"),
        Column("women_take_up", text("women who use it"), "share"),
        Column("men_take_up", text("men who use it"), "share"),
        Column("gpi", text("parity index of take-up"), "index"),
        Column("gpi_parity", text("against 0.97–1.03 (UNESCO)"), "code"),
        Column("gpia", text("parity index, adjusted"), "index"),
        Column("shift", text("money that parity would move to women"), "money", unit),
        Column("grade", text("data grade"), "code"),
    )
    return table(columns, [_as_floats(row) for row in rows])


_FLOATS = (
    *("use_share", "reference_share", "index"),
    *("women_take_up", "men_take_up", "gpi", "gpia"),
)


def _as_floats(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: float(value) if key in _FLOATS and value is not None else value
        for key, value in row.items()
    }


def _need_table(asked: Question, rows: Sequence[Mapping[str, Any]]) -> Table:
    """Return one row per service and sex: who waits, what serving them would cost, who stays away.

    Services of which a waiting list is known come first.
    """
    unit = asked.where.year.currency_code
    columns = (
        Column("name", text("service")),
        Column("sex", text("sex"), "code"),
        Column("waiting", text("waiting, persons"), "count"),
        Column("waiting_cost", text("cost of serving them, a year"), "money", unit),
        Column("eligible", text("meant for, persons"), "count"),
        Column("users", text("users, persons"), "count"),
        Column("without", text("meant for and not using it, persons"), "count"),
        Column("unit_cost", text("net cost per user"), "money", unit),
    )
    return table(columns, rows)


def _plan_table(asked: Question, services: Sequence[ServicePicture]) -> Table:
    """Return one row per service and sex of which a plan is entered: planned against actual use."""
    columns = (
        Column("name", text("service")),
        Column("sex", text("sex"), "code"),
        Column("planned", text("planned, persons"), "count"),
        Column("actual", text("actual, persons"), "count"),
        Column("difference", text("difference, persons"), "count"),
    )
    year = asked.where.fiscal_year
    rows = [
        row
        for one in services
        for row in _plan_rows(one, one.users_of(year, FigureKind.PLANNED), one.users_of(year))
    ]
    return table(columns, rows)


def _plan_rows(
    service: ServicePicture, planned: Count | None, actual: Count | None
) -> list[dict[str, Any]]:
    if planned is None:
        return []
    done = actual.use.known if actual else {}
    rows = []
    for sex, count in planned.use.known.items():
        used = done.get(sex)
        rows.append(
            {
                "name": service.name,
                "sex": sex,
                "planned": count,
                "actual": used,
                "difference": None if used is None else used - count,
            }
        )
    return rows


def _notes(asked: Question, rows: Sequence[Mapping[str, Any]]) -> tuple[Text, ...]:
    notes = [*fiction_note(asked.where)]
    unknown = sum(row["index"] is None for row in rows)
    if unknown:
        notes.append(
            plural_text(
                "For {count} service it is not known whom it is meant for, or who uses it, by sex.",
                "For {count} services it is not known whom they are meant for, or who uses them, by sex.",
                unknown,
            )
        )
    assumed = sum(not row["is_ranked"] for row in rows)
    if assumed:
        notes.append(
            plural_text(
                "{count} service rests on an assumption (grade D or E) and is not ranked.",
                "{count} services rest on assumptions (grade D or E) and are not ranked.",
                assumed,
            )
        )
    notes.append(
        text(
            "A difference is a question, not yet an injustice: there may be good reasons for it. The band "
            "of the representation index is a house rule of Paritet; no standard sets one."
        )
    )
    notes.append(
        text("Costs hold if one more user cost as much as those of today; that is an assumption.")
    )
    return tuple(notes)
