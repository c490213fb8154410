"""How good the term rules are, on labels that stood before them; and that the page says the same."""

from decimal import Decimal

import pytest
from labels.measure import COUNTRIES, INDIA, labels_of, matcher_of, measured_now, schemes_of

from budgeting.methodologies.model import Stance
from budgeting.suggestions.by_terms import TermMatcher
from budgeting.suggestions.quality import (
    Labelled,
    Measured,
    as_toml,
    from_toml,
    measure,
    measured,
    misses,
)
from budgeting.suggestions.terms import read_term_rules

HELD_OUT = "held_out"
# what the rules reached on names that they had not seen, at the first look: not to be lost again
LEAST_PRECISION, LEAST_RECALL = Decimal("0.90"), Decimal("0.80")


@pytest.fixture
def matcher(tmp_path):
    path = tmp_path / "sr.csv"
    rows = "žen*,principal,,,x\ndec*,significant,,,x\nulic*,none,,,x\n"
    path.write_text(f"term,stance,unless,note,source\n{rows}", encoding="utf-8")
    return TermMatcher(read_term_rules(path))


LABELS = [
    Labelled("Žene", Stance.PRINCIPAL, "seen"),
    Labelled("Deca", Stance.PRINCIPAL, "seen"),
    Labelled("Vrtić", Stance.SIGNIFICANT, "seen"),
    Labelled("Ulica žena", Stance.NONE, "seen"),
    Labelled("Ženidba", Stance.NONE, "seen"),
    Labelled("Most", Stance.NONE, "seen"),
]


# --- the measure itself ---------------------------------------------------


def test_precision_and_recall_are_counted_by_group(matcher):
    """Relevant is principal or significant; the wrong strength is right for the one, not the other."""
    relevant, principal = measure("sr", LABELS, matcher)
    assert (6, 3, 3, 2) == (
        relevant.names,
        relevant.labelled,
        relevant.suggested,
        relevant.right,
    )
    assert (Decimal(2) / 3, Decimal(2) / 3) == (relevant.precision, relevant.recall)
    assert (Decimal("0.5"), Decimal("0.5")) == (principal.precision, principal.recall)


def test_precision_is_not_known_without_names_that_are_something_else(matcher):
    """A list of positives alone cannot show a wrong suggestion, so it has no precision."""
    (relevant, _) = measure("sr", LABELS[:3], matcher)
    assert relevant.precision is None
    assert Decimal(2) / 3 == relevant.recall
    (nothing, _) = measure("sr", LABELS[-1:], matcher)
    assert (None, None) == (nothing.precision, nothing.recall)


def test_misses_are_listed_with_both_stances_and_the_words(matcher):
    """Too weak, too strong and not found are misses; “none” suggested for “none” is none."""
    assert [
        ("Deca", "principal", "significant", ("Deca",)),
        ("Vrtić", "significant", "", ()),
        ("Ženidba", "none", "principal", ("Ženidba",)),
    ] == [
        (miss.name, miss.labelled, miss.suggested, miss.words)
        for miss in misses("sr", LABELS, matcher)
    ]


def test_figures_are_read_back_as_they_were_written(matcher):
    """What is stored for the methods page is what was measured."""
    figures = Measured(tuple(measure("sr", LABELS, matcher)), tuple(misses("sr", LABELS, matcher)))
    assert figures == from_toml(as_toml(figures))


# --- the rules on the labels ----------------------------------------------


def test_the_stored_figures_are_those_of_the_rules_and_labels_of_today():
    """Otherwise: python -m tests.labels.measure."""
    now, stored = measured_now(None), measured()
    assert now.misses == stored.misses
    assert now.measures == tuple(one for one in stored.measures if one.part != INDIA)


@pytest.mark.parametrize("language", COUNTRIES)
def test_names_that_no_rule_has_seen_are_suggested_well_enough(language, capsys):
    """Of the half that is held out, at least 9 in 10 suggestions are right, and 8 in 10 are found."""
    found = measure(language, labels_of(language), matcher_of(language))
    with capsys.disabled():
        for one in found:
            print(
                f"\n  {language} {one.part:<8} {one.group:<9} precision {one.precision:.3f} "
                f"({one.right} of {one.suggested}), recall {one.recall:.3f} "
                f"({one.right} of {one.labelled}), {one.names} names",
                end="",
            )
    (relevant,) = (one for one in found if (one.part, one.group) == (HELD_OUT, "relevant"))
    assert relevant.names >= 100
    assert relevant.precision >= LEAST_PRECISION
    assert relevant.recall >= LEAST_RECALL


def test_the_schemes_of_india_give_recall_alone(test_data):
    """All are of part A or B, so only what is found can be counted; the stored counts are today's."""
    now = tuple(measure("en", schemes_of(test_data), matcher_of("en")))
    assert now == tuple(one for one in measured().measures if one.part == INDIA)
    relevant, principal = now
    assert relevant.precision is None
    assert relevant.labelled == relevant.names
    assert principal.labelled < principal.names


def test_no_name_of_a_scheme_is_stored(test_data):
    """The statement is not ours to publish: its names are read when tests run, and stay there."""
    schemes = {label.name for label in schemes_of(test_data)}
    assert set() == schemes & {miss.name for miss in measured().misses}
