"""Interpretation: a mapping applied to rows of text gives budget lines with exact amounts.

Pure: Arrow tables in, Arrow tables out. What a cell cannot mean is a finding, never a zero.
"""

from collections import Counter
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.classifications import CodeLink, cofog_codes, cofog_path, read_link
from budgeting.imports.mapping import ClassificationRule, FileLayout, Mapping
from budgeting.imports.readers import SourceTable
from budgeting.model import Finding, Severity, Stage, plural_text, text
from budgeting.names import dimension_name, stage_name

MONEY = pa.decimal128(18, 2)
UNKNOWN = ""  # the path code of "not known"
_PATH_SEPARATOR = "/"
_FITS = r"^[-+]?0*\d{1,16}(\.\d{1,2})?$"  # what decimal(18, 2) can hold


@dataclass(frozen=True, slots=True)
class Member:
    """A code of a classification as a file uses it; `path_code` runs from the top level down."""

    dimension: str
    path_code: str
    parent_path_code: str
    code: str
    depth: int
    label: str


@dataclass(frozen=True, slots=True)
class AmountColumn:
    """Which statement of amounts a column of a batch holds."""

    column: str
    stage: Stage
    as_of: date | None
    decision_number: str | None


@dataclass(frozen=True, slots=True)
class Batch:
    """The meaning of a file.

    ``lines`` has one row per source row: ``row_number``, ``line_code``, ``label``, one path code
    per dimension ("" where not known), and one decimal column per entry of ``amounts``, null where
    the file has no figure.
    """

    fiscal_year: int
    lines: pa.Table
    amounts: tuple[AmountColumn, ...]
    members: tuple[Member, ...]
    findings: tuple[Finding, ...]


def interpret(table: SourceTable, mapping: Mapping, fiscal_year: int, as_of: date | None) -> Batch:
    """Apply `mapping` to `table` for one fiscal year; `as_of` dates what the mapping does not."""
    findings: list[Finding] = []
    trimmed = _trimmed(table.rows, mapping)
    members: list[Member] = []
    paths: dict[str, pa.ChunkedArray] = {}
    for rule in mapping.classifications:
        reader = _linked if rule.link else _from_columns
        paths[rule.dimension] = reader(rule, trimmed, paths, members, findings)
    label = trimmed[mapping.label]
    lines = {"row_number": trimmed["row_number"], "label": label}
    lines |= _all_dimensions(paths, len(label))
    lines["line_code"] = _line_codes(mapping, lines)
    columns = []
    for rule_number, amount in enumerate(mapping.amounts):
        name = f"amount_{rule_number}"
        lines[name] = numbers(trimmed, amount.column, mapping.layout, findings)
        columns.append(
            AmountColumn(
                name, amount.stage, amount.date_for(fiscal_year, as_of), amount.decision_number
            )
        )
    findings += _change_findings(mapping, trimmed, lines)
    return Batch(fiscal_year, pa.table(lines), tuple(columns), tuple(members), tuple(findings))


def _trimmed(rows: pa.Table, mapping: Mapping) -> dict[str, pa.ChunkedArray]:
    trimmed = {name: pc.utf8_trim_whitespace(rows[name]) for name in mapping.columns}
    return {"row_number": rows["row_number"], **trimmed}


def numbers(
    columns: Dictionary[str, pa.ChunkedArray],
    name: str,
    layout: FileLayout,
    findings: list[Finding],
) -> pa.ChunkedArray:
    """Return a column of amounts as decimals, null where the cell is empty.

    A cell that is not a number in the layout's own style becomes null *and* an error finding.
    """
    cells = columns[name]
    decimal, group = _escaped(layout.decimal), _escaped(layout.group)
    whole = rf"(\d{{1,3}}({group}\d{{3}})+|\d+)" if group else r"\d+"
    is_number = pc.match_substring_regex(cells, rf"^[-+]?{whole}({decimal}\d{{1,2}})?$")
    plain = pc.replace_substring(cells, layout.group, "") if layout.group else cells
    plain = pc.replace_substring(plain, layout.decimal, ".")
    is_number = pc.and_(is_number, pc.match_substring_regex(plain, _FITS))
    is_empty = pc.equal(cells, "")
    for row in _rows_where(pc.invert(pc.or_(is_number, is_empty)), columns["row_number"], cells):
        findings.append(_not_a_number(name, layout, *row))
    return pc.if_else(is_number, plain, pa.scalar(None, pa.string())).cast(MONEY)


def _escaped(mark: str) -> str:
    return "".join("\\" + character if not character.isspace() else character for character in mark)


def _not_a_number(column: str, layout: FileLayout, row_number: int, value: str) -> Finding:
    return Finding(
        "number",
        Severity.ERROR,
        text("“{value}” is not an amount.", value=value),
        text(
            "The mapping expects amounts such as {example}: at most 16 digits and two decimals.",
            example=f"1{layout.group}234{layout.decimal}56",
        ),
        row_number,
        column,
        value,
    )


def _rows_where(
    mask: pa.ChunkedArray, row_numbers: pa.ChunkedArray, cells: pa.ChunkedArray
) -> list[tuple[int, str]]:
    return list(
        zip(row_numbers.filter(mask).to_pylist(), cells.filter(mask).to_pylist(), strict=True)
    )


def _from_columns(
    rule: ClassificationRule,
    columns: Dictionary[str, pa.ChunkedArray],
    _paths: Dictionary[str, pa.ChunkedArray],
    members: list[Member],
    findings: list[Finding],
) -> pa.ChunkedArray:
    """Read a dimension from its columns; collect its members and what is wrong with them."""
    if rule.dimension == "function":
        return _functions(rule, columns, members, findings)
    severity = Severity.WARNING if rule.may_be_empty else Severity.ERROR
    is_missing = pc.equal(columns[rule.levels[-1].code], "")
    for level in rule.levels:
        is_empty = pc.equal(columns[level.code], "")
        is_missing = pc.or_(is_missing, is_empty)
        for row_number, _ in _rows_where(is_empty, columns["row_number"], columns[level.code]):
            findings.append(_missing_code(rule.dimension, level.code, severity, row_number))
    path: pa.ChunkedArray | None = None
    parent: pa.ChunkedArray | None = None
    for depth, level in enumerate(rule.levels, start=1):
        code = columns[level.code]
        step = _escaped_marks(code)
        parent = path
        path = step if path is None else pc.binary_join_element_wise(path, step, _PATH_SEPARATOR)
        label = columns[level.label] if level.label else code
        members += _distinct_members(rule.dimension, depth, (path, parent, code, label), findings)
    return pc.if_else(is_missing, UNKNOWN, path)


def _escaped_marks(codes: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write the marks that hold paths and line codes together so that no code contains them."""
    for mark, written in (("%", "%25"), ("/", "%2F"), (";", "%3B"), ("=", "%3D")):
        codes = pc.replace_substring(codes, mark, written)
    return codes


def _distinct_members(
    dimension: str,
    depth: int,
    columns: tuple[pa.ChunkedArray, pa.ChunkedArray | None, pa.ChunkedArray, pa.ChunkedArray],
    findings: list[Finding],
) -> list[Member]:
    """Return one member per code; where a file calls a code two things, the more frequent wins."""
    path, parent, code, label = columns
    parent = parent if parent is not None else pa.chunked_array([pa.nulls(len(path), pa.string())])
    table = pa.table({"path": path, "parent": parent, "code": code, "label": label})
    counted = table.group_by(["path", "parent", "code", "label"]).aggregate([([], "count_all")])
    found: dict[str, Member] = {}
    rivals: Counter[str] = Counter()
    for row in sorted(counted.to_pylist(), key=lambda row: (-row["count_all"], row["label"])):
        if not row["code"]:
            continue
        rivals[row["path"]] += 1
        found.setdefault(
            row["path"],
            Member(dimension, row["path"], row["parent"] or "", row["code"], depth, row["label"]),
        )
    findings += [_rival_labels(found[path], count) for path, count in rivals.items() if count > 1]
    return list(found.values())


def _rival_labels(member: Member, count: int) -> Finding:
    return Finding(
        "labels-of-code",
        Severity.NOTE,
        text(
            "The file has {count} labels for {dimension} {code}; “{label}”, the most frequent, is shown.",
            count=count,
            dimension=dimension_name(member.dimension),
            code=member.code,
            label=member.label,
        ),
        value=member.code,
    )


def _missing_code(dimension: str, column: str, severity: Severity, row_number: int) -> Finding:
    return Finding(
        "missing-code",
        severity,
        text("The row has no code for {dimension}.", dimension=dimension_name(dimension)),
        text("It will be shown as “not known”; enter the code in the ledger to place it.")
        if severity is Severity.WARNING
        else text("Enter the code in the ledger and export the file again."),
        row_number,
        column,
        "",
    )


def _functions(
    rule: ClassificationRule,
    columns: Dictionary[str, pa.ChunkedArray],
    members: list[Member],
    findings: list[Finding],
) -> pa.ChunkedArray:
    """Read COFOG codes; a code that COFOG does not have is an error, an empty one a warning."""
    column = rule.levels[-1].code
    cells = columns[column]
    known = {
        code: cofog_path(code) for code in pc.unique(cells).to_pylist() if code in cofog_codes()
    }
    for row_number, code in zip(columns["row_number"].to_pylist(), cells.to_pylist(), strict=True):
        if not code:
            findings.append(_missing_code("function", column, Severity.WARNING, row_number))
        elif code not in known:
            findings.append(
                Finding(
                    "unknown-function",
                    Severity.ERROR,
                    text("COFOG has no function “{code}”.", code=code),
                    text("COFOG codes look like 09.1; correct the code in the ledger."),
                    row_number,
                    column,
                    code,
                )
            )
    members += _cofog_members(set(known.values()))
    return _translated(cells, known)


def _linked(
    rule: ClassificationRule,
    columns: Dictionary[str, pa.ChunkedArray],
    paths: Dictionary[str, pa.ChunkedArray],
    members: list[Member],
    findings: list[Finding],
) -> pa.ChunkedArray:
    """Derive the COFOG function from another dimension's code by the longest known prefix."""
    assert rule.link is not None
    link: CodeLink = read_link(rule.link.table)
    origin = paths[rule.link.origin]
    targets = {
        path: link.target(path.rpartition(_PATH_SEPARATOR)[2])
        for path in pc.unique(origin).to_pylist()
    }
    known = {path: cofog_path(target) for path, target in targets.items() if target}
    unlinked = sorted(path for path, target in targets.items() if not target)
    if unlinked:
        findings.append(
            Finding(
                "function-not-linked",
                Severity.NOTE,
                plural_text(
                    "{count} code of {dimension} has no link to COFOG: its function is “not known”.",
                    "{count} codes of {dimension} have no link to COFOG: their function is “not known”.",
                    len(unlinked),
                    dimension=dimension_name(rule.link.origin),
                ),
                text("Add them to data/classifications/{table}.csv.", table=rule.link.table),
                value=", ".join(unlinked[:12]),
            )
        )
    members += _cofog_members(set(known.values()))
    return _translated(origin, known)


def _translated(values: pa.ChunkedArray, meanings: Dictionary[str, str]) -> pa.ChunkedArray:
    """Return for each value its meaning, "" where it has none."""
    keys = pa.array(list(meanings), pa.string())
    found = pa.array(list(meanings.values()), pa.string())
    return pc.fill_null(pc.take(found, pc.index_in(values, keys)), UNKNOWN)


def _cofog_members(paths: set[str]) -> list[Member]:
    labels = cofog_codes()
    wanted = {path.partition(_PATH_SEPARATOR)[0] for path in paths} | paths
    return [
        Member(
            "function",
            path,
            path.rpartition(_PATH_SEPARATOR)[0],
            path.rpartition(_PATH_SEPARATOR)[2],
            path.count(_PATH_SEPARATOR) + 1,
            labels[path.rpartition(_PATH_SEPARATOR)[2]]["en"],
        )
        for path in sorted(wanted)
    ]


def _all_dimensions(
    paths: Dictionary[str, pa.ChunkedArray], count: int
) -> dict[str, pa.ChunkedArray]:
    unknown = pa.chunked_array([pa.array([UNKNOWN] * count, pa.string())])
    names = ("organisation", "programme", "function", "economic_class", "fund")
    return {name: paths.get(name, unknown) for name in names}


def _line_codes(mapping: Mapping, lines: Dictionary[str, pa.ChunkedArray]) -> pa.ChunkedArray:
    """Return the year-free codes: the classifications that stand in the file, in a fixed order."""
    parts = [
        pc.binary_join_element_wise(rule.dimension, lines[rule.dimension], "=")
        for rule in mapping.classifications
        if not rule.link
    ]
    if mapping.is_identified_by_label:
        parts.append(pc.binary_join_element_wise("label", _escaped_marks(lines["label"]), "="))
    return pc.binary_join_element_wise(*parts, ";")


def _change_findings(
    mapping: Mapping,
    columns: Dictionary[str, pa.ChunkedArray],
    lines: Dictionary[str, pa.ChunkedArray],
) -> list[Finding]:
    """Compare the column of changes with the difference of the two stages, row by row."""
    if mapping.change is None:
        return []
    findings: list[Finding] = []
    stages = {amount.stage: lines[f"amount_{n}"] for n, amount in enumerate(mapping.amounts)}
    stated = numbers(columns, mapping.change.column, mapping.layout, findings)
    earlier, later = stages[mapping.change.earlier], stages[mapping.change.later]
    computed = pc.subtract(later, earlier)
    mask = pc.fill_null(pc.not_equal(stated, computed), False)
    rows = [values.filter(mask).to_pylist() for values in (lines["row_number"], stated, computed)]
    for row_number, printed, difference in zip(*rows, strict=True):
        findings.append(
            Finding(
                "change",
                Severity.WARNING,
                text(
                    "The file states a change of {printed}; {later} less {earlier} is {difference}.",
                    printed=printed,
                    difference=difference,
                    earlier=stage_name(mapping.change.earlier),
                    later=stage_name(mapping.change.later),
                ),
                text("The amounts of the stages are stored as printed; ask who keeps the ledger."),
                row_number,
                mapping.change.column,
                str(printed),
            )
        )
    return findings
