"""One look at the methodology files for one look at a page, and a new one for the next."""

from budgeting.methodologies import files_state, looking_once
from budgeting.settings import settings


def test_inside_a_look_a_new_file_is_not_seen_and_behind_it_is(tmp_path, monkeypatch):
    monkeypatch.setenv("PARITET_DATABASE", str(tmp_path / "paritet.duckdb"))
    settings.cache_clear()
    folder = tmp_path / "methodologies"
    folder.mkdir()
    try:
        with looking_once():
            before = files_state()
            (folder / "own_1.toml").write_text("", encoding="utf-8")
            assert files_state() is before
        after = files_state()
        assert "own_1.toml" in {name for _, name, *_ in after}
        with looking_once():
            assert files_state() == after
    finally:
        settings.cache_clear()


def test_outside_every_question_looks_anew():
    assert files_state() is not files_state()
