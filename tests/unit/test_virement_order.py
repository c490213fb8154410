"""The order of an adopted scenario: who gives what to whom, in the ledger's codes; it closes to zero."""

import io
from decimal import Decimal

import openpyxl
import pytest
from fixtures.moving_town import (
    ANA,
    CARE,
    EDUCATION,
    INCOME,
    ROADS,
    RUTH,
    SCHOOLS,
    TOWN,
    begun,
    build_town,
    more,
    roads_to_care,
)
from hypothesis import given
from hypothesis import strategies as st

from budgeting.errors import ScenarioInvalid
from budgeting.exports import FORMATS
from budgeting.model import Direction
from budgeting.reports import build_report
from budgeting.scenarios import deciding
from budgeting.scenarios.deciding import adopt, submit
from budgeting.scenarios.order import Order, is_closed, transfers, virement_order
from budgeting.scenarios.rules import save_rules
from budgeting.scenarios.saving import add_moves
from budgeting.simulation.model import Baseline, Line
from budgeting.simulation.moves import new_line, virement
from budgeting.simulation.outcome import Outcome
from budgeting.translations import language

D = Decimal


@pytest.fixture
def town(prepared, monkeypatch):
    monkeypatch.setattr(deciding, "is_single_user", lambda: True)
    return prepared(build_town)


def adopted(store, *moves):
    of = add_moves(store, ANA, begun(store).scenario_id, moves, seen=0)
    return adopt(store, RUTH, submit(store, ANA, of), "Decision 7")


def told(order):
    return [
        (
            one.giver.label if one.giver else None,
            one.taker.label if one.taker else None,
            one.amount,
            one.reasons,
        )
        for one in order.transfers
    ]


def test_money_goes_from_who_has_less_to_who_has_more(town):
    """What goes out and comes back is left out; reasons stand beside what they are for."""
    of = adopted(
        town,
        roads_to_care("100.00", "more hours"),
        virement(CARE, SCHOOLS, D("30.00"), "books"),
    )
    order = virement_order(town, of)
    assert [
        ("Roads", "Care of children", D("70.00"), ("more hours",)),
        ("Roads", "Schools", D("30.00"), ("more hours", "books")),
    ] == told(order)
    assert is_closed(order)


def test_new_revenue_pays_for_what_it_is_spent_on(town):
    """A line of revenue that brings more gives."""
    order = virement_order(town, adopted(town, more(INCOME, "50.00"), more(CARE, "50.00")))
    assert [("Grants", "Care of children", D("50.00"), ())] == told(order)


def test_where_the_balance_may_change_the_rest_has_no_other_side(town):
    """It is shown, and the note says by how much the order does not close."""
    save_rules(town, RUTH, TOWN, [], seen=0)
    of = adopted(town, roads_to_care("10.00"), more(CARE, "5.00"))
    order = virement_order(town, of)
    assert [
        ("Roads", "Care of children", D("10.00"), ()),
        (None, "Care of children", D("5.00"), ()),
    ] == told(order)
    report = build_report(town, "virement_order", {"scenario": str(of.scenario_id)})
    assert not report.facts["is_balanced"]
    assert any("does not close to zero" in str(note) for note in report.notes)


def test_a_line_that_is_opened_takes_and_has_no_code_yet(town):
    """The ledger gives it one."""
    of = adopted(
        town, new_line(EDUCATION, "Playground", D("40.00"), "asked for"), more(ROADS, "-40.00")
    )
    report = build_report(town, "virement_order", {"scenario": str(of.scenario_id)})
    row = report.tables["order"].rows.to_pylist()[0]
    assert ("Playground", "", "1", D("40.00"), "asked for") == (
        row["to_label"],
        row["to_code"],
        row["to_organisation"],
        row["amount"],
        row["reason"],
    )


def test_only_what_is_adopted_is_ordered(town):
    """A draft is not entered into a ledger."""
    draft = add_moves(town, ANA, begun(town).scenario_id, [roads_to_care()], seen=0)
    with pytest.raises(ScenarioInvalid, match="not adopted"):
        virement_order(town, draft)


def test_the_workbook_has_the_codes_of_the_ledger_and_sums_that_go_on_adding(town):
    """Code of the line, code of each member as the file writes it, amount, reason."""
    of = adopted(town, roads_to_care("100.00", "more hours"))
    report = build_report(town, "virement_order", {"scenario": str(of.scenario_id)})
    assert report.facts["is_balanced"]
    content = FORMATS["xlsx"].write(report, language("en"))
    sheets = openpyxl.load_workbook(io.BytesIO(content))
    order, lines = (list(sheet.values) for sheet in sheets.worksheets[:2])
    assert order[1][:9] == (
        1,
        "organisation=2/21;economic_class=821",
        "Roads",
        "21",
        "821",
        "organisation=1/12;economic_class=612",
        "Care of children",
        "12",
        "612",
    )
    assert (100, "more hours") == order[1][9:11]
    assert "SUBTOTAL" in str(order[2][9]) or "SUM" in str(order[2][9])
    assert [500, 100, 600] == list(lines[1][-3:])


# --- laws -----------------------------------------------------------------

CENTS = st.integers(-(10**6), 10**6).map(lambda cents: Decimal(cents) / 100)
LINES = st.lists(
    st.tuples(CENTS, st.sampled_from(Direction), st.sampled_from(["", "01", "02"]), st.booleans()),
    max_size=8,
)


@given(LINES)
def test_every_order_gives_each_line_exactly_its_change(found):
    """Whatever changes, within funds or not, balanced or not."""
    lines = tuple(
        Line(
            number,
            str(number),
            "",
            D("10000.00"),
            direction,
            ({"fund": (fund,)} if fund else {}) | ({"programme": ("p",)} if has_programme else {}),
        )
        for number, (_change, direction, fund, has_programme) in enumerate(found)
    )
    changes = {number: row[0] for number, row in enumerate(found) if row[0]}
    outcome = Outcome(Baseline(lines), changes, (), ())
    rows = transfers(outcome)
    assert is_closed(Order(None, outcome, rows))
    assert all(one.amount > 0 for one in rows)
    one_sided = [one for one in rows if one.giver is None or one.taker is None]
    assert not ({True, False} <= {one.giver is None for one in one_sided})


@given(LINES)
def test_money_of_a_fund_stays_in_it_where_the_fund_closes(found):
    """With each fund closed, no row leaves its fund."""
    lines, changes = [], {}
    for number, (change, _direction, fund, _has) in enumerate(found):
        for side, sign in ((0, 1), (1, -1)):
            line_id = 2 * number + side
            lines.append(
                Line(line_id, str(line_id), "", D("10000.00"), members={"fund": (fund or "03",)})
            )
            if change:
                changes[line_id] = sign * change
    rows = transfers(Outcome(Baseline(tuple(lines)), changes, (), ()))
    assert all(one.giver.members == one.taker.members for one in rows)
