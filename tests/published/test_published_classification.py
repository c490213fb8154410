"""Published scorings and tables: what their issuers printed is what comes out here."""

from decimal import Decimal

import pytest
from fixtures.mapped_files import TOWN, csv, examined, mapping_of, sums, told

from budgeting.methodologies import Evidence, classify, methodology
from budgeting.model import Severity
from budgeting.tagging import Interval, not_screened, tagged_interval, weighted

# --- Philippines ----------------------------------------------------------

IDENTIFICATION = {"1.1": "1.00", "1.2": "1.00", "2.0": "1.0", "3.1": "0.50", "3.2": "1.0"}


def hgdg(score=None, **ticks):
    return classify(methodology("ph_hgdg"), Evidence(ticks=ticks, score=score))


def test_the_sheet_of_the_identification_stage():
    """Five items give 4.5 points: promising.

    Source: a school's HGDG sheet on box 7a of the Harmonized Gender and Development Guidelines,
    Philippine Commission on Women.
    """
    outcome = hgdg(**{item: Decimal(value) for item, value in IDENTIFICATION.items()})
    assert (Decimal("4.5"), "promising") == (outcome.score, outcome.category)
    assert ("1.1", "1.2", "3.2") == outcome.met
    assert {"2.0", "3.1", "4.0", "10.3"} <= set(outcome.missing)


def test_the_sheet_of_the_design_stage():
    """16.2 of 20 points are the printed 81 %: gender-responsive, three quarters are attributed.

    Source: the same sheet, design stage; attribution as printed by the Philippine Commission on
    Women and the Commission on Audit, 2016.
    """
    outcome = hgdg(Decimal("16.2"))
    assert Decimal("0.81") == outcome.score / methodology("ph_hgdg").score.maximum
    assert ("responsive", Decimal("0.75")) == (outcome.category, outcome.amount_coefficient)


def test_half_of_a_million_is_attributed():
    """Eight points and a yearly budget of 1,000,000 make 500,000 pesos attributable.

    Source: worked example in a guide to gender and development budgets for agencies of the
    Philippines, after the Philippine Commission on Women.
    """
    outcome = hgdg(Decimal(8))
    counted = weighted(
        {outcome.category: Decimal("1000000.00")},
        methodology("ph_hgdg").convention().coefficients,
    )
    assert ("sensitive", Decimal("500000.00")) == (outcome.category, counted)
    gad = {target.name: target for target in methodology("ph_gad").targets}["gad_5"]
    assert gad.is_met(counted, Decimal("10000000.00"))
    assert not gad.is_met(counted, Decimal("10000000.01"))


# --- India ----------------------------------------------------------------

BUDGET_2025 = {"A": Decimal("105535.40"), "B": Decimal("326672.00"), "C": Decimal("16821.28")}
BUDGET_2024, BUDGET_2023 = Decimal("327158.44"), Decimal("238219.75")


def per_cent(part, whole):
    return (100 * part / whole).quantize(Decimal("0.01"))


def test_indias_three_parts_are_the_printed_total():
    """Parts A, B and C of 2025-26 add up to 449,028.68 crore rupees, in the printed shares.

    Source: Government of India, Union Budget 2025-26, Gender Budget Statement.
    """
    india = methodology("india_gbs")
    total = weighted(BUDGET_2025, india.convention().coefficients)
    assert Decimal("449028.68") == total
    assert Decimal("0.00") == not_screened(total, BUDGET_2025)
    shares = [per_cent(part, total) for part in BUDGET_2025.values()]
    assert [Decimal("23.50"), Decimal("72.75"), Decimal("3.75")] == shares
    assert Decimal(100) == sum(shares)
    assert Interval(Decimal("105535.40"), Decimal("432207.40")) == tagged_interval(
        BUDGET_2025, india.stances
    )


def test_indias_growth_is_the_printed_one_where_like_is_compared_with_like():
    """Budget against budget gives 37.25 and 37.33 %; a revised base gives another figure.

    Source: Government of India, Gender Budget Statements of 2023-24 to 2026-27. The 22.54 % that
    was reported for part C compares a budget estimate with a revised one.
    """
    total = sum(BUDGET_2025.values())
    assert Decimal("37.25") == per_cent(total, BUDGET_2024) - 100
    assert Decimal("37.33") == per_cent(BUDGET_2024, BUDGET_2023) - 100
    next_budget, revised = Decimal("29777.94"), Decimal("24299.97")
    assert Decimal("22.54") == per_cent(next_budget, revised) - 100
    assert Decimal("77.03") == per_cent(next_budget, BUDGET_2025["C"]) - 100


def test_indias_part_c_is_only_in_the_newer_version():
    """Of 2023-24 there is no part C: what is below 30 % was not in the statement.

    Source: Government of India, Union Budgets before and since July 2024.
    """
    below = Evidence(score=Decimal("29.99"))
    assert "C" == classify(methodology("india_gbs", "2024"), below).category
    assert "none" == classify(methodology("india_gbs", "2005"), below).category


# --- European Union -------------------------------------------------------


def test_the_scores_of_the_eu_budget_are_the_whole_of_it():
    """2, 10, 83 and 5 per cent of the commitments of 2021-24; the 5 are to be scored again.

    Source: European Commission, as reported by the European Parliament (2025/2033(INI)).
    """
    eu = methodology("eu_budget")
    published = {"2": Decimal(2), "1": Decimal(10), "0": Decimal(83), "0*": Decimal(5)}
    assert {category.code for category in eu.categories} == set(published)
    assert Decimal(0) == not_screened(Decimal(100), published)
    assert Interval(Decimal(2), Decimal(12)) == tagged_interval(published, eu.stances)
    assert ("0*",) == eu.queue_categories
    outcome = classify(eu, Evidence(category="0*"))
    assert (True, Decimal(0)) == (eu.category("0*").is_queue, outcome.amount_coefficient)
    cpr = methodology("cpr_eige")
    assert ("0%*",) == cpr.queue_categories
    at_stake = cpr.convention("at_stake").coefficients["0%*"] - cpr.convention().coefficients["0%*"]
    assert Decimal("0.4") == at_stake


# --- Serbia ---------------------------------------------------------------

DINAR = TOWN.replace('"EUR"', '"RSD"').replace('"ME"', '"RS"')
BY_ACCOUNT = """
    [[classification]]
    dimension = "programme"
    levels = [{ code = "Програм" }, { code = "Пројекат" }]

    [[classification]]
    dimension = "economic_class"
    levels = [{ code = "Конто" }]
"""
BY_LABEL = """
    [line]
    direction_column = "Опис"
    revenue = '^(Укупни приходи|7[+]8|[1-4]\\.)'
    expenditure = '^(Текући|Капитални|4[+]5|Извор)'
    label = "Опис"
    identified_by_label = true
"""
LINE = """
    [line]
    direction = "expenditure"
    label = "Опис"
"""


def amount(column):
    return f'[[amount]]\ncolumn = "{column}"\nstage = "approved"'


def total_rule(matches, plus, minus=None):
    less = f"minus = '{minus}'" if minus else ""
    return f"[[total]]\ncolumn = \"Опис\"\nmatches = '{matches}'\nplus = '{plus}'\n{less}"


def differences(verdict):
    """Return what totals of the file differ by, printed less added up."""
    return [one.message.values["difference"] for one in told(verdict, "printed-total")]


def checked(store, rows, *rules, columns=("Износ",), **parts):
    mapping = mapping_of(
        *map(amount, columns), *rules, town=DINAR, **{"line": BY_LABEL, "codes": "", **parts}
    )
    return examined(store, csv(rows), mapping, fiscal_year=2018)


PROGRAMME = """
    Програм;Пројекат;Конто;Опис;Износ
    2601-08;02;421;Стални трошкови;303.000
    2601-08;02;422;Трошкови путовања;1.100.000
    2601-08;02;423;Услуге по уговору;66.157.000
    2601-08;02;426;Материјал;7.870.000
    2601-08;02;512;Машине и опрема;2.000.000
    2601-08;02;515;Нематеријална имовина;1.000.000
    2601-08;02;;Свега за пројекат 02;78.430.000
    2601-08;07;423;Услуге по уговору;17.500.000
    2601-08;07;426;Материјал;2.500.000
    2601-08;07;;Свега за пројекат 07;20.000.000
    2601-08;;;Свега за програм 2601-08;98.430.000
"""


def roll_up(store, rows):
    return checked(
        store,
        rows,
        '[structure]\ncode = "Конто"\nlabel = "Опис"',
        line=LINE,
        codes=BY_ACCOUNT,
    )


def test_a_serbian_programme_rolls_up(store):
    """Nine lines are two projects of 78,430,000 and 20,000,000, and a programme of 98,430,000 dinars.

    Source: Republic of Serbia, law on the budget, programme 2601-08 (IPA 2008).
    """
    verdict = roll_up(store, PROGRAMME)
    assert [] == differences(verdict)
    assert ["98430000.00"] == list(sums(verdict).values())
    assert 3 == len(verdict.printed_totals)


def test_a_programme_that_does_not_roll_up_is_asked_about(store):
    """One dinar less in a line shows in its project and in the programme."""
    verdict = roll_up(store, PROGRAMME.replace("303.000", "302.999"))
    assert [1, 1] == differences(verdict)


def test_a_function_is_the_sum_of_its_sources(store):
    """Function 980: 141,036,000 from source 01 and 6,700,000 from source 04 are 147,736,000 dinars.

    Source: Republic of Serbia, law on the budget, function 980.
    """
    rows = """
    Опис;Износ
    Извор 01 Приходи из буџета;141.036.000
    Извор 04 Сопствени приходи буџетских корисника;6.700.000
    Свега за функцију 980;147.736.000
    """
    verdict = checked(store, rows, total_rule("^Свега", "^Извор"))
    assert [] == differences(verdict)
    assert ["147736000.00"] == list(sums(verdict).values())


SJENICA = """
    Опис;Буџет;Остали извори;Укупно
    Укупни приходи и примања;987.110.369;113.276.569;1.100.386.938
    Текући расходи;707.110.369;30.500.000;737.610.369
    Капитални издаци;265.500.000;82.776.560;348.276.560
    Буџетски суфицит;14.500.000;9;{surplus}
"""


@pytest.mark.parametrize(("surplus", "difference"), [("14.500.009", []), ("14.500.000", [-9])])
def test_sjenica_adds_up_but_for_one_of_its_two_surpluses(store, surplus, difference):
    """Revenue less current and capital expenditure is 14,500,009; the other print lacks 9 dinars.

    Source: municipality of Sjenica, decision on the revised budget for 2018.
    """
    verdict = checked(
        store,
        SJENICA.format(surplus=surplus),
        total_rule("суфицит", "^Укупни приходи", "^(Текући|Капитални)"),
        columns=("Укупно",),
    )
    assert difference == differences(verdict)
    assert ["1085886929.00", "1100386938.00"] == sorted(sums(verdict).values())


def test_each_row_of_sjenica_is_the_sum_of_its_sources(store):
    """Budget and other sources are the total of the row, row by row.

    Source: municipality of Sjenica, decision on the revised budget for 2018.
    """
    rule = '[[sum]]\ncolumn = "Укупно"\nof = ["Буџет", "Остали извори"]'
    fund = 'member = {{ dimension = "fund", code = "{code}" }}'
    rows = SJENICA.format(surplus="14.500.009")
    amounts = [
        amount(column) + "\n" + fund.format(code=code)
        for column, code in (("Буџет", "01"), ("Остали извори", "04"))
    ]
    skip = '[[row]]\nkind = "skip"\nwhere = { "Опис" = \'суфицит\' }\nreason = "a result"'
    for written, count in ((rows, 0), (rows.replace("737.610.369", "737.610.368"), 1)):
        verdict = examined(
            store,
            csv(written),
            mapping_of(*amounts, rule, skip, town=DINAR, line=BY_LABEL, codes=""),
            fiscal_year=2018,
        )
        questions = [one for one in verdict.findings if one.severity is Severity.QUESTION]
        assert count == len(questions), questions


def test_senta_is_flagged_by_120_000(store):
    """Its four parts are 926,741,142; the decision prints 926,861,142, which is asked about.

    Source: municipality of Senta, decision on the budget for 2018.
    """
    rows = """
    Опис;Износ
    1. Први део;797.886.886
    2. Други део;102.000.000
    3. Трећи део;25.813.456
    4. Четврти део;1.040.800
    УКУПНО;926.861.142
    """
    verdict = checked(store, rows, total_rule("^УКУПНО", r"^[1-4]\."))
    (finding,) = told(verdict, "printed-total")
    assert (Severity.QUESTION, 6) == (finding.severity, finding.row_number)
    assert Decimal("120000.00") == finding.message.values["difference"]
    assert ["926741142.00"] == list(sums(verdict).values())
    right = checked(
        store, rows.replace("926.861.142", "926.741.142"), total_rule("^УКУПНО", r"^[1-4]\.")
    )
    assert [] == differences(right)


@pytest.mark.parametrize(
    ("revenue", "expenditure", "deficit"),
    [
        ("1.064.865.538", "1.419.020.761", "354.155.223"),
        ("1,064,865,538", "1,419,020,761", "354,155,223"),
    ],
)
def test_palilulas_deficit_is_expenditure_less_revenue(store, revenue, expenditure, deficit):
    """1,419,020,761 less 1,064,865,538 is the printed 354,155,223, in either way to write numbers.

    Source: city municipality of Palilula, Belgrade, decision on the budget for 2019.
    """
    rows = f"""
    Опис;Износ
    7+8 Приходи и примања;{revenue}
    4+5 Расходи и издаци;{expenditure}
    Буџетски дефицит;{deficit}
    """
    rule = total_rule("дефицит", r"^4\+5", r"^7\+8")
    verdict = checked(store, rows, rule)
    assert [] == differences(verdict)
    assert ["1064865538.00", "1419020761.00"] == sorted(sums(verdict).values())
