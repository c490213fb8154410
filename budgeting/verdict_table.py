"""The verdict table: one line for each file, and for each sheet of a workbook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from budgeting.imports.guessing.choice import Choice
from budgeting.imports.labels import LabelsVerdict
from budgeting.imports.population import PopulationVerdict
from budgeting.imports.stored.record import Accepted
from budgeting.imports.use.verdict import UseVerdict
from budgeting.imports.verdict import Verdict
from budgeting.model import Finding, Severity, Text, text

AnyVerdict = Verdict | PopulationVerdict | UseVerdict | LabelsVerdict
State = Literal["stored", "acceptable", "questions", "refused"]
STATES: Mapping[State, Text] = {
    "stored": text("stored"),
    "acceptable": text("can be stored"),
    "questions": text("has open questions"),
    "refused": text("refused"),
}


@dataclass(frozen=True, slots=True)
class Examined:
    """A file with the mapping it was read by, the verdict on it, and what was stored of it.

    ``accepted`` is the number of rows for a file of residents.
    """

    choice: Choice
    verdict: AnyVerdict
    accepted: Accepted | int | None = None

    @property
    def state(self) -> State:
        """What may become of the file, or has."""
        return "stored" if self.accepted is not None else state_of(self.verdict)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was noticed in the file."""
        return self.verdict.findings


@dataclass(frozen=True, slots=True)
class TableLine:
    """A file or sheet in the verdict table."""

    file: str
    sheet: str
    rows: Mapping[str, int]
    errors: int
    questions: int
    state: State
    verdict: AnyVerdict


def table_lines(files: Sequence[Examined]) -> tuple[TableLine, ...]:
    """Return the lines of the table, in the order of files and sheets."""
    return tuple(line for examined in files for line in _lines(examined))


def state_of(verdict: AnyVerdict) -> State:
    """Return whether a verdict allows to store, asks, or refuses."""
    if verdict.is_acceptable:
        return "acceptable"
    is_asking = isinstance(verdict, Verdict | UseVerdict) and _has_asked(verdict)
    has_error = any(found.severity is Severity.ERROR for found in verdict.findings)
    return "questions" if is_asking and not has_error else "refused"


def _has_asked(verdict: Verdict | UseVerdict) -> bool:
    """Return whether a file has something to store, and a question is open."""
    content = verdict.batches if isinstance(verdict, Verdict) else verdict.figures
    return bool(content) and bool(verdict.open_checks)


def _lines(examined: Examined) -> Iterator[TableLine]:
    verdict = examined.verdict
    parts = list(_parts(verdict))
    for sheet, part in parts:
        is_stored = examined.accepted is not None
        yield TableLine(
            verdict.source.name,
            sheet,
            dict(part.rows),
            _count(part, Severity.ERROR),
            _count(part, Severity.QUESTION),
            "stored" if is_stored else state_of(part),
            part,
        )


def _parts(
    verdict: AnyVerdict,
) -> Iterator[tuple[str, AnyVerdict]]:
    """Yield each sheet with the verdict on it alone; what concerns the whole file counts for each."""
    if not isinstance(verdict, Verdict):
        yield verdict.table.sheet, verdict
        return
    if len(verdict.tables) <= 1:
        yield (verdict.tables[0].sheet if verdict.tables else ""), verdict
        return
    for table, meaning in zip(verdict.tables, verdict.meanings, strict=True):
        own = tuple(found for found in verdict.findings if found.sheet in (None, "", table.sheet))
        yield table.sheet, replace(verdict, tables=(table,), meanings=(meaning,), findings=own)


def _count(verdict: AnyVerdict, severity: Severity) -> int:
    return sum(found.severity is severity for found in verdict.findings)
