"""Lines of which a file says something else than a person decided, on the workbench."""

from decimal import Decimal

import pytest
from fixtures.small_budget import ask

from budgeting.access import Identity, Role
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, MarkedSubject, Part
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Subject
from budgeting.ui.session import open_store

TOWN = {"municipality": "demo_topolnica", "year": "2026"}
AMRA = Identity("amra@example.org", Role.REVIEWER)
WORDS = "Of one line a file says something else than a person decided"


@pytest.fixture
def contradicted(visit):
    """A line marked 0 by a person, of which a file says 1."""
    at = visit("classify", "demo", None, **TOWN, lang="en")
    assert WORDS not in [one.label for one in at.expander]
    store, rules = open_store(), methodology("oecd_dac")
    code = ask(
        store,
        "select line_code from core.budget_lines inner join core.line_years using (line_id) "
        "where core.line_years.municipality_code = 'demo_topolnica' and fiscal_year = 2026 "
        "and core.line_years.direction = 'expenditure' order by all",
    )[0]["line_code"]
    evidence = Evidence(ticks={one.id: Decimal(0) for one in rules.criteria})
    said = Classification(rules, (Part(evidence),), "nothing for women")
    mark(store, AMRA, "demo_topolnica", [MarkedSubject(Subject.LINE, code)], said, seen=0)
    cursor = store._connection.cursor()
    cursor.execute(
        "insert into core.stated_otherwise select max(import_id), 'demo_topolnica', 'expenditure', "
        "$code, 2026, 'approved', 'oecd_dac', '2016', '', '1', 0, 1, "
        "(select max(classification_id) from core.classifications), null, null from core.imports",
        {"code": code},
    )
    cursor.close()
    return at.run()


def categories():
    return {
        row["category"]
        for row in ask(
            open_store(),
            "select category from mart.line_year_marks where stage is null or stage = 'approved'",
        )
    }


def test_what_stands_may_be_kept(contradicted):
    """Both are listed; after it was settled, nothing is."""
    assert WORDS in [one.label for one in contradicted.expander]
    contradicted.button(key="below_keep").click().run()
    assert not contradicted.exception
    assert WORDS not in [one.label for one in contradicted.expander]
    assert {"0"} == categories()


def test_what_the_file_says_may_be_taken(contradicted):
    """It becomes a mark of who settles it."""
    contradicted.text_input(key="settle_remark").input("the office corrected it").run()
    contradicted.button(key="below_take").click().run()
    assert not contradicted.exception
    assert WORDS not in [one.label for one in contradicted.expander]
    assert "1" in categories()
