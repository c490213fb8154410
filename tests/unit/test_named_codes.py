"""Codes are told in words where a column holds codes, and a person's name is no code."""

import pytest

from budgeting.exports.cells import in_words
from budgeting.model import Column, text
from budgeting.names import NAMED_CODES
from budgeting.translations import language
from budgeting.ui.tables import written

EN = language("en")


@pytest.mark.parametrize("key", ["by", "measure", "kind", "stage"])
def test_a_column_of_words_may_be_called_as_one_of_codes(key):
    """Who answered stands in a column “by”: it is neither looked up nor lost."""
    column = Column(key, text("who"))
    assert key in NAMED_CODES
    assert ("Ana Kovač", "Ana Kovač") == (
        in_words(column, "Ana Kovač", EN),
        written("Ana Kovač", column, EN),
    )


def test_a_column_of_codes_is_told_in_words():
    column = Column("by", text("by"), "code")
    assert ("function (COFOG)", "Function (COFOG)") == (
        in_words(column, "function", EN),
        written("function", column, EN),
    )
