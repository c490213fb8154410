"""Leave no one behind: a group, a sex, an age or all together among users, and which data are missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from budgeting.errors import UnknownReport
from budgeting.gaps import unmet_need
from budgeting.incidence import incidence
from budgeting.incidence.shared import ServiceKind
from budgeting.incidence.use import Use
from budgeting.model import (
    Column,
    Exact,
    Labels,
    Money,
    Report,
    Sex,
    Table,
    Text,
    plural_text,
    text,
)
from budgeting.names import sex_name
from budgeting.reports.beneficiaries.counts import Row
from budgeting.reports.beneficiaries.crossings import (
    Crossed,
    Crossing,
    ages_name,
    crossed,
    crossing_name,
    meant_for,
)
from budgeting.reports.beneficiaries.figures_to_ask import figures_to_ask
from budgeting.reports.beneficiaries.group_equality import equality_table
from budgeting.reports.beneficiaries.picture import ServicePicture, pictures
from budgeting.reports.beneficiaries.spread import spread_table
from budgeting.reports.beneficiaries.view import BenefitView, Question, parameters, question
from budgeting.reports.scope import fiction_note, statement_source
from budgeting.reports.tables import table
from budgeting.services.lists import group_kinds
from budgeting.services.model import FigureKind, IndicatorRole
from budgeting.store import Store
from budgeting.suppression import Bracket, Value, bracket_words
from budgeting.translations import language as language_of

EVERYBODY = "all"
_SEXES = (Sex.FEMALE, Sex.MALE)
_REST = "rest"


def groups() -> dict[str, Labels]:
    """Return the groups that can be chosen, by code: a kind, or ``kind/part`` where it has parts."""
    found: dict[str, Labels] = {}
    for kind in group_kinds():
        if not kind.parts:
            found[kind.code] = kind.label
        found |= {f"{kind.code}/{code}": label for code, label in kind.parts.items()}
    return found


def build(store: Store, view: BenefitView) -> Report:
    """Answer whether a group is reached by the services of a municipality, and who of it is not.

    Returns
    -------
    Report
        Facts: ``known`` and ``unknown``, how many services tell of the group; ``cost`` of serving
        those of it who wait. Tables: ``members`` (one row per service that tells: members among
        users and among those it is meant for, benefit), ``needs`` (who of it waits or does not use a
        service that is meant for them, by sex, with the cost), ``equality`` (how far its part is from
        its part of those it is meant for: parity, distance, Theil's T), ``spread`` (concentration of use over
        groups with an order, such as income), ``missing`` (one row per figure that would tell),
        ``crossings`` (everything that is counted by sex, age and group together). Overheads are in
        none: nobody uses them.

    Raises
    ------
    UnknownReport
        There is no such group.
    """
    asked, who = question(store, view), _crossing(view)
    services = [one for one in pictures(store, asked) if one.kind is not ServiceKind.OVERHEAD]
    rows = [row for one in services if (row := _member_row(asked, one, who))]
    needs = [row for one in services for row in _need_rows(asked, one, who)]
    known = {row["code"] for row in rows}
    facts = _facts(asked, services, rows, needs)
    return Report(
        name="groups",
        title=text("Is anybody left behind?"),
        answer=_answer(asked, facts, len(services)),
        parameters={**parameters(asked), "group": _code(view), **_narrowed(view)},
        tables={
            "members": _member_table(asked, rows),
            "needs": _need_table(asked, needs),
            "equality": equality_table(asked, services, who),
            "spread": spread_table(asked, services),
            "missing": figures_to_ask(asked, services, who, known),
            "crossings": _crossing_table(asked, services),
        },
        facts=facts,
        notes=_notes(asked, facts),
        sources=(statement_source(asked.where, asked.vintage),),
        data_version=store.data_version,
    )


def _code(view: BenefitView) -> str:
    """Return which group is asked for; the first one where nothing is said."""
    code = view.group or (EVERYBODY if view.sex or view.ages else next(iter(groups())))
    if code not in (EVERYBODY, *groups()):
        raise UnknownReport(
            text("The parameter “{name}” cannot be “{value}”.", name="group", value=code)
        )
    return code


def _crossing(view: BenefitView) -> Crossing:
    code = _code(view)
    kind, _, part = ("" if code == EVERYBODY else code).partition("/")
    return Crossing(view.sex, view.ages, kind, part)


def _narrowed(view: BenefitView) -> dict[str, str]:
    """Return sex and ages as an address writes them; nothing where all are meant."""
    found = {"sex": view.sex.value} if view.sex else {}
    if view.ages:
        first, last = view.ages
        found["ages"] = f"{first}-{'' if last is None else last}"
    return found


def _facts(
    asked: Question,
    services: Sequence[ServicePicture],
    rows: Sequence[Mapping[str, Any]],
    needs: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    who, code = _crossing(asked.view), _code(asked.view)
    costs = [row["waiting_cost"] for row in needs if row["waiting_cost"] is not None]
    waiting = [row["waiting"] for row in needs if row["waiting"] is not None]
    return {
        "group": crossing_name(who, groups().get(code, Labels({"en": code}))),
        "known": len(rows),
        "unknown": len(services) - len(rows),
        "hidden": sum(row["hidden"] is not None for row in (*rows, *needs)),
        "waiting": int(sum(waiting, Decimal(0))) if waiting else None,
        "cost": sum(costs, Decimal(0)) if costs else None,
        "is_ranked": who.group_kind in {kind.code for kind in group_kinds() if kind.is_ranked},
        "currency": asked.where.year.currency_code,
        "is_fictional": asked.where.is_fictional,
    }


def _crossed(
    asked: Question, service: ServicePicture, who: Crossing, role: IndicatorRole
) -> Crossed | None:
    return crossed(service.figures, role, asked.where.fiscal_year, who)


def _member_row(asked: Question, service: ServicePicture, who: Crossing) -> dict[str, Any] | None:
    """Return the group among the users of a service; None where nothing is counted of it."""
    found = _crossed(asked, service, who, IndicatorRole.USERS)
    if found is None:
        return None
    by_sex = {
        sex: _crossed(asked, service, replace(who, sex=sex), IndicatorRole.USERS)
        for sex in (_SEXES if who.sex is None else (who.sex,))
    }
    count, users = found.exact, service.bounded.users
    meant = meant_for(service, asked.where.fiscal_year, who)
    use = Use({_REST: None, "group": count}, users)
    part_of_money = None if count is None else incidence(service.net, use).groups["group"]
    exact = {sex: one.exact if one else None for sex, one in by_sex.items()}
    return {
        "code": service.code,
        "name": service.name,
        "members": count,
        "hidden": _hidden(by_sex, found, asked.view.language),
        "women": exact.get(Sex.FEMALE),
        "men": exact.get(Sex.MALE),
        "users": service.use.users,
        "share": _share(count, users),
        "reference_share": _share(meant, _whole(service.eligible)),
        "take_up": _share(count, meant),
        "benefit": part_of_money.benefit if part_of_money and users else None,
        "grade": found.grade,
    }


def _hidden(by_sex: Mapping[Sex, Crossed | None], whole: Crossed, language: str) -> str | None:
    """Return what is told of hidden counts in words, women: 1–4; None where nothing is hidden."""
    say = language_of(language).say
    told = [
        say(text("{sex}: {bracket}", sex=sex_name(sex.value), bracket=bracket_words(one.value)))
        for sex, one in by_sex.items()
        if one and isinstance(one.value, Bracket)
    ]
    if not told and isinstance(whole.value, Bracket):
        told = [say(bracket_words(whole.value))]
    return "; ".join(told) or None


def _whole(counts: Mapping[str, Decimal | None]) -> Decimal | None:
    known = [count for count in counts.values() if count is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(counts) else None


def _share(part: Value, whole: Value) -> float | None:
    """Return a part of a whole; None where one of them is hidden or not known."""
    if not isinstance(part, Decimal) or not isinstance(whole, Decimal) or not whole:
        return None
    return float(part / whole)


def _member_table(asked: Question, rows: Sequence[Mapping[str, Any]]) -> Table:
    unit = asked.where.year.currency_code
    columns = (
        Column("code", text("code"), "code", is_hidden=True),
        Column("name", text("service")),
        Column("members", text("of the group, persons"), "count"),
        Column("women", text("women, persons"), "count"),
        Column("men", text("men, persons"), "count"),
        Column("hidden", text("hidden, persons")),
        Column("users", text("all users, persons"), "count"),
        Column("share", text("among users"), "share"),
        Column("reference_share", text("among those it is meant for"), "share"),
        Column("take_up", text("take-up"), "share"),
        Column("benefit", text("benefit"), "money", unit),
        Column("grade", text("data grade"), "code"),
    )
    return table(columns, rows)


def _need_rows(asked: Question, service: ServicePicture, who: Crossing) -> Iterator[dict[str, Any]]:
    """Yield who of the group waits, or does not use what is meant for them, one row per sex."""
    say, cost = language_of(asked.view.language).say, service.unit_cost
    for sex in _SEXES if who.sex is None else (who.sex,):
        own = replace(who, sex=sex)
        waiting = _crossed(asked, service, own, IndicatorRole.WAITING)
        used = _crossed(asked, service, own, IndicatorRole.USERS)
        meant = meant_for(service, asked.where.fiscal_year, own)
        if waiting is None and (used is None or meant is None):
            continue
        queue = waiting.exact if waiting else None
        served = unmet_need(queue, Decimal(0), cost)
        exact = meant if isinstance(meant, Decimal) else None
        without = unmet_need(exact, used.exact if used else None, cost)
        values = (waiting and waiting.value, used and used.value, meant)
        hidden = [say(bracket_words(one)) for one in values if isinstance(one, Bracket)]
        yield {
            "code": service.code,
            "name": service.name,
            "sex": sex.value,
            "waiting": queue,
            "waiting_cost": served.cost if served else None,
            "eligible": exact,
            "users": used.exact if used else None,
            "without": without.persons if without else None,
            "without_cost": without.cost if without else None,
            "hidden": "; ".join(hidden) or None,
        }


def _need_table(asked: Question, rows: Sequence[Mapping[str, Any]]) -> Table:
    unit = asked.where.year.currency_code
    columns = (
        Column("name", text("service")),
        Column("sex", text("sex"), "code"),
        Column("waiting", text("waiting, persons"), "count"),
        Column("waiting_cost", text("cost of serving them, a year"), "money", unit),
        Column("eligible", text("meant for, persons"), "count"),
        Column("users", text("users, persons"), "count"),
        Column("without", text("meant for and not using it, persons"), "count"),
        Column("without_cost", text("cost if all of them used it, a year"), "money", unit),
        Column("hidden", text("hidden, persons")),
    )
    return table(columns, rows)


def _crossing_table(asked: Question, services: Sequence[ServicePicture]) -> Table:
    """Return one row per service and crossing of sex, age and group that is counted."""
    columns = (
        Column("name", text("service")),
        Column("sex", text("sex"), "code"),
        Column("ages", text("ages")),
        Column("group", text("group")),
        Column("persons", text("persons")),
        Column("grade", text("data grade"), "code"),
    )
    rows = [
        _crossing_row(asked, one, row)
        for one in services
        for row in one.figures
        if row["role"] == IndicatorRole.USERS.value
        and row["fiscal_year"] == asked.where.fiscal_year
        and row["kind"] == FigureKind.ACTUAL.value
        and row["age_from"] is not None
        and row["figure"] is not None
    ]
    return table(columns, rows)


def _crossing_row(asked: Question, service: ServicePicture, row: Row) -> dict[str, Any]:
    words, shown = language_of(asked.view.language), row["shown"]
    code = f"{row['group_kind']}/{row['group_code']}".strip("/")
    label = groups().get(code, Labels({"en": code}))
    return {
        "name": service.name,
        "sex": row["sex"],
        "ages": ages_name((row["age_from"], row["age_to"])),
        "group": words.say(label) if code else "",
        "persons": words.say(bracket_words(shown))
        if isinstance(shown, Bracket)
        else words.value(Exact(shown)),
        "grade": row["data_grade"],
    }


def _answer(asked: Question, facts: Mapping[str, Any], count: int) -> Text:
    values: dict[str, Any] = {
        "name": asked.where.name,
        "year": str(asked.where.fiscal_year),
        "group": facts["group"],
    }
    if not count:
        return text(
            "No service of {name} is described yet, so nobody can say who benefits.", **values
        )
    if not facts["known"]:
        return text(
            "“{group}”: for {year} no service of {name} says how many of them use it; below is which data "
            "would tell.",
            **values,
        )
    values["known"] = facts["known"]
    if facts["cost"] is None:
        return plural_text(
            "“{group}”: {known} of {count} service of {name} says for {year} how many of them use it.",
            "“{group}”: {known} of {count} services of {name} say for {year} how many of them use them.",
            count,
            **values,
        )
    return plural_text(
        "“{group}”: {known} of {count} service of {name} says for {year} how many of them use it. {waiting} "
        "of them wait; to serve these would cost {cost} a year.",
        "“{group}”: {known} of {count} services of {name} say for {year} how many of them use them. {waiting} "
        "of them wait; to serve these would cost {cost} a year.",
        count,
        **values,
        waiting=facts["waiting"],
        cost=Money(facts["cost"], facts["currency"]),
    )


def _notes(asked: Question, facts: Mapping[str, Any]) -> tuple[Text, ...]:
    notes = [*fiction_note(asked.where)]
    if facts["hidden"]:
        notes.append(
            text(
                "Small counts, and counts from which they could be computed, are hidden so that no person "
                "can be recognised; in their place stands between which numbers they are."
            )
        )
    if facts["cost"] is not None:
        notes.append(
            text(
                "Costs hold if one more user cost as much as those of today; that is an assumption."
            )
        )
    return tuple(notes)
