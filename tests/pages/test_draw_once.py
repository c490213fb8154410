"""What is drawn once is sent again as it was, and never in the place of something else."""

import pytest
from streamlit.testing.v1 import AppTest

from budgeting.ui.kept import draw_once

PATIENCE = 60


class Thing:
    """Something that is drawn."""

    def __init__(self, words):
        self.words, self.times = words, 0

    def draw(self):
        import streamlit as st

        self.times += 1
        st.text(self.words)

    def draw_otherwise(self):
        import streamlit as st

        st.text(f"otherwise {self.words}")


def script(things, how):
    from budgeting.ui.kept import draw_once

    for thing in things:
        draw_once(thing, how, thing.draw)
        draw_once(thing, how, thing.draw_otherwise)


def shown(*things, how="en"):
    at = AppTest.from_function(script, default_timeout=PATIENCE, args=(things, how)).run()
    assert not at.exception
    return [one.value for one in at.text]


def test_it_is_drawn_once_and_shown_each_time():
    thing = Thing("bars")
    assert shown(thing) == shown(thing) == ["bars", "otherwise bars"]
    assert thing.times == 1


@pytest.mark.parametrize("how", ["sr", "en dark"])
def test_in_another_language_it_is_drawn_anew(how):
    thing = Thing("bars")
    shown(thing)
    shown(thing, how=how)
    assert thing.times == 2


def test_another_thing_is_never_shown_in_its_place():
    """Even one that lies where a forgotten one lay."""
    for number in range(12):
        assert shown(Thing(f"thing {number}"))[0] == f"thing {number}"


def test_what_fails_is_not_kept():
    class Broken(Thing):
        def draw(self):
            raise ValueError(self.words)

    thing = Broken("no bars")
    for _ in range(2):
        with pytest.raises(ValueError, match="no bars"):
            draw_once(thing, "en", thing.draw)
