"""Tables of labels: what a budget prints cut is called in full, and nothing else changes."""

from textwrap import dedent

import pytest
from fixtures.mapped_files import APPROVED, csv, errors, mapping_of
from fixtures.small_budget import ask, count, cube_totals

from budgeting.errors import ImportRefused, MappingInvalid, NotAllowed
from budgeting.imports.answers import Answers
from budgeting.imports.labels import accept_labels, examine_labels
from budgeting.imports.mappings.mapping_file import mapping_from_text
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.stored.undo import undo
from budgeting.imports.verdict import examine
from budgeting.reports import build_report

PROGRAMMES = """
    [[classification]]
    dimension = "programme"
    levels = [{ code = "code", label = "name" }]
"""
BUDGET = """
    code;name;label;approved
    2301;PREVENCIÓN Y ATENCIÓN FRENTE A;Staff;100.00
    2302;Promoc. cultura;Staff;20.00
    2303;Inclusion;Staff;3.00
"""
MAPPING = """
    title = "Labels"
    [municipality]
    code = "smallton"
    name = "Smallton"
    country_code = "ME"
    currency_code = "EUR"
    [labels]
    dimension = "programme"
    direction = "expenditure"
    code = ["#area", "programme"]
    label = "words"
    [[row]]
    kind = "skip"
    where = { "#area" = "^#" }
    reason = "a comment"
"""
TABLE = """
    #area;programme;words
    # those of today;;
    23;01;"Prevención y atención frente a la violencia, igualdad"
    23;02;Promoción de cultura
    23;03;Inmigración
    99;01;In no budget
"""


def budget(store, identity, year=2024, rows=BUDGET):
    mapping = mapping_of(APPROVED, codes=PROGRAMMES)
    verdict = examine(store, csv(rows, f"{year}.csv"), mapping, Answers(fiscal_year=year))
    accept(store, verdict, identity)


def labels(store, rows=TABLE, mapping=MAPPING, name="labels.csv"):
    read = mapping_from_text("labels", dedent(mapping))
    return examine_labels(store, csv(rows, name), read, Answers())


def called(store, year=2024):
    rows = ask(
        store,
        "select code, label from mart.member_labels join core.members using (member_id) "
        "where fiscal_year = $year and dimension = 'programme' order by code",
        year=year,
    )
    return {row["code"]: row["label"] for row in rows}


def found(store, words):
    view = {"municipality": "smallton", "year": "2024", "by": "programme", "stage": "approved"}
    report = build_report(store, "budget_explorer", view | {"words": words})
    return [row["code"] for row in next(iter(report.tables.values())).rows.to_pylist()]


WHOLE = "Prevención y atención frente a la violencia, igualdad"
PRINTED = {
    "2301": "PREVENCIÓN Y ATENCIÓN FRENTE A",
    "2302": "Promoc. cultura",
    "2303": "Inclusion",
}


def test_a_cut_label_is_completed_and_found(store, editor):
    """Before the table nothing is found by the words cut off; with it the programme is, and only it."""
    budget(store, editor)
    before = cube_totals(store)
    assert [] == found(store, "violencia")
    accept_labels(store, labels(store), editor)
    assert ["2301"] == found(store, "violencia")
    assert PRINTED | {"2301": WHOLE} == called(store)
    assert before == cube_totals(store)


def test_what_the_budget_printed_stays_known(store, editor):
    """The cut label is kept beside the whole one, and a label in other words is not replaced."""
    budget(store, editor)
    accept_labels(store, labels(store), editor)
    rows = ask(store, "select printed_label from mart.member_labels order by all")
    assert sorted(PRINTED.values()) == [row["printed_label"] for row in rows]


@pytest.mark.parametrize(
    ("printed", "whole", "is_cut"),
    [
        ("prevencion y aten", "prevencion y atencion", True),
        ("promoc. concil. y coop", "promocion, conciliacion y cooperacion institucional", True),
        ("salud", "salud publica", True),
        ("salud publica", "salud publica", False),
        ("salud, publica", "salud publica", False),
        ("salud publica", "salud", False),
        ("salud privada", "salud publica", False),
        ("publica", "salud publica", False),
        ("", "salud", False),
        ("(…)", "salud", False),
        ("a.*", "abc", True),
        ("сал", "салаш", True),
    ],
)
def test_a_label_is_cut_where_each_word_begins_the_one_in_its_place(store, printed, whole, is_cut):
    """What has all words, others, or none, is not cut; marks in it are no patterns."""
    [row] = ask(store, "select core.is_cut($a, $b) as said", a=printed, b=whole)
    assert is_cut == row["said"]


def test_the_verdict_counts_what_becomes_of_the_labels(store, editor):
    """One is completed, two are called otherwise, one is in no budget; the comment is skipped."""
    budget(store, editor)
    verdict = labels(store)
    fates = {"completed": 1, "same": 0, "otherwise": 2, "unknown": 1}
    assert {"labels": 4} | fates == verdict.totals
    assert {"read": 5, "accepted": 4, "skipped": 1, "rejected": 0} == verdict.rows
    assert ["labels-completed", "labels-otherwise", "labels-unknown"] == [
        one.check for one in verdict.findings
    ]


def test_a_code_with_two_labels_is_an_error(store, editor):
    """Which label holds is not for us to say; the same label twice says nothing new."""
    budget(store, editor)
    twice = TABLE + "    23;01;Something else\n"
    verdict = labels(store, twice)
    assert ["labels"] == [one.check for one in verdict.findings if one.value == "2301"]
    assert (False, 0) == (verdict.is_acceptable, verdict.rows["accepted"])
    with pytest.raises(ImportRefused):
        accept_labels(store, verdict, editor)
    again = labels(store, TABLE + "    23;03;Inmigración\n")
    assert again.is_acceptable
    assert (5, 4) == (again.rows["accepted"], again.totals["labels"])


@pytest.mark.parametrize("row", ["    23;04;\n", "    ;;Words\n"])
def test_a_row_without_code_or_label_is_an_error(store, editor, row):
    """Half a row is told with its number."""
    budget(store, editor)
    verdict = labels(store, TABLE + row)
    assert [("labels", 7)] == [
        (one.check, one.row_number) for one in verdict.findings if one.severity == "error"
    ]


def test_a_later_budget_does_not_cut_the_label_again(store, editor):
    """A year that comes after the table is called in full, too."""
    budget(store, editor)
    accept_labels(store, labels(store), editor)
    budget(store, editor, 2025, BUDGET.replace("100.00", "110.00"))
    assert PRINTED | {"2301": WHOLE} == called(store, 2025)


def test_a_code_without_words_is_called_as_the_table_says(store, editor):
    """Where the budget prints the bare code, the label is looked up."""
    mapping = mapping_of(APPROVED, codes=PROGRAMMES.replace(', label = "name"', ""))
    accept(store, examine(store, csv(BUDGET), mapping, Answers(fiscal_year=2024)), editor)
    accept_labels(store, labels(store), editor)
    assert "Inmigración" == called(store)["2303"]


def test_an_undone_table_leaves_the_printed_labels(store, editor):
    """Undo takes the labels back, keeps the budget, and the file may come in again."""
    budget(store, editor)
    accepted = accept_labels(store, labels(store), editor)
    before = cube_totals(store)
    undo(store, accepted.import_id, "of another town", editor)
    assert PRINTED == called(store)
    assert before == cube_totals(store)
    accept_labels(store, labels(store), editor)
    assert WHOLE == called(store)["2301"]


def test_of_two_tables_the_newest_counts(store, editor):
    """A newer label replaces the older one; undone, the older one counts again."""
    budget(store, editor)
    accept_labels(store, labels(store), editor)
    newer = labels(store, TABLE.replace("violencia, igualdad", "violencia"), name="newer.csv")
    second = accept_labels(store, newer, editor)
    assert "Prevención y atención frente a la violencia" == called(store)["2301"]
    undo(store, second.import_id, "too short", editor)
    assert WHOLE == called(store)["2301"]


def test_a_budget_undone_beside_labels_takes_its_year_along(store, editor):
    """The table does not keep a year alive that has no budget."""
    budget(store, editor)
    budget(store, editor, 2025, BUDGET.replace("100.00", "110.00"))
    accept_labels(store, labels(store), editor)
    undo(store, 2, "wrong file", editor)
    assert [2024] == [row["fiscal_year"] for row in store.query("fiscal_years").to_pylist()]


def test_the_same_table_is_refused_the_second_time(store, editor):
    """Also where both were examined before the first was stored."""
    budget(store, editor)
    first, second = labels(store), labels(store)
    accept_labels(store, first, editor)
    assert ["same-file"] == [one.check for one in labels(store).errors]
    with pytest.raises(ImportRefused, match="This very file"):
        accept_labels(store, second, editor)
    assert 4 == count(store, "core.labels")


def test_without_a_budget_the_table_waits(store, editor):
    """Labels of a municipality that has no budget are refused with what to do."""
    verdict = labels(store)
    assert ["no-budget"] == [one.check for one in verdict.errors]
    assert not verdict.is_acceptable


def test_a_column_that_is_missing_is_told(store):
    """A table with other columns is no table of labels."""
    verdict = labels(store, "a;b\n1;2\n")
    assert {"missing-column"} == {check for check, *_ in errors(verdict)}
    assert {"read": 1, "accepted": 0, "skipped": 0, "rejected": 1} == verdict.rows


def test_who_may_not_import_stores_no_labels(store, editor, viewer):
    """Labels are stored by those who may import, and the change is audited."""
    budget(store, editor)
    with pytest.raises(NotAllowed):
        accept_labels(store, labels(store), viewer)
    accept_labels(store, labels(store), editor)
    [event] = ask(store, "select * from core.audit_events order by sequence desc limit 1")
    assert "accept-labels" in event.values()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('dimension = "programme"', 'dimension = "program"'),
        ('direction = "expenditure"', 'direction = "both"'),
        ('label = "words"', 'labels = "words"'),
        ('code = ["#area", "programme"]', "code = []"),
        ('kind = "skip"', 'kind = "total"'),
    ],
)
def test_a_mapping_that_contradicts_itself_is_refused(old, new):
    """A misspelt entry is named when the mapping is read."""
    assert old in MAPPING
    with pytest.raises(MappingInvalid):
        mapping_from_text("labels", dedent(MAPPING).replace(old, new))
