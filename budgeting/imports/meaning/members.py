"""Members: the codes of each dimension as a file uses them, and the path of every row."""

import re
from collections import Counter
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from budgeting.classifications import (
    Classification,
    cofog_codes,
    cofog_path,
    read_classification,
    read_link,
)
from budgeting.imports.cells.columns import Cells, Columns
from budgeting.imports.cells.encoded import Encoded, Truths, grouped
from budgeting.imports.mappings.mapping import ClassificationRule, Level
from budgeting.imports.meaning.headings import Headings
from budgeting.model import Finding, Severity, plural_text, text
from budgeting.names import dimension_name

UNKNOWN = ""  # the path code of "not known"
SEPARATOR = "/"
_LONGEST_CODE = 20  # a longer text is no code that somebody mistyped


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
class Paths:
    """Of one dimension: the path code of every row, its members, and what is wrong with them."""

    codes: Cells
    members: tuple[Member, ...]
    findings: tuple[Finding, ...]


def paths_of(
    rule: ClassificationRule,
    columns: Columns,
    earlier: Dictionary[str, Cells],
    headings: Headings,
    is_line: Cells,
) -> Paths:
    """Read a dimension for every row of `columns`; only rows of `is_line` have findings."""
    if rule.link:
        return _linked(rule, earlier[rule.link.origin], is_line)
    if any(level.heading for level in rule.levels):
        return _headed(rule, columns, headings)
    if rule.dimension == "function":
        return _functions(rule, columns, is_line)
    return _from_columns(rule, columns, is_line)


def escaped_marks(codes: pa.Array | Cells) -> pa.Array | Cells:
    """Write the marks that hold paths and line codes together so that no code contains them."""
    for mark, written in (("%", "%25"), ("/", "%2F"), (";", "%3B"), ("=", "%3D")):
        codes = pc.replace_substring(codes, mark, written)
    return codes


def _from_columns(rule: ClassificationRule, columns: Columns, is_line: Cells) -> Paths:
    severity = Severity.WARNING if rule.may_be_empty else Severity.ERROR
    findings: list[Finding] = []
    members: list[Member] = []
    lines = is_line.to_numpy()
    is_missing = np.zeros(len(columns), bool)
    steps: _Steps | None = None
    for depth, level in enumerate(rule.levels, start=1):
        code, label = _code_and_label(level, columns)
        is_empty = code.are("")
        is_missing |= is_empty
        findings += _missing_codes(rule, level, severity, columns, is_empty & lines)
        steps = _Steps.below(steps, code)
        shown = _distinct_members((rule.dimension, depth), steps, label, lines, findings)
        members += _relabelled(shown, level)
    findings += _unlisted(rule, members, columns, lines)
    assert steps is not None
    return Paths(steps.without(is_missing), tuple(members), tuple(findings))


@dataclass(frozen=True, slots=True)
class _Steps:
    """The path codes down to a level, with the code there and the path above of each."""

    paths: Encoded
    parents: pa.Array
    codes: pa.Array

    @classmethod
    def below(cls, above: "_Steps | None", code: Encoded) -> "_Steps":
        steps = escaped_marks(code.values)
        if above is None:
            top = pa.repeat(pa.scalar("", pa.string()), len(steps))
            return cls(Encoded(steps, code.places), top, code.values)
        found = grouped([above.paths, code])
        parents, own = (pa.array(texts) for texts in found.texts)
        parents = above.paths.values.take(parents)
        paths = pc.binary_join_element_wise(parents, steps.take(own), SEPARATOR)
        return cls(Encoded(paths, found.places), parents, code.values.take(own))

    def without(self, is_missing: Truths) -> Cells:
        """Return the path code of every row, not known where some code is missing."""
        values = pa.concat_arrays([self.paths.values, pa.array([UNKNOWN], pa.string())])
        places = np.where(is_missing, np.int32(len(values) - 1), self.paths.places)
        return Encoded(values, places).cells


def _code_and_label(level: Level, columns: Columns) -> tuple[Encoded, Encoded]:
    code = _code(level, columns)
    label = columns.encoded(level.label) if level.label else code
    if not level.pattern:
        return code, label
    found = pc.extract_regex(code.values, level.pattern)
    taken = [field.name for field in found.type]
    own = code.mapped(pc.fill_null(pc.struct_field(found, "code"), ""))
    if "label" in taken:
        return own, code.mapped(pc.fill_null(pc.struct_field(found, "label"), ""))
    return own, label if level.label else own


def _code(level: Level, columns: Columns) -> Encoded:
    if level.text is not None:
        return Encoded.constant(level.text, len(columns))
    parts = [columns.encoded(name) for name in level.columns]
    if len(parts) == 1:
        return parts[0]
    found = grouped(parts)
    texts = [part.values.take(pa.array(own)) for part, own in zip(parts, found.texts, strict=True)]
    is_whole = reduce(pc.and_, [pc.not_equal(part, "") for part in texts])
    joined = pc.if_else(is_whole, pc.binary_join_element_wise(*texts, level.join), "")
    return Encoded(joined, found.places).mapped(joined)


def _relabelled(members: list[Member], level: Level) -> list[Member]:
    """Give the members the labels of the level's look-up table, where it has their codes."""
    if level.labels is None:
        return members
    codes = read_classification(level.labels).codes
    return [
        replace(member, label=next(iter(codes[member.code].labels.values())))
        if member.code in codes
        else member
        for member in members
    ]


def _distinct_members(
    level: tuple[str, int], steps: _Steps, label: Encoded, lines: Truths, findings: list[Finding]
) -> list[Member]:
    """Return one member per code; where a file calls a code two things, the more frequent wins."""
    dimension, depth = level
    groups = grouped([steps.paths, label])
    counts = np.bincount(groups.places[lines], minlength=len(groups)).tolist()
    labels = label.values.take(pa.array(groups.texts[1])).to_pylist()
    paths, parents, codes = (
        column.to_pylist() for column in (steps.paths.values, steps.parents, steps.codes)
    )
    found: dict[int, Member] = {}
    rivals: Counter[int] = Counter()
    for n in sorted(range(len(groups)), key=lambda n: (-counts[n], labels[n])):
        path = int(groups.texts[0][n])
        if not counts[n] or not codes[path]:
            continue
        rivals[path] += 1
        own = (paths[path], parents[path], codes[path])
        found.setdefault(path, Member(dimension, *own, depth, labels[n]))
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


def _missing_codes(
    rule: ClassificationRule, level: Level, severity: Severity, columns: Columns, mask: Truths
) -> list[Finding]:
    column = level.columns[0] if level.columns else None
    return [
        _missing_code(rule.dimension, column, severity, row_number)
        for row_number in columns.row_numbers.to_numpy()[mask].tolist()
    ]


def _missing_code(
    dimension: str, column: str | None, severity: Severity, row_number: int
) -> Finding:
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


def _unlisted(
    rule: ClassificationRule, members: list[Member], columns: Columns, lines: Truths
) -> list[Finding]:
    """Tell the codes that the classification named by the mapping does not have, each where it is first."""
    if rule.known is None:
        return []
    classification = read_classification(rule.known)
    code, _ = _code_and_label(rule.levels[-1], columns)
    codes = code.cells.filter(pa.array(lines))
    rows = columns.row_numbers.filter(pa.array(lines))
    return [
        Finding(
            "unknown-code",
            Severity.WARNING,
            text(
                "The classification {classification} has no code “{code}”.",
                classification=classification.title,
                code=member.code,
            ),
            text(
                "Nearest known: {codes}. Correct the ledger, or add the code as the municipality's own.",
                codes=", ".join(_nearest(classification, member.code)) or "–",
            ),
            row_number=rows[pc.index(codes, member.code).as_py()].as_py(),
            column=", ".join(rule.levels[member.depth - 1].columns) or None,
            value=member.code,
        )
        for member in members
        if member.depth == len(rule.levels) and classification.known(member.code) is None
    ]


def _nearest(classification: Classification, code: str) -> tuple[str, ...]:
    return classification.nearest(code, 3) if len(code) <= _LONGEST_CODE else ()


def _functions(rule: ClassificationRule, columns: Columns, is_line: Cells) -> Paths:
    """Read COFOG codes; a code that COFOG does not have is an error, an empty one a warning."""
    encoded, _ = _code_and_label(rule.levels[-1], columns)
    column = rule.levels[-1].columns[0] if rule.levels[-1].columns else "function"
    lines = is_line.to_numpy()
    used = encoded.values.take(pa.array(np.unique(encoded.places[lines]))).to_pylist()
    known = {code: cofog_path(code) for code in used if code in cofog_codes()}
    is_empty = encoded.are("") & lines
    findings = _missing_codes(rule, rule.levels[-1], Severity.WARNING, columns, is_empty)
    strange = [code for code in used if code and code not in known]
    is_strange = encoded.rows_of(pc.is_in(encoded.values, pa.array(strange, pa.string()))) & lines
    codes = encoded.values.take(pa.array(encoded.places[is_strange])).to_pylist()
    rows = zip(columns.row_numbers.to_numpy()[is_strange].tolist(), codes, strict=True)
    findings += [_unknown_function(row_number, column, code) for row_number, code in rows]
    paths = Encoded(translated(encoded.values, known), encoded.places)
    return Paths(paths.cells, cofog_members(set(known.values())), tuple(findings))


def _unknown_function(row_number: int, column: str, code: str) -> Finding:
    nearest = read_classification("cofog").nearest(code, 1) if len(code) <= _LONGEST_CODE else ()
    code = code[:80]
    return Finding(
        "unknown-function",
        Severity.ERROR,
        text("COFOG has no function “{code}”.", code=code),
        text(
            "COFOG codes look like 09.1; the nearest is {nearest}. Correct the code in the ledger.",
            nearest=", ".join(nearest) or "–",
        ),
        row_number,
        column,
        code,
    )


def _linked(rule: ClassificationRule, origin: Cells, is_line: Cells) -> Paths:
    """Derive the COFOG function from another dimension's code by the longest known prefix."""
    assert rule.link is not None
    link = read_link(rule.link.table)
    encoded = Encoded.of(origin)
    used = np.unique(encoded.places[is_line.to_numpy()])
    targets = {
        path: link.target(path.rpartition(SEPARATOR)[2])
        for path in encoded.values.take(pa.array(used)).to_pylist()
    }
    known = {path: cofog_path(target) for path, target in targets.items() if target}
    unlinked = sorted(path for path, target in targets.items() if not target and path)
    findings = (_not_linked(rule.link.table, rule.link.origin, unlinked),) if unlinked else ()
    paths = Encoded(translated(encoded.values, known), encoded.places).cells
    return Paths(paths, cofog_members(set(known.values())), findings)


def _not_linked(table: str, origin: str, unlinked: list[str]) -> Finding:
    return Finding(
        "function-not-linked",
        Severity.NOTE,
        plural_text(
            "{count} code of {dimension} has no link to COFOG: its function is “not known”.",
            "{count} codes of {dimension} have no link to COFOG: their function is “not known”.",
            len(unlinked),
            dimension=dimension_name(origin),
        ),
        text("Add them to data/classifications/{table}.csv.", table=table),
        value=", ".join(unlinked[:12]),
    )


def _headed(rule: ClassificationRule, columns: Columns, headings: Headings) -> Paths:
    """Take the dimension from the headings above each row; without one it is not known."""
    found: dict[str, Member] = {}
    paths = headings.paths[rule.dimension]
    for steps in headings.used[rule.dimension]:
        path = ""
        for depth, (code, label) in enumerate(steps, start=1):
            parent, step = path, re.sub(r"[%/;=]", lambda mark: f"%{ord(mark[0]):02X}", code)
            path = f"{path}{SEPARATOR}{step}" if path else step
            found.setdefault(path, Member(rule.dimension, path, parent, code, depth, label))
    return Paths(paths, tuple(found.values()), ())


def translated(values: pa.Array, meanings: Dictionary[str, str]) -> pa.Array:
    """Return for each value its meaning, "" where it has none."""
    keys = pa.array(list(meanings), pa.string())
    found = pa.array(list(meanings.values()), pa.string())
    return pc.fill_null(pc.take(found, pc.index_in(values, keys)), UNKNOWN)


def cofog_members(paths: set[str]) -> tuple[Member, ...]:
    """Return the members of COFOG on these paths, divisions before their groups."""
    labels = cofog_codes()
    wanted = {path.partition(SEPARATOR)[0] for path in paths} | paths
    return tuple(
        Member(
            "function",
            path,
            path.rpartition(SEPARATOR)[0],
            path.rpartition(SEPARATOR)[2],
            path.count(SEPARATOR) + 1,
            labels[path.rpartition(SEPARATOR)[2]]["en"],
        )
        for path in sorted(wanted)
    )
