"""Every page, as its visitors meet it: their language, their role, their address."""

import logging
import re

import pytest
from pages.reading import drill_data, headings, visible
from streamlit.testing.v1 import AppTest

PAGES = (
    *("overview", "budget_explorer", "gender_overview", "import_data", "data_dictionary"),
    *("methods", "statements", "classify", "who_benefits"),
    *("gaps", "leave_no_one_behind", "data_register", "services", "simulator"),
    *("optimiser", "scenarios", "rules"),
)
LANGUAGES = ("en", "sr", "sr-Latn")
TOPOLNICA = {"municipality": "demo_topolnica", "year": "2026"}


def charts(at: AppTest) -> int:
    return sum("vega" in element.type for element in at.main)


def answer(at: AppTest) -> str:
    return at.markdown[[m.value.startswith("**") for m in at.markdown].index(True)].value


def sentence(at: AppTest) -> str:
    assert len(at.error) == 1
    return at.error[0].value


# --- every page -----------------------------------------------------------


@pytest.mark.parametrize("data", ["demo", "empty"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_there_in_every_language(visit, page, language, data):
    """With and without budgets every page has its title and no exception, in each language."""
    at = visit(page, data, lang=language)
    assert not at.exception
    assert not at.error
    assert len(at.title) == 1
    assert bool(re.search("[Ѐ-ӿ]", at.title[0].value)) == (language == "sr")


@pytest.mark.parametrize("page", ["overview", "budget_explorer", "gender_overview", "statements"])
def test_an_empty_database_leads_to_import(visit, page):
    """Where there is nothing to show, the way to Import is shown, and neither chart nor table."""
    at = visit(page, "empty")
    assert charts(at) == 0
    assert drill_data(at) is None
    assert not at.dataframe
    assert [button.label for button in at.button] == ["Import a budget"]


def test_the_demo_has_charts(visit):
    """The same question finds charts where there is a budget."""
    assert charts(visit("overview")) == 2


# --- roles ----------------------------------------------------------------


def test_a_viewer_may_not_import(visit):
    """A viewer who follows a link to the import page is refused in words; no file is asked for."""
    at = visit("import_data", "demo", {"email": "vera@example.org"})
    assert not at.exception
    assert len(at.title) == 1
    assert not at.get("file_uploader")


def test_a_viewer_of_an_empty_database_is_told_who_can_begin(visit):
    """No link to a page that they may not open."""
    at = visit("overview", "empty", {"email": "vera@example.org"})
    assert not at.button
    assert "editor" in at.info[0].value


def test_nobody_sees_only_the_way_in(visit):
    """Without a name in the header there is a title and a sentence, and nothing of the budget."""
    at = visit("overview", "demo", {})
    assert [title.value for title in at.title] == ["Paritet"]
    assert len(at.info) == 1
    assert not at.selectbox
    assert not at.metric
    assert not at.get("html")
    assert not at.dataframe


# --- what goes wrong ------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        {"by": "colour"},
        {"within": "colour:1"},
        {"within": "programme:nowhere"},
        {"page": "first"},
        {"prices": "high"},
        {"per": "dog"},
    ],
    ids=lambda address: next(iter(address.items()))[0] + "=" + next(iter(address.values())),
)
def test_a_broken_address_gets_a_sentence_or_the_usual_view(visit, address):
    """A value that cannot be is named in one sentence, or the view falls back; never a bug's reference."""
    at = visit("budget_explorer", **TOPOLNICA, **address)
    assert not at.exception
    if at.error:
        assert next(iter(address.values())).split(":")[-1] in sentence(at)
        assert "reference" not in sentence(at)
    else:
        assert drill_data(at)["rows"]


@pytest.mark.parametrize(
    "address",
    [{"municipality": "atlantis"}, {"year": "1800"}, {"direction": "up"}, {"stage": "done"}],
    ids=lambda address: next(iter(address)),
)
def test_an_unknown_choice_falls_back(visit, address):
    """An address with a municipality, year, direction or stage that is not there shows another."""
    at = visit("budget_explorer", **{**TOPOLNICA, **address})
    assert not at.error
    assert drill_data(at)["rows"]


def test_an_unknown_line_gets_a_sentence(visit):
    """The page of a line that is not stored stays, with a sentence below it."""
    at = visit("budget_explorer", **TOPOLNICA, line="999999999")
    assert "999999999" in sentence(at)
    assert drill_data(at)["rows"]


def test_bad_use_is_told_in_the_readers_language():
    """A BudgetingError is shown as its own sentence."""
    script = """
from budgeting.errors import NotFound
from budgeting.model import text
from budgeting.ui import frame
with frame.guarded():
    raise NotFound(text("There is no budget line with the number {number}.", number="7"))
"""
    at = AppTest.from_string(script, default_timeout=60).run()
    assert [error.value for error in at.error] == ["There is no budget line with the number 7."]
    assert not at.exception


def test_a_bug_gets_a_reference_that_the_log_explains(caplog):
    """The reader gets a number, the log the same number and what happened."""
    script = "from budgeting.ui import frame\nwith frame.guarded():\n    [][1]\n"
    with caplog.at_level(logging.ERROR):
        at = AppTest.from_string(script, default_timeout=60).run()
    assert not at.exception
    reference = re.search(r"reference ([0-9a-f]{8})", sentence(at)).group(1)
    assert "IndexError" not in sentence(at)
    logged = [record for record in caplog.records if reference in record.getMessage()]
    assert len(logged) == 1
    assert logged[0].exc_info[0] is IndexError


# --- addresses ------------------------------------------------------------


def test_an_address_reopens_the_view(visit):
    """Everything that was chosen stands in the address, and the address brings it back."""
    chosen = {
        **TOPOLNICA,
        "lang": "en",
        "direction": "expenditure",
        "stage": "approved",
        "by": "programme",
        "within": "function:09",
        "words": "a",
        "prices": "nominal",
        "per": "resident",
    }
    at = visit("budget_explorer", **chosen)
    assert not at.error
    assert {name: at.query_params[name] for name in chosen} == chosen
    data = drill_data(at)
    assert [data["columns"][0]["label"], len(data["trail"])] == ["Programme", 2]
    assert "per resident" in answer(at)
    assert at.text_input[0].value == "a"


def test_choices_go_along_to_another_page(visit):
    """The town chosen on one page is the town of the next."""
    at = visit("overview", municipality="demo_jasenik", year="2024")
    at = at.switch_page("pages/budget_explorer.py").run()
    assert "Jasenik" in answer(at)
    assert "2024" in answer(at)


# --- what is not known ----------------------------------------------------


def compared(visit, stage: str) -> tuple[list[str], str]:
    """Return the headings of the comparison with the year before, and the foot."""
    at = visit("budget_explorer", **TOPOLNICA, stage=stage)
    labels = [column["label"] for column in drill_data(at)["columns"]]
    found = [label for label in labels if re.search("change|year before", label, re.IGNORECASE)]
    return found, at.caption[-1].value


def test_a_period_is_only_set_against_the_same_period(visit):
    """Committed to 20 November has no such day in 2025 and so no change; executed to 30 September has."""
    columns, foot = compared(visit, "committed")
    assert columns == []
    assert "the change is not known" in foot
    columns, foot = compared(visit, "executed")
    assert columns == ["Executed, year before", "Change", "Change, %"]
    assert "the change is not known" not in foot


def test_constant_prices_without_an_index_are_not_known(visit):
    """Topolnica has no price index for 2026: no amount is shown as if it had one."""
    at = visit("budget_explorer", **TOPOLNICA, prices="constant")
    assert "not known" in answer(at)
    data = drill_data(at)
    assert data["rows"]
    shown = {
        (column["label"], cell)
        for row in [*data["rows"], data["total"]]
        for column, cell in zip(data["columns"][1:], row["cells"], strict=True)
        if column["kind"] == "money" and "year before" not in column["label"]
    }
    assert {cell for _, cell in shown} <= {"–"}
    known = visit("budget_explorer", **{**TOPOLNICA, "year": "2025"}, prices="constant")
    assert "not known" not in answer(known)


def test_the_overview_says_what_is_missing(visit):
    """Gaps are listed in words: no index, and nothing to compare the outturn with."""
    words = " ".join(visible(visit("overview", **TOPOLNICA)))
    assert "No price index is entered" in words


def test_tables_name_their_unit(visit):
    """Every money column of a table says its currency."""
    found = [name for name in headings(visit("overview", **TOPOLNICA)) if name.startswith("Amount")]
    assert found
    assert {name.rpartition(", ")[2] for name in found} == {"BAM"}
