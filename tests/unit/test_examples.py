"""The examples of the modules that compute are true."""

import doctest
from importlib import import_module
from pkgutil import iter_modules

import pytest

import budgeting.incidence
import budgeting.suppression

ALONE = ("amounts", "capital", "draws", "gaps", "indices", "intervals", "tagging")
PARTS = [
    f"{package.__name__.removeprefix('budgeting.')}.{part.name}"
    for package in (budgeting.incidence, budgeting.suppression)
    for part in iter_modules(package.__path__)
]


@pytest.mark.parametrize("name", [*ALONE, *PARTS])
def test_examples_are_true(name):
    """What a docstring shows is what comes out."""
    assert 0 == doctest.testmod(import_module(f"budgeting.{name}")).failed
