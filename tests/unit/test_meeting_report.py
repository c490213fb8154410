"""What a meeting comes to, as it is exported, and the cookie by which a browser stays one guest."""

import asyncio
from decimal import Decimal

import pytest
from fixtures.moving_town import build_town
from fixtures.town_meeting import ANA, meeting_on, says

from budgeting.errors import NotFound, UnknownReport
from budgeting.exports import FORMATS, export
from budgeting.meetings.joining import COOKIE
from budgeting.meetings.opening import close
from budgeting.reports import build_report
from budgeting.reports.scenarios.meeting import guest_report
from budgeting.server import GuestCookie
from budgeting.translations import language


@pytest.fixture
def held(store):
    build_town(store)
    return meeting_on(store)


def report(store):
    return build_report(store, "meeting", {"meeting": "1"})


def test_the_report_has_each_topic_with_the_means_apart(store, held):
    """Two guests, added up by hand: education and care up and down, roads down by one."""
    says(store, held, "a", 2, -1)
    says(store, held, "b", -1, 0)
    close(store, ANA, 1)
    found = report(store)
    people, streets = found.tables["topics"].rows.to_pylist()
    assert (Decimal("1500.00"), 1, 0.1, 1, -0.05, 0.025) == tuple(
        people[name]
        for name in ("amount", "wanting_more", "mean_more", "wanting_less", "mean_less", "mean")
    )
    assert (0, None, 1, -0.05, 1) == tuple(
        streets[name]
        for name in ("wanting_more", "mean_more", "wanting_less", "mean_less", "as_it_is")
    )
    assert {"participants": 2, "spending_more": 1, "spending_less": 1, "is_open": False} == dict(
        found.facts
    )
    spent = found.tables["money"].rows.to_pylist()[0]
    assert (
        Decimal("37.50") - Decimal("58.64") == spent["difference"]
    )  # 2.5 % of 1500, 2.5 % of 2345.67


def test_before_the_first_guest_nothing_is_said_of_a_mean(store, held):
    """No mean effect of nobody."""
    found = report(store)
    assert {"topics"} == set(found.tables)
    assert "No guest of “Evening of budgets” has submitted yet." == str(found.answer)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_results_can_be_exported_in_every_format(store, held, name):
    """Files can be written, with guests and without."""
    assert export(report(store), name, language("en"))
    says(store, held, "a", 1, 0)
    assert export(report(store), name, language("en"))


@pytest.mark.parametrize(("given", "error"), [("7", NotFound), ("", UnknownReport)])
def test_a_meeting_that_is_not_there_is_told(store, held, given, error):
    """Another number, or none."""
    with pytest.raises(error):
        build_report(store, "meeting", {"meeting": given})


def test_a_guest_sees_what_the_simulator_says_of_the_same_moves(store, held):
    """Ten per cent of 1500 more, and nothing else."""
    found = guest_report(store, held, (2, 0))
    assert Decimal("150.00") == found.facts["expenditure"].difference


def cookies_of(path, *sent, scheme="http"):
    """Return what the middleware sets on an answer."""
    told = []

    async def application(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message):
        told.extend(message["headers"])

    headers = [(b"cookie", one.encode()) for one in sent]
    scope = {"type": "http", "path": path, "scheme": scheme, "headers": headers, "method": "GET"}
    asyncio.run(GuestCookie(application)(scope, None, send))
    return [value.decode() for name, value in told if name == b"set-cookie"]


def test_only_a_browser_at_the_door_without_one_gets_a_cookie():
    """Not on other pages, not twice, and over TLS only where there is TLS."""
    first, second = cookies_of("/meeting"), cookies_of("/meeting")
    assert first != second
    assert first[0].startswith(f"{COOKIE}=")
    assert "HttpOnly; SameSite=Lax" in first[0]
    assert "Secure" not in first[0]
    assert cookies_of("/meeting", scheme="https")[0].endswith("Secure")
    assert [] == cookies_of("/overview") == cookies_of("/meeting", f"{COOKIE}=known")
