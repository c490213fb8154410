"""The import page with a file of use: what is asked, shown and stored."""

import pytest
from pages.importing import accepted, buttons, dropped, labelled, told

from budgeting.services.model import Grade
from budgeting.ui.importing import work
from budgeting.ui.session import open_store

HEADER = "year,code,indicator,unit,sex,age,group,kind,figure,grade,sample,source"
ROWS = (
    "2025,zoo.users,Users of the zoo,persons,female,,,actual,120,{grade},,count",
    "2025,zoo.users,Users of the zoo,persons,male,,,actual,{men},{grade},,count",
)


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Let every task finish within the run that began it."""
    monkeypatch.setattr(work, "PATIENCE", 100)


def zoo(grade: str = "A", men: str = "80") -> tuple[str, str]:
    return "zoo.csv", "\n".join([HEADER, *ROWS, ""]).format(grade=grade, men=men)


def of_vrbograd(at):
    return labelled(at.selectbox, "Municipality").select("demo_vrbograd").run()


def figures() -> list[int]:
    rows = open_store().query("indicators", municipality_code="demo_vrbograd").to_pylist()
    return [row["figure_count"] for row in rows if row["indicator_code"] == "zoo.users"]


def test_a_file_of_use_comes_in_like_a_budget(visit):
    """The mapping that fits is proposed, the rows are counted, and Accept stores the figures."""
    at = of_vrbograd(dropped(visit, zoo(), data="demo"))
    assert not at.exception
    assert ["2", "2", "0", "0"] == [metric.value for metric in at.metric[:4]]
    at = accepted(at)
    assert not at.exception
    assert [2] == figures()


def test_the_grade_is_asked_with_its_rules(visit):
    """A file that does not say how good its figures are waits for one answer."""
    at = of_vrbograd(dropped(visit, zoo(grade=""), data="demo"))
    assert "Accept and store" not in buttons(at)
    assert any("**A**" in caption.value for caption in at.caption)
    at = labelled(at.selectbox, "How good are the figures?").select(Grade.B).run()
    assert "Accept and store" in buttons(at)


def test_rows_with_errors_are_left_out_for_a_reason(visit):
    """Half a person is an error; with a reason the rest can be stored."""
    at = of_vrbograd(dropped(visit, zoo(men="80.5"), data="demo"))
    assert not at.exception
    assert "1 error" in told(at)
    labelled(at.text_input, "Or leave these rows out, for this reason").set_value("slip").run()
    assert "Accept and store" in buttons(at)
    assert ["2", "1", "0", "1"] == [metric.value for metric in at.metric[:4]]


def test_the_list_of_files_names_files_of_use(visit):
    """Files of use stand in the list of accepted files in words."""
    at = visit("import_data", "demo")
    assert not at.exception
    assert any("Use of services" in frame.value.to_string() for frame in at.dataframe)
