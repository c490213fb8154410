"""Madrid's published budgets: the importer reproduces the printed totals to the cent."""

import json
from decimal import Decimal

import pytest
from fixtures.prepared import store_after
from fixtures.small_budget import ask, cube_totals

from budgeting.access import Identity, Role
from budgeting.imports.answers import Answers
from budgeting.imports.mappings.mapping_file import mapping_named
from budgeting.imports.source import SourceFile
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.verdict import examine
from budgeting.model import Severity

pytestmark = pytest.mark.xdist_group("madrid")  # three years are accepted once for all tests
YEARS = (2021, 2022, 2023)


@pytest.fixture(scope="module")
def published(test_data):
    """The printed totals; amounts as exact decimals."""
    path = test_data / "expected_totals.json"
    assert path.is_file(), f"{path} is missing"
    return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal)


@pytest.fixture(scope="module")
def madrid(test_data):
    """The expenditure of three years, accepted; and the verdict on each."""
    store, verdicts = store_after(), {}
    for year in YEARS:
        path = test_data / "es_madrid" / f"{year}_gastos.csv"
        assert path.is_file(), f"{path} is missing"
        source = SourceFile(path.name, path.read_bytes())
        mapping = mapping_named("es_madrid")
        verdicts[year] = examine(store, source, mapping, Answers(fiscal_year=year))
        accept(store, verdicts[year], Identity("tester", Role.EDITOR))
    yield store, verdicts
    store.close()


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(
    ("stage", "column"), [("approved", "CRED_INICIAL"), ("executed", "OBL_RECONOC")]
)
def test_the_cube_reproduces_the_printed_total(madrid, published, year, stage, column):
    """What the cube adds up to is the published total, to the cent."""
    store, _ = madrid
    total = published[f"es_madrid (gastos, {column} EUR)"][str(year)]
    assert total == cube_totals(store, "es_madrid")[year, "expenditure", stage, None]


@pytest.mark.parametrize("year", YEARS)
def test_the_verdict_announces_what_is_stored(madrid, year):
    """The totals shown before accepting are those of the cube afterwards, in all four stages."""
    store, verdicts = madrid
    stored = {
        stage: amount
        for (of, _, stage, _), amount in cube_totals(store, "es_madrid").items()
        if of == year
    }
    assert {year: {"expenditure": stored}} == verdicts[year].totals
    assert {"approved", "revised", "committed", "executed"} == set(stored)


@pytest.mark.parametrize(("year", "number"), [(2021, 5), (2022, 5), (2023, 2)])
def test_the_rows_whose_change_does_not_add_up_are_found(madrid, year, number):
    """Initial plus modification is not the final credit in 5, 5 and 2 rows: warnings only."""
    _, verdicts = madrid
    changes = [f for f in verdicts[year].findings if f.check == "change"]
    assert number == len(changes) == len({f.row_number for f in changes})
    assert verdicts[year].is_acceptable


def test_the_rows_of_2022_that_share_all_codes_are_counted(madrid):
    """909 rows share all five codes with another; the note says so."""
    _, verdicts = madrid
    notes = [str(f.message) for f in verdicts[2022].findings if f.check == "rows-share-a-line"]
    assert 1 == len(notes)
    assert notes[0].startswith("909 rows share all their codes")


def test_the_shared_rows_of_2022_stay_linked_to_their_line(madrid):
    """Every row of the file leads to a line, and 909 of them to a line that has another row."""
    store, verdicts = madrid
    linked = ask(
        store,
        """
        select sum(rows) as rows, sum(rows) filter (where rows > 1) as shared from (
            select count(*) as rows from core.line_year_sources
            inner join core.source_files using (source_file_id)
            where fiscal_year = 2022 group by line_year_id
        )
        """,
    )
    assert [{"rows": verdicts[2022].rows["accepted"], "shared": 909}] == linked


PROGRAMME = """
    select sum(cube.amount) as amount from mart.cube as cube
    inner join core.vintages as vintage using (vintage_id)
    inner join core.members as programme on programme.member_id = cube.programme_id
    inner join core.members as economic on economic.member_id = cube.economic_class_id
    where vintage.fiscal_year = 2022 and vintage.stage = 'executed'
        and programme.code = '23103' and ($economic is null or economic.code = $economic)
"""


@pytest.mark.parametrize(
    ("economic", "amount"), [(None, "261982669.61"), ("22710", "185086146.82")]
)
def test_care_for_older_people_is_what_was_printed(madrid, economic, amount):
    """Programme 23103 spent 261,982,669.61 in 2022, of which home help (22710) 185,086,146.82."""
    store, _ = madrid
    assert Decimal(amount) == ask(store, PROGRAMME, economic=economic)[0]["amount"]


def test_every_row_of_each_file_is_accounted_for(madrid, test_data):
    """Rows read are the lines of the file below its header, and all were accepted or skipped."""
    _, verdicts = madrid
    for year, verdict in verdicts.items():
        content = (test_data / "es_madrid" / f"{year}_gastos.csv").read_bytes()
        lines = content.rstrip(b"\r\n").count(b"\n")
        rows = verdict.rows
        assert (lines, 0) == (rows["read"], rows["rejected"])
        assert lines == rows["accepted"] + rows["skipped"]


def test_a_file_of_madrid_is_refused_the_second_time(madrid, test_data):
    """The very same file is recognised, also for another year."""
    store, _ = madrid
    path = test_data / "es_madrid" / "2022_gastos.csv"
    source = SourceFile("renamed.csv", path.read_bytes())
    verdict = examine(store, source, mapping_named("es_madrid"), Answers(fiscal_year=2024))
    errors = [finding.check for finding in verdict.findings if finding.severity is Severity.ERROR]
    assert (False, ["same-file"]) == (verdict.is_acceptable, errors)
