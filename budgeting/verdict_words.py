"""Verdicts in words: what a person at the command line reads."""

from collections.abc import Iterator, Sequence

from budgeting.imports.labels import LabelsVerdict
from budgeting.imports.population import PopulationVerdict
from budgeting.imports.stored.bundle import Bundle
from budgeting.imports.stored.record import Accepted
from budgeting.imports.use.verdict import UseVerdict
from budgeting.imports.verdict import Verdict
from budgeting.model import Direction, Finding, Money, Severity, Sex, Stage, Text, plural_text, text
from budgeting.names import direction_name, stage_name
from budgeting.services.model import Unit
from budgeting.services.names import unit_name
from budgeting.translations import Language
from budgeting.verdict_table import STATES, AnyVerdict, Examined, TableLine, table_lines

FINDINGS_SHOWN = 40
_DIFFERENCES_SHOWN = 10
SEVERITIES = {
    Severity.ERROR: text("error"),
    Severity.QUESTION: text("question"),
    Severity.WARNING: text("warning"),
    Severity.NOTE: text("note"),
}
_SEXES: dict[str, Text] = {
    Sex.FEMALE: text("women"),
    Sex.MALE: text("men"),
    Sex.OTHER: text("other"),
    Sex.UNKNOWN: text("sex not known"),
    "total": text("all residents"),
}


def verdict_words(files: Sequence[Examined], together: Bundle | None, reader: Language) -> str:
    """Return the verdict on one file, or the table of several; the last line says what to do next."""
    lines: list[str] = []
    for examined in files:
        lines += [*_file_lines(examined, reader, is_alone=len(files) == 1), ""]
    table = table_lines(files)
    if len(table) > 1:
        lines += [*_table(table, reader), ""]
    between = together.between if together else ()
    if between:
        lines += [reader.say(text("Between the files:")), *_finding_lines(between, reader), ""]
    next_step = _what_next(files, together)
    return "\n".join([*lines, reader.say(next_step)]) + "\n"


def _file_lines(examined: Examined, reader: Language, *, is_alone: bool) -> Iterator[str]:
    verdict = examined.verdict
    yield f"{verdict.source.name}: {reader.say(verdict.mapping.title)}"
    if examined.choice.origin != "named":
        yield reader.say(examined.choice.reason)
    yield reader.say(
        text(
            "Rows: {read} read, {accepted} accepted, {skipped} skipped, {rejected} rejected.",
            **verdict.rows,
        )
    )
    if is_alone:
        yield from _after_blank(_total_lines(verdict, reader))
        yield from _after_blank(_printed_lines(verdict, reader))
    yield from _after_blank(_finding_lines(verdict.findings, reader))


def _after_blank(lines: list[str]) -> list[str]:
    return ["", *lines] if lines else []


def _total_lines(verdict: AnyVerdict, reader: Language) -> list[str]:
    if isinstance(verdict, PopulationVerdict):
        return [
            f"  {reader.say(_SEXES[sex]):<20}{reader.number(count):>28}"
            for sex, count in verdict.totals.items()
        ]
    if isinstance(verdict, UseVerdict):
        return [f"  {reader.say(use_words(verdict))}", *_unit_lines(verdict, reader)]
    if isinstance(verdict, LabelsVerdict):
        return [f"  {reader.say(labels_words(verdict))}"]
    currency = _currency(verdict)
    lines = []
    for fiscal_year, directions in verdict.totals.items():
        for direction, stages in directions.items():
            lines.append(f"{fiscal_year} {reader.say(direction_name(Direction(direction)))}")
            lines += [
                f"  {reader.say(stage_name(Stage(stage))):<20}{reader.money(Money(total, currency)):>28}"
                for stage, total in stages.items()
            ]
    return lines


def use_words(verdict: UseVerdict) -> Text:
    """Return how many figures a file of use has, and of what."""
    return plural_text(
        "{count} figure of {indicators} indicators in {years} years",
        "{count} figures of {indicators} indicators in {years} years",
        verdict.totals["figures"],
        indicators=verdict.totals["indicators"],
        years=verdict.totals["years"],
    )


def labels_words(verdict: LabelsVerdict) -> Text:
    """Return of how many codes a table has the label, and how many it completes."""
    return plural_text(
        "Label of {count} code; {completed} completed in the budget",
        "Labels of {count} codes; {completed} completed in the budget",
        verdict.totals["labels"],
        completed=verdict.totals.get("completed", 0),
    )


def _unit_lines(verdict: UseVerdict, reader: Language) -> list[str]:
    return [
        f"  {reader.say(unit_name(Unit(unit))):<20}{reader.number(count):>28}"
        for unit, count in verdict.units.items()
    ]


def _currency(verdict: Verdict) -> str:
    currencies = {batch.municipality.currency_code for batch in verdict.batches}
    return currencies.pop() if len(currencies) == 1 else ""


def _printed_lines(verdict: AnyVerdict, reader: Language) -> list[str]:
    """Return how many totals the file prints, and those of all its lines one by one."""
    if not isinstance(verdict, Verdict) or not verdict.printed_totals:
        return []
    totals = verdict.printed_totals
    differing = sum(bool(total.difference) for _, total in totals)
    counted = plural_text(
        "The file prints {count} total; added up again, {differing} differ.",
        "The file prints {count} totals; added up again, {differing} differ.",
        len(totals),
        differing=differing,
    )
    grand = [(sheet, total) for sheet, total in totals if total.is_grand]
    lines = [
        "  "
        + reader.say(
            text(
                "{place}: printed {printed}, added up {computed}, difference {difference}",
                place=" · ".join(part for part in (sheet, total.label, total.column) if part),
                printed=total.printed,
                computed=total.computed,
                difference=total.difference,
            )
        )
        for sheet, total in grand[:_DIFFERENCES_SHOWN]
    ]
    return [reader.say(counted), *lines]


def _table(lines: Sequence[TableLine], reader: Language) -> list[str]:
    """Return the verdict table with columns as wide as their cells."""
    heads = (
        text("file"),
        text("sheet"),
        text("read"),
        text("accepted"),
        text("skipped"),
        text("rejected"),
        text("errors"),
        text("questions"),
        text("state"),
        text("totals"),
    )
    rows = [[reader.say(head) for head in heads]]
    for line in lines:
        counts = [*line.rows.values(), line.errors, line.questions]
        rows.append(
            [
                line.file,
                line.sheet,
                *(reader.number(count) for count in counts),
                reader.say(STATES[line.state]),
                "; ".join(_short_totals(line.verdict, reader)),
            ]
        )
    widths = [max(len(row[place]) for row in rows) for place in range(len(heads))]
    numeric = range(2, 8)
    return [
        "  ".join(
            cell.rjust(widths[place]) if place in numeric else cell.ljust(widths[place])
            for place, cell in enumerate(row)
        ).rstrip()
        for row in rows
    ]


def _short_totals(verdict: AnyVerdict, reader: Language) -> Iterator[str]:
    if isinstance(verdict, PopulationVerdict):
        for sex, count in verdict.totals.items():
            yield f"{reader.say(_SEXES[sex])} {reader.number(count)}"
        return
    if isinstance(verdict, UseVerdict):
        yield reader.say(use_words(verdict))
        return
    if isinstance(verdict, LabelsVerdict):
        yield reader.say(labels_words(verdict))
        return
    currency = _currency(verdict)
    for fiscal_year, directions in verdict.totals.items():
        for direction, stages in directions.items():
            named = ", ".join(
                f"{reader.say(stage_name(Stage(stage)))} {reader.money(Money(total, currency))}"
                for stage, total in stages.items()
            )
            yield f"{fiscal_year} {reader.say(direction_name(Direction(direction)))}: {named}"


def _finding_lines(findings: Sequence[Finding], reader: Language) -> list[str]:
    """Return the findings, errors first; very many are cut, and the reader is told."""
    order = list(Severity)
    ranked = sorted(findings, key=lambda finding: order.index(finding.severity))
    lines = [line for found in ranked[:FINDINGS_SHOWN] for line in finding_words(found, reader)]
    left_out = len(ranked) - FINDINGS_SHOWN
    if left_out > 0:
        more = plural_text(
            "{count} more finding; --json lists it.",
            "{count} more findings; --json lists them.",
            left_out,
        )
        lines.append(reader.say(more))
    return lines


def finding_words(finding: Finding, reader: Language) -> Iterator[str]:
    """Yield a finding with its place, and what to do on a line of its own."""
    places = [
        text("sheet “{sheet}”", sheet=finding.sheet) if finding.sheet else None,
        text("row {row}", row=str(finding.row_number)) if finding.row_number else None,
        text("column “{column}”", column=finding.column) if finding.column else None,
        text("value “{value}”", value=finding.value) if finding.value else None,
    ]
    where = ", ".join(reader.say(place) for place in places if place)
    asked = f" ({finding.check})" if finding.severity is Severity.QUESTION else ""
    head = reader.say(SEVERITIES[finding.severity])
    yield f"{head}{asked}: {reader.say(finding.message)}" + (f" [{where}]" if where else "")
    if finding.suggestion:
        yield f"    {reader.say(finding.suggestion)}"


def _what_next(files: Sequence[Examined], together: Bundle | None) -> Text:
    accepted = [examined.accepted for examined in files if examined.accepted is not None]
    if accepted:
        return _stored(accepted)
    if (together or files[0].verdict).is_acceptable:
        if len(files) > 1:
            return text("The files can be stored; none is yet. Repeat the command with --accept.")
        return text("The file can be stored; nothing is yet. Repeat the command with --accept.")
    has_error = any(
        found.severity is Severity.ERROR
        for found in (*(one for each in files for one in each.findings), *_between(together))
    )
    if has_error or together is None or not together.open_checks:
        return text(
            "Nothing was stored. Correct what the errors name, in the ledger or in the command, "
            "and try again."
        )
    return text(
        "Nothing was stored. Answer the questions with --acknowledge CHECK=REASON for: {checks}.",
        checks=", ".join(together.open_checks),
    )


def _between(together: Bundle | None) -> tuple[Finding, ...]:
    return together.between if together else ()


def _stored(accepted: Sequence[Accepted | int]) -> Text:
    numbers = [str(one.import_id) for one in accepted if isinstance(one, Accepted)]
    if not numbers:
        rows = sum(one for one in accepted if isinstance(one, int))
        return plural_text(
            "{count} row of residents was stored.", "{count} rows of residents were stored.", rows
        )
    return plural_text(
        "Stored as import {numbers}; undo takes it back.",
        "Stored as imports {numbers}; undo takes each back.",
        len(numbers),
        numbers=", ".join(numbers),
    )
