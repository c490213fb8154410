"""Gender budget statement: each layout on a budget that a reader adds up in the head."""

from decimal import Decimal

import pytest
from fixtures.programme_town import (
    BUDGET,
    NURSERIES,
    REPAIR,
    WHOLE,
    build_town,
    give,
    judged,
    money_of,
    rows_of,
    scored,
    statement,
    ticked,
)
from fixtures.small_budget import ask

from budgeting.access import Identity, Role
from budgeting.errors import UnknownReport
from budgeting.exports import export
from budgeting.marks.reviewing import approve, review
from budgeting.methodologies import methodologies
from budgeting.model import Stage
from budgeting.reports import build_report
from budgeting.reports.statements.layouts import LAYOUTS, layouts_for
from budgeting.translations import language

BOB = Identity("Bob", Role.ADMINISTRATOR)


@pytest.fixture
def town(prepared):
    return prepared(build_town)


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
    ) == tuple(money_of(report, "main"))[-4:]
    assert report.facts["other_version"] == Decimal("1500.50")


def test_a_line_without_a_programme_stands_with_its_label(town):
    (line,) = ask(town, "select line_code from core.budget_lines where line_code like '%426%'")
    give(town, "oecd_dac", line["line_code"], (ticked("oecd_dac", "1"), 1))
    assert ("Fuel", Decimal("199.17")) in money_of(
        statement(town, "oecd_dac", stage="approved"), "main"
    )


def test_units_change_the_writing_and_nothing_else(town):
    """In thousands every cent is kept, and rows still add up."""
    give(town, "eu_budget", NURSERIES, (judged("1"), 1))
    in_ones = money_of(statement(town, "eu_budget", stage="approved"), "main")
    in_thousands = money_of(statement(town, "eu_budget", stage="approved", unit="thousand"), "main")
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
