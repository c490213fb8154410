"""What follows from lines alone is kept while somebody marks, and asked anew after an import."""

import re

import pytest

from budgeting.access import Identity, Role
from budgeting.audit import OF_MARKS, Change
from budgeting.store import connect

AMRA = Identity("Amra", Role.ADMINISTRATOR)


def changed(store, action):
    before = (store.state, store.lines_state)
    with store.transaction(AMRA, Change(action, "something", "")):
        pass
    return before[0] != store.state, before[1] != store.lines_state


@pytest.mark.parametrize(
    "action",
    ["mark", "review-mark", "approve-mark", "undo-mark", "rescore-marks", "import-marks"],
)
def test_a_change_of_marks_leaves_the_lines(tmp_path, action):
    store = connect(tmp_path / "one.duckdb")
    changed(store, "accept-import")
    assert changed(store, action) == (True, False)
    kept = store.lines_state
    store.close()
    store = connect(tmp_path / "one.duckdb")
    assert store.lines_state == kept
    store.close()


@pytest.mark.parametrize(
    "action", ["accept-import", "undo-import", "accept-labels", "confirm-successors", "restore"]
)
def test_every_other_change_is_one_of_lines(tmp_path, action):
    store = connect(tmp_path / "one.duckdb")
    assert changed(store, action) == (True, True)
    store.close()


def test_names_that_only_resemble_marks_are_none():
    for action in ("accept-market", "remark", "marks-import", "mark-line"):
        assert not re.fullmatch(OF_MARKS, action)
