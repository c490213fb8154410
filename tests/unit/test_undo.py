"""Undo: an import is taken back whole, and what people made of its lines stays."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from fixtures.small_batches import CARE, ROADS, ROWS, SCHOOLS, batch, file_of, town
from fixtures.small_budget import add_town, ask, count, cube_totals

from budgeting.audit import chain_problems
from budgeting.errors import NotAllowed, NotFound
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.stored.comparison import findings_of
from budgeting.imports.stored.undo import undo, what_hangs_on
from budgeting.reports import source_files
from budgeting.scenarios.kept import current_baseline, kept_baseline
from budgeting.scenarios.saving import add_moves, begin
from budgeting.simulation.model import Subject as MovedSubject
from budgeting.simulation.model import SubjectKind
from budgeting.simulation.moves import virement

HISTORY = ("core.imports", "core.source_files", "core.import_findings", "staging.source_rows")
WHY = "the wrong ledger"


def budget(store):
    """Return every row of every table that says something about a budget."""
    tables = ask(
        store,
        "select schema_name || '.' || table_name as name from duckdb_tables() "
        "where schema_name in ('core', 'mart') and database_name = current_database() order by all",
    )
    left_out = (*HISTORY, "core.audit_events", "core.schema_versions")
    return {
        row["name"]: ask(store, f"from {row['name']} order by all")
        for row in tables
        if row["name"] not in left_out
    }


def stored(store, editor, *batches, **how):
    seen = tuple(findings_of(store, *batches))
    return accept(store, file_of(*batches, findings=seen, **how), editor).import_id


def acknowledged(store, *batches, **reasons):
    """Return a verdict on a file whose findings were seen and answered."""
    given = {check.replace("_", "-"): reason for check, reason in reasons.items()}
    return file_of(*batches, findings=tuple(findings_of(store, *batches)), reasons=given)


def marked(store, subject, code, state="draft"):
    cursor = store._connection.cursor()
    cursor.execute(
        "insert into core.classifications values (1, 1, 'smallton', 'expenditure', ?, ?, 'm', '1', "
        "'direct', 0, null, 0, 1, null, '{}', '', '', 'high', 'ana', null, ?, 'mark', '', null, "
        "'ana', ?, '', null)",
        [subject, code, state, datetime(2026, 1, 1, tzinfo=UTC)],
    )
    cursor.close()


def orphans(store):
    return [row["subject_code"] for row in ask(store, "from mart.orphaned_marks order by all")]


# --- back to what was -----------------------------------------------------


def test_an_undone_first_import_leaves_an_empty_budget(store, editor):
    """Nothing of the only import remains but the record of it."""
    before = budget(store)
    undo(store, stored(store, editor, batch(*ROWS)), WHY, editor)
    assert before == budget(store)
    assert (1, 1, 3) == tuple(count(store, HISTORY[n]) for n in (0, 1, 3))


@pytest.mark.parametrize(
    "later",
    [
        batch(*ROWS, year=2025),
        batch(SCHOOLS, ("3/31", "911", "Park", "7.00"), year=2025),
        batch(*ROWS, stage="executed", as_of=date(2024, 6, 30)),
        batch(*ROWS, ("3/31", "911", "Park", "7.00")),
        batch(*ROWS, direction="revenue"),
        batch(*ROWS, place=town("othertown")),
        batch(SCHOOLS),
    ],
)
def test_an_undo_leaves_everything_as_before_the_import(store, editor, later):
    """Another year, stage, direction, place, or further lines: every table is as it was."""
    stored(store, editor, batch(*ROWS))
    before = budget(store)
    import_id = stored(store, editor, later)
    undo(store, import_id, WHY, editor)
    assert before == budget(store)


def test_accepting_undoing_and_accepting_again_gives_the_same(store, editor):
    """The second acceptance of the same file stores the same budget as the first."""
    verdict = file_of(batch(*ROWS), batch(CARE, ROADS, year=2025))
    first = accept(store, verdict, editor)
    before = budget(store), cube_totals(store)
    undo(store, first.import_id, WHY, editor)
    second = accept(store, verdict, editor)
    assert second.import_id > first.import_id
    renumbered = budget(store)
    for table in ("core.budget_amounts", "core.line_year_sources", "core.stated_vintages"):
        for row in (*renumbered[table], *before[0][table]):
            row.pop("source_file_id")
    assert before == (renumbered, cube_totals(store))


def test_a_municipality_with_something_else_to_it_stays(store, editor):
    """A municipality of which residents or own codes are known is not removed."""
    import_id = stored(store, editor, batch(*ROWS))
    cursor = store._connection.cursor()
    cursor.execute(
        "insert into core.populations values ('smallton', '2024-01-01', 'female', 0, null, 9, 'x')"
    )
    cursor.close()
    undo(store, import_id, WHY, editor)
    assert (1, 0) == (count(store, "core.municipalities"), count(store, "core.fiscal_years"))


def test_the_amounts_of_an_earlier_import_stay(store, editor):
    """An import that only adds to the lines of another takes away its own amounts."""
    stored(store, editor, batch(*ROWS))
    executed = stored(store, editor, batch(*ROWS, stage="executed"))
    undo(store, executed, WHY, editor)
    assert {(2024, "expenditure", "approved", None): Decimal("3845.67")} == cube_totals(store)


# --- corrections ----------------------------------------------------------

CORRECTED = ("1/11", "611", "Schools", "1000.50")


def test_undoing_a_correction_brings_the_old_amounts_back(store, editor):
    """What a correction replaced and removed is stored again, from the file it came from."""
    stored(store, editor, batch(*ROWS))
    before = budget(store)
    verdict = acknowledged(
        store, batch(CORRECTED, CARE), stored_differently="misprint", gone_lines="withdrawn"
    )
    correction = accept(store, verdict, editor)
    assert {(2024, "expenditure", "approved", None): Decimal("1500.50")} == cube_totals(store)
    undo(store, correction.import_id, WHY, editor)
    assert before == budget(store)


def test_corrections_of_corrections_are_undone_one_by_one(store, editor):
    """Each undo leads to the amounts before it."""
    totals, imports = [], []
    for amount in ("1.00", "2.00", "3.00"):
        verdict = acknowledged(store, batch((*SCHOOLS[:3], amount)), stored_differently="again")
        imports.append(accept(store, verdict, editor).import_id)
        totals.append(cube_totals(store))
    for import_id, total in zip(imports[::-1], totals[::-1], strict=True):
        assert total == cube_totals(store)
        undo(store, import_id, WHY, editor)
    assert {} == cube_totals(store)


# --- what is refused ------------------------------------------------------


@pytest.mark.parametrize("later", [batch(*ROWS), batch(SCHOOLS), batch(("9/9", "9", "x", "1.00"))])
def test_an_import_on_which_a_later_one_builds_is_not_undone(store, editor, later):
    """A later file of the same statement, even one that only repeats it, must go first."""
    first = stored(store, editor, batch(*ROWS))
    second = stored(store, editor, later, name="later.csv")
    assert ["later.csv"] == [one.file_name for one in what_hangs_on(store, first).later_imports]
    before = budget(store)
    with pytest.raises(NotAllowed, match=r"later\.csv.*Undo that one first"):
        undo(store, first, WHY, editor)
    assert before == budget(store)
    undo(store, second, WHY, editor)
    undo(store, first, WHY, editor)
    assert {} == cube_totals(store)


def test_an_import_is_undone_once(store, editor):
    """The second time says who undid it."""
    import_id = stored(store, editor, batch(*ROWS))
    undo(store, import_id, WHY, editor)
    with pytest.raises(NotFound, match=f"undone already, on .* by {editor.name}"):
        undo(store, import_id, WHY, editor)


def test_an_import_that_is_not_there_is_not_undone(store, editor):
    """Its number is named."""
    with pytest.raises(NotFound, match="no import 7"):
        undo(store, 7, WHY, editor)


@pytest.mark.parametrize("reason", ["", "  "])
def test_an_undo_needs_a_reason(store, editor, reason):
    """Without one, nothing is undone."""
    import_id = stored(store, editor, batch(*ROWS))
    with pytest.raises(NotAllowed, match="for a reason"):
        undo(store, import_id, reason, editor)
    assert cube_totals(store)


def test_a_viewer_may_not_undo(store, editor, viewer):
    """Undoing takes the role that importing takes."""
    import_id = stored(store, editor, batch(*ROWS))
    with pytest.raises(NotAllowed):
        undo(store, import_id, WHY, viewer)
    assert cube_totals(store)


# --- what is told ---------------------------------------------------------


def test_an_undo_is_one_event_with_its_reason(store, editor):
    """The chain goes on with who undid what and why."""
    undo(store, stored(store, editor, batch(*ROWS)), WHY, editor)
    events = store.query("audit_events").to_pylist()
    assert [] == chain_problems(events)
    told = [(event["action"], event["subject"], event["reason"]) for event in events]
    assert [("accept-import", "small.xlsx", ""), ("undo-import", "small.xlsx", WHY)] == told


def test_the_report_of_files_says_that_and_why_an_import_was_undone(store, editor):
    """An undone import stays in the list, with who, when and why."""
    undo(store, stored(store, editor, batch(*ROWS)), WHY, editor)
    row = source_files.build(store).tables["files"].rows.to_pylist()[0]
    assert (True, editor.name, WHY) == tuple(
        row[name] for name in ("is_undone", "undone_by", "undo_reason")
    )
    assert row["undone_at"] is not None


def test_an_undone_file_may_be_accepted_again(store, editor):
    """A fingerprint of an undone import does not stand in the way."""
    verdict = file_of(batch(*ROWS))
    undo(store, accept(store, verdict, editor).import_id, WHY, editor)
    accept(store, verdict, editor)
    assert [False, True] == [
        row["is_undone"] for row in store.query("source_files", municipality_code=None).to_pylist()
    ]


# --- marks and scenarios --------------------------------------------------

LINE = "organisation=1/11;economic_class=611"
ROADS_CODE = "organisation=2/21;economic_class=821"
LINE_KIND = SubjectKind.LINE


@pytest.mark.parametrize(("subject", "code"), [("line", LINE), ("organisation", "1/11")])
def test_a_mark_is_listed_kept_orphaned_and_attached_again(store, editor, subject, code):
    """A mark outlives its line: orphaned after the undo, attached when the code is stored again."""
    import_id = stored(store, editor, batch(*ROWS))
    marked(store, subject, code, "approved")
    assert ({"approved": 1}, []) == (what_hangs_on(store, import_id).marks, orphans(store))
    assert {"approved": 1} == undo(store, import_id, WHY, editor).marks
    assert (1, [code]) == (count(store, "core.classifications"), orphans(store))
    stored(store, editor, batch(SCHOOLS, year=2025))
    assert [] == orphans(store)


def test_a_mark_whose_line_stays_in_another_year_does_not_hang_on_the_import(store, editor):
    """Marks are free of years: one year left is enough."""
    stored(store, editor, batch(*ROWS))
    import_id = stored(store, editor, batch(*ROWS, year=2025))
    marked(store, "line", LINE)
    assert {} == what_hangs_on(store, import_id).marks


def a_scenario(store, editor):
    """Begin a scenario that moves money from roads to schools."""
    vintage = ask(store, "select min(vintage_id) as n from core.vintages")[0]["n"]
    begun = begin(store, editor, "smallton", vintage, "More schools")
    move = virement(MovedSubject(LINE_KIND, ROADS_CODE), MovedSubject(LINE_KIND, LINE), Decimal(5))
    return add_moves(store, editor, begun.scenario_id, [move], seen=0)


def test_a_scenario_keeps_its_moves_and_its_lines(store, editor):
    """A scenario is orphaned by the undo; the same codes stored again are the same lines to it."""
    file = file_of(batch(*ROWS))
    import_id = accept(store, file, editor).import_id
    footing = a_scenario(store, editor).footing
    hanging = what_hangs_on(store, import_id)
    assert (["More schools"], 1) == ([s.name for s in hanging.scenarios], hanging.move_count)
    undo(store, import_id, WHY, editor)
    assert 1 == count(store, "mart.orphaned_moves")
    stored(store, editor, batch(("9/9", "9", "Other", "1.00"), place=town("othertown")))
    kept = kept_baseline(store, footing)
    amounts = {line.code: line.amount for line in kept.lines}
    assert (Decimal("2345.67"), 3) == (amounts[ROADS_CODE], len(amounts))
    accept(store, file, editor)
    assert 0 == count(store, "mart.orphaned_moves")
    assert current_baseline(store, footing) is kept_baseline(store, footing)


def test_a_scenario_on_what_stays_does_not_hang_on_an_import(store, editor):
    """Its baseline and its lines are another file's."""
    stored(store, editor, batch(*ROWS))
    a_scenario(store, editor)
    other = stored(store, editor, batch(("9/9", "9", "Other", "1.00"), year=2025))
    assert () == what_hangs_on(store, other).scenarios


def test_nothing_hangs_on_a_fresh_import(store, editor):
    """Without marks, scenarios and later files there is nothing to list."""
    add_town(store, editor, "elsewhere")
    hanging = what_hangs_on(store, stored(store, editor, batch(*ROWS)))
    assert ({}, (), (), 0) == (
        hanging.marks,
        hanging.scenarios,
        hanging.later_imports,
        hanging.move_count,
    )
