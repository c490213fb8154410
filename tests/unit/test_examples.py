"""The examples of the modules that compute are true."""

import doctest
from importlib import import_module
from pkgutil import iter_modules

import pytest

import budgeting.incidence

ALONE = ("amounts", "capital", "gaps", "indices", "intervals", "tagging")
PARTS = [f"incidence.{part.name}" for part in iter_modules(budgeting.incidence.__path__)]


@pytest.mark.parametrize("name", [*ALONE, *PARTS])
def test_examples_are_true(name):
    """What a docstring shows is what comes out."""
    assert 0 == doctest.testmod(import_module(f"budgeting.{name}")).failed
