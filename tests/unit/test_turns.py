"""Turns: one click is drawn after the other, and nobody waits long for long work."""

import threading

import pytest

from budgeting.ui import turns
from budgeting.ui.turns import in_turn

LONG = 30.0  # seconds; whoever waits so long is stuck


def drawing(done: list[str], name: str) -> threading.Thread:
    """Return the thread of another visitor, started, who notes when it is drawn."""

    def draw() -> None:
        with in_turn():
            done.append(name)

    thread = threading.Thread(target=draw)
    thread.start()
    return thread


def test_a_click_is_drawn_when_the_one_before_is_finished(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", LONG)
    done: list[str] = []
    with in_turn():
        other = drawing(done, "second")
        other.join(0.2)
        assert done == []
        done.append("first")
    other.join(LONG)
    assert done == ["first", "second"]


def test_nobody_waits_longer_than_patience_for_long_work(monkeypatch):
    """It is drawn beside the others then, and leaves their turn alone."""
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    done: list[str] = []
    with in_turn():
        drawing(done, "impatient").join(LONG)
        assert done == ["impatient"]
        assert turns._TURN.locked()
    assert not turns._TURN.locked()


def test_a_part_of_a_page_is_drawn_in_the_turn_of_its_page(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", LONG)
    with in_turn():
        with in_turn():
            assert turns._TURN.locked()
        assert turns._TURN.locked()
    assert not turns._TURN.locked()


def test_a_click_that_fails_gives_its_turn_away():
    with pytest.raises(ZeroDivisionError), in_turn():
        _ = 1 / 0
    assert not turns._TURN.locked()
