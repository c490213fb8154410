"""Madrid 2022: violence against women is found although the budget prints its label cut."""

from decimal import Decimal

import pytest
from fixtures.prepared import store_after
from fixtures.small_budget import cube_totals

from budgeting.access import Identity, Role
from budgeting.imports.answers import Answers
from budgeting.imports.labels import accept_labels, examine_labels
from budgeting.imports.mappings.mapping_file import mapping_named
from budgeting.imports.source import SourceFile
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.verdict import examine
from budgeting.reports import build_report

pytestmark = pytest.mark.xdist_group("madrid_labels")
EDITOR = Identity("tester", Role.EDITOR)
VIEW = {
    "municipality": "es_madrid",
    "year": "2022",
    "stage": "executed",
    "by": "programme",
    "words": "violencia de género",
}


@pytest.fixture(scope="module")
def madrid(test_data):
    """The expenditure of 2022, and the verdict on the table of programmes."""
    store = store_after()
    spent, table = (
        SourceFile(name, (test_data / "es_madrid" / name).read_bytes())
        for name in ("2022_gastos.csv", "areas_funcionales.csv")
    )
    budget = examine(store, spent, mapping_named("es_madrid"), Answers(fiscal_year=2022))
    accept(store, budget, EDITOR)
    mapping = mapping_named("es_madrid_programmes")
    yield store, examine_labels(store, table, mapping, Answers())
    store.close()


def test_every_row_of_the_table_is_accounted_for(madrid):
    """314 rows below the header: 298 labels, 16 comments. Labels in other words stay as printed."""
    _, verdict = madrid
    assert {"read": 314, "accepted": 298, "skipped": 16, "rejected": 0} == verdict.rows
    assert 298 == verdict.totals["labels"]
    assert 174 == sum(verdict.totals[fate] for fate in ("completed", "same", "otherwise"))


def test_violence_against_women_is_found_with_the_table(madrid):
    """Programme 23101 is found by words that its printed label lacks; no total changes."""
    store, verdict = madrid
    before = cube_totals(store, "es_madrid")
    assert [] == build_report(store, "budget_explorer", VIEW).tables["groups"].rows.to_pylist()
    accept_labels(store, verdict, EDITOR)
    report = build_report(store, "budget_explorer", VIEW)
    [row] = report.tables["groups"].rows.to_pylist()
    label = "Prevención y atención frente a la violencia de género, igualdad y diversidad"
    assert ("23101", label) == (row["code"], row["label"])
    assert Decimal("13367034.57") == row["executed"]
    assert before == cube_totals(store, "es_madrid")
