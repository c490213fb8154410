"""Confirmation: whether anything confirms what a file adds up to: the file, or the budget decision."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pyarrow.compute as pc

from budgeting.imports.answers import Part
from budgeting.imports.meaning.batches import AmountColumn, Batch
from budgeting.imports.sheets.totals import PrintedTotal, confirmed_columns
from budgeting.model import Direction, Finding, Severity, Stage, Text, text
from budgeting.names import direction_name, stage_name


@dataclass(frozen=True, slots=True)
class Statement:
    """What is added up to one total: never two currencies, two dates or two decisions.

    ``municipality_code`` and its name are "" where municipalities are added up.
    """

    currency_code: str
    fiscal_year: int
    direction: Direction
    stage: Stage
    as_of: date | None
    decision_number: str | None
    municipality_code: str = ""
    municipality_name: str = ""

    @property
    def of_all(self) -> "Statement":
        """The same of all municipalities."""
        return replace(self, municipality_code="", municipality_name="")

    @property
    def part(self) -> Part:
        """The part of the file that it is, to be named where a printed total holds for it."""
        return Part(
            self.stage,
            self.municipality_code or None,
            self.fiscal_year,
            self.direction,
            self.as_of,
        )

    @property
    def words(self) -> Text:
        """What readers call it: “Vran, expenditure 2025, approved as of 30 June 2025”."""
        told = text(
            "{direction} {year}, {stage}",
            direction=direction_name(self.direction),
            year=str(self.fiscal_year),
            stage=stage_name(self.stage),
        )
        if self.as_of:
            told = text("{statement} as of {day}", statement=told, day=self.as_of)
        if self.municipality_name:
            told = text("{name}, {statement}", name=self.municipality_name, statement=told)
        return told


@dataclass(frozen=True, slots=True)
class Sum:
    """What the lines of a statement add up to; open where nothing in the file confirms it."""

    amount: Decimal
    is_open: bool

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.amount + other.amount, self.is_open or other.is_open)


Sums = Dictionary[Statement, Sum]


def sums_of(
    batches: Iterable[Batch],
    totals: tuple[tuple[str, PrintedTotal], ...],
    empty: set[tuple[str, str]],
    incomplete: set[str],
) -> Sums:
    """Return what every statement of every municipality adds up to.

    `empty` are sheet and column where there is no money to confirm, `incomplete` the sheets of which
    rows were left out: what they print confirms something else.
    """
    confirmed = {one for one in _confirmed(totals) if one[0] not in incomplete}
    found: dict[Statement, Sum] = {}
    for batch in batches:
        for column in batch.amounts:
            amount = pc.sum(batch.lines[column.column]).as_py()
            if amount is None:
                continue
            sources = {(batch.sheet, source) for source in column.sources}
            own = Sum(amount, not sources <= confirmed | empty)
            key = _statement(batch, column)
            found[key] = found[key] + own if key in found else own
    return found


def of_all_municipalities(sums: Sums) -> Sums:
    """Return the sums with municipalities of one currency added up."""
    found: dict[Statement, Sum] = {}
    for statement, own in sums.items():
        key = statement.of_all
        found[key] = found[key] + own if key in found else own
    return found


def confirmation_findings(sums: Sums, stated: Dictionary[Part, Decimal]) -> list[Finding]:
    """Say of each statement whether anything confirms its sum: the file, or what a person was told."""
    findings: list[Finding] = []
    answered: set[Statement] = set()
    for part, printed in stated.items():
        meant = {one: own for one, own in sums.items() if part.holds_for(one.part)}
        if not part.municipality_code:
            meant = dict(of_all_municipalities(meant))
        compared = _compared(meant, printed)
        answered |= set(compared)
        findings += [
            _stated_otherwise(one, printed, own.amount)
            for one, own in compared.items()
            if own.amount != printed
        ]
        findings += [] if meant else [_of_nothing(part, printed)]
    whole = of_all_municipalities(
        {
            one: replace(own, is_open=own.is_open and not {one, one.of_all} & answered)
            for one, own in sums.items()
        }
    )
    return findings + [_unconfirmed(one, own.amount) for one, own in whole.items() if own.is_open]


def _compared(meant: Sums, printed: Decimal) -> Sums:
    """Return the statements that a printed total is compared with.

    Where it is what one of several adds up to, it is no total of the others.
    """
    equal = {one: own for one, own in meant.items() if own.amount == printed}
    return equal or meant


def _statement(batch: Batch, column: AmountColumn) -> Statement:
    return Statement(
        batch.municipality.currency_code,
        batch.fiscal_year,
        batch.direction,
        column.stage,
        column.as_of,
        column.decision_number,
        batch.municipality.code,
        batch.municipality.name,
    )


def _confirmed(totals: tuple[tuple[str, PrintedTotal], ...]) -> Iterator[tuple[str, str]]:
    """Yield sheet and column of what a grand total of the sheet confirms."""
    for sheet in dict.fromkeys(sheet for sheet, _ in totals):
        for column in confirmed_columns([total for own, total in totals if own == sheet]):
            yield sheet, column


def _unconfirmed(statement: Statement, total: Decimal) -> Finding:
    return Finding(
        "unconfirmed-total",
        Severity.WARNING,
        text(
            "Nothing in the file confirms this total: {total} ({statement}).",
            total=total,
            statement=statement.words,
        ),
        text("Compare it with the printed total of the budget decision, and enter that total."),
        value=str(total),
    )


def _stated_otherwise(statement: Statement, printed: Decimal, total: Decimal) -> Finding:
    return Finding(
        "printed-total",
        Severity.QUESTION,
        text(
            "The budget decision prints {printed} ({statement}); the file adds up to {computed}, "
            "a difference of {difference}.",
            printed=printed,
            statement=statement.words,
            computed=total,
            difference=printed - total,
        ),
        text("Look for rows that are missing or stand twice, or note why the two differ."),
        value=str(total),
    )


def _of_nothing(part: Part, printed: Decimal) -> Finding:
    return Finding(
        "printed-total",
        Severity.QUESTION,
        text(
            "A printed total of {printed} was entered for “{part}”, but the file has no such amounts.",
            printed=printed,
            part=part.written,
        ),
        text("Say for which municipality, year, direction and stage it holds."),
        value=str(printed),
    )
