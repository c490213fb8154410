"""Every published total is reproduced to the cent, or its difference is a finding."""

from decimal import Decimal

import pytest
from fixtures.prepared import store_after
from fixtures.small_budget import ask
from published.every_total import CASES, published_totals

from budgeting.access import Identity, Role
from budgeting.imports.answers import Answers
from budgeting.imports.mappings.mapping_file import mapping_named
from budgeting.imports.readers import source_from_path
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.verdict import examine
from budgeting.model import Severity, Stage

pytestmark = pytest.mark.xdist_group("every total")  # one store for all files
EDITOR = Identity("tester", Role.EDITOR)
SOMBOR, VRANJE = "Sombor", "Vranje"
ROUNDED = 5  # euros: the product groups of Köln are rounded one by one


@pytest.fixture(scope="module")
def store():
    opened = store_after()
    yield opened
    opened.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_every_published_total_is_reproduced_or_its_difference_is_told(store, test_data, case):
    """Where the lines add up to something else than what is printed, a finding says so."""
    rows = list(case(store, test_data, published_totals(test_data)))
    assert rows
    for row in rows:
        assert not row.difference or row.told, row
        if case.__name__ == "koeln":
            assert abs(row.difference) <= ROUNDED, row
        elif row.name not in (SOMBOR, VRANJE):
            assert row.difference == 0, row


def test_the_sheets_that_contradict_themselves_are_asked_about(store, test_data):
    """Vranje's broken formulas and the sheet without a total: nothing of it passes in silence."""
    file = source_from_path(test_data / "rs_municipal/raw/Rashodi2015.xlsx")
    verdict = examine(store, file, mapping_named("rs_municipal"), Answers(fiscal_year=2015))
    broken = [found for found in verdict.findings if found.check == "formula-error"]
    assert {("Врање", "#REF!")} == {(found.sheet, found.value) for found in broken}
    assert len(broken) >= 39
    assert "formula-error" in verdict.open_checks
    grand = {sheet for sheet, total in verdict.printed_totals if total.is_grand}
    assert {table.sheet for table in verdict.tables} - grand == {"Лозница"}


def test_the_sign_error_of_koeln_is_found(store, test_data):
    """Line 21 is line 19 less line 20; in 2011 the published file lost the minus."""
    file = "de_koeln/gesamtergebnisplan/_source/gesamtergebnisplan.csv"
    source = source_from_path(test_data / file)
    verdict = examine(store, source, mapping_named("de_koeln_source"), Answers())
    found = [
        total
        for _, total in verdict.printed_totals
        if total.label.startswith("21 ") and total.column == "Plan 2011"
    ]
    assert [Decimal(6058388), Decimal(-6058388)] == [found[0].printed, found[0].computed]


def test_the_source_of_koeln_means_the_same_as_its_cleaned_copy(store, test_data):
    """Points that group thousands, and numbers without marks: the same amounts, line by line."""
    mapping = mapping_named("de_koeln_source")
    plan = test_data / "de_koeln/gesamtergebnisplan"
    meanings = []
    for path in (plan / "_source/gesamtergebnisplan.csv", plan / "gesamtergebnisplan.csv"):
        verdict = examine(store, source_from_path(path), mapping, Answers())
        meanings.append([(b.fiscal_year, b.direction, b.lines) for b in verdict.batches])
    source, cleaned = meanings
    assert len(source) == len(cleaned) == 12
    for ours, theirs in zip(source, cleaned, strict=True):
        assert ours[:2] == theirs[:2]
        assert ours[2].equals(theirs[2])


def test_a_descriptor_that_contradicts_its_rows_is_asked_about(store, test_data):
    """Macedonia's package calls budgets of the first of January executed."""
    source = source_from_path(test_data / "fdp_macedonia")
    unanswered = examine(store, source, mapping_named("fdp"), Answers())
    assert "descriptor" in unanswered.open_checks
    answered = examine(store, source, mapping_named("fdp"), Answers(stage=Stage.APPROVED))
    assert answered.is_acceptable
    assert (10153, 238) == (answered.rows["accepted"], answered.rows["skipped"])


FILES = {
    "in_gbs/MRF_13_Union_Budget.csv": ("in_gbs", {}),
    "fdp_macedonia": ("fdp", {"stage": Stage.APPROVED}),
    "ba_fiskalni_monitor/rashodi.csv": ("ba_fiskalni_monitor", {}),
    "hr_jls/proracuni_jls_cp1250.csv": ("hr_jls", {}),
    "es_madrid/2016_gastos.csv": ("es_madrid_2016", {"fiscal_year": 2016}),
    "de_koeln/teilergebnisplan/_source/teilergebnisplan.csv": ("de_koeln_source_parts", {}),
    "rs_municipal/raw/Rashodi2015.xlsx": ("rs_municipal", {"fiscal_year": 2015}),
}


@pytest.mark.parametrize("file", FILES)
def test_what_is_stored_adds_up_to_what_the_verdict_said(test_data, file):
    """Questions answered, accepted: every statement of every municipality, to the cent."""
    mapping, said = FILES[file]
    source, fresh = source_from_path(test_data / file), store_after()
    reasons = dict.fromkeys(_asked(fresh, source, mapping, said), "known to the town")
    verdict = examine(fresh, source, mapping_named(mapping), Answers(**said, reasons=reasons))
    assert verdict.is_acceptable, verdict.with_severity(Severity.ERROR)[:3]
    accept(fresh, verdict, EDITOR)
    stored = ask(
        fresh,
        """
        select municipality_code, fiscal_year, direction, stage, as_of, sum(amount) as amount
        from mart.cube inner join core.vintages using (vintage_id)
        group by all
        """,
    )
    keys = ("municipality_code", "fiscal_year", "direction", "stage", "as_of")
    found = {tuple(row[key] for key in keys): row["amount"] for row in stored}
    wanted = {}
    for one in verdict.statements:
        key = (one.municipality.code, one.fiscal_year, one.direction, one.stage, one.as_of)
        wanted[key] = wanted.get(key, Decimal(0)) + one.amount
    assert wanted == found
    fresh.close()


def _asked(store, source, mapping, said):
    """Return the checks that want a reason, rows with errors included."""
    verdict = examine(store, source, mapping_named(mapping), Answers(**said))
    return (*verdict.open_checks, "rejected-rows")
