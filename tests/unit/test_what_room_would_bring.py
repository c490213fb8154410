"""What a little more room of a rule would bring, in the words of those who keep to it; amounts to the cent."""

from decimal import Decimal

import pytest
from fixtures.small_problem import rule

from budgeting.optimiser import Unit, words_of
from budgeting.optimiser.binding import Binding
from budgeting.optimiser.relaxing import Relaxation, Side
from budgeting.simulation.rules import Bound
from budgeting.translations import language

SAY = language("en").say


def bound_of(kind, **figures):
    return Bound(rule(kind, "programme", "p", **figures), "Sport", (1,))


def said(kind, side, **figures):
    one = Binding(bound_of(kind, **figures), None, 0, side, Decimal(10), 0.5, 0.05)
    return SAY(words_of(one, Unit.PERSONS, "EUR")).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("kind", "side", "sentence"),
    [
        ("gives", Side.LESS, "If it could give 10.00 EUR more, that would bring 0.5 people."),
        ("gives_each", Side.LESS, "If it could give 10.00 EUR more, that would bring 0.5 people."),
        ("limit", Side.LESS, "If it could have 10.00 EUR less, that would bring 0.5 people."),
        ("limit", Side.MORE, "If it could have 10.00 EUR more, that would bring 0.5 people."),
        ("ceiling", Side.MORE, "If it could have 10.00 EUR more, that would bring 0.5 people."),
        ("balanced", Side.MORE, "If 10.00 EUR more could be spent, that would bring 0.5 people."),
        (
            "balanced",
            Side.LESS,
            "If 10.00 EUR less had to be spent, that would bring 0.5 people.",
        ),
    ],
)
def test_room_is_told_as_what_could_be_had_given_or_spent(kind, side, sentence):
    """Nobody has to work out what upwards or downwards of a rule means."""
    assert said(kind, side, percent=10, amount=5).endswith(sentence)


def test_who_gives_nothing_is_not_said_to_give_nought_per_cent():
    """A rule of 0 per cent is said in words; one of a tenth per cent is not."""
    assert said("gives", Side.LESS, percent=0).startswith("Sport gives nothing away.")
    assert "may give at most 0.1%" in said("gives", Side.LESS, percent="0.1")


def test_a_ceiling_of_millions_is_told_to_the_cent():
    """Whoever must keep to 2,481,000.45 is not told 2.48 million, nor by how much roundly to relax it."""
    ceiling = bound_of("ceiling", amount="2481000.45")
    told = SAY(Relaxation(ceiling, Side.MORE, Decimal("82690.05")).words("EUR"))
    assert "Sport may have at most 2,481,000.45 EUR. Let it be 82,690.05 EUR more." == told.replace(
        "\xa0", " "
    )
