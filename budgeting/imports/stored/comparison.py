"""Comparison: a file beside what is stored: what is new, changed or gone, and what contradicts."""

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.meaning.batches import AmountColumn, Batch
from budgeting.imports.source import SourceFile
from budgeting.imports.stored.contradictions import (
    accepted_before,
    another_currency,
    categories_without_share,
    gone_lines,
    same_money,
    stored_differently,
)
from budgeting.imports.stored.plausibility import Statement, plausibility, stored_totals, totals_of
from budgeting.imports.stored.relations import Relations
from budgeting.imports.stored.repeated import stated_twice
from budgeting.model import Finding, Severity, Stage, Vintage
from budgeting.store import Store, Transaction
from budgeting.successions.proposing import LINES, RENAMES, Candidates, likely_renames

Fate = Literal["new", "changed", "same", "gone"]
FATES: tuple[Fate, ...] = ("new", "changed", "same", "gone")
_EXAMPLES = 200  # of each fate and statement


_MONEY = pa.decimal128(18, 2)
_EXAMPLE = pa.schema(
    [
        ("stage", pa.string()),
        ("as_of", pa.date32()),
        ("fate", pa.string()),
        ("line_code", pa.string()),
        ("label", pa.string()),
        ("stored", _MONEY),
        ("stated", _MONEY),
        ("difference", _MONEY),
    ]
)


@dataclass(frozen=True, slots=True)
class LineSum:
    """Some lines of a statement: how many, and their sums as stored and as the file states them."""

    line_count: int
    stored: Decimal
    stated: Decimal

    @property
    def difference(self) -> Decimal:
        """What the file states more than is stored."""
        return self.stated - self.stored


@dataclass(frozen=True, slots=True)
class StatementComparison:
    """A statement of the file beside a stored one.

    Parameters
    ----------
    is_same_statement
        Whether the stored one is the very statement; otherwise it is the newest of the same stage,
        in this year or in the nearest other one.
    lines
        Fate -> its lines; each fate is there.
    """

    statement: AmountColumn
    compared_with: Vintage
    is_same_statement: bool
    lines: Dictionary[Fate, LineSum]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A batch beside what is stored for its municipality and direction.

    Parameters
    ----------
    statements
        One per statement of the batch that can be compared with a stored one.
    examples
        The largest new, changed and gone lines, up to 200 of each fate and statement: stage, as_of,
        fate, line_code, label, stored, stated, difference.
    candidates
        The lines of the first statement that has new and gone ones, or at least one of the two, and
        which of them are likely one under another code or name; the earlier year stands first, whether
        it is that of the file or the stored one.
    """

    statements: tuple[StatementComparison, ...] = ()
    examples: pa.Table = field(default_factory=_EXAMPLE.empty_table)
    candidates: Candidates | None = None

    @property
    def renames(self) -> pa.Table:
        """Pairs of an earlier and a later line that are likely one; see `proposing.RENAMES`."""
        return self.candidates.renames if self.candidates else RENAMES.empty_table()

    @property
    def compared_year(self) -> int | None:
        """The other year that the lines are compared with; None where their own year is stored."""
        years = [s.compared_with.fiscal_year for s in self.statements if not s.is_same_statement]
        return years[0] if years and len(years) == len(self.statements) else None


def compare(reading: Store | Transaction, batch: Batch) -> Comparison:
    """Return which lines of a batch are new, changed, the same or gone, and likely renames.

    Each statement is compared with the same one where it is stored; else with the newest stored one
    of the same stage in its year; else with that of the nearest other year.
    """
    relations = Relations([batch])
    statements = relations.statements()
    parts = {"batch_parts": relations.parts(), "batch_statements": statements}
    bases = reading.query("comparable_vintages", **parts)
    if not bases.num_rows:
        return Comparison()
    lines = reading.query(
        "compared_lines",
        batch_bases=bases.select(["statement_id", "vintage_id"]),
        batch_lines=relations.lines(),
        batch_amounts=relations.amounts(),
    )
    stated = {row["statement_id"]: row for row in statements.to_pylist()}
    compared, examples = [], []
    for base in bases.to_pylist():
        own = lines.filter(pc.equal(lines["statement_id"], base["statement_id"]))
        compared.append(_statement(base, stated[base["statement_id"]], own))
        examples.append(_examples(stated[base["statement_id"]], own))
    found = _candidates(reading, batch.fiscal_year, bases.to_pylist(), lines)
    return Comparison(tuple(compared), pa.concat_tables(examples), found)


def _statement(
    base: Dictionary[str, Any], stated: Dictionary[str, Any], lines: pa.Table
) -> StatementComparison:
    stage = Stage(base["stage"])
    return StatementComparison(
        AmountColumn("", stage, stated["as_of"], stated["decision_number"]),
        Vintage(
            base["vintage_id"], base["fiscal_year"], stage, base["as_of"], base["decision_number"]
        ),
        base["is_same_statement"],
        {fate: _line_sum(lines.filter(pc.equal(lines["fate"], fate))) for fate in FATES},
    )


def _line_sum(lines: pa.Table) -> LineSum:
    sums = [pc.sum(lines[name]).as_py() or Decimal("0.00") for name in ("stored", "stated")]
    return LineSum(lines.num_rows, *sums)


def _examples(stated: Dictionary[str, Any], lines: pa.Table) -> pa.Table:
    """Return the first lines of each fate but "same"; they come with the largest first."""
    tables = []
    for fate in FATES:
        if fate == "same":
            continue
        shown = lines.filter(pc.equal(lines["fate"], fate)).slice(0, _EXAMPLES)
        amounts = [pc.fill_null(shown[name], Decimal("0.00")) for name in ("stated", "stored")]
        columns = {name: shown[name] for name in ("fate", "line_code", "label", "stored", "stated")}
        columns |= {
            "stage": pa.repeat(pa.scalar(stated["stage"]), shown.num_rows),
            "as_of": pa.repeat(pa.scalar(stated["as_of"], pa.date32()), shown.num_rows),
            "difference": pc.subtract(*amounts).cast(_MONEY),
        }
        tables.append(pa.table(columns).select(_EXAMPLE.names).cast(_EXAMPLE))
    return pa.concat_tables(tables)


def _candidates(
    reading: Store | Transaction,
    file_year: int,
    bases: Sequence[Dictionary[str, Any]],
    lines: pa.Table,
) -> Candidates:
    """Return the lines of the statement that tells most about what became of them."""
    sides = [
        _sides(lines.filter(pc.equal(lines["statement_id"], b["statement_id"]))) for b in bases
    ]
    place = max(
        range(len(bases)),
        key=lambda at: (sum(bool(sides[at][side].num_rows) for side in ("gone", "new")), -at),
    )
    stored_year, chosen = bases[place]["fiscal_year"], sides[place]
    if stored_year > file_year:
        chosen = {"gone": chosen["new"], "new": chosen["gone"], "both": chosen["both"]}
    return Candidates(
        min(stored_year, file_year),
        max(stored_year, file_year),
        **chosen,
        renames=likely_renames(reading, chosen["gone"], chosen["new"]),
    )


def _sides(lines: pa.Table) -> dict[str, pa.Table]:
    """Return the lines that only the file has, only what is stored, and both, with their amounts."""
    fates = {"new": ["new"], "gone": ["gone"], "both": ["same", "changed"]}
    sides = {}
    for side, names in fates.items():
        own = lines.filter(pc.is_in(lines["fate"], pa.array(names)))
        amount = own["stored" if side == "gone" else "stated"]
        columns = [own["line_code"], own["label"], amount]
        sides[side] = pa.table(columns, names=LINES.names).cast(LINES)
    return sides


def same_file(
    reading: Store | Transaction, source: SourceFile, batches: Sequence[Batch]
) -> list[Finding]:
    """Tell whether a sheet of this very file was accepted before, and not undone."""
    found = reading.query(
        "files_stored_before", sha256=source.sha256, batch_parts=Relations(batches).parts()
    ).to_pylist()
    return [accepted_before(found[0], _sheet(batches, found[0]))] if found else []


def findings_of(reading: Store | Transaction, *batches: Batch) -> list[Finding]:
    """Return what speaks against the batches of one file, or wants to be known about them.

    They are compared with each other and with what is stored. "stored-differently" asks whether the
    file corrects what is stored; "gone-lines", where a reason is given for it, removes lines that
    the file no longer has.
    """
    relations = Relations(batches)
    currencies = reading.query("other_currencies", batch_parts=relations.parts()).to_pylist()
    findings = [another_currency(row, _sheet(batches, row)) for row in currencies[:1]]
    findings += stated_twice(batches)
    if any(finding.severity is Severity.ERROR for finding in findings):
        return findings
    stored = {
        code: reading.query("vintages", municipality_code=code).to_pylist()
        for code in dict.fromkeys(batch.municipality.code for batch in batches)
    }
    if any(stored.values()):
        findings += _beside_stored(reading, batches, relations)
    before: dict[Statement, Decimal] = {}
    for code, rows in stored.items():
        before |= stored_totals(code, rows)
    findings += categories_without_share(batches)
    return findings + plausibility(totals_of(batches), before)


@dataclass(frozen=True, slots=True)
class StatedAgain:
    """Statements of a file that have amounts already, and what the file states for them.

    Parameters
    ----------
    vintages
        One row per such statement: statement_id, source_file_id, vintage_id and what it is of.
    amounts
        See `Relations.amounts`.
    """

    vintages: pa.Table
    amounts: pa.Table

    def ask(self, reading: Store | Transaction, name: str) -> pa.Table:
        """Ask a question about these statements."""
        return reading.query(name, batch_vintages=self.vintages, batch_amounts=self.amounts)

    def differing(self, reading: Store | Transaction) -> pa.Table:
        """Return the stored amounts that the file states differently."""
        return self.ask(reading, "amounts_stored_differently")

    def gone(self, reading: Store | Transaction) -> pa.Table:
        """Return the stored amounts of lines that the file no longer has."""
        return self.ask(reading, "gone_amounts")


def stated_again(reading: Store | Transaction, relations: Relations) -> StatedAgain | None:
    """Return what a file states again; None where none of its statements has amounts yet."""
    vintages = reading.query(
        "vintages_of_statements",
        batch_parts=relations.parts(),
        batch_statements=relations.statements(),
    )
    stored = vintages.filter(vintages["has_amounts"])
    return StatedAgain(stored, relations.amounts()) if stored.num_rows else None


def by_statement(amounts: pa.Table) -> list[dict[str, Any]]:
    """Return one row per statement of amounts that speak against a file, with their sums."""
    sums = [(name, "sum") for name in ("amount", "stated") if name in amounts.schema.names]
    groups = amounts.group_by(["vintage_id", "stage", "fiscal_year"], use_threads=False)
    found = groups.aggregate(
        [("line_code", "count"), ("line_code", "min"), ("stated_by", "min"), *sums]
    )
    names = {
        "line_code_count": "line_count",
        "line_code_min": "first_line_code",
        "stated_by_min": "source_file_id",
        "amount_sum": "stored_total",
        "stated_sum": "stated_total",
    }
    return [{names.get(name, name): own for name, own in row.items()} for row in found.to_pylist()]


def _beside_stored(
    reading: Store | Transaction, batches: Sequence[Batch], relations: Relations
) -> list[Finding]:
    again = stated_again(reading, relations)
    if again is None:
        return []
    found = [
        *((stored_differently, row) for row in by_statement(again.differing(reading))),
        *((gone_lines, row) for row in by_statement(again.gone(reading))),
        *((same_money, row) for row in again.ask(reading, "same_money").to_pylist()),
    ]
    return [finding(row, _sheet(batches, row)) for finding, row in found]


def _sheet(batches: Sequence[Batch], row: Dictionary[str, Any]) -> str | None:
    """Return the sheet of the part that a row of an answer is about."""
    return batches[row["source_file_id"] - 1].sheet or None


def same_money_twice(reading: Store | Transaction, *batches: Batch) -> list[Finding]:
    """Ask about statements that share no line with the stored ones, although the totals agree."""
    again = stated_again(reading, Relations(batches))
    rows = again.ask(reading, "same_money").to_pylist() if again else []
    return [same_money(row, _sheet(batches, row)) for row in rows]
