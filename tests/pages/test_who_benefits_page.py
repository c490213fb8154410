"""The pages on who benefits as their readers meet them: addresses, sheets, answers and requests."""

from datetime import date

import pytest
from pages.importing import labelled

from budgeting.access import Identity, Role
from budgeting.model import text
from budgeting.reports import build_report
from budgeting.services.lists import questions
from budgeting.services.model import Answer
from budgeting.services.registering import answer
from budgeting.translations import language
from budgeting.ui.filters import capital
from budgeting.ui.session import open_store

EDITOR = Identity("Amra", Role.EDITOR)
TOWN = {"municipality": "demo_topolnica", "year": "2025"}
VIEWER = {"email": "vera@example.org"}
QUESTION = "Who would need it and does not use it?"
KEEP = "Keep the answers"


def chosen(at, label):
    return next(one.value for one in at.selectbox if one.label == label)


def headings(at) -> list[str]:
    return [one.value for one in at.subheader]


def said(at) -> str:
    return " ".join(one.value for one in at.markdown)


@pytest.mark.parametrize(
    ("year", "stage", "name"), [("2025", "executed", "Executed"), ("2024", "approved", "Approved")]
)
def test_the_address_says_what_is_shown(visit, year, stage, name):
    """Municipality, year and stage of a link are chosen when the page opens, and asked of the report."""
    at = visit("who_benefits", **{**TOWN, "year": year}, stage=stage)
    assert not at.exception
    assert (year, stage) == (chosen(at, "Fiscal year"), chosen(at, "Stage"))
    assert f"{year} ({name.lower()})" in said(at)


def test_without_a_service_in_the_address_none_is_open(visit):
    """The strips come first; a sheet is there for who asks."""
    at = visit("who_benefits", **TOWN)
    assert "-" == chosen(at, "Service")
    assert not any(one.label == KEEP for one in at.button)


def test_a_service_in_the_address_is_open(visit):
    """A link to a service shows its sheet: who uses it, what it costs, where the figures come from."""
    at = visit("who_benefits", **TOWN, service="home_care")
    assert not at.exception
    assert "home_care" == chosen(at, "Service")
    assert "Home care for older people" in said(at)
    assert {"Budget lines that pay for it", "Where the figures come from", "Who pays"} <= {
        option.content for one in at.get("button_group") for option in one.proto.options
    }


def test_an_answer_that_is_kept_stands_in_its_field(visit):
    """An editor finds what was answered, may change it, and reads who said so."""
    at = visit("who_benefits", **TOWN, service="home_care", part="questions")
    assert any(one.label == KEEP for one in at.button)
    code = next(one.code for one in questions() if one.words.words["en"] == QUESTION)
    services = open_store().query("services", municipality_code="demo_topolnica").to_pylist()
    number = next(row["service_id"] for row in services if row["service_code"] == "home_care")
    said_so = Answer(number, 2025, code, "Men who live alone.")
    answer(open_store(), EDITOR, "demo_topolnica", said_so, seen=0)
    again = visit("who_benefits", **TOWN, service="home_care", part="questions")
    field = next(one for one in again.text_area if one.label == QUESTION)
    assert ("Men who live alone.", "Answered by Amra.") == (field.value, field.help)


def test_a_viewer_reads_the_answers_and_gives_none(visit):
    """Without the right to describe services there is a table, and no field and no button."""
    at = visit("who_benefits", "demo", VIEWER, **TOWN, service="home_care", part="questions")
    assert not at.exception
    assert "home_care" == chosen(at, "Service")
    assert not at.text_area
    assert not any(one.label == KEEP for one in at.button)
    assert any(QUESTION in str(one.value) for one in at.dataframe)


@pytest.mark.parametrize("owner", ["Education", "Social affairs"])
def test_a_request_is_of_one_department(visit, owner):
    """The department of the address is asked for what it has to tell, and for nothing else."""
    at = visit("data_register", **TOWN, owner=owner)
    assert not at.exception
    assert owner == chosen(at, "Department")
    missing, request = (
        next(one.value for one in at.dataframe if wanted in one.value.columns)
        for wanted in ("State", "Please tell us")
    )
    of_owner = missing[missing["Who has the data"] == owner]
    assert list(of_owner["What would tell"]) == list(request["Please tell us"])


def request_of(at, code):
    """Return what a department is asked for on the page; None where it is in no such language."""
    heading = capital(language(code).say(text("please tell us")))
    return next((list(t.value[heading]) for t in at.dataframe if heading in t.value.columns), None)


@pytest.mark.parametrize(("lang", "asked_in"), [("en", "sr"), ("sr", "en"), ("en", "sr-Latn")])
def test_a_request_is_in_the_language_of_its_department(visit, lang, asked_in):
    """Whatever the language of the page, sentence, headings and what is asked for are in the chosen one."""
    at = visit("data_register", **TOWN, owner="Education", lang=lang, asked_in=asked_in)
    assert not at.exception
    given = TOWN | {"language": asked_in, "owner": "Education", "stage": "revised"}
    asked = build_report(open_store(), "data_request", given)
    assert asked.tables["request"].rows["needed"].to_pylist() == request_of(at, asked_in) != []
    assert request_of(at, lang) is None
    assert language(asked_in).say(asked.answer) in said(at)


def test_the_language_of_a_department_is_kept(visit):
    """Chosen once for always, it counts on the next visit, for this department and no other."""
    at = visit("data_register", **TOWN, owner="Education", asked_in="sr")
    labelled(at.button, "Always ask this department so").click().run()
    assert not at.exception
    again = visit("data_register", **TOWN, owner="Education")
    assert request_of(again, "sr")
    assert not any(one.label == "Always ask this department so" for one in again.button)
    other = visit("data_register", **TOWN, owner="Social affairs")
    assert request_of(other, "en")


def test_who_finds_it_out_is_kept_on_the_page(visit):
    """An editor says who and until when; the register and the request of that department say it."""
    at = visit("data_register", **TOWN)
    labelled(at.text_input, "Who has the data").set_value("Statistics")
    labelled(at.date_input, "Until").set_value(date(2027, 1, 31))
    labelled(at.button, "Keep it").click().run()
    assert not at.exception
    assert any("It is kept" in one.value for one in at.success)
    missing = next(one.value for one in at.dataframe if "State" in one.value.columns)
    assert "Jan 31, 2027" in list(missing["Until"][missing["Who has the data"] == "Statistics"])


def test_each_download_says_what_it_holds(visit):
    """The page offers two reports; their buttons are called by them."""
    labels = [one.label for one in visit("data_register", **TOWN).get("download_button")]
    assert 4 == len(labels) == len(set(labels))


def test_a_group_has_a_chart_whose_title_says_what_it_shows(visit):
    """The title names service, share among users and share among those it is meant for."""
    at = visit("leave_no_one_behind", **TOWN, group="disability", stage="executed")
    assert not at.exception
    title = (
        "Home care for older people: “persons with disabilities” are 35.5% of the users, 17.6% of those "
        "it is meant for"
    )
    assert title in headings(at)
    assert len(at.get("vega_lite_chart")) == 1


def test_a_hidden_count_has_no_dot(visit):
    """Where every count of a group is hidden or unknown, the title says so and there is no chart."""
    at = visit("leave_no_one_behind", **TOWN, group="single_parent", stage="executed")
    assert not at.exception
    assert "Which part of the users “single parents” are is not known" in headings(at)
    assert not at.get("vega_lite_chart")


@pytest.mark.parametrize("page", ["who_benefits", "gaps", "leave_no_one_behind", "data_register"])
def test_an_empty_database_leads_to_import(visit, page):
    """Where there is no budget, the page says what to do."""
    at = visit(page, "empty")
    assert not at.exception
    assert not at.dataframe


TABS = [
    *(
        ("who_benefits", "table", tab)
        for tab in ("groups", "coverage", "change", "shared", "services")
    ),
    *(("gaps", "table", tab) for tab in ("needs", "gaps", "plans")),
    *(
        ("leave_no_one_behind", "table", tab)
        for tab in ("members", "needs", "missing", "spread", "crossings")
    ),
    *(
        ("who_benefits", "part", tab)
        for tab in ("measures", "payers", "change", "intensity", "lines", "sources", "questions")
    ),
]


@pytest.mark.parametrize(("page", "name", "tab"), TABS)
def test_every_tab_opens_from_its_address(visit, page, name, tab):
    """A link to a tab shows it, with something in it."""
    more = {"group": "income/low"} if page == "leave_no_one_behind" else {"service": "preschool"}
    at = visit(page, **TOWN, **more, **{name: tab})
    assert not at.exception
    assert not at.error
    assert at.dataframe or at.text_area


def test_money_for_everybody_is_shared_as_the_reader_chooses(visit):
    """By population, street lighting and roads go to women and men; left out, to nobody."""
    shared, left_out = (
        visit("who_benefits", **TOWN, treatment=treatment, table="shared").dataframe[-1].value
        for treatment in ("population", "exclude")
    )
    assert {"–"} == set(shared["Not attributable, BAM"])
    assert {"–"} == set(left_out["To women, BAM"])


def test_a_crossing_that_nobody_counts_names_the_figures_to_ask_for(visit):
    """Women over 65 in villages: which indicator, sex, ages and group would tell."""
    at = visit(
        "leave_no_one_behind", **TOWN, group="disability", sex="female", ages="65-", table="missing"
    )
    assert not at.exception
    asked = at.dataframe[-1].value
    assert {"women"} == set(asked["Sex"])
    assert {"65+"} == set(asked["Ages"])
    assert {"persons with disabilities"} == set(asked["Group"])
    assert "Users of home care" in set(asked["Figure to ask for"])
