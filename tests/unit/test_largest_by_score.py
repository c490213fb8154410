"""The largest tagged lines under coefficients that follow the score."""

from decimal import Decimal

import pytest
from fixtures.small_batches import CARE, ROADS, ROWS, SCHOOLS, batch, file_of

from budgeting.access import Identity, Role
from budgeting.imports.stored.acceptance import accept
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, MarkedSubject, Part
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Subject
from budgeting.reports import build_report

ANA = Identity("ana", Role.ADMINISTRATOR)
INDIA = methodology("india_gbs", "2005")
BY_SCORE = next(name for name, one in INDIA.conventions.items() if one.is_of_score)
AS_PRINTED = next(name for name, one in INDIA.conventions.items() if not one.is_of_score)
VIEW = {"municipality": "smallton", "year": "2024", "methodology": "india_gbs", "version": "2005"}


def build_town(store):
    """Schools wholly for women, 20 per cent of the care of children, nothing of the roads."""
    accept(store, file_of(batch(*ROWS)), ANA)
    for row, score in ((SCHOOLS, "100"), (CARE, "20"), (ROADS, "0")):
        line = MarkedSubject(Subject.LINE, f"organisation={row[0]};economic_class={row[1]}")
        said = Classification(INDIA, (Part(Evidence(score=Decimal(score))),), "because")
        mark(store, ANA, "smallton", [line], said, seen=10**9)


@pytest.fixture
def store(prepared):
    return prepared(build_town)


def largest(store, convention):
    found = build_report(store, "gender_overview", {**VIEW, "convention": convention})
    return found.tables["largest"].rows["label"].to_pylist()


def test_a_line_that_counts_only_by_its_score_is_among_the_largest(store):
    """Its category counts for nothing, its 20 per cent for 20 per cent; zero counts for nothing."""
    assert ["Schools", "Care of children"] == largest(store, BY_SCORE)


def test_a_line_whose_category_counts_for_nothing_is_not(store):
    """Where the category alone decides, a score changes nothing."""
    assert ["Schools"] == largest(store, AS_PRINTED)
