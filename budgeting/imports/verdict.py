"""Verdict: what a file means and whether it may be stored; nothing is written here."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial

import pyarrow.compute as pc

from budgeting.classifications import read_classification
from budgeting.imports.answers import Answers
from budgeting.imports.checks import (
    CHECKS,
    missing_columns,
    stored_findings,
    table_findings,
)
from budgeting.imports.confirmation import Sums, confirmation_findings, sums_of
from budgeting.imports.corrections import corrected
from budgeting.imports.mappings.descriptor import completed
from budgeting.imports.mappings.mapping import Mapping, MunicipalityRule
from budgeting.imports.meaning.asked import of_sheet, remembered
from budgeting.imports.meaning.batches import Batch
from budgeting.imports.meaning.fates import REJECTED
from budgeting.imports.meaning.interpretation import Interpretation, interpret, left_out
from budgeting.imports.progress import reached
from budgeting.imports.readers import read, read_all
from budgeting.imports.sheets.totals import PrintedTotal
from budgeting.imports.source import FileLayout, SourceFile, SourceTable
from budgeting.imports.stored.own_codes import own_codes
from budgeting.imports.together import each
from budgeting.model import Finding, Severity, Text, text
from budgeting.store import Store
from budgeting.successions.model import YearSuccessions


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file means and whether it may be stored.

    ``tables`` are its sheets and ``meanings`` what each means, None for one that could not be
    interpreted; then an error among ``findings`` says why. ``corrections`` are rows corrected later,
    ``successions`` lines that go on as others. Rows read = accepted + skipped + rejected, always.
    """

    source: SourceFile
    mapping: Mapping
    answers: Answers
    tables: tuple[SourceTable, ...]
    meanings: tuple[Interpretation | None, ...]
    findings: tuple[Finding, ...]
    corrections: SourceFile | None = None
    successions: tuple[YearSuccessions, ...] = ()

    @property
    def batches(self) -> tuple[Batch, ...]:
        """The batches of all sheets."""
        return tuple(batch for meaning in self.meanings if meaning for batch in meaning.batches)

    @property
    def municipalities(self) -> tuple[MunicipalityRule, ...]:
        """The municipalities of the batches, each once."""
        return tuple(dict.fromkeys(batch.municipality for batch in self.batches))

    @property
    def printed_totals(self) -> tuple[tuple[str, PrintedTotal], ...]:
        """Sheet and total for every total that the file prints, re-added."""
        return tuple(
            (table.sheet, total)
            for table, meaning in zip(self.tables, self.meanings, strict=True)
            if meaning
            for total in meaning.totals
        )

    @property
    def sums(self) -> Sums:
        """What every statement of every municipality adds up to, and whether the file confirms it."""
        sheets = list(zip(self.tables, self.meanings, strict=True))
        cut = {
            table.sheet
            for table, one in sheets
            if table.rejected or (one and one.fates.counts().get(REJECTED))
        }
        return sums_of(self.batches, self.printed_totals, _without_money(sheets), cut)

    @property
    def is_acceptable(self) -> bool:
        """Whether no finding is an error and no question is left without a reason."""
        return (
            bool(self.batches) and not self.with_severity(Severity.ERROR) and not self.open_checks
        )

    @property
    def open_checks(self) -> tuple[str, ...]:
        """The checks whose questions block until somebody gives a reason."""
        asked = dict.fromkeys(finding.check for finding in self.with_severity(Severity.QUESTION))
        return tuple(check for check in asked if not self.answers.reasons.get(check, "").strip())

    def with_severity(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of one severity."""
        return tuple(finding for finding in self.findings if finding.severity is severity)

    @property
    def rows(self) -> Dictionary[str, int]:
        """Rows read, accepted, skipped and rejected.

        An error of the file as a whole rejects all its rows, an error of a row that row; a file
        with any error is refused whole.
        """
        read_count = accepted = skipped = rejected = 0
        for table, meaning in zip(self.tables, self.meanings, strict=True):
            empty, broken = len(table.skipped), len(table.rejected)
            left = dict(meaning.fates.counts()) if meaning else {}
            lines = left.pop(LINE_REASON, 0)
            left_out = left.pop(REJECTED, 0)
            wrong = self._rows_with_error(table.sheet, table.rows.num_rows, lines, meaning is None)
            read_count += table.rows.num_rows + empty + broken
            skipped += empty + sum(left.values())
            rejected += broken + left_out + wrong
        accepted = read_count - skipped - rejected
        return {
            "read": read_count,
            "accepted": accepted,
            "skipped": skipped,
            "rejected": rejected,
        }

    def _rows_with_error(self, sheet: str, all_rows: int, lines: int, is_unread: bool) -> int:
        if is_unread:
            return all_rows
        errors = [
            found
            for found in self.with_severity(Severity.ERROR)
            if found.check not in _OF_BROKEN_ROWS and (found.sheet or "") in ("", sheet)
        ]
        rows = {found.row_number for found in errors}
        return lines if None in rows else min(len(rows), lines)

    @property
    def fates(self) -> tuple[tuple[Text, int, Dictionary[str, Decimal]], ...]:
        """What became of the rows: the reason, how many, and their money by column of the file."""
        found: dict[Text, tuple[int, dict[str, Decimal]]] = {}
        for meaning in self.meanings:
            if meaning is None:
                continue
            for place, reason in enumerate(meaning.fates.reasons):
                mask = meaning.fates.mask(place)
                count, money = found.get(reason, (0, {}))
                count += pc.sum(mask).as_py() or 0
                for column, values in meaning.figures.values.items():
                    part = pc.sum(values.filter(mask)).as_py()
                    if part is not None:
                        money[column] = money.get(column, Decimal(0)) + part
                found[reason] = (count, money)
        return tuple((reason, count, money) for reason, (count, money) in found.items() if count)

    @property
    def statements(self) -> tuple["StatementTotal", ...]:
        """Every statement of every batch with its sum, to the cent."""
        return tuple(
            StatementTotal(
                batch.municipality,
                batch.fiscal_year,
                batch.direction.value,
                column.stage.value,
                column.as_of,
                pc.sum(amounts).as_py(),
                len(amounts) - amounts.null_count,
                column.decision_number,
            )
            for batch in self.batches
            for column in batch.amounts
            if (amounts := batch.lines[column.column]).null_count < len(amounts)
        )

    @property
    def totals(self) -> Dictionary[int, Dictionary[str, Dictionary[str, Decimal]]]:
        """Sums by fiscal year, direction and stage, to the cent; of a stage, its newest date.

        Where a file holds several municipalities of one currency, they are added; empty where
        their currencies differ.
        """
        if len({total.municipality.currency_code for total in self.statements}) > 1:
            return {}
        newest: dict[tuple[str, int, str, str], StatementTotal] = {}
        for total in self.statements:
            key = (total.municipality.code, total.fiscal_year, total.direction, total.stage)
            known = newest.get(key)
            if known is None or total.order > known.order:
                newest[key] = total
            elif total.order == known.order:
                newest[key] = replace(known, amount=known.amount + total.amount)
        sums: dict[int, dict[str, dict[str, Decimal]]] = {}
        for (_, year, direction, stage), total in newest.items():
            stages = sums.setdefault(year, {}).setdefault(direction, {})
            stages[stage] = stages.get(stage, Decimal(0)) + total.amount
        return sums


@dataclass(frozen=True, slots=True)
class StatementTotal:
    """The sum of a statement: one municipality, year, direction, stage and date."""

    municipality: MunicipalityRule
    fiscal_year: int
    direction: str
    stage: str
    as_of: date | None
    amount: Decimal
    figure_count: int
    decision_number: str | None = None

    @property
    def order(self) -> tuple[date, str]:
        """What makes a statement of a stage the newest: its date, then its decision."""
        return self.as_of or date.min, self.decision_number or ""


_OF_BROKEN_ROWS = ("cells-of-row",)
LINE_REASON = text("a budget line")


def examine(
    store: Store,
    source: SourceFile,
    mapping: Mapping,
    answers: Answers,
    corrections: SourceFile | None = None,
    *,
    tables: tuple[SourceTable, ...] | None = None,
) -> Verdict:
    """Read, map and check a file against what is stored; writes nothing.

    Whatever is wrong with the file or missing from the answers is an error finding.

    Parameters
    ----------
    corrections
        The workbook of rejected rows, corrected: its rows take the place of those in the file.
    tables
        What was read of the file before, see `reading_of`; without it the file is read.
    """
    findings: list[Finding] = []
    tables = tables or tables_of(source, reading_of(mapping, answers))
    if corrections:
        tables, found = corrected(source, tables, corrections)
        findings += found
    meanings = []
    for table in tables:
        meaning, found = _meaning(store, source, table, mapping, answers)
        meanings.append(meaning)
        findings += [of_sheet(one, table.sheet) for one in found]
    findings = _without_own_codes(store, meanings, findings)
    verdict = Verdict(
        source, mapping, answers, tables, tuple(meanings), tuple(findings), corrections
    )
    if not verdict.batches and not verdict.with_severity(Severity.ERROR):
        findings.append(_no_lines())
    if verdict.batches:
        reached(text("Comparing with what is stored"), 0)
        findings += stored_findings(store, source, verdict.batches, mapping.gender)
        findings += confirmation_findings(verdict.sums, answers.printed_totals)
    return replace(verdict, findings=_in_order(findings))


def _without_own_codes(
    store: Store, meanings: list[Interpretation | None], findings: list[Finding]
) -> list[Finding]:
    """Leave out the unknown codes that the municipalities of the file have added as their own."""
    if not any(found.check == "unknown-code" for found in findings):
        return findings
    places = {batch.municipality.code for one in meanings if one for batch in one.batches}
    own = [
        {
            (read_classification(known.classification).title, known.code)
            for known in own_codes(store, p)
        }
        for p in places
    ]
    everywhere = set.intersection(*own) if own else set()
    return [
        one
        for one in findings
        if one.check != "unknown-code"
        or (one.message.values["classification"], one.value) not in everywhere
    ]


def _without_money(
    sheets: list[tuple[SourceTable, Interpretation | None]],
) -> set[tuple[str, str]]:
    """Return sheet and column of the money columns that have no money in any line."""
    return {
        (table.sheet, column)
        for table, meaning in sheets
        if meaning
        for column, values in meaning.figures.values.items()
        if not pc.any(pc.not_equal(values.filter(meaning.fates.is_line), 0)).as_py()
    }


def _no_lines() -> Finding:
    return Finding(
        "no-lines",
        Severity.ERROR,
        text("The file has no budget line with an amount."),
        text("Check that this is the file you meant and that the mapping fits it."),
    )


def _in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Sort by severity, in the order of the checks; what is true of many batches is told once."""
    order = list(Severity)
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: order.index(finding.severity)))


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read of a file: as it is written, and one sheet or all of them."""

    layout: FileLayout
    has_all_sheets: bool = False


def reading_of(mapping: Mapping, answers: Answers) -> Reading:
    """Return what a mapping and answers ask to be read; how numbers are meant does not matter for it."""
    layout = stated_layout(mapping.layout, answers.layout)
    is_by_sheet = mapping.municipalities is not None and mapping.municipalities.column is None
    return Reading(replace(layout, style=None, styles={}), is_by_sheet and layout.sheet is None)


def tables_of(source: SourceFile, reading: Reading) -> tuple[SourceTable, ...]:
    """Return the tables of a file."""
    if reading.has_all_sheets:
        return read_all(source, reading.layout)
    return (read(source, reading.layout),)


def stated_layout(mapped: FileLayout, answered: FileLayout) -> FileLayout:
    """Return what is stated of a layout: what a person answered goes before the mapping."""
    stated = {
        name: getattr(answered, name)
        if getattr(answered, name) is not None
        else getattr(mapped, name)
        for name in ("encoding", "delimiter", "sheet", "header_row", "header_rows", "style")
    }
    return FileLayout(**stated, styles={**mapped.styles, **answered.styles})


def _meaning(
    store: Store, source: SourceFile, table: SourceTable, mapping: Mapping, answers: Answers
) -> tuple[Interpretation | None, list[Finding]]:
    findings = [left_out(found, answers) for found in table.findings]
    if not table.header:
        return None, findings
    mapping, contradictions = completed(mapping, source, table, answers)
    findings += contradictions
    place, unknown = municipality_of(store, table, mapping, answers)
    findings += [unknown] if unknown else []
    missing = missing_columns(table, mapping)
    if missing or not table.rows.num_rows:
        return None, findings + missing
    meaning = interpret(table, mapping, answers, place)
    findings += meaning.findings
    findings += table_findings(table, mapping, meaning.fates, meaning.totals)
    checks = [partial(check, batch, mapping) for batch in meaning.batches for check in CHECKS]
    step = text("Checking the lines")
    told = each(lambda check: list(check()), checks, table.rows.num_rows, step)
    return meaning, findings + [finding for found in told for finding in found]


def municipality_of(
    store: Store, table: SourceTable, mapping: Mapping, answers: Answers
) -> tuple[MunicipalityRule | None, Finding | None]:
    """Return the municipality asked for, else the mapping's own; a finding where neither is known."""
    asked, own = answers.municipality_code, mapping.municipality
    if answers.municipality:
        return answers.municipality, None
    if mapping.municipalities and (mapping.municipalities.column or table.sheet):
        return None, None
    stored = store.query("municipalities").to_pylist()
    if own and asked in (None, own.code):
        return remembered(own, stored), None
    for row in stored:
        if asked == row["municipality_code"]:
            names = ("municipality_code", "name", "country_code", "currency_code", "is_fictional")
            return MunicipalityRule(*(row[name] for name in names)), None
    model = own or mapping.municipalities
    if asked and model:  # another municipality that uses this layout
        return MunicipalityRule(asked, asked, model.country_code, model.currency_code), None
    return None, Finding(
        "municipality",
        Severity.ERROR,
        text("It is not known which municipality the file belongs to."),
        text(
            "State its code (--municipality, or on the page). Stored: {codes}.",
            codes=", ".join(row["municipality_code"] for row in stored) or "–",
        ),
    )
