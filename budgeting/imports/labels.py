"""Tables of labels: what codes are called in full where budgets print it cut; an import of its own."""

from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import ImportRefused
from budgeting.imports.answers import Answers
from budgeting.imports.cells.columns import Cells, Columns, constant
from budgeting.imports.checks import missing_columns
from budgeting.imports.mappings.mapping import Mapping
from budgeting.imports.source import SourceFile, SourceTable
from budgeting.imports.stored.record import Accepted, record_file
from budgeting.imports.use.stored import same_file
from budgeting.imports.verdict import municipality_of, reading_of, tables_of
from budgeting.model import Finding, Severity, plural_text, text
from budgeting.store import Store, Transaction

HELD = "labels"
_SHOWN = 3
_FATES = ("completed", "same", "otherwise", "unknown")
_LABELS = pa.schema(
    [
        (name, pa.string())
        for name in ("municipality_code", "direction", "dimension", "code", "label")
    ]
)


@dataclass(frozen=True, slots=True)
class LabelsVerdict:
    """What a table of labels means and whether it may be stored.

    ``labels`` has one row per code; ``fates`` says of how many codes the budget's label is completed,
    the same or otherwise, and how many are unknown because no budget has the code.
    Rows read = accepted + skipped + rejected.
    """

    source: SourceFile
    mapping: Mapping
    answers: Answers
    table: SourceTable
    labels: pa.Table
    fates: Dictionary[str, int]
    skipped: int
    findings: tuple[Finding, ...]
    corrections: None = None

    @property
    def tables(self) -> tuple[SourceTable, ...]:
        """The table, as every verdict has it."""
        return (self.table,)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that refuse the file."""
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)

    @property
    def is_acceptable(self) -> bool:
        """Whether there is a label and no error."""
        return bool(self.labels.num_rows) and not self.errors

    @property
    def open_checks(self) -> tuple[str, ...]:
        """The checks whose questions wait for a reason: a table of labels asks none."""
        return ()

    @property
    def rows(self) -> Dictionary[str, int]:
        """Rows read, accepted, skipped and rejected; a file with errors is rejected as a whole."""
        own, skipped = self.table.rows.num_rows, self.skipped + len(self.table.skipped)
        broken = len(self.table.rejected)
        lines = own - self.skipped
        accepted = lines if self.is_acceptable else 0
        return {
            "read": own + len(self.table.skipped) + broken,
            "accepted": accepted,
            "skipped": skipped,
            "rejected": lines - accepted + broken,
        }

    @property
    def totals(self) -> Dictionary[str, int]:
        """How many codes have a label, and what becomes of those that the budget prints."""
        return {"labels": self.labels.num_rows, **self.fates}


def examine_labels(
    store: Store,
    source: SourceFile,
    mapping: Mapping,
    answers: Answers,
    *,
    tables: tuple[SourceTable, ...] | None = None,
) -> LabelsVerdict:
    """Read, map and check a table of labels; writes nothing. `tables` as in `verdict.examine`."""
    assert mapping.labels
    table = (tables or tables_of(source, reading_of(mapping, answers)))[0]
    findings = [*table.findings, *(missing_columns(table, mapping) if table.header else [])]
    labels, fates, skipped = _LABELS.empty_table(), dict[str, int](), 0
    if table.rows.num_rows and not any(found.check == "missing-column" for found in findings):
        place, unknown = municipality_of(store, table, mapping, answers)
        findings += [unknown] if unknown else []
        columns = Columns.of(table)
        is_label = _is_label(columns, mapping)
        skipped = len(columns) - pc.sum(is_label).as_py()
        labels = _labels(columns, mapping, (place.code if place else "", is_label), findings)
        beside = store.query("labels_beside_budget", batch_labels=labels).to_pylist()
        fates = {fate: sum(row["fate"] == fate for row in beside) for fate in _FATES}
        findings += _beside_findings(beside)
        findings += _stored_findings(store, source, place.code if place else "")
    return LabelsVerdict(source, mapping, answers, table, labels, fates, skipped, tuple(findings))


def accept_labels(store: Store, verdict: LabelsVerdict, identity: Identity) -> Accepted:
    """Store the labels in one transaction. Of each code the label of the newest table counts.

    Raises
    ------
    NotAllowed
        The identity may not import.
    ImportRefused
        The verdict has errors, or the file was stored since.
    """
    require(identity, Action.IMPORT_BUDGET)
    if not verdict.is_acceptable:
        raise ImportRefused(
            plural_text(
                "The file has {count} error; nothing was stored.",
                "The file has {count} errors; nothing was stored.",
                len(verdict.errors),
            )
        )
    place = verdict.labels["municipality_code"][0].as_py()
    change = Change("accept-labels", verdict.source.name, place)
    with store.transaction(identity, change) as transaction:
        for found in _stored_findings(transaction, verdict.source, place):
            raise ImportRefused(found.message)
        parts = _parts(verdict, place, _years(transaction, place))
        accepted = record_file(transaction, verdict, parts, (identity, datetime.now(UTC)))
        transaction.run("add_labels", import_id=accepted.import_id, batch_labels=verdict.labels)
        transaction.details = {
            "import_id": accepted.import_id,
            "sha256": verdict.source.sha256,
            "mapping": verdict.mapping.name,
            "rows": dict(verdict.rows),
            "totals": dict(verdict.totals),
        }
    return accepted


def _is_label(columns: Columns, mapping: Mapping) -> Cells:
    """Return which rows the mapping does not skip."""
    masks = [columns.matching(rule.where, rule.unless) for rule in mapping.rows]
    none = constant(False, len(columns), pa.bool_())
    return pc.invert(reduce(pc.or_, masks, none))


def _labels(
    columns: Columns, mapping: Mapping, told: tuple[str, Cells], findings: list[Finding]
) -> pa.Table:
    """Return one row per code; a row without code or label, and a code with two labels, is an error."""
    rule, (place, is_label) = mapping.labels, told
    assert rule
    cells = [columns.cells(name).filter(is_label).to_pylist() for name in rule.code]
    words = columns.cells(rule.label).filter(is_label).to_pylist()
    numbers = columns.row_numbers.filter(is_label).to_pylist()
    found: dict[str, str] = {}
    for number, parts, label in zip(numbers, zip(*cells, strict=True), words, strict=True):
        code = rule.join.join(part for part in parts if part)
        if not code or not label:
            findings.append(_half(number))
        elif found.setdefault(code, label) != label:
            findings.append(_two_labels(number, code, (found[code], label)))
    rows = [
        {
            "municipality_code": place,
            "direction": rule.direction.value,
            "dimension": rule.dimension,
            "code": code,
            "label": label,
        }
        for code, label in found.items()
    ]
    return pa.Table.from_pylist(rows, schema=_LABELS)


def _half(row_number: int) -> Finding:
    return Finding(
        "labels",
        Severity.ERROR,
        text("The row has a code without a label, or a label without a code."),
        text("Complete the row in the table, or let the mapping skip rows of its kind."),
        row_number,
    )


def _two_labels(row_number: int, code: str, labels: tuple[str, str]) -> Finding:
    return Finding(
        "labels",
        Severity.ERROR,
        text(
            "The code {code} has two labels: “{one}” and “{other}”.",
            code=code,
            one=labels[0],
            other=labels[1],
        ),
        text("Leave the label that holds; which one it is cannot be known from the table."),
        row_number,
        value=code,
    )


def _beside_findings(beside: list[dict[str, Any]]) -> Iterable[Finding]:
    """Yield what becomes of the labels that budgets print."""
    completed, _same, otherwise, unknown = (
        [row for row in beside if row["fate"] == fate] for fate in _FATES
    )
    if completed:
        yield Finding(
            "labels-completed",
            Severity.NOTE,
            plural_text(
                "{count} label that the budget prints cut or not at all is completed: {examples}.",
                "{count} labels that the budget prints cut or not at all are completed, such as {examples}.",
                len(completed),
                examples=_examples(completed),
            ),
        )
    if otherwise:
        yield Finding(
            "labels-otherwise",
            Severity.NOTE,
            plural_text(
                "{count} code is called otherwise in the budget, and stays as printed: {examples}.",
                "{count} codes are called otherwise in the budget, and stay as printed, such as {examples}.",
                len(otherwise),
                examples=_examples(otherwise),
            ),
            text("A table of labels may be of another year, in which a code meant something else."),
        )
    if unknown:
        yield Finding(
            "labels-unknown",
            Severity.NOTE if len(unknown) < len(beside) else Severity.WARNING,
            plural_text(
                "{count} code of the table is in no stored budget; its label waits for one.",
                "{count} codes of the table are in no stored budget; their labels wait for one.",
                len(unknown),
            ),
        )


def _examples(rows: list[dict[str, Any]]) -> str:
    return "; ".join(
        f"{row['code']} “{row['printed_label']}” / “{row['label']}”" for row in rows[:_SHOWN]
    )


def _stored_findings(
    reading: Store | Transaction, source: SourceFile, place: str
) -> Iterable[Finding]:
    yield from same_file(reading, source, HELD)
    if place and not _years(reading, place):
        yield Finding(
            "no-budget",
            Severity.ERROR,
            text("No budget of {place} is stored whose codes could be called by it.", place=place),
            text("Import a budget first; later ones get the labels, too."),
        )


def _years(reading: Store | Transaction, place: str) -> list[int]:
    rows = reading.query("fiscal_years").to_pylist()
    return sorted(row["fiscal_year"] for row in rows if row["municipality_code"] == place)


def _parts(verdict: LabelsVerdict, place: str, years: list[int]) -> pa.Table:
    """Return one part for each stored year of the municipality."""
    count = len(years)
    return pa.table(
        {
            "municipality_code": pa.array([place] * count, pa.string()),
            "fiscal_year": pa.array(years, pa.int32()),
            "direction": pa.array([HELD] * count, pa.string()),
            "accepted_count": pa.array([verdict.rows["accepted"]] * count, pa.int32()),
        }
    )
