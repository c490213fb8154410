"""What the guess promises of ledgers that it never saw: totals as their lines, or a question."""

import pytest
from fixtures.ledger_writing import Ledger
from fixtures.ledgers_beyond import LEDGERS
from fixtures.ledgers_held_out import HELD_OUT, morocco
from fixtures.reading_guesses import answered, statements_of

from budgeting.imports.guessing.guess import Guess, guess
from budgeting.imports.readers import read
from budgeting.imports.source import SourceFile, SourceTable


def looked_at(ledger: Ledger) -> tuple[SourceTable, Guess]:
    table = read(SourceFile(ledger.name, ledger.content))
    return table, guess(table)


@pytest.mark.parametrize("make", [*LEDGERS, *HELD_OUT], ids=lambda make: make.__name__)
def test_a_ledger_from_abroad_gives_what_its_lines_add_up_to(make):
    """With its questions answered and nothing corrected, a foreign ledger gives its own sums."""
    ledger = make()
    table, found = looked_at(ledger)
    meaning = answered(table, found, ledger.year, ledger.stage, ledger.direction)
    assert ledger.totals == statements_of(meaning)


@pytest.mark.parametrize("make", LEDGERS, ids=lambda make: make.__name__)
def test_no_ledger_from_abroad_is_asked_more_than_it_leaves_open(make):
    """Year and direction stand in these ledgers; only the municipality and perhaps a stage do not."""
    _, found = looked_at(make())
    assert {"municipality"} <= set(found.asks) <= {"municipality", "stage"}


def test_shares_are_no_codes():
    """A column called a percentage is left out, even where its figures look like codes."""
    names = {make.__name__: make for make in LEDGERS}
    _, found = looked_at(names["albania"]())
    assert "a share" == found.entries["ignored"]["Realizimi në %"]


def test_payments_above_the_budget_are_not_taken_for_its_execution():
    """What was paid may be anything where it is more than the budget: it is left out, with a reason."""
    ledger = morocco()
    table, found = looked_at(ledger)
    meaning = answered(table, found, ledger.year, ledger.stage, ledger.direction)
    approved = (2023, "expenditure", "approved")
    assert {approved: ledger.totals[approved]} == statements_of(meaning)
    reason = "a step that is not a stage of ours; kept as received"
    assert reason == found.entries["ignored"]["Paiements 2023"]
