"""Suggestions as a reader sees them: the words in bold, the lines alike with their similarity."""

import pytest
from streamlit.testing.v1 import AppTest

from budgeting.methodologies.model import Stance
from budgeting.suggestions.model import FiredWord
from budgeting.ui.suggested import emphasised


def fired(*places):
    return [FiredWord(start, end, "", "", "en", 2, Stance.PRINCIPAL) for start, end in places]


@pytest.mark.parametrize(
    ("name", "places", "expected"),
    [
        ("Help for women", [(9, 14)], "Help for **women**"),
        ("Help [women]", [(6, 11)], "Help \\[**women**\\]"),
        ("women and men", [(0, 5), (0, 5)], "**women** and men"),
        ("safe house now", [(0, 10), (5, 10)], "**safe house** now"),
        ("a *b* c", [], "a \\*b\\* c"),
    ],
)
def test_words_that_fired_are_bold_and_the_rest_stays_as_it_is(name, places, expected):
    """Overlapping words are one, and marks of Markdown in a name are shown, not obeyed."""
    assert expected == emphasised(name, fired(*places))


def shown():
    from decimal import Decimal

    from budgeting.marks.model import Confidence
    from budgeting.methodologies import methodology
    from budgeting.methodologies.model import Stance
    from budgeting.model import text
    from budgeting.suggestions.model import FiredWord, Ground, LikeLine, Suggestion
    from budgeting.ui.suggested import show_suggestions

    word = FiredWord(5, 10, "women", "women", "en", 2, Stance.PRINCIPAL)
    like = LikeLine("x", "Help the women", "2", Decimal("0.83"), 2024)
    show_suggestions(
        "Help women",
        [
            Suggestion(
                Ground.ALIKE, Stance.PRINCIPAL, "2", Confidence.HIGH, text("Because."), (), (like,)
            ),
            Suggestion(
                Ground.TERMS, Stance.PRINCIPAL, "2", Confidence.MEDIUM, text("Word."), (word,)
            ),
            Suggestion(Ground.LAST_YEAR, None, None, Confidence.LOW, text("They differ.")),
        ],
        methodology("oecd_dac"),
    )


def test_a_suggestion_shows_category_ground_confidence_words_and_lines():
    """Everything that a person needs to check it stands there, and nothing can be clicked."""
    at = AppTest.from_function(shown).run()
    assert not at.exception
    said = [one.value for one in at.markdown]
    assert said[0].startswith("Like approved lines")
    assert "**2 · " in said[0]
    assert "high" in said[0]
    assert "Help **women**" in said
    assert "no category" in said[-1]
    assert ["Because.", "Word.", "They differ."] == [one.value for one in at.caption]
    assert [["Help the women", "2024", "2", "83%"]] == at.dataframe[0].value.to_numpy().tolist()
    assert [] == list(at.button)
