"""Data register: what is known of each service, how well, who has it, what is missing, until when."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from budgeting.amounts import ratio
from budgeting.incidence.coverage import WEAK_GRADES
from budgeting.incidence.shared import ServiceKind
from budgeting.model import Column, Labels, Report, Share, Table, Text, plural_text, text
from budgeting.reports.beneficiaries.groups import groups
from budgeting.reports.beneficiaries.picture import ServicePicture, pictures
from budgeting.reports.beneficiaries.view import BenefitView, Question, question
from budgeting.reports.beneficiaries.who_benefits import parameters
from budgeting.reports.scope import fiction_note, statement_source
from budgeting.reports.tables import table
from budgeting.services.lists import grades
from budgeting.services.model import NeedState
from budgeting.services.reading import register
from budgeting.store import Store
from budgeting.translations import language as language_of

_SETTLED = (NeedState.RECEIVED.value, NeedState.DROPPED.value)
NO_OWNER = ""


def build(store: Store, view: BenefitView) -> Report:
    """Answer what is known of the services of a municipality, and what it would take to know more.

    Returns
    -------
    Report
        Facts: ``weak_share``, the part of the budget whose users rest on grade C or worse or are not
        known; ``missing_count``. Tables: ``register`` (one row per service), ``missing`` (one row
        per thing that is missing: as people recorded it, and as it follows from what is stored),
        ``grades`` (the rule for each grade, with the money that rests on it).
    """
    asked = question(store, view)
    services = pictures(store, asked)
    needs = _open_needs(store, asked)
    missing = [row for one in services for row in missing_rows(asked, one, needs)]
    facts = _facts(store, asked, services, missing)
    return Report(
        name="data_register",
        title=text("Which data are there, and which are missing?"),
        answer=_answer(asked, services, facts),
        parameters=parameters(asked),
        tables={
            "register": _register_table(asked, services, missing),
            "missing": missing_table(missing),
            "grades": _grade_table(asked, services),
        },
        facts=facts,
        notes=(
            *fiction_note(asked.where),
            text("Data grades are a house rule of Paritet; no standard grades the data of a town."),
        ),
        sources=(statement_source(asked.where, asked.vintage),),
        data_version=store.data_version,
    )


def _open_needs(store: Store, asked: Question) -> Mapping[int, list[dict[str, Any]]]:
    """Return by service what people recorded as missing and nobody has settled."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in register(store, asked.view.municipality_code).needs.to_pylist():
        if row["state"] not in _SETTLED:
            found.setdefault(row["service_id"], []).append(row)
    return found


def missing_rows(
    asked: Question, service: ServicePicture, needs: Mapping[int, list[dict[str, Any]]]
) -> list[dict[str, Any]]:
    """Return what is missing of a service: what people recorded first, then what follows."""
    say = language_of(asked.view.language).say
    recorded = needs.get(service.row["service_id"], [])
    rows = [
        _missing(service, say(_recorded(row["what"])), row["owner"], row["due_date"], row["state"])
        for row in recorded
    ]
    told = {row["needed"] for row in rows}
    follows = [say(what) for what in _gaps(service)]
    return rows + [_missing(service, what) for what in follows if what not in told]


def _missing(
    service: ServicePicture,
    what: str,
    owner: str = "",
    due: date | None = None,
    state: str = NeedState.OPEN.value,
) -> dict[str, Any]:
    return {
        "code": service.code,
        "name": service.name,
        "needed": what,
        "owner": owner or service.row["owner"] or NO_OWNER,
        "due": due,
        "need_state": state,
        "net": service.net,
    }


def _recorded(what: str) -> Text:
    """Return what people recorded: their words, or what they chose by its code."""
    names = groups()
    kind, _, code = what.partition(":")
    if kind != "group":
        return _NEEDS.get(what) or text("{words}", words=what)
    label = names.get(code) or next(
        (label for name, label in names.items() if name.startswith(f"{code}/")),
        Labels({"en": code}),
    )
    return text("among the users: {group}, by sex", group=label)


_NEEDS = {  # what the dictionary of data names by a code; the others stand as they were written
    "users_by_sex": text("users by sex"),
    "age": text("ages"),
    "waiting": text("who waits for it, by sex"),
    "fees": text("whether users pay fees, and how much by sex"),
    "eligible": text("for whom it is meant: how many women and men"),
    "cost": text("which budget lines pay for it"),
    "intensity": text("intensity"),
}


def _gaps(service: ServicePicture) -> Iterable[Text]:
    """Yield what a service would need so that it can be said who benefits, the gravest first."""
    if service.gross is None and service.capital is None:
        yield text("which budget lines pay for it")
    if service.kind is not ServiceKind.INDIVIDUAL:
        return
    if service.users is None:
        yield text("users by sex")
    elif len(service.use.by_group) == 0:
        yield text("users by sex; only all of them together are counted")
    elif service.grade in WEAK_GRADES:
        yield text("a count of users by sex in place of grade {grade}", grade=service.grade)
    if not service.eligible:
        yield text("for whom it is meant: how many women and men")
    if service.waiting is None:
        yield text("who waits for it, by sex")
    if service.fees is None:
        yield text("whether users pay fees, and how much by sex")


def _facts(
    store: Store,
    asked: Question,
    services: Sequence[ServicePicture],
    missing: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    totals = store.query("vintages", municipality_code=asked.view.municipality_code).to_pylist()
    budget = next(row["amount"] for row in totals if row["vintage_id"] == asked.vintage.vintage_id)
    weak = sum(
        (one.gross or Decimal(0) for one in services if one.grade in WEAK_GRADES), Decimal(0)
    )
    return {
        "weak_share": ratio(weak, budget),
        "missing_count": len(missing),
        "without_use": sum(
            one.users is None and one.kind is ServiceKind.INDIVIDUAL for one in services
        ),
        "service_count": len(services),
        "owners": tuple(sorted({row["owner"] for row in missing if row["owner"]})),
        "currency": asked.where.year.currency_code,
        "is_fictional": asked.where.is_fictional,
    }


def _answer(asked: Question, services: Sequence[ServicePicture], facts: Mapping[str, Any]) -> Text:
    values: dict[str, Any] = {
        "name": asked.where.name,
        "year": str(asked.where.fiscal_year),
        "missing": facts["missing_count"],
        "without": facts["without_use"],
    }
    if not services or facts["weak_share"] is None:
        return text(
            "No service of {name} is described yet, so nobody can say who benefits.", **values
        )
    return plural_text(
        "{count} service of {name} is described; {without} of them without any count of users. {weak} of "
        "the budget rests on grade C or worse; {missing} things are missing.",
        "{count} services of {name} are described; {without} of them without any count of users. {weak} of "
        "the budget rests on grade C or worse; {missing} things are missing.",
        facts["service_count"],
        **values,
        weak=Share(facts["weak_share"]),
    )


def _register_table(
    asked: Question, services: Sequence[ServicePicture], missing: Sequence[Mapping[str, Any]]
) -> Table:
    """Return one row per service: what exists of it, how good it is and who has it."""
    unit = asked.where.year.currency_code
    say = language_of(asked.view.language).say
    count = {one.code: sum(row["code"] == one.code for row in missing) for one in services}
    columns = (
        Column("code", text("code"), "code", is_hidden=True),
        Column("name", text("service")),
        Column("gross", text("expenditure"), "money", unit),
        Column("grade", text("data grade"), "code"),
        Column("exists", text("what exists")),
        Column("newest", text("newest year"), "code"),
        Column("owner", text("who has the data")),
        Column("missing_count", text("missing"), "count"),
    )
    rows = [
        {
            "code": one.code,
            "name": one.name,
            "gross": one.gross,
            "grade": one.grade,
            "exists": ", ".join(say(what) for what in _existing(one)) or None,
            "newest": _newest(one),
            "owner": one.row["owner"] or None,
            "missing_count": count[one.code],
        }
        for one in services
    ]
    return table(columns, rows)


def _existing(service: ServicePicture) -> Iterable[Text]:
    """Yield what is counted of a service."""
    if service.users is not None:
        yield text("users by sex") if service.use.by_group else text("users")
    if any(row["age_from"] is not None for row in service.figures):
        yield text("ages")
    if any(row["group_kind"] for row in service.figures):
        yield text("groups")
    if service.intensity:
        yield text("intensity")
    if service.waiting is not None:
        yield text("waiting list")
    if service.fees is not None:
        yield text("fees")
    if service.eligible:
        yield text("for whom it is meant")


def _newest(service: ServicePicture) -> str | None:
    years = [row["fiscal_year"] for row in service.figures if row["figure"] is not None]
    return str(max(years)) if years else None


def missing_table(rows: Sequence[Mapping[str, Any]]) -> Table:
    """Return one row per thing that is missing: what, of which service, who has it, until when."""
    columns = (
        Column("name", text("service")),
        Column("needed", text("what would tell")),
        Column("owner", text("who has the data")),
        Column("due", text("until"), "date"),
        Column("need_state", text("state"), "code"),
    )
    return table(columns, rows)


def _grade_table(asked: Question, services: Sequence[ServicePicture]) -> Table:
    """Return one row per data grade: its rule, and the services and money that rest on it."""
    say = language_of(asked.view.language).say
    columns = (
        Column("grade", text("data grade"), "code"),
        Column("label", text("what it is")),
        Column("rule", text("rule")),
        Column("service_count", text("services"), "count"),
        Column("amount", text("expenditure"), "money", asked.where.year.currency_code),
    )
    rows = []
    for one in grades():
        own = [service for service in services if service.grade == one.grade.value]
        rows.append(
            {
                "grade": one.grade.value,
                "label": say(one.label),
                "rule": say(one.rule),
                "service_count": len(own),
                "amount": sum((service.gross or Decimal(0) for service in own), Decimal(0)),
            }
        )
    return table(columns, rows)
