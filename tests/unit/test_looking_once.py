"""One look at the methodology files for one look at a page, and a new one for the next."""

import pytest

from budgeting.methodologies import files_state, looking_once
from budgeting.settings import settings


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where a municipality keeps its own methodologies: empty."""
    monkeypatch.setenv("PARITET_DATABASE", str(tmp_path / "paritet.duckdb"))
    settings.cache_clear()
    own = tmp_path / "methodologies"
    own.mkdir()
    yield own
    settings.cache_clear()


def names() -> set[str]:
    return {name for _, name, *_ in files_state()}


def test_inside_a_look_a_new_file_is_not_seen_and_behind_it_is(folder):
    with looking_once():
        before = files_state()
        (folder / "own_1.toml").write_text("", encoding="utf-8")
        assert files_state() is before
    after = files_state()
    assert "own_1.toml" in names()
    with looking_once():
        assert files_state() == after


def test_outside_every_question_looks_anew(folder):
    assert "own_1.toml" not in names()
    (folder / "own_1.toml").write_text("", encoding="utf-8")
    assert "own_1.toml" in names()
