"""Missing: what would have to be known of a service, who has it, and until when it is asked for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from budgeting.incidence.coverage import WEAK_GRADES
from budgeting.incidence.shared import ServiceKind
from budgeting.model import Column, Labels, Table, Text, text
from budgeting.reports.beneficiaries.groups import groups
from budgeting.reports.beneficiaries.picture import ServicePicture
from budgeting.reports.tables import table
from budgeting.services.model import NeedState
from budgeting.translations import language as language_of

_NEEDS = {  # what the dictionary of data names by a code; the others stand as they were written
    "users_by_sex": text("users by sex"),
    "age": text("ages"),
    "waiting": text("who waits for it, by sex"),
    "fees": text("whether users pay fees, and how much by sex"),
    "eligible": text("for whom it is meant: how many women and men"),
    "cost": text("which budget lines pay for it"),
    "intensity": text("intensity"),
}


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is not known of a service.

    Parameters
    ----------
    what
        As in `DataNeed`: a code, ``group:`` with a group, or words.
    words
        The same in words, as precise as what is stored allows.
    need_id, version
        Of what a person recorded; None where it only follows from what is stored.
    """

    service: ServicePicture
    what: str
    words: Text
    owner: str
    due: date | None = None
    state: str = NeedState.OPEN.value
    note: str = ""
    need_id: int | None = None
    version: int | None = None


def missing_of(service: ServicePicture, needs: Sequence[Mapping[str, Any]]) -> tuple[Missing, ...]:
    """Return what is missing of a service: what people recorded first, then what follows.

    What somebody recorded and dropped is not asked for, even where it is not known.

    Parameters
    ----------
    needs
        Rows of the query ``data_needs`` of this service, settled ones as well.
    """
    follows = dict(_gaps(service))
    settled = (NeedState.RECEIVED.value, NeedState.DROPPED.value)
    recorded = [_recorded(service, row, follows) for row in needs if row["state"] not in settled]
    told = {one.what for one in recorded}
    told |= {row["what"] for row in needs if row["state"] == NeedState.DROPPED.value}
    owner = service.row["owner"]
    rest = [Missing(service, what, words, owner) for what, words in follows.items()]
    return (*recorded, *(one for one in rest if one.what not in told))


def _recorded(
    service: ServicePicture, row: Mapping[str, Any], follows: Mapping[str, Text]
) -> Missing:
    return Missing(
        service,
        row["what"],
        follows.get(row["what"]) or need_words(row["what"]),
        row["owner"] or service.row["owner"],
        row["due_date"],
        row["state"],
        row["note"],
        row["need_id"],
        row["version"],
    )


def need_words(what: str) -> Text:
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


def needs_by_code() -> dict[str, Text]:
    """Return what can be recorded as missing, in words, by its code."""
    return {what: need_words(what) for what in (*_NEEDS, *(f"group:{code}" for code in groups()))}


def _gaps(service: ServicePicture) -> Iterable[tuple[str, Text]]:
    """Yield what a service would need so that it can be said who benefits, the gravest first."""
    if service.gross is None and service.capital is None:
        yield "cost", need_words("cost")
    if service.kind is not ServiceKind.INDIVIDUAL:
        return
    if service.users is None:
        yield "users_by_sex", need_words("users_by_sex")
    elif len(service.use.by_group) == 0:
        yield "users_by_sex", text("users by sex; only all of them together are counted")
    elif service.grade in WEAK_GRADES:
        yield (
            "users_by_sex",
            text("a count of users by sex in place of grade {grade}", grade=service.grade),
        )
    if not service.eligible:
        yield "eligible", need_words("eligible")
    if service.waiting is None:
        yield "waiting", need_words("waiting")
    if service.fees is None:
        yield "fees", need_words("fees")


def missing_table(missing: Sequence[Missing], language: str) -> Table:
    """Return one row per thing that is missing: what, of which service, who has it, until when.

    Hidden columns say what a change of it needs: the code of what is missing, and what was recorded.
    """
    say = language_of(language).say
    columns = (
        Column("code", text("code"), "code", is_hidden=True),
        Column("name", text("service")),
        Column("needed", text("what would tell")),
        Column("owner", text("who has the data")),
        Column("due", text("until"), "date"),
        Column("need_state", text("state"), "code"),
        Column("note", text("note"), is_hidden=not any(one.note for one in missing)),
        Column("service_id", text("service"), "count", is_hidden=True),
        Column("what", text("what is missing"), "code", is_hidden=True),
        Column("need_id", text("need"), "count", is_hidden=True),
        Column("version", text("version"), "count", is_hidden=True),
    )
    rows = [
        {
            "code": one.service.code,
            "name": one.service.name,
            "needed": say(one.words),
            "owner": one.owner,
            "due": one.due,
            "need_state": one.state,
            "note": one.note or None,
            "service_id": one.service.row["service_id"],
            "what": one.what,
            "need_id": one.need_id,
            "version": one.version,
        }
        for one in missing
    ]
    return table(columns, rows)
