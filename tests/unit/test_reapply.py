"""What reapplying promises: next year's file under last year's mapping, what moved is said."""

import pytest

from budgeting.imports.mappings.mapping_file import mapping_from_entries
from budgeting.imports.mappings.reapply import Move, moved, proposed_names, renamed
from budgeting.imports.readers import read
from budgeting.imports.source import SourceFile

HEADER = ("Konto", "Opis", "Plan 2023", "Izvršenje 2023", "Indeks")
MAPPING = mapping_from_entries(
    "last_year",
    {
        "title": "Last year",
        "municipality": {"code": "xx", "name": "X", "country_code": "XX", "currency_code": "XXX"},
        "line": {"direction": "expenditure", "label": "Opis"},
        "classification": [
            {"dimension": "economic_class", "levels": [{"code": "Konto", "label": "Opis"}]}
        ],
        "amount": [
            {"column": "Plan 2023", "stage": "approved", "year": 2023},
            {"column": "Izvršenje 2023", "stage": "executed", "year": 2023},
        ],
        "row": [{"kind": "total", "where": {"Opis": "(?i)^ukupno"}}],
        "structure": {"code": "Konto", "label": "Opis"},
        "ignored": {"Indeks": "a share"},
    },
)


def table(*header: str):
    cells = {
        "Konto": "411", "Sifra konta": "411", "Opis": "Plate", "Naziv": "Plate", "Indeks": "95,5",
    }  # fmt: skip
    row = ";".join(cells.get(name, "1000,50") for name in header)
    other = row.replace("411", "412").replace("Plate", "Doprinosi").replace("1000", "2000")
    return read(SourceFile("next.csv", "\n".join([";".join(header), row, other]).encode()))


def changes(*header: str, earlier: tuple[str, ...] = ()) -> set[tuple[str, str, str]]:
    return {(c.kind.value, c.old, c.new) for c in moved(MAPPING, table(*header), earlier)}


def test_the_same_layout_has_not_moved():
    """The file of the same layout has nothing to tell."""
    assert set() == changes(*HEADER, earlier=HEADER)


def test_another_year_in_a_name_is_a_rename():
    """“Plan 2023” becomes “Plan 2024”, and so for the execution."""
    expected = {
        ("renamed", "Plan 2023", "Plan 2024"),
        ("renamed", "Izvršenje 2023", "Izvršenje 2024"),
    }
    assert expected == changes("Konto", "Opis", "Plan 2024", "Izvršenje 2024", "Indeks")


def test_other_words_for_the_same_are_a_rename():
    """A code and a label called otherwise are found by meaning, place and content."""
    expected = {("renamed", "Konto", "Sifra konta"), ("renamed", "Opis", "Naziv")}
    assert expected == changes("Sifra konta", "Naziv", "Plan 2023", "Izvršenje 2023", "Indeks")


def test_a_stage_is_not_renamed_to_another_one():
    """“Plan” does not become “Izvršenje”: the one column is gone, the other new."""
    kinds = {
        c.kind for c in moved(MAPPING, table("Konto", "Opis", "Izvršenje 2023", "Rebalans 2023"))
    }
    assert Move.GONE in kinds


def test_new_gone_and_order_are_told():
    """A column more, one less and another order are told one by one."""
    found = changes("Opis", "Konto", "Plan 2023", "Izvor", "Indeks", earlier=HEADER)
    assert ("gone", "Izvršenje 2023", "") in found or (
        "renamed",
        "Izvršenje 2023",
        "Izvor",
    ) in found
    assert "order" in {kind for kind, _, _ in found}


def test_a_mapping_with_new_names_reads_the_new_file():
    """Renames go through the whole mapping, the year of a column with them."""
    following = table("Sifra konta", "Naziv", "Plan 2024", "Izvršenje 2024", "Indeks")
    adapted = renamed(MAPPING, proposed_names(moved(MAPPING, following)))
    assert () == moved(adapted, following)
    assert [2024, 2024] == [rule.year for rule in adapted.amounts]
    assert {"Naziv": "(?i)^ukupno"} == adapted.rows[0].where
    assert ("Sifra konta", "Naziv") == (adapted.structure.code, adapted.structure.label)


@pytest.mark.parametrize("name", ["Konto", "Opis", "Plan 2023"])
def test_what_is_not_renamed_stays(name):
    """A mapping without renames is the same mapping."""
    assert MAPPING.entries == renamed(MAPPING, {}).entries
    assert name in renamed(MAPPING, {}).columns
