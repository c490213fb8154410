"""Transfer: marks go out as a table and come back as they were; a bad row writes nothing."""

from decimal import Decimal

import pytest
from fixtures.small_batches import CARE, ROWS, SCHOOLS, accept_batch
from fixtures.small_budget import ask, count

from budgeting.access import Identity, Role
from budgeting.commands import perform
from budgeting.errors import ImportRefused, NotAllowed, NotFound
from budgeting.exports import export
from budgeting.imports.source import SourceFile
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, MarkedSubject, Part
from budgeting.marks.reviewing import review
from budgeting.marks.transfer import accept_marks, examine_marks
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Subject
from budgeting.model import Stage
from budgeting.reports import build_report
from budgeting.translations import language

ANA = Identity("ana", Role.REVIEWER)
SCHEMES = methodology("india_gbs", "2005")


@pytest.fixture
def budget(prepared, editor):
    return prepared(accept_batch, editor, *ROWS)


@pytest.fixture
def elsewhere(prepared, editor):
    """The same lines in another database."""
    return prepared(accept_batch, editor, *ROWS)


def marked(store, row, scores, **how):
    shares = {1: ["1"], 2: ["0.333333333333333333", "0.5"]}[len(scores)]
    parts = tuple(
        Part(Evidence(score=Decimal(score)), Decimal(share))
        for score, share in zip(scores, shares, strict=True)
    )
    code = f"organisation={row[0]};economic_class={row[1]}"
    said = Classification(SCHEMES, parts, '=1+1; "so" they say')
    mark(store, ANA, "smallton", [MarkedSubject(Subject.LINE, code)], said, seen=10**9, **how)


def file_from(store, kind="csv", code="en"):
    report = build_report(store, "marks", {"municipality": "smallton"})
    return SourceFile(f"marks.{kind}", export(report, kind, language(code)))


def counting(store):
    return ask(
        store,
        "select label, stage, category, share_before, amount_share, score, reason, evidence "
        "from mart.line_year_marks as counted inner join core.line_years using (line_year_id) "
        "inner join core.classifications as mark using (classification_id) "
        "order by label, counted.stage, counted.share_before".replace(
            "stage, category, share_before, amount_share, score,",
            "counted.stage, counted.category, counted.share_before, counted.amount_share, counted.score,",
        ),
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("code", ["en", "sr"])
def test_marks_come_back_as_they_went(budget, elsewhere, kind, code):
    """Every part, share, score, evidence and reason, in any language of the file."""
    marked(budget, SCHOOLS, (100, 40), from_year=2024)
    marked(budget, CARE, (40,), stage=Stage.APPROVED)
    file = examine_marks(elsewhere, file_from(budget, kind, code), "smallton")
    assert ((), 2) == (file.findings, len(file.marks))
    assert 2 == accept_marks(elsewhere, ANA, file)
    assert counting(budget) == counting(elsewhere)
    states = ask(elsewhere, "select distinct state, change, author from core.classifications")
    assert [{"state": "draft", "change": "import", "author": "ana"}] == states


def test_what_stands_already_is_left_alone(budget):
    """Reading in one's own file changes nothing, not even the state of what was reviewed."""
    marked(budget, SCHOOLS, (100,))
    ids = ask(budget, "select classification_id from mart.line_year_marks")
    review(budget, ANA, "smallton", [row["classification_id"] for row in ids])
    before = count(budget, "core.classifications")
    file = examine_marks(budget, file_from(budget), "smallton")
    assert (0, 1) == (accept_marks(budget, ANA, file), file.same_count)
    assert before == count(budget, "core.classifications")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"india_gbs,2005", b"nowhere,2005", "nowhere"),
        (b",A,", b",Z,", "Z"),
        (b",A,", b",B,", "evidence"),
        (b",line,", b",fund,", "fund"),
        (b",high,", b",sure,", "sure"),
        (b",1.000000000000000000,", b",1.1,", "more than the whole"),
        (b",1.000000000000000000,", b",0,", "above 0"),
        (b",1.000000000000000000,", b",all,", "no number"),
        (b"category_code", b"category_codes", "category_code"),
    ],
)
def test_a_bad_row_is_told_and_nothing_is_written(budget, elsewhere, old, new, told):
    """Both the row and the sentence; the good rows of the file are not stored either."""
    marked(budget, SCHOOLS, (100,))
    marked(budget, CARE, (40,))
    whole = file_from(budget)
    assert old in whole.content
    bad = SourceFile("marks.csv", whole.content.replace(old, new, 1))
    file = examine_marks(elsewhere, bad, "smallton")
    assert any(told in str(finding.message) for finding in file.findings)
    with pytest.raises(ImportRefused):
        accept_marks(elsewhere, ANA, file)
    assert 0 == count(elsewhere, "core.classifications")


def test_marks_of_lines_that_are_not_there_are_refused(budget, store, viewer, tmp_path):
    """Nothing is attached to nothing, and a viewer imports no marks."""
    marked(budget, SCHOOLS, (100,))
    whole = file_from(budget)
    file = examine_marks(
        budget,
        SourceFile("marks.csv", whole.content.replace(b"organisation=1/11", b"organisation=9")),
        "smallton",
    )
    with pytest.raises(NotFound):
        accept_marks(budget, ANA, file)
    with pytest.raises(NotAllowed):
        accept_marks(budget, viewer, file)


def test_the_command_line_reads_marks_in_again(budget, elsewhere):
    """It counts what was stored and what stood already, and tells bad rows."""
    marked(budget, SCHOOLS, (100,))
    how = {"user": "ana", "language": "en", "municipality": "smallton"}
    whole = file_from(budget)
    first, second = (perform(elsewhere, "marks", how, [whole]) for _ in range(2))
    assert (0, b"1 mark was stored.\n0 marks stood already as the file has them.\n") == (
        first.exit_code,
        first.output,
    )
    assert b"0 marks were stored.\n1 mark stood already as the file has it.\n" == second.output
    bad = SourceFile("marks.csv", whole.content.replace(b",A,", b",Z,"))
    refused = perform(elsewhere, "marks", how, [bad])
    assert refused.exit_code == 1
    assert "row 7" in refused.error
