"""Leave no one behind: a further group among the users of each service, and which data are missing."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from budgeting.errors import UnknownReport
from budgeting.incidence import incidence
from budgeting.incidence.use import Use
from budgeting.model import Column, Exact, Labels, Report, Sex, Table, Text, plural_text, text
from budgeting.names import sex_name
from budgeting.reports.beneficiaries.counts import Count, Part
from budgeting.reports.beneficiaries.picture import ServicePicture, pictures
from budgeting.reports.beneficiaries.view import BenefitView, Question, question
from budgeting.reports.beneficiaries.who_benefits import parameters
from budgeting.reports.scope import fiction_note, statement_source
from budgeting.reports.tables import table
from budgeting.services.lists import group_kinds
from budgeting.services.model import FigureKind, IndicatorRole
from budgeting.store import Store
from budgeting.suppression import Bracket, bracket_words
from budgeting.translations import language as language_of

_SEXES = (Sex.FEMALE.value, Sex.MALE.value)
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
    """Answer whether a further group is reached by the services of a municipality.

    Returns
    -------
    Report
        Facts: ``known`` and ``unknown``, how many services tell of the group. Tables: ``members``
        (one row per service that tells: members among users and among those it is meant for,
        benefit), ``crossings`` (one row per service, sex, age band and group that are counted
        together), ``missing`` (one row per service that does not tell, and what would).

    Raises
    ------
    UnknownReport
        There is no such group.
    """
    names = groups()
    code = view.group or next(iter(names))
    if code not in names:
        raise UnknownReport(
            text("The parameter “{name}” cannot be “{value}”.", name="group", value=code)
        )
    asked = question(store, view)
    services = pictures(store, asked)
    part = _part(code)
    rows = [row for one in services if (row := _member_row(asked, one, part))]
    missing = [one for one in services if not _has(asked, one, part)]
    facts = {
        "group": names[code],
        "known": len(services) - len(missing),
        "unknown": len(missing),
        "hidden": sum(row["hidden"] is not None for row in rows),
        "currency": asked.where.year.currency_code,
        "is_fictional": asked.where.is_fictional,
    }
    return Report(
        name="groups",
        title=text("Is anybody left behind?"),
        answer=_answer(asked, facts, len(services)),
        parameters={**parameters(asked), "group": code},
        tables={
            "members": _member_table(asked, rows),
            "crossings": _crossing_table(asked, services),
            "missing": _missing_table(missing, asked, code),
        },
        facts=facts,
        notes=_notes(asked, facts),
        sources=(statement_source(asked.where, asked.vintage),),
        data_version=store.data_version,
    )


def _part(code: str) -> Part:
    kind, _, of_kind = code.partition("/")
    return Part(group_kind=kind, group_code=of_kind)


def _has(asked: Question, service: ServicePicture, part: Part) -> bool:
    return _members(asked, service, part) is not None


def _members(
    asked: Question, service: ServicePicture, part: Part, role: IndicatorRole = IndicatorRole.USERS
) -> Count | None:
    return service.part(part, asked.where.fiscal_year, role)


def _member_row(asked: Question, service: ServicePicture, part: Part) -> dict[str, Any] | None:
    """Return the group among the users of a service; None where nothing is counted of it."""
    found = _members(asked, service, part)
    if found is None:
        return None
    count, users = found.use.users, service.use.users
    meant = _members(asked, service, part, IndicatorRole.ELIGIBLE)
    reference = _share(meant.use.users if meant else None, _whole(service.eligible))
    use = Use({_REST: None, part.group_kind: count}, users)
    part_of_money = None if count is None else incidence(service.net, use).groups[part.group_kind]
    return {
        "code": service.code,
        "name": service.name,
        "members": count,
        "hidden": _hidden(found, asked.view.language),
        "women": found.use.known.get(Sex.FEMALE.value),
        "men": found.use.known.get(Sex.MALE.value),
        "users": users,
        "share": _share(count, users),
        "reference_share": reference,
        "benefit": part_of_money.benefit if part_of_money and users else None,
        "grade": found.grade,
    }


def _hidden(found: Count, language: str) -> str | None:
    """Return what is told of a hidden count in words: 1–4; None where nothing is hidden."""
    say = language_of(language).say
    told = [
        say(text("{sex}: {bracket}", sex=sex_name(sex), bracket=bracket_words(bracket)))
        for sex, bracket in found.hidden.items()
    ]
    return "; ".join(told) or None


def _whole(counts: Mapping[str, Decimal | None]) -> Decimal | None:
    known = [count for count in counts.values() if count is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(counts) else None


def _share(part: Decimal | None, whole: Decimal | None) -> float | None:
    return float(part / whole) if part is not None and whole else None


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
        Column("benefit", text("benefit"), "money", unit),
        Column("grade", text("data grade"), "code"),
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
    return table(columns, [row for one in services for row in _crossings(asked, one)])


def _crossings(asked: Question, service: ServicePicture) -> Iterator[dict[str, Any]]:
    words = language_of(asked.view.language)
    names = groups()
    for row in service.figures:
        is_meant = (
            row["role"] == IndicatorRole.USERS.value
            and row["fiscal_year"] == asked.where.fiscal_year
            and row["kind"] == FigureKind.ACTUAL.value
        )
        if not is_meant or row["age_from"] is None:
            continue
        code = f"{row['group_kind']}/{row['group_code']}".strip("/")
        label = names.get(code, Labels({"en": code}))
        shown = row["shown"]
        yield {
            "name": service.name,
            "sex": row["sex"],
            "ages": _ages(row["age_from"], row["age_to"]),
            "group": words.say(label) if code else "",
            "persons": words.say(bracket_words(shown))
            if isinstance(shown, Bracket)
            else words.value(Exact(shown)),
            "grade": row["data_grade"],
        }


def _ages(first: int, last: int | None) -> str:
    return f"{first}+" if last is None else f"{first}–{last}"


def _missing_table(missing: Sequence[ServicePicture], asked: Question, code: str) -> Table:
    """Return one row per service that does not tell of the group: what would, and who has it."""
    say = language_of(asked.view.language).say
    label = groups()[code]
    columns = (
        Column("name", text("service")),
        Column("needed", text("what would tell")),
        Column("owner", text("who has the data")),
    )
    return table(
        columns,
        [
            {
                "name": one.name,
                "needed": say(_needed(one, label)),
                "owner": one.row["owner"] or None,
            }
            for one in missing
        ],
    )


def _needed(service: ServicePicture, label: Labels) -> Text:
    if service.users is None:
        return text("users by sex, and among them {group}", group=label)
    return text("among the users: {group}, by sex", group=label)


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
    return plural_text(
        "“{group}”: {known} of {count} service of {name} says for {year} how many of them use it.",
        "“{group}”: {known} of {count} services of {name} say for {year} how many of them use them.",
        count,
        **values,
        known=facts["known"],
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
    return tuple(notes)
