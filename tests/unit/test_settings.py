"""Settings: each variable, and a sentence for each value that cannot be."""

from pathlib import Path

import pytest

from budgeting.errors import BudgetingError
from budgeting.settings import ROOT, Settings, read_settings


def test_without_variables_the_defaults_hold():
    """An empty environment gives an installation on this machine, for one user, in English."""
    assert Settings(
        database=ROOT / "var" / "paritet.duckdb",
        address="127.0.0.1",
        port=8501,
        sign_in="none",
        user="local user",
        administrators=(),
        upload_limit_mb=300,
        language="en",
    ) == read_settings({})


@pytest.mark.parametrize(
    ("variable", "raw", "value"),
    [
        ("DATABASE", "/srv/p.duckdb", Path("/srv/p.duckdb")),
        ("ADDRESS", "0.0.0.0", "0.0.0.0"),
        ("PORT", "9000", 9000),
        ("PORT", "1", 1),
        ("PORT", "65535", 65535),
        ("SIGN_IN", "oidc", "oidc"),
        ("SIGN_IN", "header", "header"),
        ("SIGN_IN", "none", "none"),
        ("USER", "Finance office", "Finance office"),
        ("ADMINISTRATORS", "a@x.org", ("a@x.org",)),
        ("ADMINISTRATORS", " a@x.org , b@x.org,", ("a@x.org", "b@x.org")),
        ("UPLOAD_LIMIT_MB", "50", 50),
        ("UPLOAD_LIMIT_MB", "1", 1),
        ("LANGUAGE", "sr-Latn", "sr-Latn"),
    ],
)
def test_each_variable_sets_its_field_and_no_other(variable, raw, value):
    """A variable changes the field that is named after it; the rest stays at its default."""
    read = read_settings({f"PARITET_{variable}": raw})
    plain = read_settings({})
    changed = {
        name: getattr(read, name)
        for name in Settings.__slots__
        if getattr(read, name) != getattr(plain, name)
    }
    expected = {variable.lower(): value}
    assert ({} if value == getattr(plain, variable.lower()) else expected) == changed


def test_a_relative_database_is_resolved_where_the_program_starts(tmp_path, monkeypatch):
    """A relative path does not move when the program changes its folder later."""
    monkeypatch.chdir(tmp_path)
    assert tmp_path / "x.duckdb" == read_settings({"PARITET_DATABASE": "x.duckdb"}).database


def test_an_empty_variable_counts_as_not_set():
    """`PARITET_PORT=` is how a compose file leaves a setting out."""
    assert read_settings({}) == read_settings({"PARITET_PORT": "", "PARITET_DATABASE": ""})


def test_other_variables_are_not_read():
    """Only the prefix counts, in capitals, and no variable is invented."""
    environment = {"PORT": "1", "paritet_port": "2", "PARITET_PORTS": "3"}
    assert read_settings({}) == read_settings(environment)


@pytest.mark.parametrize(
    ("variable", "raw"),
    [
        ("PARITET_PORT", "http"),
        ("PARITET_PORT", "85.01"),
        ("PARITET_PORT", "-1"),
        ("PARITET_PORT", "65536"),
        ("PARITET_UPLOAD_LIMIT_MB", "200MB"),
        ("PARITET_UPLOAD_LIMIT_MB", "0"),
        ("PARITET_LANGUAGE", "klingon"),
        ("PARITET_SIGN_IN", "password"),
        ("PARITET_SIGN_IN", "OIDC"),
    ],
)
def test_a_value_that_cannot_be_read_is_told_with_its_variable(variable, raw):
    """The sentence holds the variable's name and the value as it was given."""
    with pytest.raises(BudgetingError) as refused:
        read_settings({variable: raw})
    assert f"The setting {variable} has the value “{raw}”, which it cannot have." == str(
        refused.value
    )
