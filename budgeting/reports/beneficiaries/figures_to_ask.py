"""Figures to ask for: which ones would tell of a sex, an age and a further group together."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from budgeting.model import Column, Table, Text, text
from budgeting.names import sex_name
from budgeting.reports.beneficiaries.crossings import Crossing, ages_name, crossed, meant_for
from budgeting.reports.beneficiaries.picture import ServicePicture
from budgeting.reports.beneficiaries.view import Question
from budgeting.reports.tables import table
from budgeting.services.lists import group_kinds
from budgeting.services.model import IndicatorRole
from budgeting.translations import Language
from budgeting.translations import language as language_of


def figures_to_ask(
    asked: Question, services: Sequence[ServicePicture], who: Crossing, known: set[str]
) -> Table:
    """Return one row per figure to ask for: of which service, what is counted, sex, ages and group.

    First the users of services that do not tell of the group, then those whom the others are meant
    for, where nobody says how many of the group these are.
    """
    columns = (
        Column("code", text("code"), "code", is_hidden=True),
        Column("role", text("role"), "code", is_hidden=True),
        Column("name", text("service")),
        Column("needed", text("figure to ask for")),
        Column("sex_asked", text("sex")),
        Column("ages", text("ages")),
        Column("group", text("group")),
        Column("exists", text("what is counted already")),
        Column("owner", text("who has the data")),
    )
    words = language_of(asked.view.language)
    rows = [_row(one, "users", who, words, asked) for one in services if one.code not in known]
    rows += [
        _row(one, "eligible", who, words, asked)
        for one in services
        if one.code in known and meant_for(one, asked.where.fiscal_year, who) is None
    ]
    return table(columns, rows)


def _row(
    service: ServicePicture, role: str, who: Crossing, words: Language, asked: Question
) -> dict[str, Any]:
    exists = [words.say(part) for part in _counted(service, role, who, asked)]
    return {
        "code": service.code,
        "role": role,
        "name": service.name,
        "needed": _needed(service, role, words),
        "sex_asked": words.say(_sex_asked(who)),
        "ages": ages_name(who.ages) if who.ages else words.say(text("all ages")),
        "group": _group_label(who, words),
        "exists": ", ".join(exists) or None,
        "owner": service.row["owner"] or None,
    }


def _needed(service: ServicePicture, role: str, words: Language) -> str:
    """Return the indicator that lacks the figure, by its own name where there is one."""
    labels = [row["label"] for row in service.figures if row["role"] == role]
    if labels:
        return str(labels[0])
    return words.say(text("users") if role == "users" else text("those it is meant for"))


def _sex_asked(who: Crossing) -> Text:
    return sex_name(who.sex.value) if who.sex else text("women and men, each")


def _group_label(who: Crossing, words: Language) -> str:
    kind = next((one for one in group_kinds() if one.code == who.group_kind), None)
    if kind is None:
        return words.say(text("everybody"))
    return words.say(kind.parts.get(who.group_code, kind.label))


def _counted(service: ServicePicture, role: str, who: Crossing, asked: Question) -> Iterator[Text]:
    """Yield what is counted of the crossing already: its parts, but not all of them together."""
    parts = (
        (text("all of them"), Crossing(), True),
        (text("sex"), replace(Crossing(), sex=who.sex), who.sex is not None),
        (text("ages"), replace(Crossing(), ages=who.ages), who.ages is not None),
        (text("group"), replace(who, sex=None, ages=None), bool(who.group_kind)),
    )
    for name, part, is_asked in parts:
        if is_asked and part != who and _tells(service, role, part, asked):
            yield name


def _tells(service: ServicePicture, role: str, part: Crossing, asked: Question) -> bool:
    found = crossed(service.figures, IndicatorRole(role), asked.where.fiscal_year, part)
    return found is not None
