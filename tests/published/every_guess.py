"""Every real table without any mapping, step by step as a new user goes on the page Import.

``python tests/published/every_guess.py`` (with PARITET_TEST_DATA) prints a row per table: how it was
detected, what is asked, what must be corrected, the clicks until it is accepted, and the total.

A *click* is one choice from a list, one field that is typed into, or one button that is pressed.
Dropping the file is none. Choosing a sheet of a workbook is one. A new municipality takes four: the
choice, name, country, currency; where a column names municipalities, those of country and currency that
no word says. A direction, a year, a stage, a date, a reading of a number, a reason: one each. Accepting is one.

A *correction* is a change of what was guessed: the direction, the meaning of a column, which rows are
lines. It counts two clicks: finding the place, and choosing. Where rows are wrong, more may be needed.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).parent.parent
sys.path[:0] = [path for path in (str(HERE.parent), str(HERE)) if path not in sys.path]

from fixtures.prepared import store_after  # noqa: E402
from published.guess_cases import Case, Statements, cases  # noqa: E402

from budgeting.imports.answers import Answers  # noqa: E402
from budgeting.imports.guessing.detection import Detection, detect  # noqa: E402
from budgeting.imports.guessing.guess import Guess  # noqa: E402
from budgeting.imports.guessing.sheets_alike import guess_sheets  # noqa: E402
from budgeting.imports.mappings.mapping import Mapping, MunicipalityRule  # noqa: E402
from budgeting.imports.mappings.mapping_file import mapping_from_entries  # noqa: E402
from budgeting.imports.population import examine_population  # noqa: E402
from budgeting.imports.readers import source_from_path  # noqa: E402
from budgeting.imports.source import FileLayout, NumberStyle, SourceFile  # noqa: E402
from budgeting.imports.verdict import Verdict, examine  # noqa: E402
from budgeting.model import Direction, Severity, Stage  # noqa: E402

SOMEBODY = MunicipalityRule("xx", "Exampletown", "XX", "XXX", is_fictional=True)
NEW_MUNICIPALITY, PER_CORRECTION = 4, 2
ROWS = "rows"


@dataclass(frozen=True)
class Walk:
    """What happened to one table on its way in."""

    case: Case
    detected: tuple[str, ...]
    questions: tuple[str, ...]
    corrections: tuple[str, ...]
    clicks: int
    reached: str
    known: str

    @property
    def is_detected(self) -> bool:
        return not any(part.startswith("WRONG") for part in self.detected)

    @property
    def needs_no_correction(self) -> bool:
        return self.is_detected and not self.corrections


def walk(case: Case, folder: Path) -> Walk:
    """Go through the steps of the page for one table."""
    source = source_from_path(folder / case.file)
    layout = FileLayout(sheet=case.sheet or None)
    detection = detect(source, layout)
    found = guess_sheets(detection.table, (), Answers(layout=layout))
    detected = tuple(_detected(case, source, detection))
    clicks = int(bool(case.sheet))
    if not case.totals and not case.people:
        wrong = ("no budget",) if found.entries else ()
        known = "no budget"
        return Walk(case, detected, (), wrong, clicks, "" if wrong else known, known)
    if not found.entries:
        return Walk(case, detected, found.asks, ("amounts",), clicks, "", _words(case.totals))
    if case.people:
        return _walk_of_people(case, source, found, detected)
    return _walk_of_money(case, source, found, detected)


def _detected(case: Case, source: SourceFile, detection: Detection) -> list[str]:
    """Say how the file was read, and what of it is wrong."""
    layout, told = detection.table.layout, []
    if layout.encoding and not source.content.startswith(b"PK"):
        is_same = source.content.decode(layout.encoding) == source.content.decode(case.encoding)
        is_same |= layout.encoding == "utf-8" and case.encoding == "utf-8-sig"
        told.append(layout.encoding if is_same else f"WRONG {layout.encoding}")
        is_right = layout.delimiter == case.delimiter
        told.append(layout.delimiter or "" if is_right else f"WRONG {layout.delimiter}")
    row = layout.header_row or 0
    told.append(f"header {row}" if row == case.header_row else f"WRONG header {row}")
    if any(one.is_ambiguous for one in detection.numbers):
        told.append("numbers asked")
    return told


def _walk_of_people(case: Case, source: SourceFile, found: Guess, detected: tuple) -> Walk:
    mapping = mapping_from_entries("guessed", found.entries)
    verdict = examine_population(store_after(), source, mapping, Answers(as_of=date(2021, 1, 1)))
    reached = {sex: int(verdict.totals[sex]) for sex in case.people}
    wrong = () if reached == case.people else ("people",)
    questions = ("reference-date",)
    clicks = 1 + PER_CORRECTION * len(wrong) + 1
    return Walk(case, detected, questions, wrong, clicks, str(reached), str(case.people))


def _walk_of_money(case: Case, source: SourceFile, found: Guess, detected: tuple) -> Walk:
    corrections, entries = _with_direction(case, found)
    mapping = mapping_from_entries("guessed", entries)
    answers, questions = _answered(case, found, mapping)
    store = store_after()
    verdict = examine(store, source, mapping, answers)
    styles = [f for f in verdict.findings if f.check == "number-style"]
    if styles:
        questions.append("number-style")
        style = NumberStyle(",", ".")
        answers = replace(answers, layout=replace(answers.layout, style=style))
        verdict = examine(store, source, mapping, answers, tables=verdict.tables)
    corrections += _differences(case, verdict)
    reasons = list(verdict.open_checks)
    if verdict.with_severity(Severity.ERROR):
        reasons.append("rejected-rows")
    clicks = bool(case.sheet) + _clicks(questions) + len(reasons) + 1
    answers = replace(answers, reasons=dict.fromkeys(reasons, "as printed"))
    # what was asked changes nothing of how the file is read
    accepted = (
        examine(store, source, mapping, answers, tables=verdict.tables) if reasons else verdict
    )
    if not accepted.is_acceptable:
        blocking = (one.check for one in accepted.with_severity(Severity.ERROR))
        corrections += [f"blocked: {check}" for check in dict.fromkeys(blocking)]
    asked = (*questions, *(f"reason {check}" for check in reasons))
    return Walk(
        case,
        detected,
        asked,
        tuple(corrections),
        clicks + PER_CORRECTION * len(corrections),
        _words(_sums(verdict), case.totals),
        _words(case.totals),
    )


def _with_direction(case: Case, found: Guess) -> tuple[list[str], dict]:
    """Take the guessed direction; one that is asked is answered, a wrong one must be changed."""
    ways = {way for _, way, _ in case.totals}
    line = found.entries["line"]
    is_wrong = len(ways) == 1 and line.get("direction") not in (None, *ways)
    if not is_wrong:
        return [], found.entries
    return ["direction"], found.entries | {"line": {**line, "direction": ways.pop()}}


def _answered(case: Case, found: Guess, mapping: Mapping) -> tuple[Answers, list[str]]:
    """Answer what the guess asks, as somebody who knows the file."""
    _year, way, stage = next(iter(case.totals))
    is_many = mapping.municipalities is not None
    answers = Answers(
        municipality=None if is_many else SOMEBODY,
        fiscal_year=case.year if "fiscal-year" in found.asks else None,
        stage=Stage(stage) if "stage" in found.asks else None,
        direction=Direction(way) if "direction" in found.asks else None,
        country_code="ME" if "country" in found.asks else None,
        currency_code="EUR" if "currency" in found.asks else None,
        layout=FileLayout(sheet=case.sheet or None),
    )
    return answers, [one for one in found.asks if one != "number-style"]


def _clicks(questions: Sequence[str]) -> int:
    return sum(NEW_MUNICIPALITY if question == "municipality" else 1 for question in questions)


def _sums(verdict: Verdict) -> Statements:
    sums: Statements = {}
    for one in verdict.statements:
        key = (one.fiscal_year, one.direction, one.stage)
        sums[key] = sums.get(key, Decimal(0)) + one.amount
    return sums


def _differences(case: Case, verdict: Verdict) -> list[str]:
    """Return what must be corrected for the known statements: columns, rows, municipalities."""
    sums, wrong = _sums(verdict), []
    for key, amount in case.totals.items():
        if key not in sums:
            wrong.append(f"column of {key[2]} {key[0]}")
        elif sums[key] != amount and ROWS not in wrong:
            wrong.append(ROWS)
    is_told = verdict.open_checks or verdict.with_severity(Severity.ERROR)
    if case.is_contradicting and not is_told:
        wrong.append("contradiction not told")
    if case.bodies != len(verdict.municipalities):
        wrong.append("column of municipalities")
    return wrong


def _words(sums: Statements, only: Statements | None = None) -> str:
    """Return the first known statement, as the newest year stands last."""
    wanted = [key for key in (only or sums) if key in sums]
    return f"{sums[wanted[0]]:,}" if wanted else "nothing"


def main() -> None:
    folder = Path(os.environ["PARITET_TEST_DATA"])
    pick = sys.argv[1:]
    print("| table | detected | asked | corrections | clicks | reached | known | verdict |")
    print("|---|---|---|---|---:|---:|---:|---|")
    right = count = 0
    for case in cases(folder):
        if pick and not any(word in case.name for word in pick):
            continue
        one = walk(case, folder)
        right, count = right + one.needs_no_correction, count + 1
        verdict = "no correction" if one.needs_no_correction else "CORRECT"
        cells = (" ".join(one.detected), ", ".join(one.questions), ", ".join(one.corrections))
        figures = f"{one.clicks} | {one.reached} | {one.known}"
        print(f"| {case.name} | {' | '.join(cells)} | {figures} | {verdict} |", flush=True)
    print(f"\n{right} of {count} tables need no correction")


if __name__ == "__main__":
    main()
