"""Suggestions by other lines: names alike, as last year, like approved lines."""

import math
from decimal import ROUND_FLOOR, Decimal

from hypothesis import given
from hypothesis import strategies as st

from budgeting.imports.words.folding import fold
from budgeting.marks.model import Confidence
from budgeting.methodologies.model import Stance
from budgeting.suggestions.by_lines import MarkedLine, as_last_year, like_approved
from budgeting.suggestions.similar import Alike, alike

STANCES = {"2": Stance.PRINCIPAL, "1": Stance.SIGNIFICANT, "0": Stance.NONE}


def marked(line, name, category="2", year=2025, confidence=Confidence.HIGH):
    return MarkedLine(line, name, category, year, confidence)


# --- names alike ----------------------------------------------------------


def test_the_same_words_are_wholly_alike_in_any_script_and_order():
    """Similarity compares words, not their order, case, accents or script."""
    found = alike(
        ["Сигурна кућа за жене"], ["Kuća sigurna za žene", "Park", "ZENE za sigurna kuca"]
    )
    assert [(Alike(0, Decimal("1.00")), Alike(2, Decimal("1.00")))] == found


def test_other_cases_of_the_same_words_are_alike_and_other_words_are_not():
    """Inflected words share their beginnings; names that share nothing are never alike."""
    approved = ["Radovi na vrtićima", "Kamate"]
    (found,) = alike(["Rad vrtića"], approved, least=0.3)
    assert [0] == [like.place for like in found]
    assert [()] == alike(["Asfalt"], approved, least=0.01)


def test_rare_words_weigh_more_than_common_ones():
    """What all approved names share says little about two of them."""
    approved = ["Program sigurna", "Program asfalt", "Program kamata", "Program vodovod"]
    (found,) = alike(["Program kamata grada"], approved, least=0.0, most=4)
    assert 2 == found[0].place
    assert found[0].similarity > 2 * found[1].similarity


def test_at_most_as_many_are_returned_as_asked_for():
    """The most similar first, equal ones in the order of the list."""
    (found,) = alike(["a b c"], ["a b c", "a b c", "a b"], least=0.1, most=2)
    assert [0, 1] == [like.place for like in found]


def test_without_names_or_words_nothing_is_alike():
    """Empty lists and names without letters are no error."""
    assert [] == alike([], ["x"])
    assert [()] == alike(["x"], [])
    assert [()] == alike(["—"], ["—"])


def features(name):
    words = fold(name).split()
    return {*words, *(word[:3] + "-" for word in words), *(word[:5] + "-" for word in words)}


def plain(name, approved, least):
    """Similarity by its definition, pair by pair."""
    known = [features(other) for other in approved]
    weight = lambda one: math.log1p(len(known) / max(1, sum(one in other for other in known)))  # noqa: E731
    own = features(name)
    found = []
    for place, other in enumerate(known):
        both = sum(map(weight, own)) + sum(map(weight, other))
        share = 2 * sum(map(weight, own & other)) / both if both else 0
        cut = Decimal(share + 1e-8).quantize(Decimal("0.01"), rounding=ROUND_FLOOR)
        if cut >= Decimal(str(least)) and own & other:
            found.append(Alike(place, cut))
    return tuple(sorted(found, key=lambda like: (-like.similarity, like.place)))


NAMES = st.lists(
    st.lists(
        st.sampled_from(["zena", "zene", "kuca", "kucama", "rad", "radnici", "i"]), max_size=4
    ).map(" ".join),
    max_size=6,
)


@given(names=NAMES, approved=NAMES, least=st.sampled_from([0.01, 0.5, 0.6, 1.0]))
def test_all_at_once_is_pair_by_pair(names, approved, least):
    """The counting finds exactly the pairs, and the similarity, that the definition gives."""
    expected = [plain(name, approved, least) for name in names]
    assert expected == alike(names, approved, least, most=9)


# --- like approved lines --------------------------------------------------


def test_approved_lines_alike_are_shown_with_their_similarity_and_category():
    """The nearest line decides; all lines that speak for it can be read."""
    approved = [marked("a", "Sigurna kuća za žene"), marked("b", "Asfaltiranje ulica", "0")]
    found = like_approved({"n": "Sigurna kuća, žene", "m": "Vodovod"}, approved, STANCES)
    assert ["n"] == list(found)
    assert ("2", Stance.PRINCIPAL) == (found["n"].category, found["n"].stance)
    assert ["a"] == [like.line for like in found["n"].lines]
    assert Confidence.HIGH == found["n"].confidence


def test_lines_alike_that_disagree_give_low_confidence():
    """Two approved lines of different categories are both shown, and the doubt is said."""
    approved = [marked("a", "Pomoć ženama", "2"), marked("b", "Pomoć ženama", "0")]
    found = like_approved({"n": "Pomoć ženama"}, approved, STANCES)["n"]
    assert Confidence.LOW == found.confidence
    assert ["2", "0"] == [like.category for like in found.lines]


def test_a_line_is_not_like_itself():
    """An approved line that is asked about is shown others, not itself."""
    approved = [marked(code, "Pomoć ženama") for code in "abcd"]
    found = like_approved({"a": "Pomoć ženama"}, approved, STANCES)["a"]
    assert ["b", "c", "d"] == [like.line for like in found.lines]
    assert {} == like_approved({"a": "Pomoć ženama"}, approved[:1], STANCES)


# --- as last year ---------------------------------------------------------


def test_a_confirmed_link_decides():
    """A line that continues another one is suggested as that was, as surely as that was."""
    earlier = [
        marked("old", "Kuća", "1", confidence=Confidence.MEDIUM),
        marked("gone", "Nova", "0"),
    ]
    found = as_last_year({"new": "Nova"}, earlier, {"new": ["old"]}, {"gone"}, STANCES)["new"]
    assert ("1", Stance.SIGNIFICANT, Confidence.MEDIUM) == (
        found.category,
        found.stance,
        found.confidence,
    )
    assert "It continues a line that was 1 in 2025." == str(found.why)


def test_the_same_words_speak_only_for_a_line_that_is_gone():
    """A line of the same words that goes on is another line."""
    earlier = [marked("old", "Сигурна кућа")]
    lines = {"new": "Sigurna kuća"}
    found = as_last_year(lines, earlier, {}, {"old"}, STANCES)
    assert ("2", Confidence.MEDIUM) == (found["new"].category, found["new"].confidence)
    assert {} == as_last_year(lines, earlier, {}, set(), STANCES)


def test_merged_lines_of_different_categories_suggest_none():
    """Where the lines that it continues disagree, they are shown and no category is chosen."""
    earlier = [marked("a", "x", "2"), marked("b", "y", "0")]
    found = as_last_year({"n": "z"}, earlier, {"n": ["a", "b"]}, set(), STANCES)["n"]
    assert (None, None, Confidence.LOW) == (found.category, found.stance, found.confidence)
    assert ["a", "b"] == [like.line for like in found.lines]
