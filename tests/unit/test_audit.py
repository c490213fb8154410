"""The audit chain notices what was done to it."""

import hashlib
import json

import pytest
from fixtures.small_budget import CARE, ROADS, SCHOOLS, accept_rows, add_town, ask

from budgeting.access import Identity, Role
from budgeting.audit import SEALED_FIELDS, Change, chain_problems, seal
from budgeting.model import Severity


def add_five_towns(store, editor):
    for code in ("a", "b", "c", "d", "e"):
        add_town(store, editor, code)


@pytest.fixture
def events(prepared, editor):
    """Five real events, oldest first."""
    return prepared(add_five_towns, editor).query("audit_events").to_pylist()


def sentences(events):
    return [str(problem) for problem in chain_problems(events)]


def test_a_whole_chain_has_no_problem(events):
    """What the store wrote is a whole chain, and so is the empty one."""
    assert ([], []) == (sentences(events), sentences([]))


@pytest.mark.parametrize("field", [name for name in SEALED_FIELDS if name != "sequence"])
@pytest.mark.parametrize("position", [0, 2, 4])
def test_an_altered_field_is_noticed_where_it_is(events, field, position):
    """Whichever field of whichever event was altered, the event is named."""
    events[position] = {**events[position], field: events[position][field] + "x"}
    assert f"Event {position + 1} was altered after it was written." in sentences(events)


def test_an_altered_number_is_noticed(events):
    """An event that was given another number is altered and out of its place."""
    events[2] = {**events[2], "sequence": 7}
    assert "Event 7 was altered after it was written." in sentences(events)
    assert "Event 7 does not follow the event before it." in sentences(events)


def test_every_column_of_the_table_is_sealed_or_the_seal(events):
    """No column of an event can be altered without breaking its seal."""
    assert {*SEALED_FIELDS, "event_hash"} == set(events[0])


def test_an_event_altered_and_sealed_again_no_longer_fits_its_successor(events):
    """Whoever alters an event and seals it again breaks the link of the next one."""
    forged = {**events[1], "user_name": "somebody else"}
    events[1] = {**forged, "event_hash": seal(forged)}
    assert ["Event 3 does not follow the event before it."] == sentences(events)


@pytest.mark.parametrize("position", [0, 1, 3])
def test_a_missing_event_is_noticed(events, position):
    """The event after a gap is named, also where the first is missing."""
    del events[position]
    assert [f"Event {position + 2} does not follow the event before it."] == sentences(events)


def test_missing_newest_events_are_not_noticed_as_the_docstring_says(events):
    """Cut off at the end, the chain is whole: the last hash must be kept elsewhere."""
    assert [] == sentences(events[:3])


def test_a_repeated_event_is_noticed(events):
    """The same event twice is one too many."""
    events.insert(2, events[1])
    assert ["Event 2 does not follow the event before it."] == sentences(events)[:1]


def test_a_fork_is_noticed(events):
    """A second event that seals the same predecessor is named, though its own seal is right."""
    rival = {**events[3], "subject": "rival"}
    rival["event_hash"] = seal(rival)
    assert [f"Event {number} does not follow the event before it." for number in (4, 5)] == (
        sentences([*events[:4], rival, *events[4:]])
    )


def test_events_in_the_wrong_order_are_noticed(events):
    """Two events that changed places do not follow each other."""
    events[1], events[2] = events[2], events[1]
    assert len(sentences(events)) >= 2


def test_the_seal_is_reproducible_from_the_documented_fields(events):
    """Anyone can compute a seal with SHA-256 over the JSON of the fields, in order."""
    event = events[1]
    plain = json.dumps([event[name] for name in SEALED_FIELDS], ensure_ascii=False)
    assert hashlib.sha256(plain.encode("utf-8")).hexdigest() == event["event_hash"]


def test_a_change_in_the_database_itself_is_noticed(store, editor):
    """Altering the table by hand breaks the chain that is read back."""
    add_town(store, editor)
    add_town(store, editor, "second")
    store._connection.execute("update core.audit_events set user_name = 'x' where sequence = 1")
    found = store.query("audit_events").to_pylist()
    assert ["Event 1 was altered after it was written."] == sentences(found)


def test_an_import_tells_its_file_its_rows_and_its_totals(store, editor):
    """The event of an import carries fingerprint, mapping, year, row counts and totals."""
    verdict = accept_rows(store, editor, SCHOOLS, CARE, ";;;;;;;", ROADS)
    event = store.query("audit_events").to_pylist()[0]
    assert ("accept-import", "small.csv", "smallton") == (
        event["action"],
        event["subject"],
        event["municipality_code"],
    )
    details = json.loads(event["details"])
    assert details.pop("import_id") == 1
    assert {
        "sha256": verdict.source.sha256,
        "mapping": "smallton",
        "fiscal_years": [2024],
        "rows": {"read": 4, "accepted": 3, "skipped": 1, "rejected": 0},
        "totals": {"2024": {"expenditure": {"approved": "3845.67", "executed": "895.40"}}},
        "warnings": len(verdict.with_severity(Severity.WARNING)),
    } == {key: details[key] for key in details if key != "reasons"}


def test_words_in_any_script_are_sealed_and_read_back(store):
    """Names, subjects and reasons in Cyrillic or with quotes survive the chain."""
    change = Change("mark", 'Дечија „заштита“ "x" \n\u2028', reason="јер је ų")
    with store.transaction(Identity("Ђорђе", Role.EDITOR), change) as transaction:
        transaction.details = {"стара": "вредност"}
    event = store.query("audit_events").to_pylist()[0]
    assert ("Ђорђе", change.subject, change.reason) == (
        event["user_name"],
        event["subject"],
        event["reason"],
    )
    assert [] == sentences([event])


def test_the_moment_is_in_utc(store, editor):
    """The time of an event carries its offset, and the offset is UTC."""
    add_town(store, editor)
    moment = ask(store, "select happened_at from core.audit_events")[0]["happened_at"]
    assert "+00:00" == moment[-6:]
