"""What neither file nor mapping says is asked: direction, country, currency. Nothing is taken for granted."""

import pytest
from fixtures.mapped_files import (
    APPROVED,
    MANY,
    csv,
    errors,
    examined,
    mapping_of,
    sums,
    workbook,
)

from budgeting.imports.answers import Answers, with_answers
from budgeting.imports.guessing.guess import guess
from budgeting.imports.readers import read
from budgeting.imports.words.standards import is_country, is_currency
from budgeting.model import Direction

OPEN_LINE = '\n[line]\nlabel = "label"\n'
TOWNS = """
    town;code;label;approved
    Novi Grad;1;a;20
    Stari Grad;1;a;4000
"""
BOTH = """
    way;code;label;approved
    out;1;a;20
    in;7;b;4000
"""
BOTH_WAYS = """
    [line]
    direction_column = "way"
    expenditure = '^out'
    revenue = '^in'
    label = "label"
"""
FICTIONAL = MANY.replace('"ME"', '"XX"').replace('"EUR"', '"XXX"') + "    is_fictional = true\n"
NOWHERE = '\n    [municipality]\n    column = "town"\n'
SILENT = """
    code;label;approved
    1;Alpha;20
    2;Beta;4000
"""


def checks(verdict) -> list[str]:
    return [check for check, _row, _column in errors(verdict)]


# --- direction ---


def test_a_direction_that_nobody_said_blocks(store):
    """Without a word for it there is no direction, no total under a wrong one, and no acceptance."""
    verdict = examined(store, SILENT, mapping_of(APPROVED, line=OPEN_LINE))
    assert checks(verdict) == ["direction"]
    assert not verdict.batches
    assert not verdict.is_acceptable
    assert verdict.rows == {"read": 2, "accepted": 0, "skipped": 0, "rejected": 2}


@pytest.mark.parametrize("direction", list(Direction))
def test_the_answer_is_the_direction(store, direction):
    """Either answer is taken as it is said."""
    mapping = mapping_of(APPROVED, line=OPEN_LINE)
    verdict = examined(store, SILENT, mapping, direction=direction)
    assert verdict.is_acceptable
    assert [key[2] for key in sums(verdict)] == [direction]


def test_an_answer_against_the_mapping_is_refused(store):
    """A mapping that says expenditure is not overruled, and the answer is not passed over."""
    same = examined(store, SILENT, mapping_of(APPROVED), direction=Direction.EXPENDITURE)
    other = examined(store, SILENT, mapping_of(APPROVED), direction=Direction.REVENUE)
    assert same.is_acceptable
    assert checks(other) == ["direction"]


def test_an_answer_against_the_rows_is_refused(store):
    """Where a column says the direction of each row, one answer for all of them contradicts it."""
    mapping = mapping_of(APPROVED, line=BOTH_WAYS)
    assert examined(store, BOTH, mapping).is_acceptable
    assert checks(examined(store, BOTH, mapping, direction=Direction.REVENUE)) == ["direction"]


def test_a_guess_without_a_word_of_direction_leaves_it_open():
    """The guess writes no direction into the mapping, and says that it must be asked."""
    found = guess(read(csv(SILENT)))
    assert "direction" in found.asks
    assert "direction" not in found.entries["line"]
    known = guess(read(csv(SILENT)), Answers(direction=Direction.REVENUE))
    assert "direction" not in known.asks


# --- country and currency ---


def test_towns_without_a_country_or_a_currency_block(store):
    """A file of many towns needs both, each asked once for all of them."""
    verdict = examined(store, TOWNS, mapping_of(APPROVED, town=NOWHERE))
    assert checks(verdict) == ["country", "currency"]
    assert not verdict.is_acceptable


def test_the_answers_hold_for_all_towns(store):
    """With both answers every town has them."""
    mapping = mapping_of(APPROVED, town=NOWHERE)
    verdict = examined(store, TOWNS, mapping, country_code="RS", currency_code="RSD")
    assert verdict.is_acceptable
    places = {(b.municipality.country_code, b.municipality.currency_code) for b in verdict.batches}
    assert places == {("RS", "RSD")}


@pytest.mark.parametrize(
    ("country", "currency", "expected"),
    [
        ("XX", "RSD", ["country"]),
        ("RS", "XXX", ["currency"]),
        ("ZZ", "ZZZ", ["country", "currency"]),
        ("RS", "RSD", []),
    ],
)
def test_an_answer_is_a_real_code(store, country, currency, expected):
    """What is no country and no currency is asked again."""
    mapping = mapping_of(APPROVED, town=NOWHERE)
    said = {"country_code": country, "currency_code": currency}
    assert checks(examined(store, TOWNS, mapping, **said)) == expected


def test_codes_of_nowhere_in_a_mapping_are_asked_for(store):
    """XX and XXX in a mapping are no answer, and are replaced by one."""
    town = MANY.replace('"ME"', '"XX"').replace('"EUR"', '"XXX"')
    mapping = mapping_of(APPROVED, town=town)
    assert checks(examined(store, TOWNS, mapping)) == ["country", "currency"]
    said = {"country_code": "RS", "currency_code": "RSD"}
    assert examined(store, TOWNS, mapping, **said).is_acceptable


def test_an_answer_against_the_codes_of_the_mapping_is_refused(store):
    """Montenegro by the mapping and Serbia by the answer: neither is chosen in silence."""
    mapping = mapping_of(APPROVED, town=MANY)
    assert checks(examined(store, TOWNS, mapping, country_code="RS")) == ["country"]
    assert checks(examined(store, TOWNS, mapping, currency_code="RSD")) == ["currency"]


def test_demo_towns_need_no_country(store):
    """What says that it is fictional may be nowhere."""
    assert examined(store, TOWNS, mapping_of(APPROVED, town=FICTIONAL)).is_acceptable


def test_sheets_of_towns_are_asked_about_once(store):
    """Three sheets without a country are one question, not three."""
    rows = [("code", "label", "approved"), ("1", "Alpha", 20), ("2", "Beta", 4000)]
    source = workbook({"Selo": rows, "Brdo": rows[:2], "Polje": rows[:1] + rows[2:]})
    mapping = mapping_of(APPROVED, town="[municipality]\nfrom_sheet = true\n")
    verdict = examined(store, source, mapping)
    assert checks(verdict) == ["country", "currency"]


def test_codes_are_those_of_the_standards():
    """Countries of today and currencies that were ever used to pay, nothing else."""
    assert all(map(is_country, ("RS", "BA", "DE", "IN", "US", "XK")))
    assert not any(map(is_country, ("", "XX", "ZZ", "EU", "UK", "YU", "rs", "SRB")))
    assert all(map(is_currency, ("RSD", "BAM", "EUR", "HRK", "XOF")))
    assert not any(map(is_currency, ("", "XXX", "XTS", "XAU", "eur", "KM")))


# --- what is kept ---


def test_a_kept_mapping_says_what_was_answered():
    """The answers stand in the mapping for next year; what it says itself stays."""
    answers = Answers(direction=Direction.REVENUE, country_code="RS", currency_code="RSD")
    open_one = {"line": {"label": "a"}, "municipality": {"column": "town"}}
    kept = with_answers(open_one, answers)
    assert kept["line"] == {"label": "a", "direction": "revenue"}
    assert kept["municipality"] == {
        "column": "town",
        "country_code": "RS",
        "currency_code": "RSD",
    }
    assert "direction" not in open_one["line"]
    said = {"line": {"direction_column": "way"}, "municipality": {"country_code": "ME"}}
    kept = with_answers(said, answers)
    assert "direction" not in kept["line"]
    assert kept["municipality"]["country_code"] == "ME"
