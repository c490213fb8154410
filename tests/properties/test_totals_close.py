"""Totals close: whatever the file, nothing is lost or doubled on its way into the cube."""

from collections import defaultdict
from decimal import Decimal

import pytest
from fixtures.prepared import store_after
from fixtures.small_budget import ask, count, cube_totals, small_file, small_mapping
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.access import Identity, Role
from budgeting.imports.answers import Answers
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.verdict import examine
from budgeting.store import DIMENSIONS

EDITOR = Identity("tester", Role.EDITOR)
STAGES = ("approved", "executed")

CENTS = st.none() | st.integers(-(10**9), 10**9)
ROWS = st.lists(
    st.tuples(
        st.sampled_from("123"),  # organisation
        st.sampled_from(["01", "02", "9"]),  # unit
        st.sampled_from(["611", "612", "821"]),  # economic class
        st.sampled_from(["", "09", "09.1", "10.4"]),  # function, at times not known
        st.sampled_from(["Schools", "Дечија заштита", 'say "x"', "a;b", ""]),  # label
        CENTS,
        CENTS,
    ),
    min_size=1,
    max_size=12,
).filter(lambda rows: any(figure is not None for row in rows for figure in row[5:]))


def as_cell(cents):
    if cents is None:
        return ""
    return f"{Decimal(cents).scaleb(-2):,.2f}".translate(str.maketrans(",.", ".,"))


def as_file(rows):
    lines = []
    for organisation, unit, economic, function, label, *amounts in rows:
        quoted = '"' + label.replace('"', '""') + '"'
        cells = [organisation, f"Office {organisation}", unit, economic, function, quoted]
        lines.append(";".join([*cells, *map(as_cell, amounts)]))
    return small_file(*lines)


def sums(rows):
    """Return the sum of each stage that has a figure, added up without the product."""
    totals = {}
    for position, stage in enumerate(STAGES, start=5):
        known = [row[position] for row in rows if row[position] is not None]
        if known:
            totals[stage] = Decimal(sum(known)).scaleb(-2)
    return totals


def accepted(store, rows, year=2024):
    verdict = examine(store, as_file(rows), small_mapping(), Answers(fiscal_year=year))
    accept(store, verdict, EDITOR)
    return verdict


@pytest.fixture(scope="module")
def one_store():
    """One database for all examples: each is a town of its own, so that none meets another."""
    opened = store_after()
    yield opened
    opened.close()


def accepted_in_a_town_of_its_own(store, rows):
    town = f"town-{count(store, 'core.audit_events')}"
    question = Answers(town, 2024)
    accept(store, examine(store, as_file(rows), small_mapping(), question), EDITOR)
    return town


@settings(max_examples=25, deadline=None)
@given(rows=ROWS)
def test_every_dimension_adds_up_to_the_file(one_store, rows):
    """Over the members of any dimension, "not known" included, a vintage is the file's sum."""
    town = accepted_in_a_town_of_its_own(one_store, rows)
    for dimension, column in DIMENSIONS.items():
        by_member = ask(
            one_store,
            f"""
            select stage, {column} as member_id, sum(amount) as amount
            from mart.cube inner join core.vintages using (vintage_id)
            where municipality_code = $town group by all
            """,
            town=town,
        )
        known = ask(
            one_store,
            "select member_id from core.members "
            "where municipality_code = $town and dimension = $name",
            town=town,
            name=dimension,
        )
        totals = defaultdict(Decimal)
        for row in by_member:
            totals[row["stage"]] += row["amount"]
        assert sums(rows) == totals, dimension
        unknown = {row["member_id"] for row in by_member} - {row["member_id"] for row in known}
        assert unknown <= {0}, dimension


@settings(max_examples=25, deadline=None)
@given(rows=ROWS)
def test_amounts_without_function_are_under_not_known(one_store, rows):
    """Member 0 of the function holds exactly what the rows without a function add up to."""
    town = accepted_in_a_town_of_its_own(one_store, rows)
    unknown = ask(
        one_store,
        """
        select stage, sum(amount) as amount
        from mart.cube inner join core.vintages using (vintage_id)
        where municipality_code = $town and function_id = 0 group by stage
        """,
        town=town,
    )
    without = [row for row in rows if row[3] == ""]
    assert sums(without) == {row["stage"]: row["amount"] for row in unknown}


@settings(max_examples=25, deadline=None)
@given(rows=ROWS)
def test_each_line_of_the_file_has_its_own_sum(one_store, rows):
    """Rows that share all codes, and only those, are one line with their sum."""
    town = accepted_in_a_town_of_its_own(one_store, rows)
    expected = defaultdict(list)
    for row in rows:
        expected[row[:4]].append(row)
    stored = ask(
        one_store,
        """
        select line_id, stage, amount from core.budget_amounts
        inner join core.line_years using (line_year_id) inner join core.vintages using (vintage_id)
        where line_years.municipality_code = $town
        """,
        town=town,
    )
    amounts = defaultdict(dict)
    for row in stored:
        amounts[row["line_id"]][row["stage"]] = row["amount"]
    wanted = [sums(shared) for shared in expected.values()]
    assert sorted(map(sorted_items, filter(None, wanted))) == sorted(
        map(sorted_items, amounts.values())
    )


def sorted_items(totals):
    return sorted(totals.items())


@settings(max_examples=25, deadline=None)
@given(rows=ROWS)
def test_every_row_leads_to_exactly_one_line(one_store, rows):
    """Each row with a figure is linked once, so that each number can be traced to its rows."""
    town = accepted_in_a_town_of_its_own(one_store, rows)
    linked = ask(
        one_store,
        """
        select source.row_number from core.line_year_sources as source
        inner join core.line_years using (line_year_id) where municipality_code = $town
        order by 1
        """,
        town=town,
    )
    wanted = [n for n, row in enumerate(rows, start=2) if row[5:] != (None, None)]
    assert wanted == [row["row_number"] for row in linked]


@settings(max_examples=15, deadline=None)
@given(first=ROWS, second=ROWS)
def test_two_years_do_not_mix(first, second):
    """After two files for two years each year adds up to its own file."""
    store = store_after()
    expected = {}
    for year, rows in ((2023, first), (2024, [*second, ("4", "01", "611", "", "", 1, 1)])):
        accepted(store, rows, year)
        expected |= {(year, "expenditure", s, None): total for s, total in sums(rows).items()}
    assert expected == cube_totals(store)
    store.close()
