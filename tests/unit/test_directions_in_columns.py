"""Directions in columns: expenditure and revenue that stand side by side are stored each as its own."""

from decimal import Decimal

import pytest
from fixtures.reading_guesses import SOMEBODY
from fixtures.small_budget import cube_totals

from budgeting.errors import MappingInvalid
from budgeting.imports.answers import Answers
from budgeting.imports.guessing.column_roles import ColumnRole, Header, Role, roles_of, with_role
from budgeting.imports.guessing.guess import guess
from budgeting.imports.mappings.mapping_file import mapping_from_entries
from budgeting.imports.meaning.interpretation import interpret
from budgeting.imports.readers import read
from budgeting.imports.source import SourceFile
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.verdict import examine
from budgeting.model import Direction, Stage

WRITTEN = """Code,Service,Expenditure 2024 approved,Income 2024 approved
A1,Housing,120.50,100.00
A2,Roads,80.25,
A3,Parks,,5.10
"""
OUT, IN = "expenditure", "revenue"
AMOUNTS = (
    {"column": "Expenditure 2024 approved", "stage": "approved", "direction": OUT},
    {"column": "Income 2024 approved", "stage": "approved", "direction": IN},
)


def entries(*amounts, **line):
    return {
        "title": "Both",
        "fiscal_year": 2024,
        "line": {"label": "Service", **line},
        "classification": [{"dimension": "programme", "levels": [{"code": "Code"}]}],
        "amount": list(amounts),
    }


def meaning_of(mapping_entries, written=WRITTEN, **said):
    source = SourceFile("both.csv", written.encode())
    answers = Answers(municipality=SOMEBODY, **said)
    return interpret(read(source), mapping_from_entries("both", mapping_entries), answers, SOMEBODY)


def sums_of(meaning):
    return {
        (batch.direction.value, amount.stage.value): sum(
            value for value in batch.lines[amount.column].to_pylist() if value is not None
        )
        for batch in meaning.batches
        for amount in batch.amounts
    }


def test_each_column_is_of_its_own_direction():
    """One row gives a line of expenditure and one of revenue; without a figure it gives none."""
    meaning = meaning_of(entries(*AMOUNTS))
    found = {(OUT, "approved"): Decimal("200.75"), (IN, "approved"): Decimal("105.10")}
    assert found == sums_of(meaning)
    assert [2, 2] == [batch.lines.num_rows for batch in meaning.batches]
    assert () == meaning.findings


def test_a_column_without_a_direction_is_of_that_of_the_file():
    """Only the income is said to be revenue; the direction of the rest is asked, and then known."""
    first, second = ({k: v for k, v in AMOUNTS[0].items() if k != "direction"}, AMOUNTS[1])
    asked = meaning_of(entries(first, second))
    assert ["direction"] == [found.check for found in asked.findings]
    told = meaning_of(entries(first, second), direction=Direction.EXPENDITURE)
    assert {(OUT, "approved"): Decimal("200.75"), (IN, "approved"): Decimal("105.10")} == (
        sums_of(told)
    )


def test_one_direction_twice_is_the_same_statement_twice():
    """Two columns of revenue and one stage are refused, as they are without a direction."""
    twice = [{**amount, "direction": IN} for amount in AMOUNTS]
    with pytest.raises(MappingInvalid, match="same statement"):
        mapping_from_entries("both", entries(*twice))


def test_the_guess_takes_the_direction_from_the_headers():
    """Where every column says it, nothing is asked; where one does not, only one is taken, and asked."""
    found = guess(read(SourceFile("both.csv", WRITTEN.encode())))
    assert [OUT, IN] == [amount["direction"] for amount in found.entries["amount"]]
    assert not {"direction", "amounts"} & set(found.asks)
    unsaid = WRITTEN.replace("Expenditure 2024 approved", "Plan 2024 approved")
    found = guess(read(SourceFile("both.csv", unsaid.encode())))
    assert 1 == len(found.entries["amount"])
    assert "amounts" in found.asks


def test_a_column_gets_a_direction_and_loses_it():
    """The page shows the direction of a column, sets another one, and keeps the year beside it."""
    header = Header(("Code", "Service", "Expenditure 2024 approved", "Income 2024 approved"))
    given = entries(*({**amount, "year": 2024} for amount in AMOUNTS))
    role = roles_of(given, header)["Income 2024 approved"]
    assert ColumnRole(Role.AMOUNT, Stage.APPROVED, 2024, direction=Direction.REVENUE) == role
    plain = with_role(
        given, header, "Income 2024 approved", ColumnRole(Role.AMOUNT, Stage.EXECUTED, 2024)
    )
    assert "direction" not in plain["amount"][1]
    back = with_role(plain, header, "Income 2024 approved", role)
    assert given["amount"] == back["amount"]


def test_both_directions_of_one_file_are_stored(store, editor):
    """One acceptance stores both sums to the cent, and says of each that nothing confirms it."""
    source = SourceFile("both.csv", WRITTEN.encode())
    mapping = mapping_from_entries("both", entries(*AMOUNTS))
    verdict = examine(store, source, mapping, Answers(municipality=SOMEBODY))
    assert {OUT: "200.75", IN: "105.10"} == {
        one.direction: str(one.amount) for one in verdict.statements
    }
    assert 2 == sum(found.check == "unconfirmed-total" for found in verdict.findings)
    accept(store, verdict, editor)
    stored = cube_totals(store, SOMEBODY.code)
    assert [Decimal("105.10"), Decimal("200.75")] == sorted(stored.values())
