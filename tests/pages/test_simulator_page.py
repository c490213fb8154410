"""The page Reallocate: a move is seen before it is made, made, undone and made again."""

import re

import pytest

from budgeting.access import Identity, Role
from budgeting.scenarios import saving
from budgeting.scenarios.rules import save_rules
from budgeting.scenarios.stored import scenario
from budgeting.simulation.moves import MoveKind
from budgeting.ui.session import open_store

MIRZA = Identity("Mirza", Role.EDITOR)
TOWN = {"municipality": "demo_vrbograd", "year": "2026", "stage": "revised"}
FROM, TO, AMOUNT = "From", "To", "Amount (BAM)"


def one(widgets, label):
    return next(widget for widget in widgets if widget.label == label)


def shown(at) -> str:
    """Return the page's answer, its sentences and what its tables of measures say."""
    parts = [*at.markdown, *at.caption, *at.subheader, *at.get("html"), *at.warning, *at.info]
    words = " ".join(str(getattr(part, "value", "") or part.proto.body) for part in parts)
    return re.sub(r"version \d+", "version", words)  # every kept move is a version of the data


def prepare(
    at, giver="Grants to sports clubs", taker="Home care for older people", amount=100_000.0
):
    """Fill in a virement between two services."""
    for label, name in ((FROM, giver), (TO, taker)):
        box = one(at.selectbox, label)
        box.select(name)
        at.run()
    one(at.number_input, AMOUNT).set_value(amount)
    return at.run()


@pytest.fixture
def page(visit):
    return visit("simulator", **TOWN)


def test_without_moves_the_budget_is_shown_as_it_is(page):
    assert not page.exception
    assert "Nothing is moved yet" in shown(page)
    assert one(page.button, "Undo").disabled


def test_a_move_is_seen_before_it_is_made(page):
    prepare(page)
    assert "With the move that you are preparing, which is not made yet." in shown(page)
    assert "Nothing is moved yet" in shown(page)
    assert "Would be moved <strong>100,000 BAM" in shown(page)
    assert "−100,000 BAM. 962 people fewer are served" in shown(page)
    assert one(page.button, "Undo").disabled


def test_a_move_is_made_undone_and_made_again(page):
    prepare(page)
    one(page.button, "Make this move").click()
    page.run()
    made = shown(page)
    assert "100,000 BAM is moved" in made
    assert "preparing" not in made
    one(page.button, "Undo").click()
    page.run()
    assert "Nothing is moved yet" in shown(page)
    one(page.button, "Redo").click()
    page.run()
    assert shown(page) == made


def test_what_a_button_says_is_in_the_readers_language(visit):
    """What a button calls comes before the page, and before it is known whose choices count."""
    page = visit("simulator", lang="sr", **TOWN)
    for label, name in (("Са", "Grants to sports clubs"), ("На", "Home care for older people")):
        one(page.selectbox, label).select(name)
        page.run()
    one(page.number_input, "Износ (BAM)").set_value(100_000.0)
    page.run()
    one(page.button, "Изврши ово померање").click()
    page.run()
    assert scenario(open_store(), 1).name.startswith("Сценарио од")


def test_a_scenario_is_reopened_from_its_address(page, visit):
    prepare(page)
    one(page.button, "Make this move").click()
    page.run()
    number = page.query_params["scenario"]
    assert number == "1"
    again = visit("simulator", scenario=number)
    assert "100,000 BAM is moved" in shown(again)
    assert [box.value for box in again.selectbox if box.label == "Fiscal year"] == ["2026"]


def test_what_another_does_meanwhile_is_told_and_leaves_the_fields_alone(page):
    prepare(page)
    one(page.button, "Make this move").click()
    page.run()
    one(page.selectbox, FROM).select("Grants to sports clubs")
    page.run()
    kept = scenario(open_store(), 1)
    saving.add_moves(open_store(), MIRZA, 1, kept.moves, seen=kept.sequence)
    one(page.selectbox, TO).select("Home care for older people")
    page.run()
    assert "Meanwhile Mirza made 1 change; it stands beside yours." in shown(page)
    assert "200,000 BAM is moved" in shown(page)
    one(page.number_input, AMOUNT).set_value(1_000.0)
    page.run()
    one(page.button, "Make this move").click()
    page.run()
    assert "201,000 BAM is moved" in shown(page)


def test_who_may_only_look_can_try_and_keeps_nothing(visit):
    page = visit("simulator", "demo", {"email": "vera@example.org"}, **TOWN)
    prepare(page)
    one(page.button, "Make this move").click()
    page.run()
    assert "100,000 BAM is moved" in shown(page)
    assert "scenario" not in page.query_params
    assert "What you try here is not kept" in shown(page)


def test_the_slider_keeps_in_step_with_the_number(page):
    prepare(page, amount=50_000.0)
    assert page.slider[0].value == 50_000.0
    page.slider[0].set_value(75_000.0)
    page.run()
    assert one(page.number_input, AMOUNT).value == 75_000.0


def test_more_than_the_giver_has_is_refused_in_a_sentence(page):
    prepare(page, amount=99_000_000.0)
    assert "“Grants to sports clubs” has only" in shown(page)
    one(page.button, "Make this move").click().run()
    assert "“Grants to sports clubs” has only" in shown(page)
    assert "Nothing is moved yet" in shown(page)


def test_without_an_amount_no_move_is_made(page):
    one(page.button, "Make this move").click().run()
    assert "There is no move yet: say what moves, and how much." in shown(page)
    assert "Nothing is moved yet" in shown(page)


def test_money_that_is_not_moved_but_added_breaks_the_balance(page):
    one_level(page, "Home care for older people", 10.0)
    assert "too much is spent" in shown(page)
    assert "For each resident" in shown(page)
    assert "Expenditure and revenue must change by the same amount." in shown(page)


def test_where_the_balance_is_free_what_it_costs_each_resident_is_shown(page):
    """A municipality without a rule on the balance: nothing is broken, and the cost is in view."""
    save_rules(open_store(), Identity("ruth", Role.REVIEWER), "demo_vrbograd", (), seen=1)
    page.run()
    one_level(page, "Home care for older people", 10.0)
    assert "more is spent, as the rules allow" in shown(page)
    assert "For each resident" in shown(page)
    assert "✗" not in shown(page)


def one_level(at, name, percent):
    """Raise a service by some per cent."""
    at.button_group[0].set_value("level")
    at.run()
    one(at.selectbox, "What changes").select(name)
    at.run()
    one(at.number_input, "or by how many per cent").set_value(percent)
    return at.run()


CLUBS, CARE = "Grants to sports clubs", "Home care for older people"
LEVEL, PERCENT = "Level (BAM)", "or by how many per cent"


def to_levels(at, name):
    """Go to the entrance of levels and choose a service."""
    at.button_group[0].set_value("level")
    at.run()
    one(at.selectbox, "What changes").select(name)
    return at.run()


def level_and_percent(at) -> tuple[float, float]:
    return one(at.number_input, LEVEL).value, one(at.number_input, PERCENT).value


def test_a_level_is_entered_as_an_amount_or_by_per_cent_and_both_fields_agree(page):
    to_levels(page, CLUBS)
    before, nothing = level_and_percent(page)
    assert nothing == 0.0
    one(page.number_input, PERCENT).set_value(-10.0)
    page.run()
    assert level_and_percent(page) == (round(before * 0.9, 2), -10.0)
    one(page.number_input, LEVEL).set_value(before * 1.25)
    page.run()
    assert level_and_percent(page) == (before * 1.25, 25.0)


def test_a_move_of_money_stands_in_the_level_and_a_level_in_what_can_be_moved(page):
    """Two entrances to the same moves: what was done by one is where the other begins."""
    to_levels(page, CLUBS)
    before, _ = level_and_percent(page)
    page.button_group[0].set_value("virement")
    page.run()
    prepare(page, amount=40_000.0)
    one(page.button, "Make this move").click().run()
    to_levels(page, CLUBS)
    reached, percent = level_and_percent(page)
    assert reached == before - 40_000
    assert percent == round(-40_000 / before * 100, 2)
    one(page.number_input, LEVEL).set_value(before - 50_000)
    page.run()
    assert "Would be moved <strong>50,000 BAM" in shown(page)
    one(page.button, "Make this move").click().run()
    page.button_group[0].set_value("virement")
    page.run()
    prepare(page, amount=before - 50_000 + 0.01)
    assert "“Grants to sports clubs” has only" in shown(page)
    assert page.slider[0].max == before - 50_000


def test_a_level_with_something_that_gives_the_difference_keeps_the_balance(page):
    """Raised, the other one gives; lowered, it takes: a virement, entered by its result."""
    to_levels(page, CARE)
    before, _ = level_and_percent(page)
    one(page.selectbox, "What gives or takes the difference").select(CLUBS)
    page.run()
    one(page.number_input, LEVEL).set_value(before + 20_000)
    page.run()
    assert "too much is spent" not in shown(page)
    one(page.button, "Make this move").click().run()
    move = scenario(open_store(), 1).moves[0]
    assert (move.kind, move.amount) == (MoveKind.VIREMENT, 20_000)
    assert (move.giver.code, move.subject.code) == ("sports_clubs", "home_care")


def test_a_level_that_is_there_already_is_no_move(page):
    to_levels(page, CARE)
    one(page.number_input, PERCENT).set_value(10.0)
    page.run()
    one(page.number_input, PERCENT).set_value(0.0)
    page.run()
    one(page.button, "Make this move").click().run()
    assert "There is no move yet" in shown(page)


def test_nothing_is_moved_to_where_it_comes_from(page):
    one(page.selectbox, FROM).select(CLUBS)
    page.run()
    assert CARE in one(page.selectbox, TO).options
    assert CLUBS not in one(page.selectbox, TO).options
    to_levels(page, CARE)
    others = one(page.selectbox, "What gives or takes the difference").options
    assert CLUBS in others
    assert CARE not in others


@pytest.mark.parametrize(
    ("place", "asked"),
    [
        (TOWN, r"How many, today \d+"),
        (
            {"municipality": "demo_jasenik", "year": "2027", "stage": "proposed"},
            r"How many, in 2026 \d+",
        ),
    ],
)
def test_other_users_are_asked_beside_those_of_the_year_that_counted(visit, place, asked):
    """A budget of next year has no users of its own: “today” would be wrong."""
    page = visit("simulator", **place)
    one(page.get("pills"), "What do you want to do?").set_value("users")
    page.run()
    service = one(page.selectbox, "Service")
    service.select(service.options[0])
    page.run()
    assert any(re.fullmatch(asked, field.label) for field in page.number_input)
