"""Gender budget statement: each layout on a budget that a reader adds up in the head."""

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
    give,
    judged,
    rows_of,
    scored,
    statement,
)
from fixtures.small_budget import ask

from budgeting.access import Identity, Role
from budgeting.errors import UnknownReport
from budgeting.exports import export
from budgeting.marks.reviewing import approve, review
from budgeting.methodologies import Evidence, methodologies, methodology
from budgeting.model import Stage
from budgeting.reports import build_report
from budgeting.reports.statements.layouts import LAYOUTS, layouts_for
from budgeting.store import connect
from budgeting.translations import language

BOB = Identity("Bob", Role.ADMINISTRATOR)


@pytest.fixture
def town():
    opened = connect(None)
    build_town(opened)
    yield opened
    opened.close()


def ticked(code, category):
    """Ticks that give a category of a checklist."""
    method = methodology(code)
    required = method.category(category).requires
    return Evidence({one.id: Decimal(one.id in required) for one in method.criteria})


def money(report, *columns):
    """The rows of a statement by their first word: label of the row, then its amounts."""
    first = next(
        c.key for c in report.tables["statement"].columns if c.kind == "text" and c.key in NAMES
    )
    return [(row[first], *(row[column] for column in columns)) for row in rows_of(report)]


NAMES = ("programme", "activity")


def exact(*amounts):
    return tuple(None if one is None else Decimal(one) for one in amounts)


# --- what all layouts have ------------------------------------------------


@pytest.mark.parametrize("name", LAYOUTS)
def test_without_marks_all_of_it_is_not_screened(town, name):
    """A statement of nothing has no rows: not screened is the whole budget."""
    code = (LAYOUTS[name].methodologies or ("nepal",))[0]
    report = statement(town, code, layout=name, unit="1", stage="approved")
    last, whole = rows_of(report)[-2:]
    assert (WHOLE, WHOLE) == (last["main"], whole["main"])
    assert 0 == report.facts["listed"]
    assert "Nobody has marked" in str(report.answer)


def test_every_methodology_has_a_layout():
    """Without a choice a methodology gets the layout that is meant for it, else that of branches."""
    own = {"india_gbs": "india", "eu_budget": "eu", "cpr_eige": "cpr", "ph_gad": "gad"}
    own |= {"ph_hgdg": "gad", "canada_gba": "canada", "rs_programme": "serbia"}
    own |= {"oecd_dac": "oecd", "un_gem": "oecd"}
    for one in methodologies():
        assert own.get(one.code, "mexico") == layouts_for(one.code)[0].name


def test_marks_are_never_shown_in_a_layout_of_another_methodology(town):
    """Who asks for it is told for what the layout is meant, and what there is instead."""
    with pytest.raises(UnknownReport, match=r"never converted.*there are: oecd, mexico"):
        statement(town, "oecd_dac", layout="india")
    with pytest.raises(UnknownReport, match="no layout “utopia”"):
        statement(town, "oecd_dac", layout="utopia")
    with pytest.raises(UnknownReport, match="no unit “lakh”"):
        statement(town, "oecd_dac", unit="lakh")


def test_marks_of_another_version_have_a_row_of_their_own(town):
    """They count for nothing, and are in the total."""
    give(town, "india_gbs", NURSERIES, (scored(100), 1), version="2005")
    give(town, "india_gbs", REPAIR, (scored(40), 1), version="2024")
    report = statement(town, "india_gbs", version="2024", stage="approved")
    assert (
        ("Total of the statement", Decimal("2000.00")),
        ("marked under another version", Decimal("1500.50")),
        ("not screened", Decimal("499.50")),
        ("all of the budget", WHOLE),
    ) == tuple(money(report, "main"))[-4:]
    assert report.facts["other_version"] == Decimal("1500.50")


def test_a_line_without_a_programme_stands_with_its_label(town):
    (line,) = ask(town, "select line_code from core.budget_lines where line_code like '%426%'")
    give(town, "oecd_dac", line["line_code"], (ticked("oecd_dac", "0"), 1))
    assert ("Fuel", Decimal("199.17")) in money(
        statement(town, "oecd_dac", stage="approved"), "main"
    )


def test_units_change_the_writing_and_nothing_else(town):
    """In thousands every cent is kept, and rows still add up."""
    give(town, "eu_budget", NURSERIES, (judged("1"), 1))
    in_ones = money(statement(town, "eu_budget", stage="approved"), "main")
    in_thousands = money(statement(town, "eu_budget", stage="approved", unit="thousand"), "main")
    assert [(name, amount and amount / 1000) for name, amount in in_ones] == in_thousands


def test_the_stamp_says_what_was_asked(town):
    give(town, "eu_budget", NURSERIES, (judged("1"), 1))
    report = statement(town, "eu_budget", stage="approved")
    assert {
        "municipality": "smallton",
        "year": "2024",
        "stage": "approved",
        "methodology": "eu_budget",
        "version": "2021-2027",
        "layout": "eu",
        "unit": "1",
    }.items() <= report.parameters.items()
    assert "Share not screened: 62.5%." in [language("en").say(note) for note in report.notes]
    assert report.data_version == town.data_version


def test_the_only_town_and_its_newest_year_with_marks_need_no_naming(town):
    """Without marks it is the newest year; with marks under the methodology the newest of those."""
    build_town(town, 2025, BUDGET)
    name, given = "gender_budget_statement", {"methodology": "eu_budget"}
    assert build_report(town, name, given).parameters["year"] == "2025"
    give(town, "eu_budget", NURSERIES, (judged("1"), 1))
    assert build_report(town, name, given).parameters["year"] == "2025"
    give(town, "un_gem", NURSERIES, (judged("2"), 1), from_year=2024, stage=Stage.APPROVED)
    assert build_report(town, name, {**given, "year": "2024"}).parameters["year"] == "2024"


def test_an_empty_database_asks_for_the_municipality(store):
    with pytest.raises(UnknownReport, match="municipality"):
        build_report(store, "gender_budget_statement", {"methodology": "eu_budget"})


# --- layouts --------------------------------------------------------------


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
    assert [(name, *exact(*amounts)) for name, *amounts in expected] == money(report, *columns)
    assert "no statement of amounts for this column: revised 2025" in " ".join(
        map(str, report.notes)
    )


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
    ] == money(report, "main", "gad", "cost", "variance")
    row = rows_of(report)[0]
    assert ("No place to play", None) == (row["issue"], row["score"])
    assert "16.2" == rows_of(report)[3]["score"]
    assert rows_of(report) == rows_of(statement(town, "ph_hgdg"))


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
    told = Evidence(score=Decimal("62.5"), texts={"population": "Parents", "timing": "early"})
    give(town, "canada_gba", NURSERIES, (told, 1), reason="Mothers bring most children")
    row = rows_of(statement(town, "canada_gba"))[0]
    assert ("o-o-o-●-o", "More women", "62.5%") == (row["strip"], row["category"], row["women"])
    assert ("Parents", "early") == (row["population"], row["timing"])
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


def test_what_a_second_reader_approved_is_told(town):
    """The share that is approved stands beside the share that nobody has looked at."""
    give(town, "eu_budget", NURSERIES, (judged("1"), 1))
    give(town, "eu_budget", REPAIR, (judged("2"), 1))
    repair = ask(town, "select classification_id from core.classifications where category = '2'")
    review(town, BOB, "smallton", [repair[0]["classification_id"]])
    assert 0.0 == statement(town, "eu_budget", stage="approved").facts["approved_share"]
    repair = ask(
        town, "select classification_id from core.classifications where state = 'reviewed'"
    )
    approve(town, BOB, "smallton", [repair[0]["classification_id"]])
    report = statement(town, "eu_budget", stage="approved")
    assert 0.5 == report.facts["approved_share"]


def test_the_versions_of_both_methodologies_are_told(town):
    """A GAD plan is stamped with the version of its direct and of its attributed part."""
    notes = " ".join(map(str, statement(town, "ph_gad").notes))
    assert "version 2009" in notes
    assert "version 2016" in notes


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_can_be_written_into_every_file(town, name):
    """XLSX with formulas for sums, CSV and JSON, in Serbian as well."""
    code = (LAYOUTS[name].methodologies or ("nepal",))[0]
    report = statement(town, code, layout=name)
    for tongue in ("en", "sr"):
        for kind in ("xlsx", "csv", "json"):
            assert export(report, kind, language(tongue))
