"""The figures of a municipality: what a reader can solve over sexes, ages, groups, hours and years."""

from decimal import Decimal

import pytest
from fixtures.attack import attack

from budgeting.reports.beneficiaries.protection import cell_of, shown_counts
from budgeting.suppression import Bracket, Count, Rule, Sum


def row(figure, sex="all", *, ages=(None, None), group=("", ""), **more):
    """A figure as ``service_figures`` gives it."""
    return {
        "service_id": 1,
        "role": "users",
        "counts": "",
        "unit": "persons",
        "indicator_code": "visitors",
        "whole_code": "visitors",
        "at_place": "",
        "fiscal_year": 2025,
        "kind": "actual",
        "sex": sex,
        "age_from": ages[0],
        "age_to": ages[1],
        "group_kind": group[0],
        "group_code": group[1],
        "figure": None if figure is None else Decimal(figure),
        **more,
    }


def solved(rows, *sums):
    """What an attacker finds who knows these sums between rows, by their place; nothing, it should be."""
    shown = shown_counts(rows)
    cells = [cell_of(one) for one in rows]
    counts = {
        cell: Count(
            one["figure"], is_sensitive=one["unit"] == "persons" and one["sex"] != "unknown"
        )
        for cell, one in zip(cells, rows, strict=True)
    }
    own = {cell: shown[cell] for cell in cells}
    known = [Sum(cells[total], tuple(cells[part] for part in parts)) for total, parts in sums]
    return attack(counts, known, own, Rule()), [isinstance(own[c], Bracket) for c in cells]


def test_women_and_men_close_around_a_small_count():
    """Three men of 103: women are hidden, too, and the total is not."""
    rows = [row(103), row(100, "female"), row(3, "male")]
    assert ({}, [False, True, True]) == solved(rows, (0, (1, 2)))


def test_nothing_is_hidden_without_small_counts():
    """What is large is shown, whatever it adds up to."""
    rows = [row(110), row(60, "female"), row(50, "male"), row(40, ages=(0, 17))]
    assert [False] * 4 == solved(rows)[1]


def test_income_groups_close_like_sexes():
    """Low, middle and high incomes are all users: two shown ones would tell the third."""
    rows = [
        row(100),
        *(row(n, group=("income", code)) for n, code in ((3, "low"), (50, "mid"), (47, "high"))),
    ]
    found, hidden = solved(rows, (0, (1, 2, 3)))
    assert {} == found
    assert hidden[1]
    assert sum(hidden) > 1


def test_all_but_two_in_a_group_tell_of_the_two():
    """98 of 100 live in a village: who the others are is nobody's business."""
    rows = [row(100), row(98, group=("rural", ""))]
    assert any(solved(rows)[1])


def test_ages_that_overlap_are_solved_together():
    """65+ stands beside 65 to 79 and 80+, and is what the younger ones leave."""
    rows = [
        row(100),
        row(40, ages=(0, 17)),
        row(57, ages=(18, 64)),
        row(3, ages=(65, None)),
        row(2, ages=(65, 79)),
        row(1, ages=(80, None)),
    ]
    found, hidden = solved(rows, (0, (1, 2, 3)), (3, (4, 5)))
    assert {} == found
    assert all(hidden[3:])
    assert any(hidden[:3])


def test_ages_with_a_gap_leave_what_nobody_counted():
    """0 to 17 and 65+ leave those between: nothing more has to go."""
    rows = [row(100), row(40, ages=(0, 17)), row(3, ages=(65, None))]
    assert [False, False, True] == solved(rows)[1]


def test_hours_do_not_tell_of_hidden_users():
    """Nobody stored the sum of the users, but that of their hours: it gives nobody away."""
    hours = {"indicator_code": "hours", "unit": "hours", "role": "intensity"}
    rows = [
        row(100, "female"),
        row(3, "male"),
        row(1030, **hours),
        row(1000, "female", **hours),
        row(30, "male", **hours),
    ]
    found, hidden = solved(rows, (2, (3, 4)))
    assert {} == found
    assert [False, True] == hidden[:2]
    assert hidden[4]
    assert sum(hidden[2:4]) == 1


def test_hours_follow_the_smallest_count():
    """Where a service counts its users twice, hours go with the count that is hidden."""
    hours = {"indicator_code": "hours", "unit": "hours", "role": "intensity"}
    for codes in (("adults", "children"), ("children", "adults")):
        rows = [
            row(100 if codes[0] == "adults" else 2, "male", indicator_code=codes[0]),
            row(2 if codes[0] == "adults" else 100, "male", indicator_code=codes[1]),
            row(30, "male", **hours),
        ]
        assert solved(rows)[1][2]


def test_a_source_that_is_one_off_is_solved_as_well():
    """100 and 3 of 102: whoever knows that a source rounds comes near enough."""
    rows = [row(102), row(100, "female"), row(3, "male")]
    assert ({}, [False, True, True]) == solved(rows, (0, (1, 2)))


@pytest.mark.parametrize("year", [2024, 2026])
def test_another_year_changes_nothing(year):
    """What was hidden of a year stays hidden in the same way when the next one comes."""
    rows = [row(103), row(100, "female"), row(3, "male")]
    other = [{**row(n, sex), "fiscal_year": year} for n, sex in ((9, "all"), (4, "female"))]
    alone, both = shown_counts(rows), shown_counts([*rows, *other])
    assert {cell: alone[cell] for cell in alone} == {cell: both[cell] for cell in alone}


def at(place, figure, sex="all", **more):
    """The same thing counted at a place, which is an indicator of its own."""
    code = f"visitors@{place}"
    return row(figure, sex, indicator_code=code, at_place=place, place=place, **more)


def test_all_but_three_at_a_place_tell_of_the_three():
    """100 of 103 live in the east: with both shown, three elsewhere would be known."""
    rows = [row(103), at("East", 100)]
    shown = shown_counts(rows)
    assert any(isinstance(shown[cell_of(one)], Bracket) for one in rows)


def test_places_close_around_a_small_count():
    """East, West and the small North are all of the town: no two of them and the town are shown."""
    rows = [row(203), at("East", 120), at("West", 80), at("North", 3)]
    given_away, hidden = solved(rows, (0, (1, 2, 3)))
    assert {} == given_away
    assert hidden[3]
    assert any(hidden[:3])


def test_women_and_men_of_a_place_close_inside_and_across_places():
    """Two men in the North are told by no total of the North, of men, or of the town."""
    rows = [
        *(row(200), row(110, "female"), row(90, "male")),
        *(at("South", 150), at("South", 62, "female"), at("South", 88, "male")),
        *(at("North", 50), at("North", 48, "female"), at("North", 2, "male")),
    ]
    sums = ((0, (1, 2)), (3, (4, 5)), (6, (7, 8)), (0, (3, 6)), (1, (4, 7)), (2, (5, 8)))
    given_away, hidden = solved(rows, *sums)
    assert {} == given_away
    assert hidden[8]


def test_hours_of_a_place_follow_its_own_users():
    """Few users of the North hide the hours there, and not those of the town."""
    hours = {"role": "intensity", "unit": "hours"}
    rows = [
        *(row(200), at("North", 3), row(5000, indicator_code="hours", whole_code="hours", **hours)),
        {**at("North", 75, **hours), "indicator_code": "hours@North", "whole_code": "hours"},
    ]
    shown = shown_counts(rows)
    hidden = [isinstance(shown[cell_of(one)], Bracket) for one in rows]
    assert [False, True, False, True] == hidden
