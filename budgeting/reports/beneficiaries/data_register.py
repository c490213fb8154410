"""Data register: what is known of each service, how well, who has it, what is missing, until when."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from budgeting.amounts import ratio
from budgeting.incidence.coverage import Coverage, Standing
from budgeting.incidence.shared import ServiceKind
from budgeting.model import Column, Report, Share, Table, Text, plural_text, text
from budgeting.reports.beneficiaries.missing import Missing, missing_of, missing_table
from budgeting.reports.beneficiaries.picture import ServicePicture, pictures
from budgeting.reports.beneficiaries.view import BenefitView, Question, parameters, question
from budgeting.reports.beneficiaries.who_benefits import budget_coverage
from budgeting.reports.scope import fiction_note, statement_source
from budgeting.reports.tables import table
from budgeting.services.lists import grades
from budgeting.services.reading import register
from budgeting.store import Store
from budgeting.translations import language as language_of


def build(store: Store, view: BenefitView) -> Report:
    """Answer what is known of the services of a municipality, and what it would take to know more.

    Returns
    -------
    Report
        Facts: ``weak_share``, the part of the budget that rests on grade C or worse;
        ``missing_count``. Tables: ``register`` (one row per service), ``missing`` (one row per thing
        that is missing: as people recorded it, and as it follows from what is stored), ``grades``
        (the budget in parts by what it rests on, sums to it), ``grade_rules`` (the rule for each grade).
    """
    asked = question(store, view)
    services = pictures(store, asked)
    missing = _missing(store, asked, services)
    covered = budget_coverage(store, asked, services)
    facts = _facts(asked, services, missing, covered)
    return Report(
        name="data_register",
        title=text("Which data are there, and which are missing?"),
        answer=_answer(asked, services, facts),
        parameters=parameters(asked),
        tables={
            "register": _register_table(asked, services, missing),
            "missing": missing_table(missing, asked.view.language),
            "grades": _grade_table(asked, services, covered),
            "grade_rules": _rule_table(asked),
        },
        facts=facts,
        notes=(
            *fiction_note(asked.where),
            text("Data grades are a house rule of Paritet; no standard grades the data of a town."),
        ),
        sources=(statement_source(asked.where, asked.vintage),),
        data_version=store.data_version,
    )


def _missing(
    store: Store, asked: Question, services: Sequence[ServicePicture]
) -> tuple[Missing, ...]:
    """Return what is missing of all services, as they are listed."""
    needs: dict[int, list[dict[str, Any]]] = {}
    for row in register(store, asked.view.municipality_code).needs.to_pylist():
        needs.setdefault(row["service_id"], []).append(row)
    return tuple(
        what for one in services for what in missing_of(one, needs.get(one.row["service_id"], []))
    )


def _facts(
    asked: Question,
    services: Sequence[ServicePicture],
    missing: Sequence[Missing],
    covered: Coverage,
) -> dict[str, Any]:
    return {
        "weak_share": covered.weak_share_of_budget,
        "missing_count": len(missing),
        "without_use": sum(
            one.users is None and one.kind is ServiceKind.INDIVIDUAL for one in services
        ),
        "service_count": len(services),
        "owners": tuple(sorted({one.owner for one in missing if one.owner})),
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
    asked: Question, services: Sequence[ServicePicture], missing: Sequence[Missing]
) -> Table:
    """Return one row per service: what exists of it, how good it is and who has it."""
    unit = asked.where.year.currency_code
    say = language_of(asked.view.language).say
    own = {one.code: [what for what in missing if what.service is one] for one in services}
    columns = (
        Column("code", text("code"), "code", is_hidden=True),
        Column("service_id", text("service"), "count", is_hidden=True),
        Column("name", text("service")),
        Column("gross", text("expenditure"), "money", unit),
        Column("grade", text("data grade"), "code"),
        Column("exists", text("what exists")),
        Column("newest", text("newest year"), "code"),
        Column("owner", text("who has the data")),
        Column("missing_count", text("missing"), "count"),
        Column("due", text("until"), "date"),
    )
    rows = [
        {
            "code": one.code,
            "service_id": one.row["service_id"],
            "name": one.name,
            "gross": one.gross,
            "grade": one.grade,
            "exists": ", ".join(say(what) for what in _existing(one)) or None,
            "newest": _newest(one),
            "owner": one.row["owner"] or None,
            "missing_count": len(own[one.code]),
            "due": min((what.due for what in own[one.code] if what.due), default=None),
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
    if service.placed:
        yield text("places")
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


def _grade_table(asked: Question, services: Sequence[ServicePicture], covered: Coverage) -> Table:
    """Return the budget in parts by what it rests on: the data grades, and what rests on none."""
    say = language_of(asked.view.language).say
    columns = (
        Column("grade", text("data grade"), "code"),
        Column("label", text("what it rests on")),
        Column("service_count", text("services"), "count"),
        Column("amount", text("expenditure"), "money", asked.where.year.currency_code),
        Column("share", text("share of the budget"), "share"),
    )
    rows: list[dict[str, Any]] = [
        {
            "grade": one.grade.value,
            "label": say(one.label),
            "service_count": _how_many(services, _RESTS, one.grade.value),
            "amount": covered.by_grade.get(one.grade.value, Decimal(0)),
        }
        for one in grades()
    ]
    rows += [
        {
            "label": say(label),
            "service_count": _how_many(services, (standing,)),
            "amount": covered.by_standing[standing],
        }
        for standing, label in _WITHOUT_GRADE.items()
    ]
    rows.append({"label": say(text("in no service")), "amount": covered.outside})
    return table(columns, [{**row, "share": ratio(row["amount"], covered.budget)} for row in rows])


def _how_many(
    services: Sequence[ServicePicture], standings: Sequence[Standing], grade: str | None = None
) -> int:
    return sum(one.standing in standings and grade in (None, one.grade) for one in services)


_RESTS = (Standing.EXPLAINED, Standing.ASSUMED)
_WITHOUT_GRADE = {
    Standing.NOT_KNOWN: text("users are not known"),
    Standing.NOT_ATTRIBUTABLE: text("not attributable, left out"),
}


def _rule_table(asked: Question) -> Table:
    """Return one row per data grade: what it is, and the rule by which it is given."""
    say = language_of(asked.view.language).say
    columns = (
        Column("grade", text("data grade"), "code"),
        Column("label", text("what it is")),
        Column("rule", text("rule")),
    )
    rows = [
        {"grade": one.grade.value, "label": say(one.label), "rule": say(one.rule)}
        for one in grades()
    ]
    return table(columns, rows)
