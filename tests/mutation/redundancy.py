"""Redundancy: what a file says twice, added up in plain Python, to know which changes must be found."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from mutation.specimens import Cells, Specimen

from budgeting.imports.mappings.mapping import TotalRule
from budgeting.imports.source import NumberStyle

Amounts = dict[str, Decimal | None]
Key = (
    tuple  # kind of the equation, row of the specimen, column, how many times the row stands there
)
NOT_READABLE = Decimal("NaN")
NOTHING = Decimal(0)
CENT = Decimal("0.01")


def amount(cell, style: NumberStyle) -> Decimal | None:
    """Return what an amount is in a style, None where there is none, NaN where that is not clear.

    It is of whole cents: a digit that changes behind them changes no total.
    """
    if isinstance(cell, float):
        return Decimal(repr(cell)).quantize(CENT)
    text = cell.strip().replace("\xa0", " ")
    if text.strip("-– ") == "":
        return None
    group = re.escape(style.group) if style.group else "(?!)"
    point = re.escape(style.decimal)
    if not re.fullmatch(rf"-?(\d+|\d{{1,3}}(?:{group}\d{{3}})+)(?:{point}\d{{1,4}})?", text, re.A):
        return NOT_READABLE
    return Decimal(text.replace(style.group or "\0", "").replace(style.decimal, ".")).quantize(CENT)


@dataclass(frozen=True)
class Row:
    """A row of a mutated copy: which row of the specimen it is, its cells and its amounts."""

    origin: int
    cells: list
    amounts: Amounts


@dataclass(frozen=True)
class Redundancy:
    """The equations of a specimen.

    ``places`` and ``styles`` are of the columns by name; ``lines`` and ``totals`` the rows that are
    budget lines and printed totals; ``grand`` row and column of each right total of all lines.
    """

    specimen: Specimen
    places: dict[str, int]
    styles: dict[str, NumberStyle]
    lines: frozenset[int]
    totals: frozenset[int]
    grand: tuple[tuple[int, str], ...]

    def residuals(self, cells: Cells, origins: list[int]) -> dict[Key, Decimal]:
        """Return for each equation that can be added up by how much it fails."""
        rows = [
            Row(origin, row, self._amounts(row))
            for row, origin in zip(cells, origins, strict=True)
            if origin in self.lines or origin in self.totals
        ]
        found: dict[Key, Decimal] = {}
        seen: Counter = Counter()
        for key, residual in self._equations(rows):
            seen[key] += 1
            if not residual.is_nan():
                found[(*key, seen[key])] = residual
        return found

    def _amounts(self, row: list) -> Amounts:
        return {
            name: amount(row[self.places[name]], style) if self.places[name] < len(row) else None
            for name, style in self.styles.items()
        }

    def _equations(self, rows: list[Row]) -> Iterator[tuple[Key, Decimal]]:
        lines = [row for row in rows if row.origin in self.lines]
        totals = [row for row in rows if row.origin in self.totals]
        for row in lines:
            yield from self._change_in(row)
            yield from self._sums_in(row)
        for number, rule in enumerate(self.specimen.mapping.totals):
            yield from self._of_rule(number, rule, lines, totals)
        for origin, name in self.grand:
            for row in totals:
                printed = row.amounts[name]
                if row.origin == origin and printed is not None:
                    computed = sum((line.amounts[name] or NOTHING for line in lines), NOTHING)
                    yield ("grand total", origin, name), printed - computed

    def _change_in(self, row: Row) -> Iterator[tuple[Key, Decimal]]:
        rule = self.specimen.mapping.change
        if rule:
            columns = {one.stage: one.column for one in self.specimen.mapping.amounts}
            before, after = columns[rule.earlier], columns[rule.later]
            known = [row.amounts[name] for name in (before, rule.column, after)]
            if None not in known:
                yield ("change", row.origin, rule.column), known[0] + known[1] - known[2]

    def _sums_in(self, row: Row) -> Iterator[tuple[Key, Decimal]]:
        for rule in self.specimen.mapping.sums:
            parts = [row.amounts[name] for name in rule.parts]
            if any(part is not None for part in parts):
                less = sum((row.amounts[name] or NOTHING for name in rule.minus), NOTHING)
                total = sum((part or NOTHING for part in parts), NOTHING) - less
                yield (
                    ("sum", row.origin, rule.column),
                    (row.amounts[rule.column] or NOTHING) - total,
                )

    def _of_rule(
        self, number: int, rule: TotalRule, lines: list[Row], totals: list[Row]
    ) -> Iterator[tuple[Key, Decimal]]:
        sums: dict[tuple, Amounts] = defaultdict(lambda: dict.fromkeys(self.styles, NOTHING))
        for line in lines:
            word = self._cell(line, rule.column)
            sign = bool(re.search(rule.plus, word))
            sign -= bool(rule.minus and re.search(rule.minus, word))
            if sign:
                of_group = sums[self._group(line, rule)]
                for name in self.styles:
                    of_group[name] += sign * (line.amounts[name] or NOTHING)
        for row in totals:
            if re.search(rule.matches, self._cell(row, rule.column)):
                computed = sums[self._group(row, rule)]
                for name, printed in row.amounts.items():
                    if printed is not None:
                        yield (f"total {number}", row.origin, name), printed - computed[name]

    def _group(self, row: Row, rule: TotalRule) -> tuple:
        return tuple(self._cell(row, name) for name in rule.within)

    def _cell(self, row: Row, name: str) -> str:
        place = self.places[name]
        return str(row.cells[place]).strip() if place < len(row.cells) else ""
