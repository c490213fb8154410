"""Layouts of the gender budget statement, each on a budget that a reader adds up in the head."""

from decimal import Decimal

import pytest
from fixtures.programme_town import (
    BUDGET,
    NURSERIES,
    PLAYGROUNDS,
    REPAIR,
    WHOLE,
    WHOLE_EXECUTED,
    build_town,
    exact,
    give,
    judged,
    money_of,
    rows_of,
    scored,
    statement,
    ticked,
)

from budgeting.methodologies import Evidence
from budgeting.model import Stage


@pytest.fixture
def town(prepared):
    return prepared(build_town)


def test_india_over_three_years(town):
    """Part by part, organisation by organisation, with the years before beside it."""
    build_town(town, 2025, BUDGET.replace("1000.00", "1100.00").replace("2000.00", "2500.00"))
    build_town(town, 2026)
    give(town, "india_gbs", NURSERIES, (scored(100), 1), version="2024")
    give(town, "india_gbs", REPAIR, (scored(30), "0.4"), (scored(10), "0.1"), version="2024")
    report = statement(town, "india_gbs", year="2026", version="2024")
    columns = ("executed_before", "approved_before", "revised_before", "main")
    expected = [
        ("0001 Nurseries", "900.01", "1600.50", None, "1500.50"),
        ("Total", "900.01", "1600.50", None, "1500.50"),
        ("Total: A – only for women", "900.01", "1600.50", None, "1500.50"),
        ("0001 Repair", "800.00", "1000.00", None, "800.00"),
        ("Total", "800.00", "1000.00", None, "800.00"),
        ("Total: B – at least 30 % for women", "800.00", "1000.00", None, "800.00"),
        ("0001 Repair", "200.00", "250.00", None, "200.00"),
        ("Total", "200.00", "250.00", None, "200.00"),
        ("Total: C – less than 30 % for women", "200.00", "250.00", None, "200.00"),
        ("Total of the statement", "1900.01", "2850.50", None, "2500.50"),
        ("not screened", "1409.99", "1749.50", None, "1499.50"),
        ("all of the budget", WHOLE_EXECUTED, "4600.00", None, WHOLE),
    ]
    assert [(name, *exact(*amounts)) for name, *amounts in expected] == money_of(report, *columns)
    assert "no statement of amounts for this column: revised 2025" in " ".join(
        map(str, report.notes)
    )


def test_the_letter_of_mexicos_programmes(town):
    """Where a programme's code begins with one, it has a column; a letter in another place is none."""
    build_town(town, 2025, BUDGET.replace("0001,Repair", "S174,Repair").replace("0002,", "P1,"))
    give(town, "nepal", "0701/S174", (scored(60), 1))
    give(town, "nepal", "2001/P1", (scored(60), 1))
    rows = rows_of(statement(town, "nepal", year="2025"))
    letters = {row["programme"]: row["modality"] for row in rows if not row["adds"]}
    assert ("S", None) == (letters["S174 Repair"], letters["P1 Playgrounds"])
    give(town, "nepal", NURSERIES, (scored(60), 1))
    assert "modality" not in rows_of(statement(town, "nepal", year="2024"))[0]


def test_what_was_screened_and_says_nothing_is_not_in_the_statement(town):
    """Score 0 stands below it, in one row; so does what does not count in the OECD's interval."""
    give(town, "eu_budget", NURSERIES, (judged("0*"), 1))
    give(town, "eu_budget", REPAIR, (judged("0"), 1))
    facts = statement(town, "eu_budget", stage="approved").facts
    assert exact("1500.50", "2000.00") == (facts["listed"], facts["unlisted"])
    give(town, "un_gem", NURSERIES, (judged("1"), 1))
    give(town, "un_gem", REPAIR, (judged("2"), 1))
    facts = statement(town, "un_gem", stage="approved").facts
    assert exact("2000.00", "1500.50") == (facts["listed"], facts["unlisted"])


def test_mexico_by_branch_and_programme(town):
    """What counts, by branch in the order of its code, with what was decided beside it."""
    give(town, "oecd_dac", NURSERIES, (ticked("oecd_dac", "2"), 1))
    give(
        town, "oecd_dac", REPAIR, (ticked("oecd_dac", "1"), "0.5"), (ticked("oecd_dac", "0"), "0.5")
    )
    report = statement(town, "oecd_dac", layout="mexico", stage="approved", convention="eu_funds")
    assert [
        ("9 Works", "0001 Repair", *exact("1000.00", "400.00")),
        ("9 Works", "Total", *exact("1000.00", "400.00")),
        ("10 Care", "0001 Nurseries", *exact("1500.50", "1500.50")),
        ("10 Care", "Total", *exact("1500.50", "1500.50")),
        (None, "Total of the statement", *exact("2500.50", "1900.50")),
        (None, "Not targeted", *exact("1000.00", None)),
        (None, "not screened", *exact("499.50", None)),
        (None, "all of the budget", *exact("4000.00", None)),
    ] == [
        (row["organisation"], _short(row["programme"]), row["main"], row["counted"])
        for row in rows_of(report)
    ]


def _short(label):
    return "Not targeted" if "argeted" in label else label


def test_the_union_by_score(town):
    """Each score with its share; what is provisional is told."""
    give(town, "eu_budget", NURSERIES, (judged("2"), 1))
    give(town, "eu_budget", REPAIR, (judged("0*"), 1))
    report = statement(town, "eu_budget", stage="approved")
    shares = {row["programme"]: row["share"] for row in rows_of(report)}
    assert 0.5 == shares["0001 Repair"]
    assert 1.0 == shares["all of the budget"]
    assert "to be scored again" in str(report.facts["findings"][0])


def test_the_oecds_interval(town):
    """The lower bound is what has it as the main aim, the upper one adds what is significant."""
    give(town, "oecd_dac", NURSERIES, (ticked("oecd_dac", "2"), 1))
    give(town, "oecd_dac", REPAIR, (ticked("oecd_dac", "1"), 1))
    report = statement(town, "oecd_dac", stage="approved")
    whole = next(row for row in rows_of(report) if row["programme"] == "Total of the statement")
    assert exact("1500.50", "3500.50") == (whole["low"], whole["high"])
    values = report.facts["findings"][0].values
    assert exact("1500.50", "3500.50") == (values["low"].amount, values["high"].amount)


def test_the_funds_ex_ante_and_ex_post(town):
    """40 % of 2,000.00 planned, 40 % of 1,999.99 spent; 0%* would add 40 % of 300.33."""
    give(town, "cpr_eige", REPAIR, (judged("02"), 1))
    give(town, "cpr_eige", PLAYGROUNDS, (judged("0%*"), 1))
    report = statement(town, "cpr_eige")
    row = next(row for row in rows_of(report) if row["programme"] == "0001 Repair")
    columns = ("main", "tracked_main", "ex_post", "tracked_ex_post", "delta", "at_stake")
    assert exact("2000.00", "800.00", "1999.99", "800.00", "0.00", None) == tuple(
        row[column] for column in columns
    )
    assert "40%" == row["coefficient"]
    total = next(row for row in rows_of(report) if row["programme"] == "Total of the statement")
    assert Decimal("120.13") == total["at_stake"]
    assert "120.13" in str(report.facts["findings"][-1])


def test_a_programme_that_moves_between_codes_is_tracked_in_both(town):
    """Ex ante 02, ex post 01: its money leaves one code and comes into the other."""
    give(town, "cpr_eige", REPAIR, (judged("02"), 1), stage=Stage.APPROVED)
    give(town, "cpr_eige", REPAIR, (judged("01"), 1), stage=Stage.EXECUTED)
    deltas = [
        row["delta"]
        for row in rows_of(statement(town, "cpr_eige"))
        if row["programme"] == "0001 Repair"
    ]
    assert list(exact("1999.99", "-800.00")) == deltas


def test_the_gad_plan_with_attribution(town):
    """Direct money whole, 16.2 points three quarters; what is marked both ways counts once."""
    give(town, "ph_gad", PLAYGROUNDS, (judged("client", issue="No place to play"), 1))
    give(town, "ph_hgdg", NURSERIES, (scored("16.2"), 1))
    give(town, "ph_hgdg", PLAYGROUNDS, (scored(20), 1))
    report = statement(town, "ph_gad")
    assert [
        ("0002 Playgrounds", *exact("300.33", "300.33", "310.00", "-9.67")),
        ("Total: A. Client-focused", *exact("300.33", "300.33", "310.00", "-9.67")),
        ("Total: B. Organisation-focused", *exact("0", "0", "0", "0")),
        ("0001 Nurseries", *exact("1500.50", "1125.38", "675.01", "450.37")),
        ("Total: C. Attributed programmes", *exact("1500.50", "1125.38", "675.01", "450.37")),
        ("Total of the statement", *exact("1800.83", "1425.71", "985.01", "440.70")),
        ("not screened", *exact("2199.17", None, None, None)),
        ("all of the budget", *exact("4000.00", None, None, None)),
    ] == money_of(report, "main", "gad", "cost", "variance")
    row = rows_of(report)[0]
    assert ("No place to play", None) == (row["issue"], row["score"])
    assert "16.2" == rows_of(report)[3]["score"]
    assert rows_of(report) == rows_of(statement(town, "ph_hgdg"))


def test_the_gad_budget_by_class_of_expense(store):
    """Pay is PS, building CO, the class of a reserve not known; the parts add up to the cent."""
    cents = BUDGET.replace("411,01,Pay,1000.00", "411,01,Pay,0.01").replace("500.50", "0.01")
    build_town(store, 2024, cents.replace("425,01,Repair", "499,01,Repair"), "RS")
    give(store, "ph_hgdg", NURSERIES, (scored(8), 1))
    give(store, "ph_gad", PLAYGROUNDS, (judged("client"), 1))
    give(store, "ph_hgdg", REPAIR, (scored(15), 1))
    columns = ("ps", "mooe", "co", "expense_unknown", "gad")
    rows = rows_of(statement(store, "ph_gad"))
    for row in rows:
        *parts, whole = (row[column] or 0 for column in columns)
        assert whole == sum(parts)
    total = next(row for row in rows if row["programme"] == "Total of the statement")
    assert exact("0.00", "0.01", "300.33", "1500.00", "1800.34") == tuple(
        total[column] for column in columns
    )


def test_a_gad_budget_whose_classes_nobody_knows_is_one_column(town):
    """Montenegro's codes are in no class: that is said, and nothing is guessed."""
    assert "PS, MOOE" not in " ".join(map(str, statement(town, "ph_gad").facts["findings"]))
    give(town, "ph_gad", PLAYGROUNDS, (judged("client"), 1))
    report = statement(town, "ph_gad")
    assert not {"ps", "mooe", "co", "expense_unknown"} & set(rows_of(report)[0])
    assert "PS, MOOE and CO" in " ".join(map(str, report.facts["findings"]))


def test_the_test_of_five_per_cent(town):
    """200.00 of 4,000.00 are exactly 5 %; a cent less is not."""
    half = Decimal("200.00") / Decimal("300.33")
    give(town, "ph_gad", PLAYGROUNDS, (judged("client"), half))
    assert "is met" in str(statement(town, "ph_gad").facts["findings"][0])
    give(town, "ph_gad", PLAYGROUNDS, (judged("client"), Decimal("199.99") / Decimal("300.33")))
    assert "is not met" in str(statement(town, "ph_gad").facts["findings"][0])


def test_what_was_spent_may_have_another_score(town):
    """Planned at 16 points, done at 8: three quarters of the plan, half of what was spent."""
    give(town, "ph_hgdg", PLAYGROUNDS, (scored(16), 1), stage=Stage.APPROVED)
    give(town, "ph_hgdg", PLAYGROUNDS, (scored(8), 1), stage=Stage.EXECUTED)
    row = rows_of(statement(town, "ph_hgdg"))[2]
    assert exact("225.25", "155.00") == (row["gad"], row["cost"])


def test_canadas_strip(town):
    """Between 60 and 80 % women: the fourth of five points, readable as text."""
    words = {"population": "Parents", "timing": "early", "income": "4", "generation": "1"}
    told = Evidence(score=Decimal("62.5"), texts=words)
    give(town, "canada_gba", NURSERIES, (told, 1), reason="Mothers bring most children")
    row = rows_of(statement(town, "canada_gba"))[0]
    assert ("o-o-o-●-o", "More women", "62.5%") == (row["strip"], row["category"], row["women"])
    assert ("Parents", "Early: when the measure was conceived") == (
        row["population"],
        row["timing"],
    )
    assert ("o-o-o-●-o  Somewhat low incomes", "●-o-o  The young and those to come") == (
        row["income"],
        row["generation"],
    )
    assert "Mothers bring most children" == row["reason"]


def test_serbias_programmes_with_goals_and_sources(town):
    """Programme, activity, goal, indicator; money from the budget and from other sources."""
    words = {"goal": "Equal care", "indicator": "Fathers on leave", "baseline": "5", "target": "20"}
    goals = Evidence(ticked("rs_programme", "met").ticks, texts=words)
    give(town, "rs_programme", NURSERIES, (goals, 1))
    report = statement(town, "rs_programme", stage="approved")
    row, total, *_ = rows_of(report)
    assert ("2001 Children", "0001 Nurseries") == (row["programme"], row["activity"])
    assert words.items() <= row.items()
    columns = ("budget", "other", "main")
    assert exact("1000.00", "500.50", "1500.50") == tuple(row[column] for column in columns)
    assert exact("1000.00", "500.50", "1500.50") == tuple(total[column] for column in columns)
    assert exact("2499.50", "0.00", "2499.50") == tuple(rows_of(report)[-2][one] for one in columns)
