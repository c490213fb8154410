"""Statements close: in every layout, rows and what is not screened are the budget, to the cent."""

from decimal import Decimal

import pytest
from fixtures.prepared import store_after
from fixtures.programme_town import (
    NURSERIES,
    PLAYGROUNDS,
    REPAIR,
    build_town,
    give,
    newest,
    rows_of,
    statement,
    told,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Methodology, RuleKind
from budgeting.model import Stage
from budgeting.reports.statements.layouts import LAYOUTS
from budgeting.reports.statements.units import UNITS

METHODS = (
    *("india_gbs", "eu_budget", "cpr_eige", "ph_gad", "ph_hgdg", "canada_gba"),
    *("rs_programme", "oecd_dac", "nepal"),
)
CLASSES = ("ps", "mooe", "co", "expense_unknown")
SHARES = st.sampled_from([("1",), ("0.333333",), ("0.2", "0.8"), ("0.1", "0.333", "0.5")])


def evidence(method: Methodology):
    """Evidence that a methodology can classify, with the words that it needs."""
    words = told(method)
    if method.rule is RuleKind.BANDS or method.is_points_checklist:
        points = st.decimals(0, method.score.maximum, places=2)
        return points.map(lambda score: Evidence(score=score, texts=words))
    if method.rule is RuleKind.CHECKLIST:
        answers = {one.id: st.sampled_from(one.values or (Decimal(0),)) for one in method.criteria}
        return st.fixed_dictionaries(answers).map(lambda ticks: Evidence(ticks, texts=words))
    codes = [one.code for one in method.categories]
    return st.sampled_from(codes).map(lambda code: Evidence(category=code, texts=words))


@st.composite
def marks(draw):
    """A methodology, the version of each mark, and what is marked how."""
    code = draw(st.sampled_from(METHODS))
    found = []
    for _ in range(draw(st.integers(0, 4))):
        version = draw(st.sampled_from([None, "2005", "2024"])) if code == "india_gbs" else None
        also = draw(st.sampled_from([code, *({"ph_gad", "ph_hgdg"} if "ph_" in code else ())]))
        method = methodology(also, version)
        parts = [(draw(evidence(method)), share) for share in draw(SHARES)]
        stage = draw(st.sampled_from([None, Stage.APPROVED, Stage.EXECUTED]))
        subject = draw(st.sampled_from([NURSERIES, PLAYGROUNDS, REPAIR, "2001"]))
        found.append((also, subject, parts, {"version": version, "stage": stage}))
    return code, found


@pytest.fixture(scope="module")
def town():
    opened = store_after()
    build_town(opened, country="RS")
    yield opened
    opened.close()


@settings(max_examples=25, deadline=None)
@given(marks(), st.sampled_from(sorted(UNITS)), st.sampled_from(["approved", "executed"]))
def test_rows_and_what_is_not_screened_are_the_budget(town, marked, unit, stage):
    """In each layout of a methodology, in each unit and stage: nothing is lost, nothing counted twice."""
    code, found = marked
    for also, subject, parts, how in found:
        give(town, also, subject, *parts, **how)
    names = [one.name for one in LAYOUTS.values() if one.is_meant_for(code)]
    for name in names:
        report = statement(town, code, layout=name, unit=unit, stage=stage)
        *rows, whole = rows_of(report)
        leaves = [row for row in rows if not row["adds"]]
        zeros = 10 ** UNITS[unit].zeros
        for column in closing(report):
            assert sum(row[column] or 0 for row in leaves) == whole[column]
        assert whole["main"] * zeros == amount_of(town, stage)
        for place, row in enumerate(rows):
            for column in money(report) if row["adds"] else ():
                added = rows[place - row["adds"] : place]
                parts = [one[column] or 0 for one in added if not one["adds"]]
                assert row[column] is None or sum(parts) == row[column]
        for row in leaves:
            by_class = [row[one] or 0 for one in CLASSES if one in row]
            assert not by_class or sum(by_class) == (row["gad"] or 0)
        facts = report.facts
        parts = ("listed", "unlisted", "other_version", "not_screened")
        assert sum(facts[name] for name in parts) == facts["total"]


def money(report):
    return [one.key for one in report.tables["statement"].columns if one.kind == "money"]


def closing(report):
    """Columns whose last row is all of the budget."""
    last = rows_of(report)[-1]
    return [column for column in money(report) if last[column] is not None]


def amount_of(store, stage):
    cube = store.query("statement_cube", vintage_ids=[newest(store, stage).vintage_id])
    return sum(cube["amount"].to_pylist())
