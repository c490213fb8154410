"""Fields of the import page: what a reader says is kept, whatever a run of the page still writes."""

import pytest
from streamlit.testing.v1 import AppTest

SCRIPT = """
import streamlit as st
from budgeting.ui.fields import show_field

said = st.session_state.setdefault("said", {"fruit": "pear", "words": "", "count": None, "day": None})
if st.button("set elsewhere"):
    said["fruit"], said["words"] = "plum", "by a button"

def take(name):
    return lambda value: said.update({name: value})

def refuse(value):
    pass

if st.session_state.get("is_shown", True):
    show_field(st.selectbox, "Fruit", "fruit", said["fruit"], take("fruit"), options=["apple", "pear", "plum"])
    show_field(st.text_input, "Words", "words", said["words"], take("words"))
    show_field(st.number_input, "Count", "count", said["count"], take("count"), value=None, step=1)
    show_field(st.toggle, "Refused", "refused", False, refuse)
"""


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_string(SCRIPT).run()


def test_a_field_shows_what_is_remembered(page):
    """A list shows the value, and not its first option; what nobody said is empty."""
    assert ("pear", "", None) == (
        page.selectbox[0].value,
        page.text_input[0].value,
        page.number_input[0].value,
    )


def test_a_value_is_sent_to_the_browser_once(page):
    """A later run does not send it again: it could take the place of what a reader chose meanwhile."""
    assert page.selectbox[0].proto.set_value
    page.number_input[0].set_value(3).run()
    page.text_input[0].set_value("pips").run()
    assert not page.selectbox[0].proto.set_value
    assert not page.text_input[0].proto.set_value
    assert not page.number_input[0].proto.set_value


def test_what_a_reader_says_is_taken(page):
    """A choice, words and a number, and taking a number back."""
    page.selectbox[0].set_value("apple").run()
    page.text_input[0].set_value("pips").run()
    page.number_input[0].set_value(3).run()
    assert {"fruit": "apple", "words": "pips", "count": 3, "day": None} == page.session_state[
        "said"
    ]
    page.number_input[0].set_value(None).run()
    assert page.session_state["said"]["count"] is None


def test_a_value_that_came_from_elsewhere_has_a_widget_of_its_own(page):
    """So what the browser still sends of the former widget is no answer."""
    before = page.selectbox[0].proto.id, page.text_input[0].proto.id
    page.button[0].click().run()
    assert ("plum", "by a button") == (page.selectbox[0].value, page.text_input[0].value)
    assert page.selectbox[0].proto.id != before[0]
    assert page.text_input[0].proto.id != before[1]


def test_an_answer_that_is_not_taken_is_not_shown(page):
    """The field shows what is remembered, not what was refused."""
    page.toggle[0].set_value(True).run()
    assert not page.toggle[0].value


def test_a_field_that_was_hidden_shows_what_is_remembered(page):
    """Streamlit forgets a widget that one run does not show."""
    page.selectbox[0].set_value("apple").run()
    page.session_state["is_shown"] = False
    page.run()
    page.session_state["is_shown"] = True
    page.run()
    assert page.selectbox[0].value == "apple"
