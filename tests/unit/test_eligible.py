"""Eligible population: residents cut to the sex and ages of a service, never estimated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgeting.model import Sex
from budgeting.services.eligible import eligible_people
from budgeting.services.lists import grades, group_kinds, questions
from budgeting.services.model import Grade

BANDS = [
    {"sex": sex, "age_from": first, "age_to": last, "people": people}
    for sex, counts in (("female", (10, 20, 30)), ("male", (11, 21, 31)))
    for (first, last), people in zip(((0, 4), (5, 64), (65, None)), counts, strict=True)
]


def of(ages, sex=None, bands=BANDS):
    return {one.value: people for one, people in eligible_people(bands, sex, ages).items()}


@pytest.mark.parametrize(
    ("ages", "women", "men"),
    [
        ((None, None), 60, 63),
        ((0, None), 60, 63),
        ((5, None), 50, 52),
        ((65, None), 30, 31),
        ((None, 4), 10, 11),
        ((5, 64), 20, 21),
        ((6, 64), None, None),
        ((5, 63), None, None),
        ((66, None), None, None),
        ((65, 80), None, None),
    ],
)
def test_ages_are_cut_where_a_band_ends_and_nowhere_else(ages, women, men):
    """Where a limit lies inside a band, how many are eligible is not known."""
    assert {"female": women, "male": men} == of(ages)


def test_a_service_for_women_has_eligible_women():
    """The other sex does not count; persons of unknown sex may."""
    unknown = {"sex": "unknown", "age_from": 0, "age_to": None, "people": 1}
    assert {"female": 60, "unknown": 1} == of((None, None), Sex.FEMALE, [*BANDS, unknown])


def test_without_a_count_nothing_is_known():
    """No band, no number."""
    assert {} == of((None, None), None, [])


def test_a_year_that_no_band_holds_is_not_known():
    """Bands with a gap do not tell who lives there."""
    assert {"female": None} == of((0, None), None, [BANDS[0], BANDS[2]])


@given(st.lists(st.integers(1, 30), min_size=1, max_size=8), st.data())
def test_parts_of_the_ages_add_up_to_all(widths, data):
    """Cut at the end of any band, the younger and the older are all residents."""
    bands, first = [], 0
    for width in widths:
        bands.append(
            {"sex": "female", "age_from": first, "age_to": first + width - 1, "people": width}
        )
        first += width
    bands[-1]["age_to"] = None
    cut = data.draw(st.sampled_from([band["age_from"] for band in bands]))
    older = of((cut, None), None, bands)["female"]
    younger = of((None, cut - 1), None, bands)["female"] if cut else 0
    assert sum(widths) == older + younger


def test_the_lists_that_people_edit_can_be_read():
    """Five grades with a rule each, groups and questions with words."""
    assert list(Grade) == [rule.grade for rule in grades()]
    assert all(str(rule.rule) for rule in grades())
    assert {"disability", "minority", "rural", "single_parent", "income"} <= {
        kind.code for kind in group_kinds()
    }
    assert {"representation", "resources", "reality", "realisation"} == {
        question.heading for question in questions()
    }
