"""Service sheet: money, users, population, trend, sources and 4R answers of one service."""

from collections.abc import Mapping, Sequence
from typing import Any

from budgeting.errors import NotFound
from budgeting.gaps import representation_index, take_up
from budgeting.intervals import is_ranked
from budgeting.model import Column, Money, Report, Sex, Share, Table, Text, text
from budgeting.reports.beneficiaries.counts import Count, Row
from budgeting.reports.beneficiaries.picture import ServicePicture, pictures
from budgeting.reports.beneficiaries.view import BenefitView, Question, question
from budgeting.reports.beneficiaries.who_benefits import parameters, year_before
from budgeting.reports.scope import fiction_note, statement_source
from budgeting.reports.tables import table
from budgeting.services.lists import questions
from budgeting.services.model import IndicatorRole
from budgeting.services.reading import line_amounts, register
from budgeting.store import Store
from budgeting.suppression import Bracket, bracket_words
from budgeting.translations import language as language_of

WOMEN, MEN = Sex.FEMALE.value, Sex.MALE.value
_SEXES = (WOMEN, MEN, Sex.OTHER.value, Sex.UNKNOWN.value)


def build(store: Store, view: BenefitView) -> Report:
    """Answer what one service costs and gives to whom.

    Returns
    -------
    Report
        Tables: ``money`` (gross, fees, net, capital; this year and the year before), ``users`` (by
        sex: users, eligible, take-up, benefit, per head), ``trend`` (users by year), ``lines`` (the
        budget lines that pay for it; they sum to its expenditure), ``sources`` (every figure with
        file and row), ``questions`` (4R, with the answers that are kept).

    Raises
    ------
    NotFound
        There is no such service.
    """
    asked = question(store, view)
    found = [one for one in pictures(store, asked) if one.code == view.service]
    if not found:
        raise NotFound(text("There is no service “{service}”.", service=view.service))
    service = found[0]
    return Report(
        name="service_sheet",
        title=text("What does {service} give, and to whom?", service=service.name),
        answer=_answer(asked, service),
        parameters={**parameters(asked), "service": service.code},
        tables={
            "money": _money_table(store, asked, service),
            "users": _user_table(asked, service),
            "trend": _trend_table(service),
            "lines": _line_table(store, asked, service),
            "sources": _source_table(asked, service),
            "questions": _question_table(store, asked, service),
        },
        facts={
            "service_id": service.row["service_id"],
            "net": service.net,
            "unit_cost": service.unit_cost,
            "users": service.use.users,
            "grade": service.grade,
            "currency": asked.where.year.currency_code,
            "is_fictional": asked.where.is_fictional,
        },
        notes=(*fiction_note(asked.where), *_notes(service)),
        sources=(statement_source(asked.where, asked.vintage),),
        data_version=store.data_version,
    )


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


def _money_table(store: Store, asked: Question, service: ServicePicture) -> Table:
    earlier = year_before(asked)
    before = (
        {one.code: one for one in pictures(store, earlier)}.get(service.code) if earlier else None
    )
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
        Column("index", text("representation index"), "number"),
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
                "index": float(index) if index is not None and is_ranked(service.grade) else None,
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


def _line_table(store: Store, asked: Question, service: ServicePicture) -> Table:
    """Return one row per budget line that pays for the service, or whose revenue are its fees."""
    unit = asked.where.year.currency_code
    columns = (
        Column("label", text("budget line")),
        Column("direction", text("direction"), "code"),
        Column("amount_share", text("share of the line"), "share"),
        Column("amount", text("amount"), "money", unit),
    )
    statements = {asked.vintage.vintage_id}
    if asked.revenue:
        statements.add(asked.revenue.vintage_id)
    rows = [
        {**row, "amount_share": float(row["amount_share"])}
        for row in line_amounts(
            store, asked.view.municipality_code, asked.where.fiscal_year, service.row["service_id"]
        ).to_pylist()
        if row["vintage_id"] in statements
    ]
    return table(columns, rows)


def _source_table(asked: Question, service: ServicePicture) -> Table:
    """Return one row per figure of the year: what was counted, its grade, and where it comes from."""
    columns = (
        Column("indicator", text("what is counted")),
        Column("sex", text("sex"), "code"),
        Column("figure", text("figure")),
        Column("grade", text("data grade"), "code"),
        Column("source", text("source")),
        Column("file", text("file and row")),
    )
    rows = [
        _source_row(asked, row)
        for row in service.figures
        if row["fiscal_year"] == asked.where.fiscal_year and row["figure"] is not None
    ]
    return table(columns, rows)


def _source_row(asked: Question, row: Row) -> dict[str, Any]:
    words, shown = language_of(asked.view.language), row["shown"]
    place = " · ".join(str(part) for part in (row["file_name"], row["row_number"]) if part)
    return {
        "indicator": row["label"],
        "sex": row["sex"],
        "figure": words.say(bracket_words(shown))
        if isinstance(shown, Bracket)
        else words.number(shown, 0 if shown == shown.to_integral_value() else 2),
        "grade": row["data_grade"],
        "source": row["source"],
        "file": place or None,
    }


def _question_table(store: Store, asked: Question, service: ServicePicture) -> Table:
    """Return one row per question of the 4R method, with the newest answer that is kept."""
    say = language_of(asked.view.language).say
    kept = _answers(store, asked, service)
    columns = (
        Column("code", text("code"), "code", is_hidden=True),
        Column("heading", text("part"), "code"),
        Column("question", text("question")),
        Column("answer", text("answer")),
        Column("by", text("who")),
        Column("answer_id", text("id"), "count", is_hidden=True),
    )
    rows = []
    for one in questions():
        found = kept.get(one.code, {})
        rows.append(
            {
                "code": one.code,
                "heading": one.heading,
                "question": say(one.words),
                "answer": found.get("answer"),
                "by": found.get("recorded_by"),
                "answer_id": found.get("answer_id", 0),
            }
        )
    return table(columns, rows)


def _answers(
    store: Store, asked: Question, service: ServicePicture
) -> Mapping[str, Mapping[str, Any]]:
    rows: Sequence[Mapping[str, Any]] = register(
        store, asked.view.municipality_code
    ).answers.to_pylist()
    return {
        row["question_code"]: row
        for row in rows
        if row["service_id"] == service.row["service_id"]
        and row["fiscal_year"] == asked.where.fiscal_year
    }


def _notes(service: ServicePicture) -> tuple[Text, ...]:
    notes = []
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
