"""The store: parameters of statements, and transactions with their events."""

from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest
from fixtures.small_budget import CARE, SCHOOLS, accept_rows, add_town, count

from budgeting import store as store_module
from budgeting.access import Identity, Role
from budgeting.audit import Change, chain_problems
from budgeting.errors import (
    UnknownQuery,
    WrongParameters,
)
from budgeting.sql_files import DIMENSIONS, Statement
from budgeting.store import connect


def events_of(store):
    return store.query("audit_events").to_pylist()


# --- parameters -----------------------------------------------------------


def test_a_missing_parameter_is_named(store):
    """A question without one of its parameters is refused by that parameter's name."""
    with pytest.raises(WrongParameters, match=r"lacks the parameters \[municipality_code\]"):
        store.query("own_codes")


def test_a_parameter_too_many_is_named(store):
    """A question with a parameter it does not have is refused by that parameter's name."""
    with pytest.raises(WrongParameters, match=r"has no parameters \[colour\]"):
        store.query("audit_head", colour="red")


def test_exactly_the_parameters_of_the_header_are_accepted(store):
    """A question with exactly its parameters is answered."""
    found = store.query("own_codes", municipality_code="y")
    assert [] == found.to_pylist()


def test_a_command_checks_its_parameters_too(store, editor):
    """A command with a wrong parameter is refused and its transaction leaves nothing."""
    with (
        pytest.raises(WrongParameters, match="is_fictional"),
        store.transaction(editor, Change("add", "x")) as transaction,
    ):
        transaction.run("add_municipality", municipality_code="a", name="A", country_code="XX")
    assert [] == events_of(store)


@pytest.mark.parametrize("name", ["no_such_query", "add_municipality", "../queries/audit_head", ""])
def test_an_unknown_question_is_refused(store, name):
    """Only the name of a file in sql/queries is a question; a command is none."""
    with pytest.raises(UnknownQuery, match="There is no statement"):
        store.query(name)


def test_an_unknown_command_is_refused(store, editor):
    """Only the name of a file in sql/commands is a command; a question is none."""
    with (
        pytest.raises(UnknownQuery, match="audit_head"),
        store.transaction(editor, Change("add", "x")) as transaction,
    ):
        transaction.run("audit_head")


def by_dimension(store, dimension):
    statement = Statement(
        "by_dimension", "select {dimension} from mart.cube", frozenset({"dimension"})
    )
    return store_module._prepare(store._connection, statement, {"dimension": dimension})[0]


@pytest.mark.parametrize(("dimension", "column"), DIMENSIONS.items())
def test_a_dimension_stands_for_its_column(store, dimension, column):
    """Each dimension of the list is replaced by its own column of the cube."""
    assert f"select {column} from mart.cube" == by_dimension(store, dimension)


@pytest.mark.parametrize(
    "dimension", ["", "amount", "fund_id", "Fund", "fund ", "fund; drop table mart.cube", None]
)
def test_a_dimension_that_is_not_listed_is_refused(store, dimension):
    """What is not a dimension by its exact name never reaches the SQL text."""
    with pytest.raises(WrongParameters, match="is not a dimension"):
        by_dimension(store, dimension)


# --- transactions ---------------------------------------------------------


def test_a_transaction_that_raises_leaves_neither_data_nor_event(store, editor):
    """An exception inside a transaction undoes its rows, its audit event and its data version."""
    with pytest.raises(ZeroDivisionError):
        _write_and_fail(store, editor)
    assert (0, [], 0) == (count(store, "core.municipalities"), events_of(store), store.data_version)


def _write_and_fail(store, identity):
    with store.transaction(identity, Change("add", "x")) as transaction:
        transaction.run(
            "add_municipality",
            municipality_code="a",
            name="A",
            country_code="XX",
            is_fictional=True,
        )
        raise ZeroDivisionError


def test_a_transaction_after_a_failed_one_goes_through(store, editor):
    """A failed transaction does not stand in the way of the next one."""
    with pytest.raises(KeyError), store.transaction(editor, Change("add", "x")):
        raise KeyError
    add_town(store, editor)
    assert (1, 1) == (count(store, "core.municipalities"), store.data_version)


def test_every_write_leaves_exactly_one_event(store, editor):
    """After n transactions there are n events, numbered 1 to n, each telling who and what."""
    for code in ("a", "b", "c"):
        add_town(store, editor, code)
    told = [(e["sequence"], e["user_name"], e["role"], e["subject"]) for e in events_of(store)]
    assert [(n, editor.name, "editor", code) for n, code in ((1, "a"), (2, "b"), (3, "c"))] == told


def test_accepting_a_file_is_one_event(store, editor):
    """A whole import, with all its commands, is one event and no more."""
    accept_rows(store, editor, SCHOOLS, CARE)
    assert ["accept-import"] == [event["action"] for event in events_of(store)]


def test_the_data_version_grows_with_each_change_and_only_then(store, editor):
    """The data version is larger after each change and the same after questions."""
    seen = [store.data_version]
    for code in ("a", "b"):
        add_town(store, editor, code)
        store.query("municipalities")
        seen += [store.data_version, store.data_version]
    assert [0, 1, 1, 2, 2] == seen


def test_the_data_version_survives_closing(tmp_path, editor):
    """A database that is opened again has the data version that it had."""
    first = connect(tmp_path / "paritet.duckdb")
    add_town(first, editor)
    first.close()
    second = connect(tmp_path / "paritet.duckdb")
    assert 1 == second.data_version
    second.close()


def test_two_writers_at_once_do_not_fork_the_chain(store):
    """Two threads with fifty transactions each leave one chain of a hundred events."""

    def write(writer):
        identity = Identity(f"writer {writer}", Role.EDITOR)
        for number in range(50):
            add_town(store, identity, f"town-{writer}-{number}")

    with ThreadPoolExecutor(2) as writers:
        list(writers.map(write, (1, 2)))
    events = events_of(store)
    assert (list(range(1, 101)), []) == ([e["sequence"] for e in events], chain_problems(events))
    assert 100 == store.data_version
    # The assertion above can fail: the same events with one sealed onto an older head are a fork.
    forked = [*events[:50], {**events[50], "previous_hash": events[48]["event_hash"]}, *events[51:]]
    assert 2 == len(chain_problems(forked))


def test_the_database_itself_refuses_a_second_event_of_the_same_number(store, editor):
    """Where a second program wrote at the same moment, the number of the event is taken."""
    add_town(store, editor)
    event = events_of(store)[0]
    with (
        pytest.raises(duckdb.ConstraintException),
        store.transaction(editor, Change("add", "x")) as transaction,
    ):
        transaction.run("append_audit_event", **event)
    assert 1 == len(events_of(store))
