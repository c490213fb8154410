"""Madrid 2022: 174 programmes of the revised budget, one answer for parity and one for marked money.

Users by sex are the largest pair of counts that the city prints of each programme: 26 programmes have
one. The marks are made up for this test, by words in the names of programmes.
"""

import csv
from collections import defaultdict
from decimal import Decimal

import pytest

from budgeting.incidence import Use
from budgeting.optimiser import BenefitParity, Problem, TaggedShare, optimise
from budgeting.simulation.effects import Part, ServiceState
from budgeting.simulation.model import Baseline, Line, Subject, SubjectKind
from budgeting.simulation.rules import Rule, RuleKind, bounds

STEP = Decimal(10_000)
REFERENCE = Decimal("0.533")  # women's part of the residents
WORDS = {"IGUALDAD": 1, "FRENTE A": 1, "FAMILIA": 0.4, "MAYORES": 0.4, "SOCIAL": 0.4, "INFAN": 0.4}


def number(printed):
    return Decimal(printed.replace(".", "").replace(",", ".") if "," in printed else printed)


@pytest.fixture(scope="module")
def baseline(test_data):
    """A line for each programme."""
    amounts, labels = defaultdict(Decimal), {}
    with open(test_data / "es_madrid" / "2022_gastos.csv", encoding="cp1252") as file:
        for row in csv.DictReader(file, delimiter=";"):
            amounts[row["Programa"]] += number(row["C_DEFINITIVO"])
            labels[row["Programa"]] = row["Descripcion Programa"]
    return Baseline(
        tuple(Line(int(code), code, labels[code], amounts[code]) for code in sorted(amounts)), "EUR"
    )


@pytest.fixture(scope="module")
def services(test_data, baseline):
    """A service for each programme that counts women and men."""
    name = "derived_sex_pairs_by_programme_2016_2023.csv"
    largest = {}
    with open(test_data / "es_madrid" / name, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["year"] != "2022" or not row["actual_women"] or not row["actual_men"]:
                continue
            women, men = Decimal(row["actual_women"]), Decimal(row["actual_men"])
            pair = (row["unit"] == "NÚMERO", women + men, women, men)
            if women + men:
                largest[row["program_code"]] = max(pair, largest.get(row["program_code"], pair))
    return tuple(
        ServiceState(
            code,
            baseline.by_id[int(code)].label,
            "B",
            baseline.by_id[int(code)].amount,
            Use({"female": women, "male": men}),
        )
        for code, (_, _, women, men) in sorted(largest.items())
    )


def problem(baseline, most_moved, opened=None):
    rules = (
        Rule("balanced", RuleKind.BALANCED, Subject(SubjectKind.ALL)),
        Rule("tenth", RuleKind.LIMIT_EACH, Subject(SubjectKind.ALL), percent=Decimal(10)),
    )
    return Problem(baseline, bounds(rules, baseline), Decimal(most_moved), opened)


def test_parity_of_benefit(baseline, services):
    """Women have 54.50 per cent of the benefit; 48.8 million moved bring that to their 53.3."""
    assert (174, 26) == (len(baseline.lines), len(services))
    parts = {int(one.code): (Part(one.code, Decimal(0), Decimal(1)),) for one in services}
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
    parts = {int(one.code): (Part(one.code, Decimal(0), Decimal(1)),) for one in services}
    parity = BenefitParity(services, parts, REFERENCE)
    best = optimise(problem(baseline, "0.02", frozenset(parts)), parity, STEP).transfers[0]
    labels = tuple(baseline.by_id[line].label for line in (best.giver, best.taker))
    assert ("ACTIVIDADES CULTURALES", "TRÁFICO") == labels
    assert 1_608_700 / 2_173_922 - 594 / 14_848 == pytest.approx(best.rate, abs=1e-9)
    # All that culture may give: a tenth of 53,784,932.66, in steps of 10,000.
    assert Decimal(5_370_000) == best.amount


def test_marked_money(baseline):
    """One per cent moved: what counts wholly first, to its limit, then what counts 0.4."""
    parts = {
        line.line_id: max((part for word, part in WORDS.items() if word in line.label), default=0)
        for line in baseline.lines
    }
    counted = {line: Decimal(str(part)) for line, part in parts.items() if part}
    answer = optimise(problem(baseline, "0.01"), TaggedShare(counted), STEP)
    whole = [line for line, part in counted.items() if part == 1]
    room = sum(float(baseline.by_id[line].amount) / 10 for line in whole)
    limit = float(problem(baseline, "0.01").limit)
    assert room + 0.4 * (limit - room) == pytest.approx(answer.optimum.gain, abs=1)
    assert [1, 1] == [round(one.rate, 6) for one in answer.transfers[: len(whole)]]
    told = {one.bound.label if one.bound else "limit": one.gain for one in answer.binding}
    # The two lines that count wholly are alike: one tells for both.
    room = float(answer.binding[0].amount)
    assert [0.6 * room, 0.4 * room] == pytest.approx([max(told.values()), told["limit"]])
