"""Acceptance of many parts: sheets, years and municipalities, corrections, marks, and cancelling."""

import json
from datetime import date
from decimal import Decimal

import pytest
from fixtures.small_batches import CARE, ROADS, ROWS, SCHOOLS, batch, file_of, town
from fixtures.small_budget import ask, count, cube_totals

from budgeting.errors import ImportCancelled, ImportRefused, NotAllowed
from budgeting.imports.progress import heard_by
from budgeting.imports.stored.acceptance import accept, accept_all
from budgeting.imports.stored.comparison import findings_of
from budgeting.imports.stored.own_codes import add_own_code, own_codes
from budgeting.model import text

TABLES = ("core.imports", "core.budget_amounts", "core.members", "staging.source_rows", "mart.cube")


def counts(store):
    return {table: count(store, table) for table in TABLES}


def acknowledged(store, *batches, name="later.csv", **reasons):
    given = {check.replace("_", "-"): reason for check, reason in reasons.items()}
    findings = tuple(findings_of(store, *batches))
    return file_of(*batches, findings=findings, reasons=given, name=name)


# --- parts ----------------------------------------------------------------

MANY = (
    batch(*ROWS),
    batch(SCHOOLS, ROADS, year=2025),
    batch(CARE, direction="revenue"),
    batch(*ROWS, place=town("othertown")),
)


def test_all_parts_of_a_file_are_one_import(store, editor):
    """Years, directions and municipalities of one file are parts of one import, in one event."""
    accepted = accept(store, file_of(*MANY), editor)
    assert (1, (1, 2, 3, 4)) == (accepted.import_id, accepted.source_file_ids)
    assert {
        (2024, "expenditure", "approved", None): Decimal("3845.67"),
        (2025, "expenditure", "approved", None): Decimal("3345.67"),
        (2024, "revenue", "approved", None): Decimal("500.00"),
    } == cube_totals(store)
    assert {(2024, "expenditure", "approved", None): Decimal("3845.67")} == cube_totals(
        store, "othertown"
    )
    assert (1, 1) == (count(store, "core.imports"), count(store, "core.audit_events"))


def test_the_numbers_of_parts_go_on(store, editor):
    """A second import gets the next number, and its parts the numbers after the first one's."""
    accept(store, file_of(*MANY), editor)
    accepted = accept(store, file_of(batch(ROADS, year=2030)), editor)
    assert (2, (5,)) == (accepted.import_id, accepted.source_file_ids)


def test_the_rows_of_a_sheet_are_kept_once(store, editor):
    """Fifteen years in one sheet are fifteen parts and the rows of the sheet, once."""
    accept(store, file_of(*[batch(*ROWS, year=2010 + n) for n in range(15)]), editor)
    assert (15, 3) == (count(store, "core.source_files"), count(store, "staging.source_rows"))


def test_a_line_leads_to_its_sheet_row_and_cells(store, editor):
    """From an amount the way leads over the part to the cells that it was read from."""
    sheets = (batch(SCHOOLS, sheet="A"), batch(CARE, ROADS, sheet="B"))
    accept(store, file_of(*sheets), editor)
    rows = ask(
        store,
        """
        select amount.amount, sheet_name, row_number, cells
        from core.budget_amounts as amount
        inner join core.line_year_sources using (line_year_id, source_file_id)
        inner join core.source_files using (source_file_id)
        inner join staging.source_rows using (import_id, sheet_name, row_number)
        order by amount.amount
        """,
    )
    assert [
        (Decimal("500.00"), "B", 2, "Care of children"),
        (Decimal("1000.00"), "A", 2, "Schools"),
        (Decimal("2345.67"), "B", 3, "Roads"),
    ] == [
        (row["amount"], row["sheet_name"], row["row_number"], json.loads(row["cells"])[1])
        for row in rows
    ]
    told = store.query("line_amounts", line_id=3).to_pylist()[0]
    assert ("B", [3], "small.xlsx") == tuple(
        told[name] for name in ("sheet_name", "row_numbers", "file_name")
    )


def test_the_import_keeps_what_it_was_made_with(store, editor):
    """Mapping text, date and the reasons of acknowledged findings are stored."""
    accept(store, file_of(batch(*ROWS)), editor)
    later = batch((*SCHOOLS[:3], "7.00"), CARE, ROADS)
    accept(store, acknowledged(store, later, stored_differently="misprint"), editor)
    assert ['title = "Small"'] * 2 == [
        row["mapping_text"] for row in ask(store, "from core.imports")
    ]
    assert [("stored-differently", "question", "misprint")] == [
        (row["finding_check"], row["severity"], row["reason"])
        for row in ask(store, "from core.import_findings")
    ]


def test_columns_that_differ_only_by_case_are_kept(store, editor):
    """ "Code" and "code" are two columns of a file, and both are stored."""
    accept(store, file_of(batch(SCHOOLS)), editor)
    cells = json.loads(ask(store, "from staging.source_rows")[0]["cells"])
    assert ["organisation=1/11;economic_class=611", "Schools"] == cells


# --- two sheets that contradict each other --------------------------------


def test_two_sheets_with_the_same_lines_are_refused(store, editor):
    """Nobody knows whether the amounts are to be added; nothing is stored."""
    with pytest.raises(ImportRefused, match="1 budget line stands in both “A” and “B”"):
        accept(store, file_of(batch(SCHOOLS, sheet="A"), batch(SCHOOLS, sheet="B")), editor)
    assert {0} == set(counts(store).values())


def test_two_sheets_of_one_statement_add_up(store, editor):
    """Different lines of one statement may stand in several sheets."""
    accept(store, file_of(batch(SCHOOLS, sheet="A"), batch(CARE, ROADS, sheet="B")), editor)
    assert {(2024, "expenditure", "approved", None): Decimal("3845.67")} == cube_totals(store)


def test_two_files_of_one_transaction_that_contradict_each_other_are_refused(store, editor):
    """No amount goes missing because another file of the same transaction came first."""
    files = [file_of(batch((*SCHOOLS[:3], amount)), name=amount) for amount in ("1.00", "2.00")]
    with pytest.raises(ImportRefused, match="already has another amount"):
        accept_all(store, files, editor)
    assert {0} == set(counts(store).values())
    accept_all(store, [files[0], file_of(batch(CARE))], editor)
    assert [Decimal("501.00")] == list(cube_totals(store).values())


# --- corrections ----------------------------------------------------------


def test_a_correction_replaces_amounts_and_keeps_the_old_ones(store, editor):
    """With a reason the new amounts stand, and the old ones are kept with their file."""
    first = accept(store, file_of(batch(*ROWS)), editor)
    changed = batch((*SCHOOLS[:3], "7.00"), CARE, ROADS)
    second = accept(store, acknowledged(store, changed, stored_differently="misprint"), editor)
    assert {(2024, "expenditure", "approved", None): Decimal("2852.67")} == cube_totals(store)
    kept = ask(store, "from core.replaced_amounts")
    assert [(Decimal("1000.00"), first.source_file_ids[0], second.import_id)] == [
        (row["amount"], row["source_file_id"], row["import_id"]) for row in kept
    ]


def test_gone_lines_stay_unless_a_reason_is_given(store, editor):
    """Without a reason a shorter file removes nothing; with one the lines go and are kept apart."""
    accept(store, file_of(batch(*ROWS)), editor)
    accept(store, acknowledged(store, batch(SCHOOLS), name="a.csv"), editor)
    assert [Decimal("3845.67")] == list(cube_totals(store).values())
    accept(store, acknowledged(store, batch(SCHOOLS), name="b.csv", gone_lines="merged"), editor)
    assert [Decimal("1000.00")] == list(cube_totals(store).values())
    assert 2 == count(store, "core.replaced_amounts")


def test_a_reason_counts_only_for_what_was_seen(store, editor):
    """Somebody else's import in between makes a reason void: the file is examined again."""
    changed = batch((*SCHOOLS[:3], "7.00"))
    verdict = acknowledged(store, changed, stored_differently="blank cheque")
    accept(store, file_of(batch(*ROWS)), editor)
    before = counts(store)
    with pytest.raises(ImportRefused, match="Examine the file again"):
        accept(store, verdict, editor)
    assert before == counts(store)


# --- cancelling -----------------------------------------------------------


class Impatient:
    """Who listens to so many steps and then stops the work."""

    def __init__(self, steps: int) -> None:
        self.steps, self.heard = steps, []

    def __call__(self, step, share) -> None:
        if len(self.heard) == self.steps:
            raise ImportCancelled(text("Stopped."))
        self.heard.append((str(step), share))


@pytest.mark.parametrize("steps", range(9))
def test_a_cancelled_import_leaves_nothing(store, editor, steps):
    """Whenever it is cancelled, neither rows nor events remain, and it can be accepted later."""
    verdict, impatient = file_of(*MANY), Impatient(steps)
    with pytest.raises(ImportCancelled), heard_by(impatient):
        accept(store, verdict, editor)
    assert (steps, {0}) == (len(impatient.heard), set(counts(store).values()))
    assert 0 == count(store, "core.audit_events")
    accept(store, file_of(*MANY), editor)


# --- categories -----------------------------------------------------------


def marks(store):
    rows = ask(store, "from core.classifications order by classification_id")
    return [(row["subject_code"][-3:], row["category"], row["amount_share"]) for row in rows]


def test_a_category_of_the_file_becomes_a_mark(store, editor):
    """Each line and stage is marked with what the file says, as a draft of who accepts."""
    lines = batch(*ROWS, categories=["gender", "", None])
    accept(store, file_of(lines, gender="ba_gender"), editor)
    mark = ask(store, "from core.classifications")
    expected = ("line", "ba_gender", "gender", "approved", "draft", "high", editor.name, 1)
    assert [expected] == [
        tuple(
            row[name]
            for name in (
                *("subject", "methodology", "category", "stage", "state", "confidence", "author"),
                "amount_share",
            )
        )
        for row in mark
    ]
    assert "as stated in the file" == mark[0]["reason"]


def test_shares_give_the_amounts_back_to_the_cent(store, editor):
    """Parts of a line are exact quotients: share by amount is the part, even of billions."""
    line, parts = SCHOOLS[:3], ("1111111111111.11", "2222222222222.22", "0.01")
    rows = [(*line, part) for part in parts]
    accept(store, file_of(batch(*rows, categories=["a", "b", "c"]), gender="m"), editor)
    total = sum(map(Decimal, parts))
    assert [*map(Decimal, parts)] == [
        (share * total).quantize(Decimal("0.01")) for _, _, share in marks(store)
    ]


def test_a_part_without_category_belongs_to_nobody(store, editor):
    """The shares of a line cover only what the file categorises."""
    rows = [(*SCHOOLS[:3], "250.00"), (*SCHOOLS[:3], "750.00")]
    accept(store, file_of(batch(*rows, categories=["gender", ""]), gender="m"), editor)
    assert [("611", "gender", Decimal("0.25"))] == marks(store)


@pytest.mark.parametrize("amounts", [("5.00", "-5.00"), ("8.00", "-3.00")])
def test_parts_that_are_no_shares_are_told_and_not_marked(store, editor, amounts):
    """Amounts against each other have no shares of the whole; a warning says so."""
    rows = [(*SCHOOLS[:3], amount) for amount in amounts]
    lines = batch(*rows, categories=["a", "b"])
    assert ["category-without-share"] == [f.check for f in findings_of(store, lines)]
    accept(store, file_of(lines, gender="m"), editor)
    assert [] == marks(store)


def test_the_only_category_of_a_line_has_all_of_it(store, editor):
    """Also of zero."""
    lines = batch((*SCHOOLS[:3], "0.00"), (*CARE[:3], "-3.00"), categories=["a", "b"])
    assert [] == findings_of(store, lines)
    accept(store, file_of(lines, gender="m"), editor)
    assert [("611", "a", 1), ("612", "b", 1)] == marks(store)


def test_without_a_methodology_nothing_is_marked(store, editor):
    """Categories mean nothing without the methodology that they belong to."""
    accept(store, file_of(batch(*ROWS, categories=["a", "b", "c"])), editor)
    assert [] == marks(store)


# --- later statements -----------------------------------------------------


def test_a_second_rebalance_stands_beside_the_first(store, editor):
    """Each date is a statement of its own."""
    for month in (3, 6):
        lines = batch(*ROWS, stage="revised", as_of=date(2024, month, 1))
        accept(store, file_of(lines), editor)
    assert 2 == len(cube_totals(store))


# --- own codes ------------------------------------------------------------


def test_a_municipality_adds_a_code_of_its_own_once(store, editor, viewer):
    """The code is stored with who added it; a second one like it, an empty one and a viewer are refused."""
    how = {"label": "Own", "parent_code": "61", "identity": editor}
    add_own_code(store, "smallton", "rs_economic", "61X", **how)
    found = own_codes(store, "smallton")
    assert [("61X", "Own", "61", editor.name)] == [
        (own.code, own.label, own.parent_code, own.added_by) for own in found
    ]
    for code, who in (("61X", editor), ("", editor), ("62X", viewer)):
        with pytest.raises(NotAllowed):
            add_own_code(store, "smallton", "rs_economic", code, **{**how, "identity": who})
    assert found == own_codes(store, "smallton")
    assert () == own_codes(store, "othertown")
