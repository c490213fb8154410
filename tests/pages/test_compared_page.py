"""What stands beside each other on the page Scenarios can be read without scrolling sideways."""

from decimal import Decimal

import pytest

from budgeting.access import Identity, Role
from budgeting.model import Direction, Stage
from budgeting.reports.scenarios import comparison
from budgeting.reports.scope import scope
from budgeting.scenarios import saving
from budgeting.simulation.model import Subject, SubjectKind
from budgeting.simulation.moves import level
from budgeting.ui.scenarios import compared
from budgeting.ui.session import open_store

AMRA = Identity("Amra", Role.EDITOR)
TOWN = "demo_jasenik"
CARE = Subject(SubjectKind.SERVICE, "home_care")


def begun(store, name, amount):
    statement = scope(store, TOWN, 2027, Direction.EXPENDITURE).newest(Stage.PROPOSED)
    of = saving.begin(store, AMRA, TOWN, statement.vintage_id, name)
    saving.add_moves(store, AMRA, of.scenario_id, [level(CARE, Decimal(amount))], seen=0)
    return of.scenario_id


def html(at) -> str:
    return " ".join(one.proto.body for one in at.get("html"))


@pytest.fixture
def page(visit):
    """A scenario on the requests of 2027, opened from its address."""
    visit("scenarios", municipality=TOWN)
    number = begun(open_store(), "Less <care>", -5000)
    return visit("scenarios", municipality=TOWN, scenario=str(number))


def test_budget_and_scenario_are_columns_of_figures_with_the_year_of_their_users(page):
    """Women's share, moved money and the year of the users stand in lines; names are no markup."""
    assert not page.exception
    said = html(page)
    assert '<th scope="row">Women’s share of the benefit</th>' in said
    assert '<th scope="col">Budget as it is</th><th scope="col">Less &lt;care&gt;</th>' in said
    assert '<th scope="row">Users as in</th><td>2026</td><td>2026</td>' in said
    assert '<th scope="row">Moved</th><td>–</td><td>5,000.00\xa0BAM</td>' in said


def test_each_broken_rule_stands_once_with_those_that_break_it(page, monkeypatch):
    """What all break is said of all; what one breaks, of that one."""
    store = open_store()
    more = begun(store, "More for clubs", 5000)
    shown = comparison.build(store, [1, more])
    told = []
    monkeypatch.setattr(compared.st, "markdown", told.append)
    monkeypatch.setattr(compared.st, "subheader", lambda *_, **__: None)
    monkeypatch.setattr(compared, "_", lambda words: words)
    compared.broken_rules(shown)
    lines = "\n".join(told).splitlines()
    assert "**All of these scenarios**" == lines[0]
    rules = [line for line in lines if line.startswith("- ")]
    assert len(set(rules)) == len(rules)
    broken = {row["rule"] for row in shown.tables["rules"].rows.to_pylist()}
    assert len(broken) == len(rules)
