"""Suppression: whoever solves all that is shown finds every small count possible for each small one."""

from decimal import Decimal
from itertools import product

from fixtures.attack import attack
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.suppression import Bracket, Count, Rule, Sum, protected

SEXES, AGES, PLACES = ("female", "male"), ("0-17", "18-64", "65+"), ("town", "villages")
ALL = "all"
SOME = st.sampled_from([0, 0, 1, 1, 2, 3, 4, 4, 5, 6, 8, 12, 40, 400])


def sums_of(axes):
    """Every sum of a table with margins: over each axis, for each choice of the others."""
    for place, axis in enumerate(axes):
        others = [(*axis_of, ALL) for axis_of in axes[:place]] + [
            (*axis_of, ALL) for axis_of in axes[place + 1 :]
        ]
        for rest in product(*others):
            total = (*rest[:place], ALL, *rest[place:])
            yield Sum(total, tuple((*rest[:place], one, *rest[place:]) for one in axis))


def margins(inner, axes):
    """Add up the inner cells to every margin."""
    counts = dict(inner)
    for cell in product(*((*axis, ALL) for axis in axes)):
        if ALL in cell:
            counts[cell] = sum(
                value
                for one, value in inner.items()
                if all(asked in (ALL, own) for asked, own in zip(cell, one, strict=True))
            )
    return counts


@st.composite
def tables(draw, most_axes=3):
    """Counts by sex, by age and by place, with all margins."""
    axes = [SEXES, AGES[: draw(st.integers(2, 3))], PLACES][: draw(st.integers(1, most_axes))]
    inner = {cell: draw(SOME) for cell in product(*axes)}
    return margins(inner, axes), list(sums_of(axes))


def counted(values, **how):
    return {
        cell: Count(None if value is None else Decimal(value), **how)
        for cell, value in values.items()
    }


def is_closed(counts, shown):
    """What is shown is so: the figure itself, or bounds that hold it."""
    for cell, value in shown.items():
        true = counts[cell].value
        if isinstance(value, Bracket):
            assert value.low <= true
            assert value.high is None or true <= value.high
        else:
            assert value == true


RULES = st.sampled_from([Rule(), Rule(3), Rule(5, is_zero_small=True), Rule(10)])


@given(tables(), RULES)
@settings(deadline=None, max_examples=25)
def test_no_small_count_is_given_away(table, rule):
    """By any table of sex, age and place with its sums, under any threshold."""
    values, sums = table
    counts = counted(values)
    shown = protected(counts, sums, rule)
    is_closed(counts, shown)
    assert frozenset() == shown.unprotected
    assert {} == attack(counts, sums, shown, rule)


@given(tables(2), st.data())
@settings(deadline=None, max_examples=60)
def test_what_is_not_known_protects_and_betrays_nothing(table, data):
    """Figures that are not known stay so, and what sums leave of them gives nobody away."""
    values, sums = table
    unknown = data.draw(st.sets(st.sampled_from(sorted(values)), max_size=3))
    counts = counted({cell: None if cell in unknown else n for cell, n in values.items()})
    shown = protected(counts, sums, Rule())
    is_closed(counts, shown)
    assert unknown == {cell for cell in shown if shown[cell] is None}
    assert set(attack(counts, sums, shown, Rule())) <= shown.unprotected


@given(tables(2), st.data())
@settings(deadline=None, max_examples=60)
def test_what_public_figures_give_away_is_told(table, data):
    """Where others publish what gives a count away, it is named; what is not named is safe."""
    values, sums = table
    public = data.draw(st.sets(st.sampled_from(sorted(values)), max_size=3))
    counts = {cell: Count(Decimal(n), is_public=cell in public) for cell, n in values.items()}
    shown = protected(counts, sums, Rule())
    is_closed(counts, shown)
    assert not public & shown.hidden
    assert set(attack(counts, sums, shown, Rule())) <= shown.unprotected


@given(tables(2), tables(2))
@settings(deadline=None, max_examples=30)
def test_a_new_year_changes_nothing_of_an_old_one(one, other):
    """Years have no sums between them, so each is shown as if it stood alone."""
    both, alone, sums = {}, {}, []
    for year, (values, own) in ((2024, one), (2025, other)):
        counts = {(year, *cell): count for cell, count in counted(values).items()}
        named = [Sum((year, *s.total), tuple((year, *part) for part in s.parts)) for s in own]
        alone.update(protected(counts, named, Rule()))
        both.update(counts)
        sums += named
    assert alone == dict(protected(both, sums, Rule()))
