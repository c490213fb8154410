"""Madrid 2022: 174 programmes of the revised budget, one answer for parity and one for marked money.

`madrid_numbers.py` says where the figures come from, and prints what comes out.
"""

from decimal import Decimal

import pytest

from budgeting.optimiser import BenefitParity, TaggedShare, optimise
from tests.published import madrid_numbers as madrid
from tests.published.madrid_numbers import STEP, parts_of, problem

REFERENCE = madrid.REFERENCE


@pytest.fixture(scope="module")
def baseline(test_data):
    """A line for each programme."""
    return madrid.programmes(test_data)


@pytest.fixture(scope="module")
def services(test_data, baseline):
    """A service for each programme that counts women and men."""
    return madrid.services(test_data, baseline)


@pytest.fixture(scope="module")
def marks(test_data, baseline):
    """What the words of names suggest, by programme."""
    return madrid.marks(test_data, baseline)


def test_parity_of_benefit(baseline, services):
    """Women have 54.50 per cent of the benefit; 48.8 million moved bring that to their 53.3."""
    assert (174, 26) == (len(baseline.lines), len(services))
    parts = parts_of(services)
    parity = BenefitParity(services, parts, REFERENCE)
    assert 0.5450 == pytest.approx(parity.women_share(), abs=1e-4)
    answer = optimise(problem(baseline, "0.02", frozenset(parts)), parity, STEP)
    assert 0.533 == pytest.approx(parity.women_share(answer.optimum.changes), abs=1e-6)
    assert 17_101_325.94 == pytest.approx(answer.optimum.gain, abs=0.01)
    assert Decimal("132757352.71") > Decimal("49000000") > answer.optimum.moved
    assert answer.rounded.cost < 0.001 * answer.optimum.gain
    assert () == answer.binding  # parity is reached: no rule keeps it from being better
    gains = [round(point.gain / 1e6, 2) for point in answer.frontier]
    assert [0, 4.71, 8.14, 11.14, 13.48, 15.11, 16.17, 17.10, 17.10] == gains[:9]


def test_one_move_by_hand(baseline, services):
    """From culture (1,608,700 women of 2,173,922) to traffic (594 of 14,848): 0.70 for each euro."""
    parts = parts_of(services)
    parity = BenefitParity(services, parts, REFERENCE)
    best = optimise(problem(baseline, "0.02", frozenset(parts)), parity, STEP).transfers[0]
    labels = tuple(baseline.by_id[line].label for line in (best.giver, best.taker))
    assert ("ACTIVIDADES CULTURALES", "TRÁFICO") == labels
    assert 1_608_700 / 2_173_922 - 594 / 14_848 == pytest.approx(best.rate, abs=1e-9)
    # All that culture may give: a tenth of 53,784,932.66, in steps of 10,000.
    assert Decimal(5_370_000) == best.amount


def test_marks_by_the_words_of_names(baseline, marks):
    """Eight of 174 names say something: two are for equality, six are roads, cleaning and buildings."""
    found = {baseline.by_id[line].code: one.category for line, one in marks.items()}
    assert {"23101": "2", "23104": "2"} == {code: one for code, one in found.items() if one == "2"}
    assert ["0"] * 6 == [one for one in found.values() if one != "2"]
    assert ["violencia de género", "género", "igualdad"] == [
        word.written for word in marks[23101].words
    ]


def test_marked_money(baseline, marks):
    """Both programmes for equality grow by their tenth, and nothing more can be done for the marker."""
    counted = madrid.counted(marks)
    asked = problem(baseline, "0.01")
    answer = optimise(asked, TaggedShare(counted), STEP)
    # A tenth of 13,529,676.57 is 1,352,967.65, and of 9,859,162.53 it is 985,916.25, cut to the cent.
    assert 1_352_967.65 + 985_916.25 == pytest.approx(answer.optimum.gain, abs=0.005)
    assert Decimal("2338883.90") == answer.optimum.moved < asked.limit
    taken = {baseline.by_id[one.taker].code: one.amount for one in answer.transfers}
    assert {"23101": Decimal(1_350_000), "23104": Decimal(980_000)} == taken
    assert [1.0, 1.0] == [one.rate for one in answer.transfers]
    told = [(one.bound.rule.code, one.alike, one.gain) for one in answer.binding]
    assert [
        ("tenth", 1, float(answer.binding[0].amount))
    ] == told  # a unit more for each unit of room
    # The frontier rises by one for each euro until 2.34 of 66.4 million, and is flat from there.
    assert [0.0] + [2_338_883.9] * 19 == pytest.approx([one.gain for one in answer.frontier])
    assert answer.unseen == answer.proposed.moved  # nobody marked the police, which pays
