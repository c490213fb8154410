"""Classifications as data: what stands in the files, and what follows from a code."""

import re
from itertools import pairwise

import pytest

from budgeting.classifications import (
    FOLDER,
    CodeLink,
    classification_names,
    cofog_codes,
    cofog_label,
    cofog_path,
    read_classification,
    read_link,
)
from budgeting.errors import MappingInvalid
from budgeting.translations import language

every_classification = pytest.mark.parametrize("name", classification_names())


def test_cofog_has_its_ten_divisions():
    """The divisions are 01 to 10, as the United Nations number them."""
    divisions = [code for code in cofog_codes() if "." not in code]
    assert [f"{number:02}" for number in range(1, 11)] == divisions


def test_every_cofog_group_belongs_to_a_division():
    """A group is its division, a dot and a number; there is no group without its division."""
    groups = [code for code in cofog_codes() if "." in code]
    assert groups
    assert [] == [code for code in groups if not re.fullmatch(r"\d\d\.\d", code)]
    assert {code[:2] for code in groups} <= set(cofog_codes())


def test_every_cofog_code_has_a_label_in_each_language():
    """No function is shown as an empty string, in English or Serbian."""
    assert [] == [
        code
        for code, labels in cofog_codes().items()
        if {"en", "sr"} - {language for language, label in labels.items() if label.strip()}
    ]


def test_serbian_labels_are_wholly_cyrillic():
    """A Latin letter among Cyrillic ones would be lost in search and in transliteration."""
    assert [] == [
        code for code, labels in cofog_codes().items() if re.search("[A-Za-z]", labels["sr"])
    ]


@pytest.mark.parametrize(("code", "path"), [("09", "09"), ("09.1", "09/09.1"), ("10.9", "10/10.9")])
def test_the_path_of_a_function_runs_from_its_division(code, path):
    """A division is its own path; a group stands below its division."""
    assert path == cofog_path(code)


LINK = CodeLink({"2": "10", "23": "10.4", "2310": "10.9"})


@pytest.mark.parametrize(
    ("code", "target"),
    [
        ("23103", "10.9"),
        ("2310", "10.9"),
        ("231", "10.4"),
        ("23", "10.4"),
        ("29", "10"),
        ("2", "10"),
        ("3", None),
        ("123", None),
        ("", None),
    ],
)
def test_the_longest_known_prefix_decides(code, target):
    """The most detailed rule wins, only prefixes count, and an unknown code has no target."""
    assert target == LINK.target(code)


def test_the_link_of_the_spanish_programmes_leads_into_cofog():
    """Every target of the table is a COFOG code."""
    targets = set(read_link("es_programme_cofog").targets.values())
    assert targets
    assert set() == targets - set(cofog_codes())


@pytest.mark.parametrize("name", ["no_such_table", ""])
def test_a_link_table_that_is_not_there_is_named(name):
    """A mapping that names a missing table is told which."""
    with pytest.raises(MappingInvalid, match=f"no classification table {name}.csv"):
        read_link(name)


def test_a_table_that_is_not_a_link_is_refused():
    """A classification table without the columns of a link is no link, told in a sentence."""
    with pytest.raises(MappingInvalid):
        read_link("cofog")


# --- every file -------------------------------------------------------------


def test_every_table_is_a_listed_classification_or_a_link():
    """A file that somebody adds is used, or a test says that it is not listed."""
    tables = {path.stem for path in FOLDER.glob("*.csv")} - {"index"}
    links = {name for name in tables if "prefix" in (FOLDER / f"{name}.csv").read_text("utf-8-sig")}
    assert tables - links == set(classification_names())
    assert links
    assert all(read_link(name).targets for name in links)


@every_classification
def test_every_classification_is_sound(name):
    """Each file loads: no code twice, parents and links exist, source and `verified` are filled."""
    classification = read_classification(name)
    assert classification.codes
    assert [] == [
        code
        for code, entry in classification.codes.items()
        if entry.code != code or not entry.source or not entry.label("en")
    ]


@every_classification
def test_every_path_begins_at_the_top_and_ends_with_its_code(name):
    """A code can be found from the top down, whatever file it is in."""
    classification = read_classification(name)
    for code in classification.codes:
        path = classification.path(code)
        assert code == path[-1]
        assert "" == classification.codes[path[0]].parent


@every_classification
def test_serbian_labels_of_every_classification_are_cyrillic(name):
    """The Latin script is made from the Cyrillic one, so no Latin letter may hide in a label."""
    codes = read_classification(name).codes.values()
    foreign = [
        entry.labels["sr"] for entry in codes if re.search("[A-Za-z]", entry.labels.get("sr", ""))
    ]
    assert [] == foreign


@every_classification
def test_a_link_stays_within_the_link_above(name):
    """What follows from a code holds for all that stands under it: it only becomes more detailed."""
    classification = read_classification(name)
    for target, steps_up in (("cofog", "cofog"), ("gfsm", "gfsm_economic")):
        targets = read_classification(steps_up)
        for code in classification.codes:
            links = [
                getattr(classification.codes[step], target) for step in classification.path(code)
            ]
            stated = [link for link in links if link]
            assert all(above in targets.path(below) for above, below in pairwise(stated)), (
                code,
                links,
            )


@every_classification
def test_every_known_code_is_nearest_to_itself(name):
    """A right code is never answered with another one."""
    classification = read_classification(name)
    assert [] == [code for code in classification.codes if classification.known(code) != code]
    assert [] == [code for code in classification.codes if code not in classification.nearest(code)]


def test_the_seventeen_programmes_of_serbian_municipalities_are_there():
    """A municipality has 17 programmes; activities stand under them."""
    codes = read_classification("rs_programmes").codes.values()
    assert 17 == sum(not entry.parent for entry in codes)


# --- labels, paths, links -------------------------------------------------------


def test_labels_come_in_both_scripts_and_fall_back():
    """Serbian is written in both scripts; a language without a label gets English, else the original."""
    economic = read_classification("rs_economic")
    assert "Материјал" == economic.label("426", "sr")
    assert "Materijal" == economic.label("426", "sr-Latn")
    assert "Materials" == economic.label("426", "en") == economic.label("426", "lt")
    assert "Putni troškovi" == read_classification("fbih_economic").label("613100", "sr-Latn")
    assert "Travel" == read_classification("fbih_economic").label("613100", "sr")
    assert "Förskola" == read_classification("sv_activities").label("407", "sv")


def test_the_title_is_in_the_language_of_the_reader():
    """A list of classifications can be read in both scripts."""
    title = read_classification("rs_functions").title
    assert "Serbia: functional classification" == str(title) == language("en").say(title)
    assert "Srbija: funkcionalna klasifikacija" == language("sr-Latn").say(title)
    assert "Serbia: functional classification" == title.written("lt")


@pytest.mark.parametrize(
    ("name", "code", "path"),
    [
        ("cofog", "09.1", ("09", "09.1")),
        ("gfsm_economic", "31221", ("3", "31", "312", "31221")),
        ("rs_economic", "421", ("4", "42", "421")),
        ("rs_functions", "111", ("100", "110", "111")),
        ("rs_programmes", "0902-0001", ("0902", "0902-0001")),
        ("fbih_economic", "611100", ("610000", "611000", "611100")),
        ("lt_economic", "2.1.1.1.1.01", ("2", "2.1", "2.1.1", "2.1.1.1.1.01")),
        ("sv_activities", "320", ("390", "320")),
    ],
)
def test_each_country_nests_its_codes_in_its_own_way(name, code, path):
    """By dots, by digits, by trailing zeros or by a stated parent: the path is the same notion."""
    assert path == read_classification(name).path(code)


@pytest.mark.parametrize(
    ("name", "code", "known"),
    [
        ("rs_economic", "421", "421"),
        ("rs_economic", "421211", "421"),
        ("rs_economic", "411000", "411"),
        ("rs_economic", "410", "41"),
        ("rs_economic", "400000", "4"),
        ("rs_economic", "427", None),
        ("rs_economic", "427000", None),
        ("fbih_economic", "614900", "614000"),
        ("rs_economic", "421 fixed costs", None),
        ("rs_economic", "X", None),
        ("rs_economic", "", None),
        ("fbih_economic", "613911", "613900"),
        ("fbih_economic", "61", None),
        ("rs_functions", "422", "420"),
        ("rs_programmes", "1102-P1", "1102"),
        ("rs_programmes", "11020001", None),
        ("cofog", "09.1.2", "09.1"),
        ("cofog", "9.1", None),
        ("cofog", "09.9", None),
        ("sv_activities", "4401", None),
    ],
)
def test_a_more_detailed_code_stands_under_a_known_one(name, code, known):
    """A ledger account is known by its group; what only looks alike is not, nor a gap in a full list."""
    assert known == read_classification(name).known(code)


def test_a_link_follows_from_the_code_or_from_what_it_stands_under():
    """Pre-school education is COFOG 09.1 with or without its last digit; utilities are several groups."""
    assert "09.1" == read_classification("rs_functions").link("911", "cofog")
    assert "09.1" == read_classification("rs_functions").link("913", "cofog")
    assert "2111" == read_classification("rs_economic").link("411111", "gfsm")
    assert "" == read_classification("rs_programmes").link("1102", "cofog")
    assert "" == read_classification("rs_economic").link("X", "gfsm")


def test_a_code_that_changed_its_meaning_has_a_classification_for_each_time():
    """2002 was primary schools in 2015 and is pre-school education today."""
    assert "09" == read_classification("rs_programmes_2015").link("2002", "cofog")
    assert "09.1" == read_classification("rs_programmes").link("2002", "cofog")


def test_cofog_labels_are_written_in_both_scripts():
    """COFOG is one classification among others, and labelled like them."""
    assert "Образовање" == cofog_label("09", "sr")
    assert "Obrazovanje" == cofog_label("09", "sr-Latn")
    assert "Education" == cofog_label("09", "bs")
