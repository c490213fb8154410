"""Classifications as data: COFOG itself, and links into it."""

import re

import pytest

from budgeting.classifications import CodeLink, cofog_codes, cofog_path, read_link
from budgeting.errors import MappingInvalid


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
