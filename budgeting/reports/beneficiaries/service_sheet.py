"""Service sheet: money, users, population, trend, sources and 4R answers of one service."""

from typing import Any

from budgeting.errors import NotFound
from budgeting.gaps import representation_index, take_up
from budgeting.intervals import is_ranked
from budgeting.model import Column, Money, Report, Sex, Share, Table, Text, text
from budgeting.reports.beneficiaries.counts import Count
from budgeting.reports.beneficiaries.picture import ServicePicture, pictures
from budgeting.reports.beneficiaries.service_measures import (
    are_fees_recorded,
    benefit_change_table,
    fee_table,
    intensity_table,
    measure_table,
)
from budgeting.reports.beneficiaries.service_records import (
    line_table,
    place_table,
    question_table,
    source_table,
)
from budgeting.reports.beneficiaries.view import (
    BenefitView,
    FeeQuestion,
    Question,
    parameters,
    question,
    year_before,
)
from budgeting.reports.scope import fiction_note, statement_source
from budgeting.reports.tables import table
from budgeting.services.model import IndicatorRole
from budgeting.services.names import treatment_name
from budgeting.store import Store
from budgeting.suppression import bracket_words
from budgeting.translations import language as language_of

WOMEN, MEN = Sex.FEMALE.value, Sex.MALE.value
_SEXES = (WOMEN, MEN, Sex.OTHER.value, Sex.UNKNOWN.value)


def build(store: Store, view: BenefitView) -> Report:
    """Answer what one service costs and gives to whom.

    Returns
    -------
    Report
        Tables: ``money`` (gross, fees, net, capital; this year and the year before), ``users`` (by
        sex: users, eligible, take-up, benefit, per head), ``measures`` (women against men: indices
        with range and band), ``intensity`` (hours, visits and places beside heads), ``payers`` (who
        pays the fees, and would pay after a change), ``change`` (why the benefit changed since the
        year before), ``trend`` (users by year), ``places`` (users by place), ``lines`` (the budget
        lines that pay for it; they sum to its expenditure), ``sources`` (every figure with file and
        row), ``questions`` (4R, with the answers that are kept).

    Raises
    ------
    NotFound
        There is no such service.
    """
    asked = question(store, view)
    service = _service(store, asked)
    if service is None:
        raise NotFound(text("There is no service “{service}”.", service=view.service))
    earlier = year_before(asked)
    before = _service(store, earlier) if earlier else None
    return Report(
        name="service_sheet",
        title=text("What does {service} give, and to whom?", service=service.name),
        answer=_answer(asked, service),
        parameters={**parameters(asked), "service": service.code, **_assumed(view)},
        tables={
            "money": _money_table(asked, service, before),
            "users": _user_table(asked, service),
            "measures": measure_table(asked, service),
            "intensity": intensity_table(asked, service),
            "payers": fee_table(asked, service),
            "change": benefit_change_table(asked, service, before),
            "trend": _trend_table(service),
            "places": place_table(asked, service),
            "lines": line_table(store, asked, service),
            "sources": source_table(asked, service),
            "questions": question_table(store, asked, service),
        },
        facts=_facts(asked, service),
        notes=(*fiction_note(asked.where), *_notes(service)),
        sources=(statement_source(asked.where, asked.vintage),),
        data_version=store.data_version,
    )


def _service(store: Store, asked: Question) -> ServicePicture | None:
    found = (one for one in pictures(store, asked) if one.code == asked.view.service)
    return next(found, None)


def _assumed(view: BenefitView) -> dict[str, str]:
    """Return what a reader assumed about a fee, as an address writes it; what was left out is not."""
    said = {
        "fee": None if view.fee == FeeQuestion() else view.fee.change * 100,
        "elasticity_women": view.fee.women,
        "elasticity_men": view.fee.men,
    }
    return {name: f"{value.normalize():f}" for name, value in said.items() if value is not None}


def _facts(asked: Question, service: ServicePicture) -> dict[str, Any]:
    return {
        "service_id": service.row["service_id"],
        "net": service.net,
        "unit_cost": service.unit_cost,
        "users": service.use.users,
        "grade": service.grade,
        "fees": service.fees,
        "are_fees_recorded": are_fees_recorded(service),
        "fee_change": float(asked.view.fee.change),
        "has_elasticity": asked.view.fee.women is not None or asked.view.fee.men is not None,
        "currency": asked.where.year.currency_code,
        "is_fictional": asked.where.is_fictional,
    }


def _answer(asked: Question, service: ServicePicture) -> Text:
    use, currency = service.use.known, asked.where.year.currency_code
    women, men = use.get(WOMEN), use.get(MEN)
    values: dict[str, Any] = {"service": service.name, "year": str(asked.where.fiscal_year)}
    if women is not None and men is not None:
        values |= {"women": int(women), "men": int(men)}
        if service.net is None:
            return text(
                "The service “{service}” reaches {women} women and {men} men in {year}; what it costs "
                "is not known.",
                **values,
            )
        values["net"] = Money(service.net, currency)
        return text(
            "The service “{service}” costs {net} in {year} and reaches {women} women and {men} men.",
            **values,
        )
    if service.net is None:
        return text(
            "Of the service “{service}” neither cost nor users by sex are known for {year}.",
            **values,
        )
    return text(
        "The service “{service}” costs {net} in {year}; how many women and men use it is not known "
        "or not shown.",
        **values,
        net=Money(service.net, currency),
    )


def _money_table(asked: Question, service: ServicePicture, before: ServicePicture | None) -> Table:
    unit, say = asked.where.year.currency_code, language_of(asked.view.language).say
    parts = (
        (text("expenditure"), "gross"),
        (text("fees"), "fees"),
        (text("net cost"), "net"),
        (text("net cost per user"), "unit_cost"),
        (text("capital expenditure"), "capital"),
        (text("capital, per year of its life"), "annual_capital"),
    )
    columns = (
        Column("what", text("money")),
        Column("amount", text("amount"), "money", unit),
        Column("before", text("year before"), "money", unit),
    )
    rows = [
        {
            "what": say(name),
            "amount": getattr(service, part),
            "before": getattr(before, part) if before else None,
        }
        for name, part in parts
    ]
    return table(columns, rows)


def _user_table(asked: Question, service: ServicePicture) -> Table:
    """Return one row per sex: users beside those whom it is meant for, and the benefit."""
    unit = asked.where.year.currency_code
    columns = (
        Column("sex", text("sex"), "code"),
        Column("users", text("users, persons"), "count"),
        Column("hidden", text("hidden, persons")),
        Column("eligible", text("meant for, persons"), "count"),
        Column("take_up", text("take-up"), "share"),
        Column("index", text("representation index"), "index"),
        Column("waiting", text("waiting, persons"), "count"),
        Column("benefit", text("benefit"), "money", unit),
        Column("per_head", text("per person it is meant for"), "money", unit),
    )
    found, say = service.incidence, language_of(asked.view.language).say
    groups = found.groups if found else {}
    hidden = service.users.hidden if service.users else {}
    waiting = service.waiting.use.known if service.waiting else {}
    rows = []
    for sex in _SEXES:
        if sex not in (WOMEN, MEN) and sex not in groups and sex not in service.use.by_group:
            continue
        used, meant = service.use.known.get(sex), service.eligible.get(sex)
        index = representation_index(service.use.known, service.eligible, sex)
        part = take_up(used, meant)
        rows.append(
            {
                "sex": sex,
                "users": used,
                "hidden": say(bracket_words(hidden[sex])) if sex in hidden else None,
                "eligible": meant,
                "take_up": float(part) if part is not None else None,
                "index": float(index) if index is not None else None,
                "waiting": waiting.get(sex),
                "benefit": groups[sex].benefit if sex in groups else None,
                "per_head": groups[sex].per_head if sex in groups else None,
            }
        )
    return table(columns, rows)


def _trend_table(service: ServicePicture) -> Table:
    """Return one row per year of which users are counted."""
    columns = (
        Column("year", text("year"), "code"),
        Column("women", text("women, persons"), "count"),
        Column("men", text("men, persons"), "count"),
        Column("users", text("all users, persons"), "count"),
        Column("grade", text("data grade"), "code"),
    )
    years = sorted(
        {
            row["fiscal_year"]
            for row in service.figures
            if row["role"] == IndicatorRole.USERS.value and row["figure"] is not None
        }
    )
    return table(columns, [_year_row(year, service.users_of(year)) for year in years])


def _year_row(year: int, counted: Count | None) -> dict[str, Any]:
    use = counted.use if counted else None
    return {
        "year": str(year),
        "women": use.known.get(WOMEN) if use else None,
        "men": use.known.get(MEN) if use else None,
        "users": use.users if use else None,
        "grade": counted.grade if counted else None,
    }


def _notes(service: ServicePicture) -> tuple[Text, ...]:
    notes = []
    if service.is_shared:
        notes.append(
            text(
                "Nobody uses it alone: what it costs is {treatment}.",
                treatment=treatment_name(service.treatment),
            )
        )
    if service.gross is not None and service.fees is None:
        notes.append(text("No fees are entered; the net cost is the expenditure."))
    if service.users and not is_ranked(service.grade):
        notes.append(text("Its users are an assumption (grade D or E); it is not ranked."))
    if not service.eligible:
        notes.append(text("No population is entered: needs are not known."))
    found = service.incidence
    share = found.groups[WOMEN].share if found and WOMEN in found.groups else None
    if share is not None and service.eligible.get(WOMEN) is not None:
        notes.append(text("Women have {share} of the use that is counted.", share=Share(share)))
    return tuple(notes)
