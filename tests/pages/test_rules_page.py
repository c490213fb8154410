"""The page of rules: what holds, adding a rule, taking one away, writing a consequence down."""

import pytest

from budgeting.scenarios.rules import rule_set
from budgeting.ui.scenarios import rules as module
from budgeting.ui.session import open_store

TOWN = {"municipality": "demo_vrbograd", "year": "2026"}
VIEWER = {"email": "vera@example.org"}


def one(widgets, label):
    return next(widget for widget in widgets if widget.label == label)


def said(at) -> str:
    return " ".join(part.value for part in [*at.markdown, *at.warning, *at.caption])


def rules(at) -> list[str]:
    return list(at.dataframe[0].value["Rule"])


@pytest.fixture
def page(visit):
    return visit("rules", **TOWN)


def test_rules_are_sentences_with_their_reasons(page):
    assert not page.exception
    assert "Expenditure and revenue must change by the same amount." in rules(page)
    assert "Debt is paid before anything else" in list(page.dataframe[0].value["Reason"])


def test_a_rule_is_added_with_what_the_fields_hold(page):
    before = len(rules(page))
    one(page.selectbox, "What it demands").select("ceiling")
    page.run()
    one(page.number_input, "Amount (BAM)").set_value(2_000_000.0)
    one(page.text_input, "Reason, as readers see it").set_value("the council said so")
    one(page.button, "Add this rule").click()
    page.run()
    assert not page.exception
    assert len(rules(page)) == before + 1
    assert rules(page)[-1].endswith("may have at most 2,000,000.00\xa0BAM.")


def test_a_rule_that_cannot_be_is_refused_in_a_sentence(page):
    before = rules(page)
    one(page.selectbox, "What it demands").select("balanced")
    page.run()
    one(page.button, "Add this rule").click()
    page.run()
    assert rules(page) == before
    assert "There is more than one rule on the balance. Keep one of them." in said(page)


def test_who_may_only_look_sets_no_rules(visit):
    page = visit("rules", "demo", VIEWER, **TOWN)
    assert rules(page)
    assert {"Add this rule", "Write it down"}.isdisjoint(button.label for button in page.button)


def test_a_consequence_is_written_down(page):
    before = len(page.dataframe[1].value)
    one(page.text_input, "What it brings about").set_value("Fewer children have lunch at school")
    one(page.text_input, "Who says so").set_value("Head of the school")
    one(page.button, "Write it down").click()
    page.run()
    assert not page.exception
    assert len(page.dataframe[1].value) == before + 1


def test_a_rule_is_changed_and_the_version_before_stays(page, monkeypatch):
    """Streamlit's test cannot choose a row of a table, so the choice is given."""
    place = next(at for at, rule in enumerate(rules(page)) if "at most 10.0%" in rule)
    monkeypatch.setattr(module, "report_table", lambda *_args, **_shown: [place])
    page.run()
    percent = next(one for one in page.number_input if one.key.startswith(f"{place}_percent"))
    assert 10.0 == percent.value
    percent.set_value(15.0)
    one(page.button, "Change this rule").click()
    page.run()
    monkeypatch.undo()
    page.run()
    assert not page.exception
    assert "at most 15.0%" in rules(page)[place]
    before, after = (
        rule_set(open_store(), TOWN["municipality"], version).rules for version in (1, 2)
    )
    assert before[:place] + before[place + 1 :] == after[:place] + after[place + 1 :]
    assert (10, 15, before[place].reason) == (
        before[place].percent,
        after[place].percent,
        after[place].reason,
    )
