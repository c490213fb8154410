"""The demo towns: the committed files, and what the store says after they came in."""

import re
from decimal import Decimal

import demo_people
import demo_requests
import demo_town
import pytest
from demo_tables.years import OPEN_YEAR
from fixtures.small_budget import ask, count, cube_totals

from budgeting.audit import chain_problems
from budgeting.demo import BUILDER, FOLDER, towns
from budgeting.imports.context import add_context
from budgeting.imports.source import SourceFile

README = (FOLDER / "README.md").read_text(encoding="utf-8")
STAGES = {
    "approved": ("approved", None),
    "rebalance_1": ("revised", "06-15"),
    "rebalance_2": ("revised", "11-12"),
    "committed": ("committed", "12-31"),
    "executed_q1": ("executed", "03-31"),
    "executed_q2": ("executed", "06-30"),
    "executed_q3": ("executed", "09-30"),
    "executed_q4": ("executed", "12-31"),
}


def readme_totals():
    """Return the printed totals: (town, year, direction) -> (rows, {stage: amount})."""
    totals = {}
    for printed in re.findall(r"^\| demo_.*$", README, re.MULTILINE):
        code, year, direction, rows, *amounts = [cell.strip() for cell in printed.split("|")[1:-1]]
        named = {
            stage: Decimal(amount) for stage, amount in zip(STAGES, amounts, strict=True) if amount
        }
        totals[code, int(year), direction] = (int(rows), named)
    return totals


TOTALS = readme_totals()


def test_the_committed_files_are_what_the_generator_writes():
    """No file of data/demo was edited by hand, is missing or is too many."""
    committed = {
        path.relative_to(FOLDER).as_posix(): path.read_bytes()
        for path in FOLDER.rglob("*")
        if path.is_file()
    }
    assert {name: text.encode() for name, text in demo_town.files().items()} == committed


def test_the_readme_lists_every_budget_file():
    """Three towns, four years, two directions: 24 rows of totals for 24 files."""
    files = {
        (path.parent.name, int(path.name[:4]), path.stem[5:]) for path in FOLDER.glob("*/20*.csv")
    }
    assert (24, files) == (len(TOTALS), set(TOTALS))


def test_every_file_is_accepted_without_an_error(demo_store):
    """All 24 files came in through the importer, none with a rejected row or an error."""
    files = ask(
        demo_store,
        "from core.source_files inner join core.imports using (import_id) where direction <> 'use'",
    )
    assert {(f["municipality_code"], f["fiscal_year"], f["direction"]) for f in files} == {
        *TOTALS,
        *((demo_requests.TOWN, demo_requests.YEAR, side) for side in ("expenditure", "revenue")),
    }
    assert {0} == {file["rejected_count"] for file in files}
    assert [] == ask(demo_store, "from core.import_findings where severity = 'error'")


@pytest.mark.parametrize(
    "key", TOTALS, ids="-".join(map(str, ("town", "year", "direction"))).format
)
def test_every_row_of_a_file_is_accepted(demo_store, key):
    """As many rows were read and accepted as the README counts."""
    code, year, direction = key
    file = ask(
        demo_store,
        "from core.source_files inner join core.imports using (import_id) "
        "where municipality_code = $code and fiscal_year = $year and direction = $direction",
        code=code,
        year=year,
        direction=direction,
    )[0]
    assert (TOTALS[key][0], TOTALS[key][0]) == (file["read_count"], file["accepted_count"])


@pytest.mark.parametrize("code", towns())
def test_the_cube_holds_exactly_the_totals_of_the_readme(demo_store, code):
    """Every statement of every file adds up to the printed total, and there is no other."""
    expected = {}
    for (town, year, direction), (_, amounts) in TOTALS.items():
        if town != code:
            continue
        for name, amount in amounts.items():
            stage, day = STAGES[name]
            if name == "committed" and year == OPEN_YEAR:
                day = "11-20"
            expected[year, direction, stage, day and f"{year}-{day}"] = amount
    found = {
        (*key, as_of and as_of.isoformat()): amount
        for (*key, as_of), amount in cube_totals(demo_store, code).items()
        if key[0] <= OPEN_YEAR
    }
    assert expected == found


def test_requests_and_what_is_expected_are_those_of_the_readme(demo_store):
    """Organisations ask for more than will come in, which is what their ceilings add up to."""
    found = {
        side: amount
        for (year, side, _stage, _day), amount in cube_totals(
            demo_store, demo_requests.TOWN
        ).items()
        if year == demo_requests.YEAR
    }
    printed = [
        Decimal(one.replace(",", "")) for one in re.findall(r"[\d,]+\.\d\d(?= in all|\)\.)", README)
    ]
    assert printed == [found["expenditure"], found["revenue"]]
    ceilings = sum(demo_requests.ceilings().values())
    assert (ceilings, True) == (found["revenue"], ceilings < found["expenditure"])


@pytest.mark.parametrize(("code", "year"), sorted({key[:2] for key in TOTALS}))
def test_revenue_equals_expenditure_at_the_three_budget_stages(demo_store, code, year):
    """The budget of each town and year is balanced to the cent when adopted and when revised."""
    totals = cube_totals(demo_store, code)
    sides = [
        {
            (stage, as_of): amount
            for (of, side, stage, as_of), amount in totals.items()
            if (of, side) == (year, direction) and stage in ("approved", "revised")
        }
        for direction in ("expenditure", "revenue")
    ]
    assert sides[0] == sides[1]
    assert 3 == len(sides[0])


def test_the_double_postings_of_vrbograd_are_noted(demo_store):
    """Twelve pairs of rows a year are summed, and the note counts 24 rows in 12 lines."""
    notes = ask(
        demo_store,
        """
        select message from core.import_findings
        inner join core.source_files using (import_id)
        where finding_check = 'rows-share-a-line' and municipality_code = 'demo_vrbograd'
            and direction = 'expenditure'
        """,
    )
    assert 4 == len(notes)
    assert all(note["message"].startswith("24 rows") for note in notes)
    assert all("into 12 budget lines" in note["message"] for note in notes)


def test_a_town_has_its_residents_once_a_year_and_its_price_index_where_known(demo_store):
    """Residents are those of 1 January as in the file; Topolnica's index of 2026 is not known."""
    rows = ask(demo_store, "from mart.fiscal_years order by municipality_code, fiscal_year")
    expected = {}
    for person in demo_people.population():
        key = person["municipality_code"], int(person["reference_date"][:4])
        expected[key] = expected.get(key, 0) + person["people"]
    expected[demo_requests.TOWN, demo_requests.YEAR] = None
    assert expected == {(r["municipality_code"], r["fiscal_year"]): r["people"] for r in rows}
    assert [(demo_requests.TOWN, demo_requests.YEAR), ("demo_topolnica", 2026)] == [
        (r["municipality_code"], r["fiscal_year"]) for r in rows if r["price_index"] is None
    ]


def add_again(store, table, name):
    content = (FOLDER / name).read_bytes()
    return [add_context(store, table, SourceFile(name, content), BUILDER) for _ in range(2)]


def test_residents_that_are_added_again_replace_those_of_the_same_date(store):
    """The same population file twice gives the same residents, not twice as many."""
    added = add_again(store, "populations", "population.csv")
    assert [len(demo_people.population())] * 3 == [*added, count(store, "core.populations")]


def test_price_indices_that_are_added_again_replace_those_of_the_same_year(store):
    """The same price file twice gives each index once."""
    added = add_again(store, "deflators", "deflators.csv")
    assert [len(demo_people.deflators())] * 3 == [*added, count(store, "core.deflators")]


def test_the_towns_say_that_they_are_fictional(demo_store):
    """Each demo town is marked, has the country XX, and pays in one currency."""
    rows = ask(demo_store, "from mart.fiscal_years")
    assert {(True, "XX", "BAM")} == {
        (r["is_fictional"], r["country_code"], r["currency_code"]) for r in rows
    }


def test_the_chain_of_the_demo_is_whole(demo_store):
    """Building the demo leaves an event for each file, table, list of services and rules, need and answer."""
    events = demo_store.query("audit_events").to_pylist()
    needs, answers = count(demo_store, "core.data_needs"), count(demo_store, "core.service_answers")
    budgets, context, of_each_town = 24 + 2, 2, 4 * len(towns())
    expected = budgets + context + of_each_town + needs + answers
    assert (expected, []) == (len(events), chain_problems(events))
    assert expected == demo_store.data_version


def test_the_demo_has_services_of_every_quality(demo_store):
    """More than 25 services, figures of every grade, small ones among them, and services without any."""
    services = ask(demo_store, "select service_id, municipality_code from mart.services")
    figures = ask(
        demo_store,
        "select link.service_id, figure.data_grade, figure.figure from core.service_indicators as link "
        "join mart.services as service using (service_id, version) "
        "join mart.indicator_figures as figure using (municipality_code, indicator_code) "
        "where link.role = 'users' and figure.kind = 'actual'",
    )
    assert len(services) >= 25
    assert set("ABCDE") == {row["data_grade"] for row in figures}
    assert any(0 < row["figure"] < 5 for row in figures)
    assert (
        len({row["service_id"] for row in services} - {row["service_id"] for row in figures}) >= 2
    )


@pytest.mark.parametrize("code", towns())
def test_no_money_of_the_demo_is_in_two_services(demo_store, code):
    """In no year do services take more than the whole of a line."""
    found = demo_store.query("service_overlaps", municipality_code=code, fiscal_year=None)
    assert 0 == found.num_rows


def test_the_ages_of_the_demo_add_up(demo_store):
    """Users of home care by age are all users of home care, in every year, town and sex."""
    rows = ask(
        demo_store,
        "select municipality_code, fiscal_year, sex, "
        "sum(figure) filter (where age_from is null) as whole, "
        "sum(figure) filter (where age_from is not null) as parts "
        "from mart.indicator_figures where indicator_code = 'home_care.users' and kind = 'actual' "
        "and group_kind = '' group by all",
    )
    assert len(rows) == 3 * 4 * 2
    assert all(row["whole"] == row["parts"] for row in rows)
