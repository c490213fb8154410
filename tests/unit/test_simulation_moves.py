"""Moves change lines to the cent, and refuse what cannot be moved."""

from decimal import Decimal

import pytest

from budgeting.errors import MoveInvalid
from budgeting.simulation.model import Baseline, Line, Subject, SubjectKind
from budgeting.simulation.moves import (
    Move,
    changes,
    level,
    level_by_percent,
    new_line,
    virement,
    with_new_lines,
)

D = Decimal
SPORT = Subject(SubjectKind.PROGRAMME, "sport")
CARE = Subject(SubjectKind.LINE, "c1")
EMPTY = Subject(SubjectKind.PROGRAMME, "empty")


@pytest.fixture
def town() -> Baseline:
    """Return three lines of sport, one of them a refund, one of care, two without money."""
    sport, empty = {"programme": ("sport",)}, {"programme": ("empty",)}
    return Baseline(
        (
            Line(1, "s1", "Clubs", D("200.00"), members=sport),
            Line(2, "s2", "Pool", D("100.00"), members=sport),
            Line(3, "s3", "Refund", D("-50.00"), members=sport),
            Line(4, "c1", "Care", D("80.00")),
            Line(5, "e1", "Shelter", D("0.00"), members=empty),
            Line(6, "e2", "Helpline", D("0.00"), members=empty),
        ),
        "EUR",
    )


def test_a_virement_goes_over_the_lines_of_a_programme_in_proportion(town: Baseline) -> None:
    assert changes(town, [virement(SPORT, CARE, D("10.00"))]) == {
        1: D("-6.67"),
        2: D("-3.33"),
        4: D("10.00"),
    }


def test_locked_lines_are_left_alone_where_others_are_free(town: Baseline) -> None:
    move = [virement(SPORT, CARE, D("10.00"))]
    assert changes(town, move, frozenset({1})) == {2: D("-10.00"), 4: D("10.00")}
    everything = frozenset({1, 2, 3})
    assert changes(town, move, everything) == changes(town, move)


def test_earmarked_lines_are_left_alone_before_locked_ones_are_touched(town: Baseline) -> None:
    move = [virement(SPORT, CARE, D("10.00"))]
    assert changes(town, move, earmarked=frozenset({1})) == {2: D("-10.00"), 4: D("10.00")}
    assert changes(town, move, frozenset({2, 3}), frozenset({1})) == {1: D("-10.00"), 4: D("10.00")}
    named = [virement(Subject(SubjectKind.LINE, "s1"), CARE, D("10.00"))]
    assert changes(town, named, earmarked=frozenset({1})) == {1: D("-10.00"), 4: D("10.00")}


def test_lines_without_money_take_equal_parts(town: Baseline) -> None:
    assert changes(town, [virement(CARE, EMPTY, D("5.01"))]) == {
        4: D("-5.01"),
        5: D("2.51"),
        6: D("2.50"),
    }


def test_moves_are_made_in_order_and_what_ends_where_it_began_is_left_out(town: Baseline) -> None:
    there, back = virement(CARE, EMPTY, D("8.00")), virement(EMPTY, CARE, D("8.00"))
    assert changes(town, [there, back]) == {}
    with pytest.raises(MoveInvalid, match="“empty” has only"):
        changes(town, [back, there])


def test_all_that_a_line_has_can_be_given_and_not_a_cent_more(town: Baseline) -> None:
    assert changes(town, [virement(CARE, SPORT, D("80.00"))])[4] == D("-80.00")
    with pytest.raises(MoveInvalid, match="“Care” has only"):
        changes(town, [virement(CARE, SPORT, D("80.01"))])


@pytest.mark.parametrize("amount", ["0.00", "-5.00"])
def test_a_virement_of_nothing_is_refused(town: Baseline, amount: str) -> None:
    with pytest.raises(MoveInvalid, match="Move 1: the amount must be above zero"):
        changes(town, [virement(CARE, SPORT, D(amount))])


def test_an_unknown_subject_is_refused(town: Baseline) -> None:
    with pytest.raises(MoveInvalid, match="“x” is not in this budget"):
        changes(town, [level(Subject(SubjectKind.LINE, "x"), D(1))])


def test_a_level_by_a_per_cent_is_one_of_the_baseline(town: Baseline) -> None:
    move = level_by_percent(town, SPORT, D("-10"))
    assert (move.amount, move.percent) == (D("-25.00"), D("-10"))
    assert sum(changes(town, [move]).values()) == D("-25.00")


def test_a_level_keeps_what_was_entered() -> None:
    assert isinstance(level(CARE, D("3.00"), "winter"), Move)
    assert level(CARE, D("3.00"), "winter").reason == "winter"


def test_a_new_line_belongs_to_its_programme_and_has_what_is_put_into_it(town: Baseline) -> None:
    moves = [new_line(SPORT, "Girls’ sport", D("30.00")), level(CARE, D("-30.00"))]
    assert changes(town, moves) == {-1: D("30.00"), 4: D("-30.00")}
    [*_, added] = with_new_lines(town, moves).lines
    assert (added.label, added.amount, added.members) == (
        "Girls’ sport",
        0,
        {"programme": ("sport",)},
    )
    assert with_new_lines(town, moves).lines_of(SPORT) == (1, 2, 3, -1)


def test_a_later_move_takes_from_a_new_line(town: Baseline) -> None:
    added = Subject(SubjectKind.LINE, "~1")
    moves = [new_line(SPORT, "Girls’ sport", D("30.00")), virement(added, CARE, D("30.00"))]
    assert changes(town, moves) == {4: D("30.00")}


@pytest.mark.parametrize(
    ("label", "amount"), [("", "1.00"), ("  ", "1.00"), ("Girls’ sport", "0.00")]
)
def test_a_new_line_needs_a_name_and_money(town: Baseline, label: str, amount: str) -> None:
    with pytest.raises(MoveInvalid, match="a new line needs a name and an amount above zero"):
        changes(town, [new_line(SPORT, label, D(amount))])


def test_a_new_line_of_an_unknown_programme_is_refused(town: Baseline) -> None:
    with pytest.raises(MoveInvalid, match="“space” is not in this budget"):
        changes(town, [new_line(Subject(SubjectKind.PROGRAMME, "space"), "x", D(1))])
