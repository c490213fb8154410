"""Fiscal Data Packages: the descriptor says what the columns are, and its rows may contradict it."""

import json
import zipfile
from io import BytesIO

import pytest
from fixtures.mapped_files import cells, errors, examined, sums, told, total

from budgeting.imports.corrections import rejected_rows
from budgeting.imports.mappings.mapping_file import mapping_named
from budgeting.imports.readers import source_from_path
from budgeting.imports.source import SourceFile
from budgeting.model import Direction, Severity, Stage
from budgeting.translations import language

ROWS = "office,econ,name,func,money\n1,411,Pay,09.1,5\n2,421,Heat,10.4,70\n"
ECONOMIC = {
    "classificationType": "economic",
    "primaryKey": ["code"],
    "attributes": {
        "code": {"source": "econ"},
        "words": {"source": "name", "labelfor": "code"},
    },
}
OFFICES = {
    "dimensionType": "administrative",
    "primaryKey": ["code"],
    "attributes": {"code": {"source": "office"}},
}
FUNCTIONS = {
    "classificationType": "functional",
    "primaryKey": ["code"],
    "attributes": {"code": {"source": "func"}},
}
DAYS = {"dimensionType": "datetime", "attributes": {"day": {"source": "day"}}}


def descriptor(*, phase="approved", dimensions=None, **measure):
    measure = {
        "source": "money",
        "currency": "MKD",
        "phase": phase,
        "direction": "expenditure",
        **measure,
    }
    return {
        "name": "north-macedonia",
        "title": "North Macedonia",
        "countryCode": "MK",
        "resources": [{"name": "rows", "path": "rows.csv"}],
        "model": {
            "measures": {"amount": {k: v for k, v in measure.items() if v is not None}},
            "dimensions": dimensions or {"economic": ECONOMIC},
        },
    }


def packed(said, rows=ROWS):
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w") as package:
        package.writestr("datapackage.json", json.dumps(said))
        package.writestr("rows.csv", rows)
    return SourceFile("package.zip", memory.getvalue())


def read(store, said, rows=ROWS, **how):
    return examined(store, packed(said, rows), mapping_named("fdp"), **how)


def test_the_descriptor_is_the_mapping(store):
    """Municipality, currency, stage, codes and words come from the package itself."""
    verdict = read(store, descriptor())
    (batch,) = verdict.batches
    place = batch.municipality
    assert (
        place.code,
        place.name,
        place.country_code,
        place.currency_code,
    ) == ("north_macedonia", "North Macedonia", "MK", "MKD")
    assert cells(verdict, "economic_class") == ["411", "421"]
    assert cells(verdict, "label") == ["Pay", "Heat"]
    assert total(verdict) == "75.00"


PHASES = [
    ("proposed", "proposed"),
    ("approved", "approved"),
    ("adjusted", "revised"),
    ("executed", "executed"),
]


@pytest.mark.parametrize(("phase", "stage"), PHASES)
def test_the_phase_is_the_stage(store, phase, stage):
    """The four phases of the standard are stages of ours."""
    assert [stage] == [key[3] for key in sums(read(store, descriptor(phase=phase)))]


@pytest.mark.parametrize("phase", [None, "", "dreamt"])
def test_without_a_known_phase_the_stage_is_asked_for(store, phase):
    """A package that does not say is not guessed; an answer is enough."""
    asked = read(store, descriptor(phase=phase))
    assert errors(asked) == [("stage", None, None)]
    answered = read(store, descriptor(phase=phase), stage=Stage.EXECUTED)
    assert [key[3] for key in sums(answered)] == ["executed"]


@pytest.mark.parametrize("direction", [None, "", "both"])
def test_without_a_known_direction_it_is_asked_for(store, direction):
    """A package that does not say is not taken for expenditure; an answer is enough."""
    asked = read(store, descriptor(direction=direction))
    assert errors(asked) == [("direction", None, None)]
    answered = read(store, descriptor(direction=direction), direction=Direction.REVENUE)
    assert [key[2] for key in sums(answered)] == ["revenue"]


def test_without_country_and_currency_they_are_asked_for(store):
    """A package of nowhere is no budget of a country."""
    said = descriptor(currency=None) | {"countryCode": ""}
    assert errors(read(store, said)) == [("country", None, None), ("currency", None, None)]
    assert read(store, said, country_code="MK", currency_code="MKD").is_acceptable


def test_the_kind_of_a_dimension_says_where_it_belongs(store):
    """Offices are organisations, functional codes of COFOG functions."""
    dimensions = {"a": OFFICES, "b": ECONOMIC, "c": FUNCTIONS}
    verdict = read(store, descriptor(dimensions=dimensions))
    assert cells(verdict, "organisation") == ["1", "2"]
    assert cells(verdict, "function") == ["09/09.1", "10/10.4"]


def test_functional_codes_that_are_not_cofogs_are_told(store):
    """They are kept, under the economic classification, and a warning names the column."""
    rows = ROWS.replace("09.1", "A0").replace("10.4", "B7")
    verdict = read(store, descriptor(dimensions={"c": FUNCTIONS}), rows)
    assert [(found.severity, found.column) for found in told(verdict, "descriptor")] == [
        (Severity.WARNING, "func")
    ]
    assert cells(verdict, "function") == ["", ""]
    assert cells(verdict, "economic_class") == ["A0", "B7"]


def test_levels_stand_under_their_parents(store):
    """Whatever their order in the descriptor, parents come first."""
    two = {
        "classificationType": "economic",
        "primaryKey": ["item", "office"],
        "attributes": {
            "item": {"source": "econ", "parent": "office"},
            "office": {"source": "office"},
        },
    }
    verdict = read(store, descriptor(dimensions={"e": two}))
    assert cells(verdict, "economic_class") == ["1/411", "2/421"]


def test_the_factor_of_the_package_counts(store):
    """A package in thousands says so itself."""
    assert total(read(store, descriptor(factor=1000))) == "75000.00"


def test_revenue_is_revenue(store):
    """The direction of the measure is that of the lines."""
    verdict = read(store, descriptor(direction="revenue"))
    assert [key[2] for key in sums(verdict)] == ["revenue"]


DATED = "econ,name,money,day\n411,Pay,5,{first}\n421,Heat,70,{first}\n411,Pay,9,2024-06-30\n"
BOTH = {"e": ECONOMIC, "d": DAYS}


def test_dates_in_rows_keep_the_statements_apart(store):
    """The budget as adopted and a later one are two statements, and never one sum."""
    verdict = read(store, descriptor(dimensions=BOTH), DATED.format(first="2024-01-01"))
    assert sums(verdict) == {
        ("north_macedonia", 2024, "expenditure", "approved", "2024-01-01"): "75.00",
        ("north_macedonia", 2024, "expenditure", "revised", "2024-06-30"): "9.00",
    }


@pytest.mark.parametrize(("first", "is_asked"), [("2024-01-05", True), ("2024-01-06", False)])
def test_executed_in_the_first_days_of_a_year_is_asked_about(store, first, is_asked):
    """Nothing is executed on the first of January: the question names the date, and blocks."""
    verdict = read(store, descriptor(phase="executed", dimensions=BOTH), DATED.format(first=first))
    assert ([(Severity.QUESTION, first)] if is_asked else []) == [
        (found.severity, found.value) for found in told(verdict, "descriptor")
    ]
    assert ("descriptor" in verdict.open_checks) == is_asked


def test_an_answered_stage_goes_before_the_phase(store):
    """Whoever knows better says so: the contradiction is only a warning then."""
    said = descriptor(phase="executed", dimensions=BOTH)
    verdict = read(store, said, DATED.format(first="2024-01-01"), stage=Stage.APPROVED)
    assert [key[3] for key in sums(verdict)] == ["approved", "revised"]
    assert [found.severity for found in told(verdict, "descriptor")] == [Severity.WARNING]


def test_empty_rows_are_counted_as_skipped(store):
    """Rows without anything are read and skipped, not lost and not refused."""
    verdict = read(store, descriptor(), ROWS + ",,,,\n,,,,\n")
    assert verdict.rows == {"read": 4, "accepted": 2, "skipped": 2, "rejected": 0}


def test_a_file_that_is_no_package_is_refused(store):
    """The mapping for packages says what it needs."""
    verdict = examined(store, ROWS, mapping_named("fdp"))
    assert "descriptor" in [check for check, *_ in errors(verdict)]


def test_a_folder_is_read_like_its_zip(store, tmp_path):
    """A package may be given as the folder in which it was published, or by its descriptor."""
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor()))
    (tmp_path / "rows.csv").write_text(ROWS)
    for path in (tmp_path, tmp_path / "datapackage.json"):
        verdict = examined(store, source_from_path(path), mapping_named("fdp"))
        assert total(verdict) == "75.00"


def test_rows_of_a_resource_of_any_name_are_downloaded(store):
    """A resource may be called budget/2024; a sheet of a workbook may not."""
    said = descriptor()
    said["resources"][0]["name"] = "budget/2024"
    verdict = read(store, said, ROWS.replace(",70", ",x"))
    assert rejected_rows(verdict.source, verdict.tables, verdict.findings, language("en"))
