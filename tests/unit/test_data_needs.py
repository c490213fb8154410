"""What is missing of services: as it follows from what is stored, and as people recorded it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from fixtures.small_budget import SCHOOLS, accept_rows

from budgeting.errors import NotAllowed, NotFound
from budgeting.reports import build_report
from budgeting.services.defining import define
from budgeting.services.figures import record
from budgeting.services.model import (
    DataNeed,
    Figure,
    Grade,
    Indicator,
    IndicatorRole,
    NeedState,
    Service,
    ServiceIndicator,
    Unit,
)
from budgeting.services.reading import request_languages
from budgeting.services.registering import ask_in, change_need, record_need
from budgeting.services.stored import services_of
from budgeting.store import Store

TOWN = "smallton"
ASKED = {"municipality": TOWN, "year": "2024"}
WAITING = "who waits for it, by sex"


def build_town(store, editor):
    """A town with one service, of which 5 women and 7 men are counted in a survey."""
    accept_rows(store, editor, SCHOOLS)
    women = Figure("users", 2024, "female", Decimal(5), Grade.C, "survey")
    figures = [women, replace(women, sex="male", figure=Decimal(7))]
    record(store, editor, TOWN, [Indicator("users", "Users", Unit.PERSONS)], figures, seen=0)
    users = (ServiceIndicator("users", IndicatorRole.USERS),)
    define(store, editor, TOWN, Service("care", "Care", owner="Health", indicators=users))


@pytest.fixture
def town(prepared, editor):
    return prepared(build_town, editor)


def need(store: Store, what: str, **said) -> DataNeed:
    return DataNeed(services_of(store, TOWN)[0].service_id, what, **said)


def missing(store: Store) -> dict[str, dict]:
    rows = build_report(store, "data_register", ASKED).tables["missing"].rows.to_pylist()
    return {row["needed"]: row for row in rows}


def test_what_follows_is_asked_of_who_has_the_data(town):
    """Without lines, a waiting list, fees and a population, all of these are missing, and so is a count."""
    found = missing(town)
    assert {"cost", "users_by_sex", "eligible", "waiting", "fees"} == {
        row["what"] for row in found.values()
    }
    assert {"Health"} == {row["owner"] for row in found.values()}
    assert "a count of users by sex in place of grade C" in found


def test_who_finds_it_out_and_until_when_is_kept(town, editor):
    """What is recorded takes the place of what follows, in the register and in the request."""
    due = date(2025, 6, 30)
    record_need(town, editor, TOWN, need(town, "waiting", owner="Social affairs", due=due))
    row = missing(town)[WAITING]
    assert ("Social affairs", due, "open") == (row["owner"], row["due"], row["need_state"])
    register = build_report(town, "data_register", ASKED)
    assert due == register.tables["register"].rows.to_pylist()[0]["due"]
    asked = build_report(town, "data_request", {**ASKED, "owner": "Social affairs"})
    assert [(WAITING, due)] == [
        (one["needed"], one["due"]) for one in asked.tables["request"].rows.to_pylist()
    ]


def test_it_is_the_same_need_also_where_more_is_known_of_it(town, editor):
    """A recorded need for users by sex is asked for as precisely as what is stored allows, once."""
    before = len(missing(town))
    record_need(town, editor, TOWN, need(town, "users_by_sex", owner="Statistics"))
    found = missing(town)
    assert before == len(found)
    assert "Statistics" == found["a count of users by sex in place of grade C"]["owner"]


@pytest.mark.parametrize(("state", "is_asked"), [("dropped", False), ("received", True)])
def test_what_was_dropped_is_not_asked_again(town, editor, state, is_asked):
    """What was said to have been received and is not there is asked for as before."""
    number = record_need(town, editor, TOWN, need(town, "waiting"))
    version = missing(town)[WAITING]["version"]
    settled = need(town, "waiting", state=NeedState(state))
    change_need(town, editor, TOWN, number, settled, seen=version)
    assert is_asked == (WAITING in missing(town))


def test_other_words_are_asked_as_they_were_written(town, editor):
    """What has no code of its own, and groups."""
    record_need(town, editor, TOWN, need(town, "bus tickets of the carers"))
    record_need(town, editor, TOWN, need(town, "group:minority/roma"))
    found = missing(town)
    assert "bus tickets of the carers" in found
    assert "among the users: Roma, by sex" in found


def test_the_newest_language_of_a_department_counts(town, editor):
    """Each department has its own language; another one takes its place."""
    assert {} == request_languages(town, TOWN)
    ask_in(town, editor, TOWN, "Health", "sr")
    ask_in(town, editor, TOWN, "Statistics", "en")
    ask_in(town, editor, TOWN, "Health", "sr-Latn")
    assert {"Health": "sr-Latn", "Statistics": "en"} == request_languages(town, TOWN)
    assert {} == request_languages(town, "elsewhere")


def test_no_department_is_asked_in_a_language_that_the_screen_lacks(town, editor, viewer):
    """An unknown language and a viewer's wish are refused, and nothing is kept."""
    with pytest.raises(NotFound, match="tlh"):
        ask_in(town, editor, TOWN, "Health", "tlh")
    with pytest.raises(NotAllowed):
        ask_in(town, viewer, TOWN, "Health", "sr")
    assert {} == request_languages(town, TOWN)
