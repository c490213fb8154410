"""Files of use beside what is stored: newer figures, corrected rows, several files, taking them back."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from fixtures.small_budget import SCHOOLS, accept_rows, ask
from fixtures.use_files import STATED, checks, counts, examined, file_of, long, stored, users

from budgeting.access import Identity
from budgeting.errors import ImportRefused, NotAllowed
from budgeting.imports.corrections import rejected_rows
from budgeting.imports.source import SourceFile
from budgeting.imports.stored.bundle import accept_bundle, bundle
from budgeting.imports.stored.undo import undo
from budgeting.imports.use.storing import accept_use
from budgeting.imports.use.verdict import UseVerdict, examine_use
from budgeting.model import Severity
from budgeting.store import Store
from budgeting.translations import language


@pytest.fixture
def town(prepared, editor: Identity) -> Store:
    return prepared(accept_rows, editor, SCHOOLS)


def test_a_newer_file_replaces_and_undo_brings_back(town, editor):
    """The newer figure counts until its import is taken back."""
    accept_use(town, examined(town, users("women", "10")), editor)
    newer = examine_use(town, file_of(users("women", "11"), name="newer.csv"), long(), STATED)
    assert ["newer-figures"] == checks(newer, Severity.WARNING)
    second = accept_use(town, newer, editor)
    assert {"female": Decimal(11)} == stored(town)
    undo(town, second.import_id, "wrong file", editor)
    assert {"female": Decimal(10)} == stored(town)


def test_the_same_file_is_not_accepted_twice(town, editor):
    """It says when and by whom it was accepted; after undoing it may come again."""
    first = accept_use(town, examined(town, users("women", "10")), editor)
    assert ["same-file"] == checks(examined(town, users("women", "10")))
    undo(town, first.import_id, "again", editor)
    assert [] == checks(examined(town, users("women", "10")))


def test_what_is_stored_leads_to_file_and_row(town, editor):
    """The import keeps file, mapping, findings and rows, and is listed."""
    accept_use(town, examined(town, users("women", "10")), editor)
    row = town.query("imports").to_pylist()[0]
    assert ("use.csv", "use_long", 1, [2024]) == tuple(
        row[name] for name in ("file_name", "mapping_name", "accepted_count", "fiscal_years")
    )
    kept = ask(town, "select count(*) as n from staging.source_rows where import_id = 2")
    assert 1 == kept[0]["n"]


def test_a_viewer_imports_nothing(town, viewer):
    """The role editor is the first that may."""
    with pytest.raises(NotAllowed):
        accept_use(town, examined(town, users("women", "10")), viewer)


# --- rows corrected in a workbook -----------------------------------------


def corrected(verdict: UseVerdict, **cells: object) -> SourceFile:
    """Return the workbook of the rejected rows of a verdict after somebody corrected cells."""
    content = rejected_rows(verdict.source, verdict.tables, verdict.findings, language("en"))
    book = openpyxl.load_workbook(BytesIO(content))
    for cell, value in cells.items():
        book.worksheets[0][cell] = value
    memory = BytesIO()
    book.save(memory)
    return SourceFile("corrected.xlsx", memory.getvalue())


def test_rejected_rows_are_corrected_and_only_they_are_read_again(town, editor):
    """The workbook has the row with its columns and the finding; corrected, file and row come in."""
    source = file_of(users("men", "3"), users("women", "-1"))
    refused = examine_use(town, source, long(), STATED)
    header, row = openpyxl.load_workbook(
        BytesIO(rejected_rows(source, refused.tables, refused.findings, language("en")))
    ).worksheets[0]
    assert ("year", "2024", "figure", "-1") == (
        header[0].value, row[0].value, header[11].value, row[11].value,
    )  # fmt: skip
    assert "below 0" in row[13].value
    workbook = corrected(refused, L2="12")
    verdict = examine_use(town, source, long(), STATED, workbook)
    assert ((2, 2, 0, 0), True) == (counts(verdict), verdict.is_acceptable)
    accept_use(town, verdict, editor)
    assert {"female": Decimal(12), "male": Decimal(3)} == stored(town)
    kept = ask(town, "select corrections_name from core.imports order by import_id desc limit 1")
    assert "corrected.xlsx" == kept[0]["corrections_name"]


def test_a_workbook_of_another_file_corrects_nothing(town):
    """Rows of another file are refused; the rejected row stays rejected."""
    other = examine_use(town, file_of(users("women", "-2")), long(), STATED)
    verdict = examine_use(
        town, file_of(users("women", "-1")), long(), STATED, corrected(other, L2="2")
    )
    assert {"corrections", "impossible-figure"} == set(checks(verdict))


# --- several files at once ------------------------------------------------


def several(store: Store, **rows: str) -> list[UseVerdict]:
    return [
        examine_use(store, file_of(row, name=f"{name}.csv"), long(), STATED)
        for name, row in rows.items()
    ]


def test_several_files_are_stored_together(town, editor):
    """Each is an import of its own, in one transaction with one event."""
    events = len(town.query("audit_events"))
    verdicts = several(town, one=users("women", "12"), other=users("men", "3"))
    accepted = accept_bundle(town, bundle(town, verdicts), editor)
    assert [2, 3] == [one.import_id for one in accepted]
    assert {"female": Decimal(12), "male": Decimal(3)} == stored(town)
    assert events + 1 == len(town.query("audit_events"))


def test_one_file_that_is_refused_refuses_all(town, editor):
    """Nothing of the others is stored."""
    verdicts = several(town, one=users("women", "12"), other=users("men", "-3"))
    together = bundle(town, verdicts)
    assert not together.is_acceptable
    with pytest.raises(ImportRefused):
        accept_bundle(town, together, editor)
    assert {} == stored(town)


@pytest.mark.parametrize(
    ("other", "check"),
    [
        (users("women", "12").replace("2024", "2023"), []),
        (users("women", "12"), ["same-file"]),
        (users("women", "12") + "\n", ["repeated-figure"]),
        (users("women", "13"), ["same-indicator"]),
    ],
)
def test_what_two_files_say_of_the_same_figure(town, other, check):
    """Another year is no matter, the same value counts once, and two values are an error."""
    together = bundle(town, several(town, one=users("women", "12"), other=other))
    assert check == [found.check for found in together.between]
    assert together.is_acceptable == (check in ([], ["repeated-figure"]))
