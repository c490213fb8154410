"""Direct jobs: nothing without changes, additive, and not known rather than guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgeting.errors import MappingInvalid
from budgeting.model import Direction, Stage
from budgeting.reports.scenarios import simulator
from budgeting.reports.scenarios.jobs import with_jobs
from budgeting.reports.scenarios.view import ScenarioView, question
from budgeting.simulation.jobs import Jobs, Staff, jobs
from budgeting.simulation.model import Baseline, Line, Subject, SubjectKind
from budgeting.simulation.moves import virement
from budgeting.staff import staff_of

D = Decimal
STAFF = Staff(frozenset({"611"}), D(100), "EUR", {"10": D("0.8"), "10.2": D("0.9")}, "Register")
CARE, ROADS = ("09/09-3",), ("07",)


def line(number, amount, programme, economic, function) -> Line:
    members = {"programme": programme, "economic_class": (economic,), "function": function}
    return Line(number, str(number), str(number), D(amount), members=members)


TOWN = Baseline(
    (
        line(1, "300.00", CARE, "611", ("10", "10.2")),
        line(2, "100.00", CARE, "613", ("10", "10.1")),
        line(3, "500.00", ROADS, "613", ("04", "04.5")),
        line(4, "100.00", (), "611", ("10", "10.2")),
        Line(5, "5", "Taxes", D("1000.00"), Direction.REVENUE),
        line(6, "0.00", CARE, "613", ()),
    ),
    "EUR",
)
CHANGES = st.dictionaries(
    st.integers(1, 6), st.integers(-(10**6), 10**6).map(lambda cents: D(cents) / 100)
)


def known(found: Jobs | None) -> Jobs:
    assert found is not None
    return found


def test_a_job_is_money_times_the_part_of_wages_by_the_cost_of_one():
    """Three quarters of care are wages: 200 more are 1.5 jobs, nine of ten of women in that function."""
    found = known(jobs(TOWN, {1: D("200.00")}, STAFF))
    assert (D("1.35"), D("0.15"), D(0)) == (found.women, found.men, found.not_known)
    assert D("1.2") == known(jobs(TOWN, {2: D("200.00")}, STAFF)).women


def test_what_pays_no_wages_today_makes_no_jobs():
    assert Jobs() == jobs(TOWN, {3: D("-500.00"), 5: D("100.00")}, STAFF)


def test_whose_job_it_is_without_a_function_is_not_known():
    found = known(jobs(TOWN, {6: D("400.00")}, STAFF))
    assert (D(0), D(0), D(3)) == (found.women, found.men, found.not_known)


def test_money_of_no_programme_is_told_and_not_guessed():
    assert Jobs(unexplained=D("50.00")) == jobs(TOWN, {4: D("50.00")}, STAFF)


@pytest.mark.parametrize(
    "staff",
    [
        Staff(frozenset({"411"}), D(100), "EUR"),
        Staff(STAFF.wages, D(100), "RSD", STAFF.women),
    ],
)
def test_without_wages_or_in_another_currency_nothing_is_known(staff):
    assert jobs(TOWN, {1: D("200.00")}, staff) is None


@given(CHANGES)
def test_nothing_moved_is_no_job_and_what_is_moved_back_leaves_none(changes):
    assert Jobs() == jobs(TOWN, {}, STAFF)
    back = {number: -change for number, change in changes.items()}
    assert known(jobs(TOWN, changes, STAFF)).total == -known(jobs(TOWN, back, STAFF)).total


@given(CHANGES)
def test_jobs_add_up_over_lines(changes):
    single = [known(jobs(TOWN, {one: change}, STAFF)) for one, change in changes.items()]
    whole = known(jobs(TOWN, changes, STAFF))
    for part in ("women", "men", "not_known", "unexplained"):
        assert sum(getattr(one, part) for one in single) == getattr(whole, part)


@given(CHANGES)
def test_of_women_and_of_men_together_are_all_whose_sex_is_known(changes):
    found = known(jobs(TOWN, changes, STAFF))
    assert found.women + found.men + found.not_known == found.total


def test_the_chart_of_accounts_says_which_classes_are_wages(tmp_path):
    """GFSM 21 in data/classifications; codes of the file stand beside them."""
    path = tmp_path / "jobs.toml"
    path.write_text(
        '[[place]]\ncountry = "RS"\ncurrency = "RSD"\njob_cost = 1\nsource = "s"\nverified = true\n',
        encoding="utf-8",
    )
    found = staff_of("rs_x", "RS", path)
    assert found is not None
    assert found.is_verified
    assert "411" in found.wages
    assert "421" not in found.wages
    assert staff_of("lt_x", "LT", path) is None


@pytest.mark.parametrize("broken", ["job_cost = 0", 'job_cost = 5\nwomen = { "10" = 1.1 }'])
def test_a_broken_file_is_refused(tmp_path, broken):
    path = tmp_path / "jobs.toml"
    head = '[[place]]\ncountry = "XX"\ncurrency = "BAM"\nsource = "s"\nverified = false\n'
    path.write_text(head + broken, encoding="utf-8")
    with pytest.raises(MappingInvalid, match=r"jobs\.toml"):
        staff_of("demo", "XX", path)


def test_a_report_says_that_it_is_an_illustration_and_that_nobody_has_verified_it(demo_store):
    asked = question(demo_store, ScenarioView("demo_vrbograd", 2026, Stage.REVISED))
    care, roads = (
        Subject(SubjectKind.PROGRAMME, code) for code in ("0901/0901-0003", "0701/0701-0001")
    )
    moves = (virement(roads, care, D("100000.00")),)
    shown = with_jobs(asked, moves, (), simulator.build(demo_store, asked, moves))
    women, men, not_known = (row["jobs"] for row in shown.tables["jobs"].rows.to_pylist())
    assert women > 0
    assert abs(women + men + not_known - float(shown.facts["jobs"].total)) < 0.02
    assert "not verified" in str(shown.notes[-1])
    nothing = with_jobs(asked, (), (), simulator.build(demo_store, asked))
    assert Jobs() == nothing.facts["jobs"]
