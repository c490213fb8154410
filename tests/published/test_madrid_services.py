"""Madrid 2022: what services cost, and whom they reach, from the city's own budget and indicators."""

from decimal import Decimal

import pytest
from fixtures.prepared import store_after
from fixtures.small_budget import ask

from budgeting.access import Identity, Role
from budgeting.imports.answers import Answers
from budgeting.imports.labels import accept_labels, examine_labels
from budgeting.imports.mappings.mapping_file import mapping_named
from budgeting.imports.source import SourceFile
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.use.storing import accept_use
from budgeting.imports.use.verdict import examine_use
from budgeting.imports.verdict import examine
from budgeting.methodologies.model import Subject
from budgeting.reports import build_report
from budgeting.services.defining import define
from budgeting.services.model import (
    Grade,
    IndicatorRole,
    Service,
    ServiceIndicator,
    ServiceLine,
    Unit,
)
from budgeting.services.suggesting import suggested_lines
from budgeting.translations import language
from budgeting.ui.benefit_findings import without_cost

pytestmark = pytest.mark.xdist_group("madrid_services")  # accepted once for all tests
EDITOR = Identity("tester", Role.EDITOR)
WHEN = {"municipality": "es_madrid", "year": "2022", "stage": "executed"}
HOME_HELP = ServiceLine(Subject.PROGRAMME, "23103", economic_code="2/22710")
# Percentages above 100 stand in five rows of the city's file.
LEFT_OUT = Answers(grade=Grade.B, reasons={"rejected-rows": "percentages above 100"})


@pytest.fixture(scope="module")
def madrid(test_data):
    """The expenditure of 2022 and the indicators by sex, with two services."""
    store = store_after()
    folder = test_data / "es_madrid"
    spent = folder / "2022_gastos.csv"
    budget = SourceFile(spent.name, spent.read_bytes())
    mapping = mapping_named("es_madrid")
    accept(store, examine(store, budget, mapping, Answers(fiscal_year=2022)), EDITOR)
    pairs = folder / "derived_sex_pairs_by_programme_2016_2023.csv"
    use = SourceFile(pairs.name, pairs.read_bytes())
    accept_use(store, examine_use(store, use, mapping_named("es_madrid_use"), LEFT_OUT), EDITOR)
    for code, words, lines in (
        ("home_help", "AYUDA A DOMICILIO", (HOME_HELP,)),
        ("tele_assistance", "TELEASISTENCIA DOMICILIARIA", ()),
    ):
        users = ServiceIndicator(city_wide(store, words), IndicatorRole.USERS, counts=Unit.PERSONS)
        define(store, EDITOR, "es_madrid", Service(code, words, lines=lines, indicators=(users,)))
    yield store
    store.close()


def city_wide(store, words):
    """The indicator of the whole city for women attended by a service; districts have places."""
    found = ask(
        store,
        "select distinct indicator_code from core.indicators "
        "join mart.indicator_figures using (municipality_code, indicator_code) "
        "where place = '' and programme_code = '23103' and starts_with(label, 'MUJERES ATENDIDAS') "
        "and contains(label, $words) and fiscal_year = 2022",
        words=f"SERVICIO DE {words}",
    )
    assert len(found) == 1
    return found[0]["indicator_code"]


def rows(report, table):
    return report.tables[table].rows.to_pylist()


def test_home_help_costs_what_its_own_economic_line_says(madrid):
    """Of the programme's 261,982,669.61 executed, home help is 185,086,146.82."""
    sheet = build_report(madrid, "service_sheet", WHEN | {"service": "home_help"})
    assert Decimal("185086146.82") == sheet.facts["net"]
    assert Decimal("185086146.82") == sum(row["amount"] for row in rows(sheet, "lines"))
    whole = build_report(
        madrid, "budget_explorer", WHEN | {"by": "programme", "within": "programme:23103"}
    )
    assert Decimal("261982669.61") == whole.facts["total"]


def test_home_help_reaches_those_whom_the_city_counts(madrid):
    """63,141 women and 21,883 men; what districts count of them is not added."""
    [home, _] = rows(build_report(madrid, "who_benefits", WHEN), "services")
    assert (63141, 21883, 85024) == (home["women_users"], home["men_users"], home["users"])
    assert home["net"] == home["women"] + home["men"] + home["not_known"]
    assert Decimal("2176.87") == home["unit_cost"]


def test_what_tele_assistance_costs_is_not_known(madrid):
    """103,343 women and 37,204 men use it; without a line nothing is divided by them."""
    sheet = build_report(madrid, "service_sheet", WHEN | {"service": "tele_assistance"})
    assert "what it costs is not known" in str(sheet.answer)
    users = {row["sex"]: row["users"] for row in rows(sheet, "users")}
    assert (103343, 37204) == (users["female"], users["male"])
    assert {None} == {row["amount"] for row in rows(sheet, "money")}
    assert 1 == build_report(madrid, "who_benefits", WHEN).facts["not_counted"]


def test_the_page_says_what_has_no_cost_instead_of_dividing(madrid):
    """Tele-assistance stands below the chart with those whom it reaches."""
    [told] = without_cost(build_report(madrid, "who_benefits", WHEN))
    assert (
        language("en")
        .say(told)
        .startswith(
            "TELEASISTENCIA DOMICILIARIA (B): 103,343 women and 37,204 men use it; what it costs is not known"
        )
    )


def test_violence_against_women_is_suggested_by_words_that_the_budget_cuts(madrid, test_data):
    """With the city's table of programmes, a service of that name finds programme 23101."""
    asked = ("es_madrid", "Violencia de género", 2022)
    assert "23101" not in {one.line.code for one in suggested_lines(madrid, *asked)}
    table = test_data / "es_madrid" / "areas_funcionales.csv"
    file = SourceFile(table.name, table.read_bytes())
    mapping = mapping_named("es_madrid_programmes")
    accept_labels(madrid, examine_labels(madrid, file, mapping, Answers()), EDITOR)
    assert "23101" == suggested_lines(madrid, *asked)[0].line.code


def test_needs_are_not_known_without_a_population(madrid):
    """No population was entered: nothing is compared, and the answer says so."""
    gaps = build_report(madrid, "gaps", WHEN)
    assert str(gaps.answer).startswith("Needs are not known")
    assert {None} == {row["reference_share"] for row in rows(gaps, "gaps")}


def test_the_budget_is_in_parts_that_close(madrid):
    """What is explained and what is not sum to everything that was spent."""
    parts = {
        row["standing"]: row["amount"]
        for row in rows(build_report(madrid, "who_benefits", WHEN), "coverage")
    }
    assert Decimal("6077569338.44") == sum(parts.values())
    assert Decimal("185086146.82") == parts["explained"]
