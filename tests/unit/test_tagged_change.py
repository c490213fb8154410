"""Why the tagged amount changed: what counts is counted as everywhere, a renamed line is no new one."""

from decimal import Decimal

import pytest
from fixtures.small_batches import CARE, ROADS, SCHOOLS, batch, file_of

from budgeting.access import Identity, Role
from budgeting.imports.stored.acceptance import accept
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, MarkedSubject, Part
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Subject
from budgeting.reports import build_report
from budgeting.store import connect

ANA = Identity("ana", Role.ADMINISTRATOR)
YEARS = (2021, 2022, 2023)
PARTS = ("price", "volume", "reclassification", "new_lines", "ended_lines")


@pytest.fixture
def store():
    opened = connect(None)
    yield opened
    opened.close()


def marked(store, row, score, from_year=0):
    code = f"organisation={row[0]};economic_class={row[1]}"
    what = Classification(
        methodology("india_gbs", "2005"), (Part(Evidence(score=Decimal(score))),), "because"
    )
    subject = [MarkedSubject(Subject.LINE, code)]
    mark(store, ANA, "smallton", subject, what, seen=10**9, from_year=from_year)


def overview(store, year=2023, **changed):
    view = {"municipality": "smallton", "year": str(year), "methodology": "india_gbs"}
    return build_report(store, "gender_overview", {**view, **changed})


def what_counts(report):
    row = report.tables["change"].rows.to_pylist()[-1]
    assert sum(row[part] or 0 for part in PARTS) == row["change"] == row["after"] - row["before"]
    return row


def test_what_counts_by_score_is_the_same_amount_in_the_change_as_in_its_year(store):
    """40 of 100 count 40 %, not what the band of 40 counts for."""
    for year in YEARS[1:]:
        accept(store, file_of(batch(SCHOOLS, CARE, year=year)), ANA)
    marked(store, SCHOOLS, 40)
    marked(store, SCHOOLS, 60, from_year=2023)
    report = overview(store, convention="whole_schemes")
    row = what_counts(report)
    assert (row["before"], row["after"]) == (Decimal("400.00"), Decimal("600.00"))
    assert [row["counted"] for row in report.tables["years"].rows.to_pylist()] == [400, 600]
    assert (report.facts["counted"], row["reclassification"]) == (600, 200)


def continued(store, before, after):
    """Write what a person confirmed: one line goes on as another."""
    store._connection.cursor().execute(
        "insert into core.line_successors select old.line_id, new.line_id, 'renamed', 1, 'ana', now() "
        "from core.budget_lines as old, core.budget_lines as new "
        f"where old.line_code like '%{before[1]}' and new.line_code like '%{after[1]}'"
    )


def test_a_line_that_was_renamed_twice_is_the_same_line_each_time(store):
    """Schools went on as care, care as roads: in neither year is that new money."""
    for year, row in zip(YEARS, (SCHOOLS, CARE, ROADS), strict=True):
        accept(store, file_of(batch((*row[:2], row[2], "100.00"), year=year)), ANA)
        marked(store, row, 40)
    continued(store, SCHOOLS, CARE)
    continued(store, CARE, ROADS)
    for year in YEARS[1:]:
        row = what_counts(overview(store, year))
        assert (row["before"], row["after"]) == (100, 100)
        assert [row[part] or 0 for part in PARTS] == [0, 0, 0, 0, 0]


def test_a_line_that_joined_one_that_was_there_before_has_ended(store):
    """Care was there already: what it has more is volume, nothing is relabelled."""
    accept(store, file_of(batch(SCHOOLS, CARE, year=2022)), ANA)
    accept(store, file_of(batch((*CARE[:3], "1500.00"), year=2023)), ANA)
    marked(store, SCHOOLS, 40)
    marked(store, CARE, 40)
    continued(store, SCHOOLS, CARE)
    row = what_counts(overview(store))
    assert (row["ended_lines"], row["volume"], row["reclassification"]) == (-1000, 1000, 0)
