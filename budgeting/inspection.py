"""Inspection: what a file shows by itself, and the mapping that it would be read by."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from budgeting.imports.answers import Answers
from budgeting.imports.guessing.choice import guessed
from budgeting.imports.guessing.detection import ColumnStyle, Detection, detect
from budgeting.imports.guessing.guess import Guess
from budgeting.imports.guessing.guess_proposal import NOTHING, Offer, Proposal, propose
from budgeting.imports.mappings.mapping import Mapping
from budgeting.imports.mappings.reapply import Move
from budgeting.imports.readers import read_all
from budgeting.imports.source import FileLayout, NumberStyle, SourceFile, SourceTable
from budgeting.model import Text, plural_text, text
from budgeting.outcomes import DONE, REFUSED, Outcome
from budgeting.translations import Language
from budgeting.verdict_json import finding_record, style_record, table_record
from budgeting.verdict_words import finding_words

_HEADERS_SHOWN = 30

# What a person is asked, and how the command line takes the answer.
QUESTIONS: dict[str, Text] = {
    "municipality": text("Whose budget is it? State --municipality."),
    "fiscal-year": text("Of which fiscal year is it? State --year."),
    "stage": text("Of which stage are the amounts? State --stage."),
    "country": text("In which country are its municipalities? State --country."),
    "currency": text("In which currency are the amounts? State --currency."),
    "direction": text("Is it expenditure or revenue? State --direction."),
    "number-style": text("How are the numbers written? State --decimal and --group."),
    "amounts": text("Which columns hold the amounts? Write a mapping, or choose on the page."),
    "unit": text("In which unit are the figures? State --unit."),
    "data-grade": text("How good are the figures? State --grade, A to E."),
    "reference-date": text("To which date do the residents refer? State --as-of."),
}


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file shows: how it is written, the mappings that fit or nearly fit, and the guess.

    ``guess`` is None where the file cannot be read, ``mapping`` where no amounts were understood.
    """

    source: SourceFile
    detection: Detection
    proposal: Proposal = NOTHING
    guess: Guess | None = None
    mapping: Mapping | None = None


def inspection(source: SourceFile, layout: FileLayout) -> Inspection:
    """Look at a file; nothing is stored, and no database is needed."""
    detection = detect(source, layout)
    if not detection.is_readable:
        return Inspection(source, detection)
    answers = Answers(layout=layout)
    proposal = propose(source, detection.table, answers)
    return Inspection(source, detection, proposal, *guessed(source, answers))


def inspect_file(
    source: SourceFile, layout: FileLayout, reader: Language, *, as_json: bool
) -> Outcome:
    """Say what a file shows; exit code 1 only where nothing of it can be read."""
    seen = inspection(source, layout)
    told = _as_json(seen, reader) if as_json else _as_words(seen, reader)
    return Outcome(DONE if seen.detection.is_readable else REFUSED, told.encode())


def _sheets(seen: Inspection) -> list[dict[str, Any]]:
    """Return every sheet with its size; a text file has one without a name."""
    tables: tuple[SourceTable, ...] = (seen.detection.table,)
    if len(seen.detection.sheets) > 1:
        tables = read_all(seen.source)
    return [
        {"sheet": table.sheet, "rows": table.rows.num_rows, "columns": len(table.header)}
        for table in tables
        if table.header
    ]


def _as_json(seen: Inspection, reader: Language) -> str:
    content = {
        "file": seen.source.name,
        "sha256": seen.source.sha256,
        "readable": seen.detection.is_readable,
        **_layout_record(seen.detection),
        "sheets": _sheets(seen),
        "findings": [finding_record(one, reader) for one in seen.detection.table.findings],
        "fitting": [offer.mapping.name for offer in seen.proposal.fitting],
        "near": [_near_record(offer, reader) for offer in seen.proposal.near],
        "guess": seen.guess and _guess_record(seen.guess, seen.mapping, reader),
    }
    return json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n"


def _near_record(offer: Offer, reader: Language) -> dict[str, Any]:
    return {
        "mapping": offer.mapping.name,
        "renamed": {one.old: one.new for one in offer.changes if one.kind is Move.RENAMED},
        "moved": [reader.say(one.message) for one in offer.changes],
    }


def _guess_record(found: Guess, own: Mapping | None, reader: Language) -> dict[str, Any]:
    return {
        "mapping": own.text if own else None,
        "entries": found.entries,
        "confidence": round(found.confidence, 2),
        "notes": [
            {
                "column": note.column,
                "message": reader.say(note.message),
                "doubt": reader.say(note.suggestion) if note.suggestion else None,
            }
            for note in found.notes
        ],
        "asks": list(found.asks),
    }


def _layout_record(detection: Detection) -> dict[str, Any]:
    return {
        "kind": detection.kind.value if detection.kind else None,
        **table_record(detection.table),
        "rows": detection.table.rows.num_rows,
        "above": [{"row": row, "cells": list(cells)} for row, cells in detection.table.above],
        "styles": {one.column: style_record(one.styles[0]) for one in _decided(detection)},
        "ambiguous": [_ambiguity_record(one) for one in _open(detection)],
    }


def _ambiguity_record(one: ColumnStyle) -> dict[str, Any]:
    styles = [style_record(style) for style in one.styles]
    return {"column": one.column, "example": one.example, "styles": styles}


def _decided(detection: Detection) -> list[ColumnStyle]:
    return [one for one in detection.numbers if not one.is_ambiguous]


def _open(detection: Detection) -> list[ColumnStyle]:
    return [one for one in detection.numbers if one.is_ambiguous]


def _as_words(seen: Inspection, reader: Language) -> str:
    lines = [seen.source.name, *(reader.say(one) for one in _detected(seen.detection))]
    lines += [f"  {line}" for line in _sheet_lines(seen, reader)]
    for found in seen.detection.table.findings:
        lines += finding_words(found, reader)
    if seen.guess:
        lines += ["", reader.say(_which_fit(seen.proposal.fitting))]
        lines += [line for offer in seen.proposal.near for line in _near_lines(offer, reader)]
        lines += ["", *_guess_lines(seen.guess, seen.mapping, reader)]
    return "\n".join(lines) + "\n"


def _detected(detection: Detection) -> Iterator[Text]:
    layout = detection.table.layout
    if detection.kind is None or not detection.is_readable:
        yield text("The file cannot be read.")
        return
    if layout.encoding:
        yield text(
            "Text in {encoding}, cells divided by “{delimiter}”.",
            encoding=layout.encoding,
            delimiter={"\t": "tab"}.get(layout.delimiter or "", layout.delimiter or ""),
        )
    else:
        yield text("A workbook of the kind {kind}.", kind=detection.kind.value.upper())
    yield _header_sentence(layout)
    header = detection.table.header
    shown = ", ".join(header[:_HEADERS_SHOWN]) + (" …" if len(header) > _HEADERS_SHOWN else "")
    yield plural_text(
        "{count} column: {names}", "{count} columns: {names}", len(header), names=shown
    )
    yield from _number_sentences(detection)


def _header_sentence(layout: FileLayout) -> Text:
    if not layout.header_row:
        return text("There is no header; columns go by position.")
    last = layout.header_row + (layout.header_rows or 1) - 1
    if last == layout.header_row:
        return text("The header stands in row {row}.", row=str(last))
    return text(
        "The header stands in rows {first} to {last}.", first=str(layout.header_row), last=str(last)
    )


def _number_sentences(detection: Detection) -> Iterator[Text]:
    by_style: dict[NumberStyle, list[str]] = {}
    for one in _decided(detection):
        by_style.setdefault(one.styles[0], []).append(one.column)
    for style, names in by_style.items():
        yield text(
            "Numbers like {example}: {names}", example=written_like(style), names=", ".join(names)
        )
    for one in _open(detection):
        yield text(
            "“{example}” in the column “{column}” can be read in two ways, and nothing in the file decides: "
            "like {first}, or like {second}. State --decimal and --group.",
            example=one.example,
            column=one.column,
            first=written_like(one.styles[0]),
            second=written_like(one.styles[1]),
        )


def written_like(style: NumberStyle) -> str:
    """Return a number written in a style."""
    return f"1{style.group}234{style.decimal}56"


def _sheet_lines(seen: Inspection, reader: Language) -> Iterator[str]:
    for one in _sheets(seen):
        sentence = text(
            "{sheet}: {rows} rows, {columns} columns",
            sheet=one["sheet"] or text("below the header"),
            rows=one["rows"],
            columns=one["columns"],
        )
        yield reader.say(sentence)


def _near_lines(offer: Offer, reader: Language) -> Iterator[str]:
    sentence = text(
        "The mapping {name} ({title}) would fit, but columns were renamed:",
        name=offer.mapping.name,
        title=offer.mapping.title,
    )
    yield reader.say(sentence)
    yield from (f"  {reader.say(change.message)}" for change in offer.changes)


def _which_fit(fitting: tuple[Offer, ...]) -> Text:
    if not fitting:
        return text("No mapping fits.")
    names = tuple(
        text("{name} ({title})", name=one.mapping.name, title=one.mapping.title) for one in fitting
    )
    return plural_text(
        "{count} mapping fits: {names}",
        "{count} mappings fit: {names}",
        len(fitting),
        names=names,
    )


def _guess_lines(found: Guess, own: Mapping | None, reader: Language) -> Iterator[str]:
    yield reader.say(text("The mapping that would be guessed:"))
    for note in found.notes:
        place = f"{note.column}: " if note.column else ""
        doubt = f" ({reader.say(note.suggestion)})" if note.suggestion else ""
        yield f"# {place}{reader.say(note.message)}{doubt}"
    yield ""
    yield own.text if own else reader.say(text("None: no columns of amounts were understood."))
    for question in found.asks:
        yield reader.say(QUESTIONS[question]) if question in QUESTIONS else question
