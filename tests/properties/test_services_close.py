"""Services close: however lines are shared, what services have together is what the lines have."""

from decimal import Decimal
from itertools import pairwise

import pytest
from fixtures.prepared import store_after
from fixtures.small_budget import ROADS, SCHOOLS, accept_rows
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgeting.access import Identity, Role
from budgeting.methodologies.model import Subject
from budgeting.services.defining import define_all, withdraw
from budgeting.services.model import Service, ServiceLine
from budgeting.store import Store

TOWN, EDITOR = "smallton", Identity("edin@example.org", Role.EDITOR)
MILLION = 1_000_000  # parts of a line: a share has six decimals
ORGANISATION, WHOLE = ServiceLine(Subject.ORGANISATION, "2"), Decimal("2345.67")


@pytest.fixture(scope="module")
def town():
    store = store_after()
    accept_rows(store, EDITOR, SCHOOLS, ROADS)
    yield store
    store.close()


def money(store: Store) -> list[Decimal]:
    rows = store.query("service_money", municipality_code=TOWN, fiscal_year=2024).to_pylist()
    return [row["amount"] for row in rows if row["stage"] == "approved"]


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(1, MILLION - 1), min_size=1, max_size=4, unique=True))
def test_shares_of_a_line_add_up_to_its_cents(town, cuts):
    """Cut anywhere into parts, a line is its parts, to the cent; none has less than nothing."""
    ends = [0, *sorted(cuts), MILLION]
    shares = [Decimal(b - a) / MILLION for a, b in pairwise(ends)]
    services = [
        Service(f"s{n}", f"S{n}", lines=(ServiceLine(Subject.ORGANISATION, "2", share),))
        for n, share in enumerate(shares)
    ]
    stored = define_all(town, EDITOR, TOWN, services)
    parts = money(town)
    for one in stored:
        withdraw(town, EDITOR, TOWN, one.service_id, "next example", seen=one.version)
    assert sum(parts) == WHOLE
    assert min(parts) >= 0
    assert all(
        abs(part - WHOLE * share) < Decimal("0.011")
        for part, share in zip(parts, shares, strict=True)
    )
