"""Meetings on the screen: opened by an editor, joined by a link only, submitted, watched, closed."""

import re

import pytest
from reading import visible

from budgeting.settings import ROOT
from budgeting.ui.meetings import door

TOWN = {"municipality": "demo_vrbograd", "year": "2026", "stage": "revised"}
EDITOR = {"email": "edin@example.org"}
PAGES = sorted(path.stem for path in ROOT.glob("pages/*.py"))
HOME_CARE, SPORT = "Home care for older people", "Grants to sports clubs"


def one(widgets, label):
    return next(widget for widget in widgets if widget.label == label)


def words(at) -> str:
    return " ".join(visible(at)).replace("\\", "")


def press(at, label):
    one(at.button, label).click()
    return at.run()


def open_meeting(at, *topics, name="Evening of budgets"):
    """Open a meeting about services; return the token of its link."""
    assert not at.exception
    box = one(at.multiselect, "What may the guests change?")
    for topic in topics:
        box.select(next(option for option in box.options if option.startswith(topic)))
    at.run()
    one(at.text_input, "What is the meeting called?").set_value(name)
    at.run()
    press(at, "Open the meeting")
    assert not at.exception
    return re.search(r"token=([\w-]{22})$", at.code[0].value).group(1)


@pytest.fixture(autouse=True)
def without_cookies(monkeypatch):
    """An AppTest has no browser; guests are known by their sessions."""
    monkeypatch.setattr(door, "cookie", lambda: None)


@pytest.fixture
def lead(visit, monkeypatch):
    """Open the page of those who lead, signed in."""
    monkeypatch.setenv("PARITET_ADMINISTRATORS", EDITOR["email"])
    return lambda **where: visit("meetings", "demo", EDITOR, **where)


@pytest.fixture
def facilitator(lead):
    return lead(**TOWN)


@pytest.fixture
def token(facilitator):
    return open_meeting(facilitator, HOME_CARE, SPORT)


def choose(at, topic, step):
    """Choose a step of a topic by its sign."""
    control = next(group for group in at.button_group if group.label.startswith(topic))
    control.set_value(step)
    return at.run()


# --- guests ---------------------------------------------------------------


def test_a_guest_sees_what_a_step_changes_and_submits_it(token, visit):
    at = visit("meeting", "demo", {}, token=token)
    assert not at.exception
    assert "Evening of budgets" in words(at)
    assert "Nothing changes for women or men" in words(at)
    choose(at, HOME_CARE, 1)
    shown = words(at)
    assert "More: +5.0%" in shown
    assert "too much is spent" in shown
    assert re.search(r"Women’s benefit changes by \+[\d,]+ BAM", shown)
    press(at, "Submit")
    assert "This is submitted." in words(at)
    choose(at, SPORT, -2)
    assert "is not submitted yet" in words(at)
    press(at, "Submit again")
    assert "This is submitted." in words(at)


def test_the_facilitator_sees_how_many_changed_what_and_the_means_apart(token, visit, lead):
    for steps in ((2, -1), (1, 0), (-1, 0)):
        guest = visit("meeting", "demo", {}, token=token)
        for topic, step in zip((HOME_CARE, SPORT), steps, strict=True):
            if step:
                choose(guest, topic, step)
        press(guest, "Submit")
    at = lead(meeting="1")
    shown = words(at)
    assert "3 guests of “Evening of budgets” have submitted" in shown
    assert "More: 2, mean +7.5% · Less: 1, mean −5.0% · As it is: 0" in shown
    assert "Spread: −5.0% to +10.0%, standard deviation 6.2%" in shown
    assert "What the mean of all guests would change" in shown


@pytest.mark.parametrize("page", [page for page in PAGES if page != "meeting"])
def test_a_guest_is_let_into_no_other_page(token, visit, page):
    """Whatever the address: the way in, and nothing of the budget."""
    at = visit(page, "demo", {}, token=token, **TOWN)
    assert [title.value for title in at.title] == ["Paritet"]
    assert len(at.info) == 1
    assert [one.label for one in at.selectbox] in ([], ["Language"])
    for kind in (at.button, at.metric, at.dataframe, at.code):
        assert not kind


@pytest.mark.parametrize("page", ["meeting", "overview"])
@pytest.mark.parametrize("wrong", ["", "x" * 22])
def test_without_the_right_token_there_is_only_the_way_in(token, visit, page, wrong):
    at = visit(page, "demo", {}, token=wrong)
    assert [title.value for title in at.title] == ["Paritet"]
    assert "Evening of budgets" not in words(at)
    assert bool(wrong) is bool(at.warning)


def test_a_wrong_link_is_told_where_nobody_signs_in(visit):
    at = visit("meeting", token="x" * 22)
    assert "This link leads to no meeting" in words(at)
    assert not at.button_group


def test_the_pages_of_meetings_are_not_for_viewers(token, visit):
    at = visit("meetings", "demo", {"email": "vera@example.org"})
    assert not at.multiselect
    assert not at.code


def test_who_has_signed_in_takes_part_as_a_guest_too(token, visit):
    at = visit("meeting", "demo", {"email": "vera@example.org"}, token=token)
    choose(at, HOME_CARE, 1)
    press(at, "Submit")
    assert "This is submitted." in words(at)


# --- the facilitator ------------------------------------------------------


def test_the_link_is_shown_once_and_another_one_can_be_made(token, visit, lead):
    at = lead(meeting="1")
    assert not at.code
    press(at, "Make a link")
    other = re.search(r"token=([\w-]{22})$", at.code[0].value).group(1)
    assert other != token
    for each in (token, other):
        assert "Evening of budgets" in words(visit("meeting", "demo", {}, token=each))


def test_a_meeting_without_topics_or_name_cannot_be_opened(facilitator):
    at = facilitator
    box = one(at.multiselect, "What may the guests change?")
    assert box.options
    one(at.text_input, "What is the meeting called?").set_value(" ")
    at.run()
    assert one(at.button, "Open the meeting").disabled


def test_a_closed_meeting_takes_nothing_and_keeps_its_results(token, visit, lead):
    guest = visit("meeting", "demo", {}, token=token)
    choose(guest, HOME_CARE, 1)
    press(guest, "Submit")
    choose(guest, HOME_CARE, 2)
    leading = lead(meeting="1")
    press(leading, "Close it for good")
    assert "Closed" in words(leading)
    assert "1 guest of “Evening of budgets” has submitted" in words(leading)
    assert not [button for button in leading.button if button.label == "Close it for good"]
    late = visit("meeting", "demo", {}, token=token)
    assert "The meeting is closed." in words(late)
    assert not late.button_group
