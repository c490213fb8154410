"""Progress: what a listener hears of reading and checking, and that it may stop it."""

import io

import openpyxl
import pytest
from fixtures.small_budget import CARE, ROADS, SCHOOLS, small_file, small_mapping

from budgeting.errors import ImportCancelled
from budgeting.imports.answers import Answers
from budgeting.imports.progress import heard_by, reached
from budgeting.imports.readers import read
from budgeting.imports.source import SourceFile
from budgeting.imports.verdict import examine, reading_of, tables_of
from budgeting.model import text

LARGE = small_file(*[ROADS] * 300_000)
SMALL = small_file(SCHOOLS, CARE, ROADS)


def workbook() -> SourceFile:
    book, content = openpyxl.Workbook(), io.BytesIO()
    for number in range(30):
        book.active.append([str(number), f"Line {number}", number])
    book.save(content)
    return SourceFile("book.xlsx", content.getvalue())


def heard(work) -> dict[str, list[float]]:
    """Return the shares that were told of each step."""
    steps: dict[str, list[float]] = {}
    with heard_by(lambda step, share: steps.setdefault(step.msgid, []).append(share)):
        work()
    return steps


@pytest.mark.parametrize("file", [LARGE, workbook()], ids=["text", "workbook"])
def test_reading_tells_how_far_it_is(file):
    """The shares of each step of reading grow to the whole and stay within it."""
    steps = heard(lambda: read(file))
    assert steps
    for shares in steps.values():
        assert shares == sorted(shares)
        assert 0 <= shares[0] <= shares[-1] <= 1
    assert any(shares[-1] == 1 for shares in steps.values())


def test_checking_names_its_steps(store):
    """Columns, codes and checks are told, each under its own name."""
    steps = heard(lambda: examine(store, SMALL, small_mapping(), Answers(fiscal_year=2024)))
    assert {"Reading the amounts of the columns", "Checking the lines"} <= set(steps)


@pytest.mark.parametrize("file", [LARGE, workbook()], ids=["text", "workbook"])
def test_a_listener_stops_the_reading(file):
    """What the listener raises ends the work, and is no finding about the file."""

    def stop(_step, _share):
        raise ImportCancelled(text("Stopped."))

    with pytest.raises(ImportCancelled), heard_by(stop):
        read(file)


def test_nobody_need_listen():
    """Without a listener nothing happens, and outside of its block a listener hears nothing."""
    told = []
    with heard_by(lambda step, share: told.append(share)):
        reached(text("Reading"), 0.5)
    reached(text("Reading"), 0.7)
    assert [0.5] == told


def test_what_was_read_is_not_read_again(store, monkeypatch):
    """With the tables of the same reading, the verdict is the same and the file is not opened."""
    mapping, answers = small_mapping(), Answers(fiscal_year=2024)
    tables = tables_of(SMALL, reading_of(mapping, answers))
    expected = examine(store, SMALL, mapping, answers)
    monkeypatch.setattr("budgeting.imports.verdict.read", None)
    found = examine(store, SMALL, mapping, answers, tables=tables)
    assert (expected.findings, expected.rows) == (found.findings, found.rows)
