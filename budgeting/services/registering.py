"""Registering: what is not known and who finds it out, in which language they are asked, 4R answers."""

from datetime import UTC, datetime
from typing import Any

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import NotFound, ServiceChanged, ServiceInvalid
from budgeting.model import text
from budgeting.services.lists import questions
from budgeting.services.model import Answer, DataNeed
from budgeting.settings import LANGUAGES
from budgeting.store import Store, Transaction


def answer(
    store: Store, identity: Identity, municipality_code: str, given: Answer, *, seen: int
) -> int:
    """Keep an answer to a question of the 4R method; return its number.

    ``seen`` is the answer_id that the reader saw, 0 for none.

    Raises
    ------
    NotAllowed
        The role does not permit it.
    NotFound
        There is no such service or question.
    ServiceChanged
        Somebody was faster; nothing is written.
    """
    require(identity, Action.DESCRIBE_SERVICE)
    if given.question_code not in {one.code for one in questions()}:
        raise NotFound(text("There is no question “{code}”.", code=given.question_code))
    about = {
        "service_id": given.service_id,
        "fiscal_year": given.fiscal_year,
        "question_code": given.question_code,
    }
    subject = f"{given.question_code} {given.fiscal_year}"
    with store.transaction(
        identity, Change("answer-question", subject, municipality_code)
    ) as opened:
        _refuse_unknown_service(opened, municipality_code, given.service_id)
        newest = opened.query("newest_answer", **about).to_pylist()
        if newest and newest[0]["answer_id"] > seen:
            raise _faster(newest[0])
        answer_id: int = opened.query("next_service").to_pylist()[0]["answer_id"]
        row = {**about, "answer_id": answer_id, "answer": given.words.strip()}
        opened.run("add_service_answer", **row, **_by_whom(identity))
        opened.details = row
    return answer_id


def record_need(store: Store, identity: Identity, municipality_code: str, need: DataNeed) -> int:
    """Record that something is not known of a service; return the number of the need.

    Raises
    ------
    NotAllowed
        The role does not permit it.
    NotFound
        There is no such service.
    ServiceInvalid
        It is not said what is missing.
    """
    require(identity, Action.DESCRIBE_SERVICE)
    with store.transaction(identity, _change("record-need", need, municipality_code)) as opened:
        numbers = opened.query("next_service").to_pylist()[0]
        _write(opened, identity, municipality_code, need, numbers["need_id"])
    need_id: int = numbers["need_id"]
    return need_id


def change_need(
    store: Store,
    identity: Identity,
    municipality_code: str,
    need_id: int,
    need: DataNeed,
    *,
    seen: int,
) -> None:
    """Change what is said of a need; `seen` is the version that the reader saw.

    Errors are those of `record_need`, and `ServiceChanged` where somebody was faster.
    """
    require(identity, Action.DESCRIBE_SERVICE)
    with store.transaction(identity, _change("change-need", need, municipality_code)) as opened:
        stored = opened.query("data_needs", municipality_code=municipality_code).to_pylist()
        found = next((row for row in stored if row["need_id"] == need_id), None)
        if found is None:
            raise NotFound(text("There is no data need {number}.", number=str(need_id)))
        if found["version"] != seen:
            raise _faster(found)
        _write(opened, identity, municipality_code, need, need_id)


def ask_in(
    store: Store, identity: Identity, municipality_code: str, owner: str, language: str
) -> None:
    """Keep in which language a department is asked for data from now on.

    Raises
    ------
    NotAllowed
        The role does not permit it.
    NotFound
        The screen has no such language.
    """
    require(identity, Action.DESCRIBE_SERVICE)
    if language not in LANGUAGES:
        raise NotFound(text("There is no language “{code}”.", code=language))
    change = Change("ask-in-language", owner, municipality_code)
    with store.transaction(identity, change) as opened:
        kept = opened.query("request_languages", municipality_code=municipality_code).to_pylist()
        version = max((row["version"] for row in kept if row["owner"] == owner), default=0) + 1
        row = {"owner": owner, "version": version, "language": language}
        opened.run(
            "add_request_language",
            municipality_code=municipality_code,
            **row,
            **_by_whom(identity),
        )
        opened.details = row


def _write(
    transaction: Transaction,
    identity: Identity,
    municipality_code: str,
    need: DataNeed,
    need_id: int,
) -> None:
    if not need.what.strip():
        raise ServiceInvalid(text("Say what is missing."))
    _refuse_unknown_service(transaction, municipality_code, need.service_id)
    row = {
        "need_id": need_id,
        "version": transaction.query("next_service").to_pylist()[0]["need_version"],
        "service_id": need.service_id,
        "what": need.what.strip(),
        "owner": need.owner.strip(),
        "due_date": need.due,
        "state": need.state.value,
        "note": need.note.strip(),
    }
    transaction.run("add_data_need", **row, **_by_whom(identity))
    transaction.details = row


def _change(action: str, need: DataNeed, municipality_code: str) -> Change:
    return Change(action, need.what.strip(), municipality_code, need.note.strip())


def _refuse_unknown_service(
    transaction: Transaction, municipality_code: str, service_id: int
) -> None:
    known = transaction.query("services", municipality_code=municipality_code)
    if service_id not in known["service_id"].to_pylist():
        raise NotFound(text("There is no service {number}.", number=str(service_id)))


def _faster(newest: dict[str, Any]) -> ServiceChanged:
    return ServiceChanged(
        text(
            "{name} was faster, on {day} at {time} UTC. Nothing of yours was written. Look at it, then "
            "repeat.",
            name=newest["recorded_by"],
            day=newest["recorded_at"].astimezone(UTC).date(),
            time=newest["recorded_at"].astimezone(UTC).strftime("%H:%M:%S"),
        )
    )


def _by_whom(identity: Identity) -> dict[str, Any]:
    return {"recorded_by": identity.name, "recorded_at": datetime.now(UTC)}
