"""Transfer: marks as a table that another installation, or a spreadsheet, takes and gives back."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import pyarrow as pa

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import BudgetingError, ImportRefused, NotAllowed
from budgeting.imports.readers import read
from budgeting.imports.source import FileLayout, SourceFile, SourceTable
from budgeting.marks.model import Confidence
from budgeting.marks.recording import (
    KEYS,
    PARTS,
    Act,
    known_subjects,
    record,
    refuse_frozen,
    refuse_if_changed,
    shares_before,
)
from budgeting.methodologies import classify, evidence_from_json, rule_fingerprint
from budgeting.methodologies import methodology as methodology_named
from budgeting.methodologies.model import Subject
from budgeting.model import Direction, Finding, Severity, Stage, plural_text, text
from budgeting.store import Store

KEY = ("methodology", "direction", "subject", "subject_code", "from_year", "stage")
# column of the database -> heading in the file, the same in every language
HEADINGS = {
    "methodology": "methodology_code",
    "methodology_version": "methodology_version",
    "direction": "direction_code",
    "subject": "subject_kind",
    "subject_code": "subject_code",
    "from_year": "from_year",
    "stage": "stage_code",
    "category": "category_code",
    "amount_share": "amount_share",
    "score": "score_value",
    "evidence": "evidence_json",
    "evidence_link": "evidence_link",
    "reason": "reason_text",
    "confidence": "confidence_code",
    "state": "state_code",
    "author": "author_name",
    "reviewer": "reviewer_name",
}
_TOLD_ONLY = ("state", "author", "reviewer", "score")  # what is imported is a draft of who imports
_NEEDED = tuple(name for name in HEADINGS if name not in _TOLD_ONLY)
_STEP = Decimal(1).scaleb(-18)


@dataclass(frozen=True, slots=True)
class MarksFile:
    """What a file of marks says: marks by key that are new or different, and what is wrong with it.

    ``same_count`` marks stand already as the file has them; ``seen`` is the newest change then.
    """

    name: str
    municipality_code: str
    marks: Mapping[tuple[Any, ...], list[dict[str, Any]]]
    findings: tuple[Finding, ...]
    same_count: int
    seen: int


def standing_marks(store: Store, municipality_code: str, methodology: str | None) -> pa.Table:
    """Return every mark as it stands, one row per part; columns are those of `HEADINGS`."""
    found = store.query(
        "standing_marks", municipality_code=municipality_code, methodology=methodology
    )
    return found.select(list(HEADINGS))


def examine_marks(store: Store, source: SourceFile, municipality_code: str) -> MarksFile:
    """Read a file that the report ``marks`` gave, as CSV or XLSX; writes nothing.

    Whatever cannot be a mark is an error finding with its row.
    """
    seen = store.query("next_mark")["mark_id"][0].as_py() - 1
    table, rows_before = _table(source)
    missing = [HEADINGS[name] for name in _NEEDED if HEADINGS[name] not in table.header]
    if missing:
        finding = _error(
            "marks-columns",
            text("The file lacks the columns {names}.", names=", ".join(missing)),
        )
        return MarksFile(source.name, municipality_code, {}, (finding,), 0, seen)
    findings: list[Finding] = []
    marks = _grouped(_parts(table, rows_before, findings))
    for key in list(marks):
        findings += _together(key, marks[key])
    standing = _grouped(standing_marks(store, municipality_code, None).to_pylist())
    same = [key for key in marks if _said(marks[key]) == _said(standing.get(key, []))]
    new = {key: parts for key, parts in marks.items() if key not in same}
    return MarksFile(source.name, municipality_code, new, tuple(findings), len(same), seen)


def accept_marks(store: Store, identity: Identity, file: MarksFile) -> int:
    """Write the marks of a file in one transaction, as drafts; return how many.

    Raises
    ------
    ImportRefused
        The file has errors; nothing is written.
    NotAllowed, NotFound, MarkChanged
        As in `marking.mark`; nothing is written.
    """
    require(identity, Action.CLASSIFY_LINE)
    errors = [one for one in file.findings if one.severity is Severity.ERROR]
    if errors:
        raise ImportRefused(
            plural_text(
                "The file has {count} error; nothing was stored.",
                "The file has {count} errors; nothing was stored.",
                len(errors),
            )
        )
    change = Change("import-marks", file.name, file.municipality_code)
    with store.transaction(identity, change) as transaction:
        act = Act(transaction, identity, file.municipality_code, "import", file.name)
        for methodology in sorted({key[0] for key in file.marks}):
            _write(act, methodology, file)
        transaction.details = {"marks": len(file.marks), "unchanged": file.same_count}
    return len(file.marks)


def _write(act: Act, methodology: str, file: MarksFile) -> None:
    keys = [key for key in file.marks if key[0] == methodology]
    rows = [
        dict(zip(KEY[1:], key[1:], strict=True)) | {"parts_id": place, "place": place}
        for place, key in enumerate(keys)
    ]
    subjects = pa.Table.from_pylist(rows, schema=KEYS)
    refuse_if_changed(act, methodology, subjects, file.seen)
    refuse_frozen(act, methodology, subjects)
    parts = [
        {**part, "parts_id": place, "number": number}
        for place, key in enumerate(keys)
        for number, part in enumerate(file.marks[key])
    ]
    different = subjects.group_by(["direction", "subject", "subject_code"]).aggregate([])
    numbered = different.append_column("place", pa.array(range(different.num_rows), pa.int64()))
    known = known_subjects(act, numbered)
    record(act, methodology, subjects, pa.Table.from_pylist(parts, schema=PARTS), known)


# --- reading --------------------------------------------------------------


def _table(source: SourceFile) -> tuple[SourceTable, int]:
    """Return the table, and how many rows of a stamp stand before its header in a text file."""
    rows = source.content.splitlines(keepends=True)
    for number, row in enumerate(rows):
        if b"subject_kind" in row and b"category_code" in row:
            delimiter = ";" if b";" in row else ","
            below = SourceFile(source.name, b"".join(rows[number:]))
            return read(below, FileLayout(delimiter=delimiter, header_row=1, header_rows=1)), number
    return read(source), 0


def _parts(
    table: SourceTable, rows_before: int, findings: list[Finding]
) -> Iterator[dict[str, Any]]:
    findings += [one for one in table.findings if one.severity is Severity.ERROR]
    for cells in table.rows.to_pylist():
        try:
            yield _part({name: _cell(cells.get(HEADINGS[name])) for name in HEADINGS})
        except BudgetingError as error:
            findings.append(_error("mark-row", error.message, rows_before + cells["row_number"]))


def _cell(written: str | None) -> str:
    """Return a cell without the apostrophe that keeps spreadsheets from calculating it."""
    words = (written or "").strip()
    return words[1:] if re.match(r"'[=+\-@\t\r]", words) else words


def _part(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return a part of a mark; raise a sentence where the row cannot be one."""
    methodology = methodology_named(cells["methodology"], cells["methodology_version"] or None)
    evidence = evidence_from_json(cells["evidence"])
    outcome = classify(methodology, evidence)
    category = methodology.category(cells["category"])
    if outcome.category is not None and outcome.category != category.code:
        raise NotAllowed(
            text(
                "The evidence gives the category “{found}”, and the row says “{stated}”.",
                found=outcome.category,
                stated=category.code,
            )
        )
    if category.is_reason_required and not cells["reason"]:
        raise NotAllowed(text("The category “{category}” needs a reason.", category=category.code))
    return {
        "methodology": methodology.code,
        "methodology_version": methodology.version,
        "rule_fingerprint": rule_fingerprint(methodology),
        "direction": _one_of(Direction, cells["direction"] or Direction.EXPENDITURE.value),
        "subject": _one_of(Subject, cells["subject"]),
        "subject_code": cells["subject_code"],
        "from_year": int(_number(cells["from_year"] or "0")),
        "stage": _one_of(Stage, cells["stage"]) if cells["stage"] else None,
        "category": category.code,
        "amount_share": _number(cells["amount_share"] or "1").quantize(_STEP),
        "score": outcome.score,
        "evidence": evidence.as_json(),
        "evidence_link": cells["evidence_link"],
        "reason": cells["reason"],
        "confidence": _one_of(Confidence, cells["confidence"] or Confidence.HIGH.value),
    }


def _one_of(kind: Any, written: str) -> str:
    if written not in set(kind):
        raise NotAllowed(
            text("“{written}” is none of: {known}.", written=written, known=", ".join(kind))
        )
    return written


def _number(written: str) -> Decimal:
    try:
        return Decimal(written.replace(",", "."))
    except InvalidOperation:
        raise NotAllowed(text("“{written}” is no number.", written=written)) from None


def _grouped(parts: Iterable[dict[str, Any]]) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    marks: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for part in parts:
        marks.setdefault(tuple(part[name] for name in KEY), []).append(part)
    return marks


def _together(key: tuple[Any, ...], parts: list[dict[str, Any]]) -> Iterator[Finding]:
    """Place the parts of a mark one behind the other; yield what forbids it."""
    try:
        before = shares_before([part["amount_share"] for part in parts])
    except NotAllowed as error:
        yield _error("mark-shares", error.message, value=str(key[3]))
        return
    for part, share in zip(parts, before, strict=True):
        part["share_before"] = share


def _said(parts: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Return what two marks must have alike to be the same."""
    names = ("methodology_version", "category", "amount_share", "evidence", "reason", "confidence")
    return [tuple(part[name] for name in (*names, "evidence_link")) for part in parts]


def _error(check: str, message: Any, row: int | None = None, value: str | None = None) -> Finding:
    return Finding(check, Severity.ERROR, message, row_number=row, value=value)
