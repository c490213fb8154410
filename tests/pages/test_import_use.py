"""The import page with a file of use: what is asked, shown and stored."""

import pytest
from pages.importing import accepted, buttons, dropped, labelled, told

from budgeting.imports.mappings.mapping_file import mapping_named
from budgeting.services.model import Grade, Unit
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


def guessed_file(name: str = "counts.csv", year: int = 2024, men: int = 80) -> tuple[str, str]:
    """Return a file that no mapping fits, in which the guess takes the district for what is counted."""
    return name, (
        f"Service;District;Year;Women;Men\nCare;North;{year};120;{men}\nCare;South;{year};30;20\n"
    )


def answered(at):
    """Answer what such a file does not say."""
    of_vrbograd(at)
    labelled(at.selectbox, "Unit of the figures").select(Unit.PERSONS).run()
    return labelled(at.selectbox, "How good are the figures?").select(Grade.B).run()


def values(at, heading: str) -> list[str]:
    """Return a column of the table that shows what becomes of the rows."""
    shown = [frame.value for frame in at.dataframe if heading in frame.value]
    return list(shown[0][heading]) if shown else []


def test_a_guessed_meaning_is_corrected_on_the_page_and_kept(visit):
    """Columns get another meaning, the result stands beside the rows, and next year it fits."""
    at = answered(dropped(visit, guessed_file(), data="demo"))
    assert not at.exception
    assert ["North", "South"] == values(at, "What is counted")
    labelled(at.selectbox, "Meaning of Service").select("label").run()
    assert not at.exception
    assert ["Care / North", "Care / South"] == values(at, "What is counted")
    assert ["120", "30"] == values(at, "Women, counted 2024")
    labelled(at.selectbox, "Sex of Women").select("other").run()
    assert ["120", "30"] == values(at, "Other, counted 2024")
    labelled(at.selectbox, "Sex of Women").select("female").run()
    assert "demo_vrbograd_use" == labelled(at.text_input, "Name of the mapping").value
    at = accepted(at)
    assert not at.exception
    kept = mapping_named("demo_vrbograd_use")
    assert ("demo_vrbograd", Unit.PERSONS) == (kept.municipality.code, kept.use.unit_text)
    name, words = guessed_file("next.csv", 2025)
    at.file_uploader[0].set_value([(name, words.encode(), "")]).run()
    assert "demo_vrbograd_use" == labelled(at.selectbox, "Mapping: what the columns mean").value
    at = labelled(at.selectbox, "How good are the figures?").select(Grade.B).run()
    assert "Accept and store" in buttons(at)


def test_a_file_can_be_said_to_count_use(visit):
    """What was taken for a budget becomes a file of use by one choice, with its columns."""
    words = "Code;Name;Number\n1;Home care;63\n2;Library;230\n"
    at = dropped(visit, ("list.csv", words), data="demo")
    labelled(at.selectbox, "The rows of the file are").select(True).run()
    assert not at.exception
    labelled(at.selectbox, "Meaning of Name").select("label").run()
    labelled(at.selectbox, "Meaning of Number").select("figure").run()
    at = answered(at)
    labelled(at.number_input, "Fiscal year of the amounts").set_value(2024).run()
    assert ["Home care", "Library"] == values(at, "What is counted")
    assert "Accept and store" in buttons(at)


def test_several_files_of_use_are_accepted_together(visit):
    """All of them or none, in one transaction; what was answered for one holds for all."""
    files = (zoo(), ("pool.csv", "\n".join([HEADER, *ROWS]).format(grade="A", men="1")
                     .replace("zoo", "pool")))  # fmt: skip
    at = of_vrbograd(dropped(visit, *files, data="demo"))
    labelled(at.button, "Use its mapping and answers for all files").click().run()
    assert not at.exception
    labelled(at.button, "Accept and store all").click().run()
    assert not at.exception
    assert "in one transaction" in told(at)
    assert [2] == figures()


def test_rejected_rows_come_as_a_workbook(visit):
    """The rows with errors are offered beside the way to leave them out."""
    at = of_vrbograd(dropped(visit, zoo(men="80.5"), data="demo"))
    assert any("drop the workbook above beside the file" in one.value for one in at.markdown)
