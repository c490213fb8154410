"""The import page with a table of labels: found by its columns, counted, stored."""

import pytest
from pages.importing import accepted, buttons, dropped, labelled, told

from budgeting.ui.importing import work
from budgeting.ui.session import open_store

TABLE = (
    "#Área;Política;Grupo;Programa;Descripción\n# today;;;;\n0;9;0;1;Schools and care\n9;;;;Other\n"
)


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Let every task finish within the run that began it."""
    monkeypatch.setattr(work, "PATIENCE", 100)


def of_vrbograd(at):
    return labelled(at.selectbox, "Municipality").select("demo_vrbograd").run()


def test_a_table_of_labels_comes_in_like_a_budget(visit):
    """The mapping that fits is proposed, the rows and codes are counted, and Accept stores the labels."""
    at = of_vrbograd(dropped(visit, ("labels.csv", TABLE), data="demo"))
    assert not at.exception
    assert ["3", "2", "1", "0", "2"] == [metric.value for metric in at.metric[:5]]
    at = accepted(at)
    assert not at.exception
    stored = open_store().query("source_files", municipality_code="demo_vrbograd").to_pylist()
    assert "labels" in {row["direction"] for row in stored}
    assert any("Labels of codes" in frame.value.to_string() for frame in at.dataframe)


def test_a_code_with_two_labels_cannot_be_accepted(visit):
    """The error is told, and nothing is offered to store."""
    twice = TABLE + "9;;;;Something else\n"
    at = of_vrbograd(dropped(visit, ("labels.csv", twice), data="demo"))
    assert not at.exception
    assert "1 error" in told(at)
    assert "Accept and store" not in buttons(at)
