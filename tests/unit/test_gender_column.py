"""The gender column: which lines it marks, and what of it becomes no mark."""

import pytest
from fixtures.mapped_files import examined, mapping_of, told

from budgeting.imports.meaning.gender import category_codes, methodology_of
from budgeting.model import Severity

ROWS = "code;label;part;approved\n1;a;first;5\n2;b;second;6\n3;c;;7\n"
APPROVED = '[[amount]]\ncolumn = "approved"\nstage = "approved"\n'


def verdict(store, methodology: str, categories: str):
    gender = f'[gender]\ncolumn = "part"\n{methodology}\ncategories = {{ {categories} }}\n'
    return examined(store, ROWS, mapping_of(APPROVED, gender))


def marks(found) -> list[str]:
    (batch,) = found.batches
    return batch.lines["category"].to_pylist() if "category" in batch.lines.column_names else []


def test_words_become_categories(store):
    """Each line has the category that its word means; a line that says nothing has none."""
    found = verdict(store, 'methodology = "oecd_dac"', "2 = '^first$', 1 = '^second$'")
    assert ["2", "1", ""] == marks(found)
    assert [] == told(found, "gender-category") + told(found, "gender-methodology")


@pytest.mark.parametrize("methodology", ["", 'methodology = "own"'])
def test_without_a_known_methodology_nothing_is_marked(store, methodology):
    """Words mean nothing by a methodology that nobody knows: that is said, and no line is marked."""
    found = verdict(store, methodology, "2 = '^first$'")
    (warning,) = told(found, "gender-methodology")
    assert (Severity.WARNING, {""}) == (warning.severity, set(marks(found)))


def test_a_word_without_a_category_is_told(store):
    """What the mapping leaves out is counted and quoted."""
    (note,) = told(verdict(store, 'methodology = "oecd_dac"', "2 = '^first$'"), "gender-category")
    assert (Severity.NOTE, "second") == (note.severity, note.message.values["words"])


def test_a_category_of_another_methodology_is_no_mark(store):
    """A mapping that says A under the OECD marker marks nothing with it, and that is told."""
    found = verdict(store, 'methodology = "oecd_dac"', "A = '^first$', 1 = '^second$'")
    assert "A" in [one.value for one in told(found, "gender-category")]
    assert ["", "1", ""] == marks(found)


def test_all_versions_of_a_methodology_count():
    """A file of the past may use a category that the newest version no longer has, and the reverse."""
    newest = methodology_of("india_gbs")
    assert newest is not None
    assert {one.code for one in newest.categories} <= category_codes("india_gbs")
    assert (None, set()) == (methodology_of("own"), category_codes("own"))
