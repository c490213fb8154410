"""Ahead: what the next clicks ask for is found out when nobody clicks, and never in anyone's way."""

import threading

import pytest

from budgeting.ui import ahead
from budgeting.ui.ahead import Ahead

PATIENCE = 20.0  # seconds; nobody waits so long


@pytest.fixture
def found(monkeypatch):
    monkeypatch.setattr(ahead, "REST", 0.0)
    begun = Ahead()
    begun.start()
    yield begun
    begun.close()


def order_of(found, *keys):
    """Wish for something of each key while something else is found out; return what came when."""
    order, started, gate = [], threading.Event(), threading.Event()
    found.wish(object(), lambda: [started.set, lambda: gate.wait(PATIENCE)])
    assert started.wait(PATIENCE)
    for key in keys:
        found.wish(key, lambda key=key: [lambda: order.append(key)])
    gate.set()
    assert wait_for(lambda: not found._waiting)
    found.close()
    return order


def wait_for(condition):
    waited = threading.Event()
    for _ in range(2000):
        if condition():
            return True
        waited.wait(0.01)
    return False


def test_steps_are_taken_in_their_order(found):
    taken, is_done = [], threading.Event()
    found.wish("a", lambda: [lambda: taken.append(1), lambda: taken.append(2), is_done.set])
    assert is_done.wait(PATIENCE)
    assert [1, 2] == taken


def test_the_newest_wish_comes_first(found):
    """Two wait while something else is found out: who looked last is served first."""
    assert ["younger", "older"] == order_of(found, "older", "younger")


def test_a_wish_is_taken_once(found):
    assert ["a"] == order_of(found, "a", "a")


def test_an_error_stops_its_wish_only(found):
    taken, is_done = [], threading.Event()
    found.wish("bad", lambda: [lambda: 1 / 0, lambda: taken.append("after")])
    found.wish("good", lambda: [is_done.set])
    assert is_done.wait(PATIENCE)
    assert wait_for(lambda: not found._waiting)
    assert [] == taken


def test_without_a_server_nothing_is_found_out():
    asked = []
    Ahead().wish("a", lambda: asked.append("asked") or [])
    assert [] == asked


def test_nothing_begins_before_a_rest(monkeypatch):
    """Who has just clicked may click again: what is not asked for waits, and goes when it ends."""
    monkeypatch.setattr(ahead, "REST", 10 * PATIENCE)
    monkeypatch.setattr(ahead, "LONGEST", 10 * PATIENCE)
    begun, asked = Ahead(), []
    begun.start()
    begun.clicked()
    begun.wish("a", lambda: asked.append("asked") or [])
    begun.close()
    assert [] == asked


def test_where_somebody_always_clicks_it_goes_on_slowly(monkeypatch):
    """No rest comes; after the longest wait a step is taken all the same."""
    monkeypatch.setattr(ahead, "REST", 10 * PATIENCE)
    monkeypatch.setattr(ahead, "LONGEST", 0.01)
    begun, is_done = Ahead(), threading.Event()
    begun.start()
    begun.clicked()
    begun.wish("a", lambda: [is_done.set])
    assert is_done.wait(PATIENCE)
    begun.close()


def test_what_waits_is_bounded_and_may_be_wished_for_again(monkeypatch):
    """Of one more than may wait, the oldest is left, and taken when it is wished for again."""
    monkeypatch.setattr(ahead, "REST", 0.0)
    begun, order, gate = Ahead(), [], threading.Event()
    begun.start()
    started = threading.Event()
    begun.wish("first", lambda: [started.set, lambda: gate.wait(PATIENCE)])
    assert started.wait(PATIENCE)
    for number in range(ahead._MOST_WAITING + 1):
        begun.wish(number, lambda number=number: [lambda: order.append(number)])
    gate.set()
    assert wait_for(lambda: len(order) == ahead._MOST_WAITING)
    assert 0 not in order
    begun.wish(0, lambda: [lambda: order.append(0)])
    assert wait_for(lambda: 0 in order)
    begun.close()


def test_closing_waits_for_what_is_being_found_out(found):
    started, ended = threading.Event(), []

    def step():
        started.set()
        threading.Event().wait(0.05)
        ended.append(True)

    found.wish("a", lambda: [step, lambda: ended.append("never")])
    assert started.wait(PATIENCE)
    found.close()
    assert [True] == ended
