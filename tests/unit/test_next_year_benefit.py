"""Who benefits of a budget that is only proposed: Jasenik 2027, with the users of 2026, always said."""

import shutil
from decimal import Decimal

import pytest

from budgeting.access import Identity, Role
from budgeting.meetings.joining import GUEST, participant_of
from budgeting.meetings.opening import open_meeting
from budgeting.meetings.submitting import submit
from budgeting.reports import build_report
from budgeting.reports.beneficiaries import picture
from budgeting.reports.scenarios import simulator
from budgeting.reports.scenarios.measures import service_states
from budgeting.reports.scenarios.view import ScenarioView, question
from budgeting.scenarios.saving import add_moves, begin
from budgeting.services.lists import Carrying
from budgeting.simulation.model import Subject, SubjectKind
from budgeting.simulation.moves import level
from budgeting.store import connect

TOWN = "demo_jasenik"
CARE = Subject(SubjectKind.SERVICE, "home_care")
LESS = (level(CARE, Decimal(-5000)),)
ANA = Identity("ana@example.org", Role.ADMINISTRATOR)
SAID = "Users as in 2026."


@pytest.fixture
def town(demo_file, tmp_path):
    """The demo, to write to."""
    opened = connect(shutil.copy(demo_file, tmp_path / "own.duckdb"))
    yield opened
    opened.close()


def simulated(store, year, moves=LESS):
    return simulator.build(store, question(store, ScenarioView(TOWN, year)), moves)


def carried_notes(report):
    return [str(one) for one in report.notes if " are as in 2026" in str(one)]


def test_next_year_has_the_shares_of_the_last_users_and_says_so(demo_store):
    """100 women and 33 men had home care in 2026: of 5,000 less, 3,759.40 are theirs, to the cent."""
    found = simulated(demo_store, 2027)
    [row] = found.tables["services"].rows.to_pylist()
    assert (Decimal("-3759.40"), Decimal("-1240.60")) == (row["women"], row["men"])
    assert ("2026", "B") == (row["use_as_in"], row["grade"])
    assert str(found.answer).endswith(SAID)
    assert 2 == len(carried_notes(found))
    of_people = {row["measure"]: row["use_as_in"] for row in found.tables["money"].rows.to_pylist()}
    assert "2026" == of_people["benefit_female"] == of_people["benefit_unknown"]
    assert of_people["expenditure"] is None


def test_a_year_with_users_of_its_own_says_nothing_of_others(demo_store):
    """2026 has counted: grade A as recorded, no column, no note."""
    found = simulated(demo_store, 2026)
    [row] = found.tables["services"].rows.to_pylist()
    assert "A" == row["grade"]
    assert "use_as_in" not in row
    assert "as in" not in str(found.answer)
    assert [] == carried_notes(found)
    assert () == found.facts["use_as_in"]


def test_where_nothing_may_be_carried_it_is_not_known(town, monkeypatch):
    """With 0 years back, nobody's benefit of 2027 is known, as for a town that never counted."""
    monkeypatch.setattr(picture, "carrying", lambda: Carrying(0, 1))
    found = simulated(town, 2027)
    assert found.facts["women"] is None
    assert "not known" in str(found.answer)
    assert [] == carried_notes(found)


def test_who_benefits_tells_only_what_was_recorded(demo_store):
    """Carrying is for moving money; the page on use does not pretend that 2027 was counted."""
    found = build_report(demo_store, "who_benefits", {"municipality": TOWN, "year": "2027"})
    assert found.facts["women"] is None


@pytest.mark.parametrize("objective", ["unmet_need", "use_gaps", "parity", "all"])
def test_the_optimiser_says_whose_users_its_gain_counts(demo_store, objective):
    """In its answer, beside its moves and in every file."""
    asked = {"municipality": TOWN, "year": "2027", "objective": objective}
    found = build_report(demo_store, "optimisation", asked)
    assert found.facts["moved"]
    assert str(found.answer).endswith(SAID)
    assert 2 == len(carried_notes(found))
    assert set(carried_notes(found)) <= {str(one) for one in found.facts["beside"]}


def test_an_objective_without_users_says_nothing_of_them(demo_store):
    """Marked money is that of the budget's own year."""
    asked = {"municipality": TOWN, "year": "2027", "objective": "tagged"}
    found = build_report(demo_store, "optimisation", asked)
    assert [] == carried_notes(found)
    assert () == found.facts["use_as_in"]


def test_a_comparison_says_as_of_when_its_shares_are(town):
    """In its sentence, in a column of its table, and in its notes."""
    statement = question(town, ScenarioView(TOWN, 2027)).benefits.vintage.vintage_id
    of = begin(town, ANA, TOWN, statement, "Less care")
    add_moves(town, ANA, of.scenario_id, LESS, seen=0)
    found = build_report(town, "scenario_comparison", {"scenarios": str(of.scenario_id)})
    assert str(found.answer).endswith(SAID)
    rows = found.tables["headline"].rows.to_pylist()
    assert {"2026"} == {row["use_as_in"] for row in rows}
    assert 2 == len(carried_notes(found))


def test_a_meeting_says_it_of_what_its_guests_would_change(town):
    """In the table of the mean, and in its notes; before anybody has submitted there is no number."""
    statement = question(town, ScenarioView(TOWN, 2027)).benefits.vintage.vintage_id
    held = open_meeting(town, ANA, TOWN, statement, name="Care", subjects=(CARE,))
    asked = {"meeting": str(held.meeting_id)}
    assert [] == carried_notes(build_report(town, "meeting", asked))
    submit(town, GUEST, held, participant_of(held, "a"), (1,))
    found = build_report(town, "meeting", asked)
    assert 2 == len(carried_notes(found))
    assert "2026" in {row["use_as_in"] for row in found.tables["money"].rows.to_pylist()}


def test_all_of_them_stand_on_the_same_users(demo_store):
    """One place supplies use: every service of 2027 has the users, needs and fees of 2026."""
    now, then = (
        service_states(demo_store, question(demo_store, ScenarioView(TOWN, year)))
        for year in (2027, 2026)
    )
    assert now.keys() == then.keys()
    for code, service in now.items():
        before = then[code]
        assert (before.use, before.waiting, before.eligible) == (
            service.use,
            service.waiting,
            service.eligible,
        )
        assert (None, 2026) == (before.use_as_in, service.use_as_in)
        assert service.grade >= before.grade
