"""Verdicts as JSON: what programs read; amounts as text, to the cent."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from budgeting.imports.guessing.detection import ColumnStyle, kind_found, number_styles, styles_used
from budgeting.imports.meaning.batches import Batch
from budgeting.imports.meaning.interpretation import Interpretation
from budgeting.imports.source import NumberStyle, SourceTable
from budgeting.imports.stored.bundle import Bundle
from budgeting.imports.stored.comparison import FATES, Comparison, StatementComparison, compare
from budgeting.imports.stored.record import Accepted
from budgeting.imports.use.verdict import UseVerdict
from budgeting.imports.verdict import Verdict
from budgeting.model import Finding, Severity
from budgeting.store import Store
from budgeting.translations import Language
from budgeting.verdict_table import AnyVerdict, Examined, TableLine, table_lines

Record = dict[str, Any]
COMPARED_AT_MOST = 100  # statements of so many municipalities and years are compared


def verdict_json(
    store: Store, files: Sequence[Examined], together: Bundle | None, reader: Language
) -> str:
    """Return the verdict on one file, or on several that are imported together."""
    records = [_file_record(store, examined, reader) for examined in files]
    table = [_line_record(line) for line in table_lines(files)]
    if together is None or len(records) == 1:
        content = {**records[0], "table": table}
    else:
        content = {
            "files": records,
            "table": table,
            "summary": _summary(files, together),
            "findings": _findings_record(together.between, reader),
        }
    return json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n"


def _file_record(store: Store, examined: Examined, reader: Language) -> Record:
    verdict, accepted = examined.verdict, examined.accepted
    stored = accepted if isinstance(accepted, Accepted) else None
    record: Record = {
        "file": verdict.source.name,
        "sha256": verdict.source.sha256,
        "mapping": {
            "name": verdict.mapping.name,
            "sha256": verdict.mapping.sha256,
            "source": examined.choice.origin,
            "reason": reader.say(examined.choice.reason),
        },
        "state": examined.state,
        "accepted": accepted is not None,
        "acceptable": verdict.is_acceptable,
        "import_id": stored and stored.import_id,
        "source_file_id": stored and stored.source_file_ids[0],
        "source_file_ids": list(stored.source_file_ids) if stored else [],
        "rows": dict(verdict.rows),
        "totals": verdict.totals,
        "findings": _findings_record(verdict.findings, reader),
    }
    if isinstance(verdict, UseVerdict):
        record |= {"open_checks": list(verdict.open_checks), "units": dict(verdict.units)}
    if not isinstance(verdict, Verdict):
        styles = number_styles(verdict.table, verdict.answers.layout)
        return record | {"detection": [_detection_record(verdict, verdict.table, styles)]}
    return record | _budget_record(store, verdict, reader)


def _budget_record(store: Store, verdict: Verdict, reader: Language) -> Record:
    return {
        "open_checks": list(verdict.open_checks),
        "printed_totals": [
            {
                "sheet": sheet or None,
                "row": total.row_number,
                "label": total.label,
                "column": total.column,
                "printed": total.printed,
                "computed": total.computed,
                "difference": total.difference,
                "is_grand": total.is_grand,
            }
            for sheet, total in verdict.printed_totals
        ],
        "statements": [
            {
                "municipality": total.municipality.code,
                "year": total.fiscal_year,
                "direction": total.direction,
                "stage": total.stage,
                "as_of": total.as_of,
                "currency": total.municipality.currency_code,
                "total": total.amount,
                "lines": total.figure_count,
            }
            for total in verdict.statements
        ],
        "fates": [
            {"reason": reader.say(reason), "rows": count, "money": dict(money)}
            for reason, count, money in verdict.fates
        ],
        "detection": [
            _detection_record(verdict, table, _styles(table, meaning, verdict))
            for table, meaning in zip(verdict.tables, verdict.meanings, strict=True)
        ],
        "comparison": comparison_records(store, verdict.batches),
    }


def _styles(
    table: SourceTable, meaning: Interpretation | None, verdict: Verdict
) -> tuple[ColumnStyle, ...]:
    return styles_used(meaning.figures) if meaning else number_styles(table, verdict.answers.layout)


def _detection_record(
    verdict: AnyVerdict, table: SourceTable, styles: Sequence[ColumnStyle]
) -> Record:
    kind = kind_found(verdict.source)
    return {
        "kind": kind.value if kind else None,
        **table_record(table),
        "styles": {one.column: style_record(one.styles[0]) for one in styles},
    }


def table_record(table: SourceTable) -> Record:
    """Return how a table is written, as far as its layout says it."""
    layout = table.layout
    return {
        "sheet": table.sheet or None,
        "encoding": layout.encoding,
        "delimiter": layout.delimiter,
        "header_row": layout.header_row,
        "header_rows": layout.header_rows,
        "header": list(table.header),
    }


def style_record(style: NumberStyle) -> dict[str, str]:
    """Return how numbers are written."""
    return {"decimal": style.decimal, "group": style.group}


def comparison_records(store: Store, batches: Sequence[Batch]) -> list[Record]:
    """Return what is new, changed or gone beside what is stored; nothing for what is not stored."""
    rows = store.query("municipalities").to_pylist()
    stored = {row["municipality_code"] for row in rows}
    known = [batch for batch in batches if batch.municipality.code in stored]
    return [_comparison(batch, compare(store, batch)) for batch in known[:COMPARED_AT_MOST]]


def _comparison(batch: Batch, found: Comparison) -> Record:
    return {
        "municipality": batch.municipality.code,
        "year": batch.fiscal_year,
        "direction": batch.direction.value,
        "statements": [_compared(one) for one in found.statements],
        "examples": found.examples.to_pylist(),
        "renames": found.renames.to_pylist(),
    }


def _compared(one: StatementComparison) -> Record:
    return {
        "stage": one.statement.stage.value,
        "as_of": one.statement.as_of,
        "compared_with": {
            "year": one.compared_with.fiscal_year,
            "stage": one.compared_with.stage.value,
            "as_of": one.compared_with.as_of,
        },
        "is_same_statement": one.is_same_statement,
        **{
            fate: {
                "lines": one.lines[fate].line_count,
                "stored": one.lines[fate].stored,
                "stated": one.lines[fate].stated,
            }
            for fate in FATES
        },
    }


def _line_record(line: TableLine) -> Record:
    return {
        "file": line.file,
        "sheet": line.sheet or None,
        "rows": dict(line.rows),
        "totals": line.verdict.totals,
        "errors": line.errors,
        "questions": line.questions,
        "state": line.state,
    }


def _summary(files: Sequence[Examined], together: Bundle) -> Record:
    rows: dict[str, int] = {}
    for examined in files:
        for fate, count in examined.verdict.rows.items():
            rows[fate] = rows.get(fate, 0) + count
    return {
        "files": len(files),
        "accepted": all(examined.accepted is not None for examined in files),
        "acceptable": together.is_acceptable,
        "rows": rows,
        "open_checks": list(together.open_checks),
    }


def _findings_record(findings: Sequence[Finding], reader: Language) -> Mapping[str, Any]:
    counts = {one.value: sum(found.severity is one for found in findings) for one in Severity}
    return {**counts, "list": [finding_record(found, reader) for found in findings]}


def finding_record(finding: Finding, reader: Language) -> Record:
    """Return a finding with its words in the reader's language."""
    return {
        "check": finding.check,
        "severity": finding.severity.value,
        "message": reader.say(finding.message),
        "suggestion": reader.say(finding.suggestion) if finding.suggestion else None,
        "sheet": finding.sheet,
        "row": finding.row_number,
        "column": finding.column,
        "value": finding.value,
    }
