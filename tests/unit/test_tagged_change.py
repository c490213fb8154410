"""Why the tagged amount changed: what counts is counted as everywhere, a renamed line is no new one."""

from decimal import Decimal

import pytest
from fixtures.small_batches import CARE, ROADS, SCHOOLS, batch, file_of
from fixtures.went_on import code_of, succession, went_on

from budgeting.access import Identity, Role
from budgeting.imports.stored.acceptance import accept
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, MarkedSubject, Part
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Subject
from budgeting.reports import build_report

ANA = Identity("ana", Role.ADMINISTRATOR)
YEARS = (2021, 2022, 2023)
PARTS = ("price", "volume", "reclassification", "new_lines", "ended_lines")


def marked(store, row, score, from_year=0):
    what = Classification(
        methodology("india_gbs", "2005"), (Part(Evidence(score=Decimal(score))),), "because"
    )
    subject = [MarkedSubject(Subject.LINE, code_of(row))]
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


def became(store, change, earlier, later, *, year=2023, shares=()):
    """Confirm what became of rows."""
    rows = (map(code_of, earlier), map(code_of, later))
    went_on(store, succession(change, *rows, shares), year=year)


def test_a_line_that_was_renamed_twice_is_the_same_line_each_time(store):
    """Schools went on as care, care as roads: in neither year is that new money."""
    for year, row in zip(YEARS, (SCHOOLS, CARE, ROADS), strict=True):
        accept(store, file_of(batch((*row[:2], row[2], "100.00"), year=year)), ANA)
        marked(store, row, 40)
    became(store, "renamed", [SCHOOLS], [CARE], year=2022)
    became(store, "renamed", [CARE], [ROADS], year=2023)
    for year in YEARS[1:]:
        row = what_counts(overview(store, year))
        assert (row["before"], row["after"]) == (100, 100)
        assert [row[part] or 0 for part in PARTS] == [0, 0, 0, 0, 0]


def test_a_line_that_joined_one_that_was_there_before_has_not_ended(store):
    """Care was there already and is both now: its money is what both had, and nothing is relabelled."""
    accept(store, file_of(batch(SCHOOLS, CARE, year=2022)), ANA)
    accept(store, file_of(batch((*CARE[:3], "1500.00"), year=2023)), ANA)
    marked(store, SCHOOLS, 40)
    marked(store, CARE, 40)
    became(store, "merged", [SCHOOLS, CARE], [CARE])
    row = what_counts(overview(store))
    assert [row[part] or 0 for part in PARTS] == [0, 0, 0, 0, 0]


def test_a_line_said_to_be_renamed_that_is_still_there_is_not_compared_as_the_other(store):
    """Schools are in both years: what care has is new money, whatever was said."""
    accept(store, file_of(batch(SCHOOLS, year=2022)), ANA)
    accept(store, file_of(batch(SCHOOLS, CARE, year=2023)), ANA)
    marked(store, SCHOOLS, 40)
    marked(store, CARE, 40)
    became(store, "renamed", [SCHOOLS], [CARE])
    row = what_counts(overview(store))
    assert (row["new_lines"], row["ended_lines"] or 0) == (500, 0)


def test_of_a_split_line_each_part_is_compared_with_its_part(store):
    """1000.00, all marked, went on as 600 marked and 400 not: 400 is relabelled, no line is new."""
    accept(store, file_of(batch(SCHOOLS, year=2022)), ANA)
    parts = ((*CARE[:3], "600.00"), (*ROADS[:3], "400.00"))
    accept(store, file_of(batch(*parts, year=2023)), ANA)
    marked(store, SCHOOLS, 40)
    marked(store, CARE, 40)
    became(store, "split", [SCHOOLS], [CARE, ROADS], shares=("0.6", "0.4"))
    row = what_counts(overview(store))
    assert (row["reclassification"], row["volume"] or 0) == (-400, 0)
    assert (row["new_lines"] or 0, row["ended_lines"] or 0) == (0, 0)


@pytest.mark.parametrize(("share", "ended"), [("0.3", -400), ("0.299999", "-400.00")])
def test_what_no_part_of_a_split_line_continues_has_ended(store, share, ended):
    """Of 1000.00 the parts continue 600.00; 400.00 ended, to the cent."""
    accept(store, file_of(batch(SCHOOLS, year=2022)), ANA)
    parts = ((*CARE[:3], "300.00"), (*ROADS[:3], "300.00"))
    accept(store, file_of(batch(*parts, year=2023)), ANA)
    for row in (SCHOOLS, CARE, ROADS):
        marked(store, row, 40)
    became(store, "split", [SCHOOLS], [CARE, ROADS], shares=("0.3", share))
    row = what_counts(overview(store))
    assert (row["ended_lines"], row["volume"] or 0) == (Decimal(ended), 0)


def test_a_merged_line_is_compared_with_all_that_it_was(store):
    """Half of what was merged was marked; all of it is now: the other half is relabelled."""
    same = ((*SCHOOLS[:3], "100.00"), (*CARE[:3], "100.00"))
    accept(store, file_of(batch(*same, year=2022)), ANA)
    accept(store, file_of(batch((*ROADS[:3], "210.00"), year=2023)), ANA)
    marked(store, SCHOOLS, 40)
    marked(store, ROADS, 40)
    became(store, "merged", [SCHOOLS, CARE], [ROADS])
    row = what_counts(overview(store))
    assert (row["reclassification"], row["volume"]) == (105, 5)
    assert (row["new_lines"] or 0, row["ended_lines"] or 0) == (0, 0)


def test_codes_that_changed_places_are_followed(store):
    """What was schools is care now, and what was care is roads: confirmed both, no money is new."""
    same = ((*SCHOOLS[:3], "100.00"), (*CARE[:3], "200.00"))
    accept(store, file_of(batch(*same, year=2022)), ANA)
    now = ((*CARE[:3], "100.00"), (*ROADS[:3], "200.00"))
    accept(store, file_of(batch(*now, year=2023)), ANA)
    marked(store, SCHOOLS, 40, from_year=2022)
    marked(store, CARE, 40, from_year=2022)
    marked(store, ROADS, 40)
    became(store, "renamed", [SCHOOLS], [CARE])
    became(store, "renamed", [CARE], [ROADS])
    row = what_counts(overview(store))
    assert [row[part] or 0 for part in PARTS] == [0, 0, 0, 0, 0]
