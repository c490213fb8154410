"""The command line takes a table of labels as it takes a budget: shown first, stored when asked."""

import pytest
from fixtures.import_command_line import MAPPING, file, told, two_mappings, verdict

from budgeting.imports.mappings import mapping_file

LABELS = """
title = "Testville: labels"
[municipality]
code = "testville"
name = "Testville"
country_code = "ME"
currency_code = "EUR"
[labels]
dimension = "programme"
direction = "expenditure"
code = "number"
label = "in full"
"""
BUDGET = "code;words;approved\n01;Nurs.;1.000,10\n02;Roads;2.000,00\n"
TABLE = "number;in full\n01;Nurseries and care\n03;Parks\n"


@pytest.fixture
def home(tmp_path, monkeypatch):
    with two_mappings(tmp_path, monkeypatch) as folder:
        named = MAPPING.replace('{ code = "code" }', '{ code = "code", label = "words" }')
        mappings = mapping_file.FOLDER
        (mappings / "testville.toml").write_text(named, encoding="utf-8")
        (mappings / "labels.toml").write_text(LABELS, encoding="utf-8")
        budget = file(folder, "b.csv", BUDGET)
        told("import", budget, "--mapping", "testville", "--year", "2024", "--accept")
        yield folder


def test_a_table_of_labels_is_shown_stored_and_taken_back(home):
    """Nothing is stored before --accept; afterwards the import has a number, and undo takes it back."""
    table = file(home, "l.csv", TABLE)
    shown = told("import", table, "--mapping", "labels").stdout
    assert "Labels of 2 codes; 1 completed in the budget" in shown
    assert "Repeat the command with --accept" in shown
    assert "l.csv" not in told("imports").stdout
    assert "Stored as import 2" in told("import", table, "--mapping", "labels", "--accept").stdout
    assert "l.csv" in told("imports").stdout
    assert 0 == told("undo", "2", "--yes", "--reason", "a trial").exit_code


def test_the_verdict_as_json(home):
    """The table is found by its columns, without being named; programs read what it completes."""
    record = verdict(file(home, "l.csv", TABLE))
    assert ("labels", "acceptable") == (record["mapping"]["name"], record["state"])
    assert {"labels": 2, "completed": 1, "same": 0, "otherwise": 0, "unknown": 1} == record[
        "totals"
    ]


def test_a_table_with_two_labels_for_a_code_is_refused(home):
    """Exit code 1, and the code is named."""
    result = told("import", file(home, "l.csv", TABLE + "01;Nuns\n"), "--mapping", "labels")
    assert 1 == result.exit_code
    assert "The code 01 has two labels" in result.stdout
