"""Mutations: whatever happens to a file on its way, nothing wrong is stored without a word."""

import pytest
from mutation.mutations import MUTATIONS
from mutation.specimens import specimens
from mutation.trial import expected, mutation, shares, trials

COUNT = 2000
NAMES = [  # a specimen is understood once for its tests
    pytest.param(specimen.name, marks=pytest.mark.xdist_group(specimen.name))
    for specimen in specimens()
]


@pytest.mark.parametrize("name", NAMES)
def test_no_change_of_a_file_goes_by_silently(name):
    """Mutated copies are refused, asked about, warned of, or said to be confirmed by nothing."""
    done = list(trials(name, shares(COUNT)[name]))
    broken = [
        f"#{trial.number} {trial.kind}: {violation}"
        for trial in done
        for violation in trial.violations
    ]
    assert not broken, "\n".join(broken)


def test_two_thousand_copies_are_tried():
    """The specimens together get as many mutations as were asked for, each at least one."""
    counts = shares(COUNT).values()
    assert sum(counts) >= COUNT
    assert min(counts) > 0


@pytest.mark.parametrize("kind", MUTATIONS)
def test_a_mutation_is_the_same_each_time(kind):
    """The same seed gives the same bytes, so that a violation can be looked at."""
    specimen = specimens()[0]
    first, second = (mutation(specimen, kind, 3) for _ in range(2))
    assert (first and first.content) == (second and second.content)


@pytest.mark.parametrize("name", NAMES)
def test_a_specimen_as_it_is_was_understood(name):
    """Each specimen has lines and amounts, so that there is something to make wrong."""
    known = expected(name)
    assert known.places.lines
    assert known.places.columns
    assert any(known.totals.values())
