"""Scopes: whose money a row is, of which year, and whether it goes out or comes in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.answers import Answers
from budgeting.imports.cells.columns import Cells, Columns
from budgeting.imports.mappings.mapping import Mapping, MunicipalitiesRule, MunicipalityRule
from budgeting.imports.meaning.asked import (
    completed,
    direction_findings,
    place_findings,
    stated_direction,
)
from budgeting.imports.words.vocabulary import fold
from budgeting.model import Finding, Severity, Text, text

_NAMED_FIRST = 5
# what stands where there is no code; a code that is one letter or more is none of these
_NO_CODE = r"(?i)^(?:n[./]?\s?[ad]\.?|nan|null|none|0*|[^\pL\pN]*)$"
_YEAR = r"(?:^|\D)(?P<year>(?:19|20)\d\d)(?:\D|$)"


@dataclass(frozen=True, slots=True)
class Scopes:
    """Per row: the place of its municipality in `municipalities`, its direction, its year.

    A place or a direction of -1 and a year of 0 are not known. ``year`` is 0 in every row where the
    columns of the amounts say the years.
    """

    municipalities: tuple[MunicipalityRule, ...]
    municipality: np.ndarray
    direction: np.ndarray
    year: np.ndarray
    findings: tuple[Finding, ...]


def scopes_of(
    columns: Columns, mapping: Mapping, answers: Answers, place: MunicipalityRule | None
) -> Scopes:
    """Return the scope of every row; `place` is the municipality where there is but one."""
    findings: list[Finding] = []
    places, where = _municipalities(columns, mapping, place)
    places = tuple(completed(one, answers) for one in places)
    findings += place_findings(places, answers)
    direction = _directions(columns, mapping, answers)
    findings += direction_findings(mapping, direction, answers)
    years = _years(columns, mapping, answers, findings)
    return Scopes(places, where, direction, years, tuple(findings))


def not_asked_for(scopes: Scopes, mapping: Mapping, answers: Answers) -> np.ndarray:
    """Return the rows of municipalities or years other than those that a person asked for."""
    others = np.zeros(len(scopes.municipality), bool)
    if mapping.municipalities and answers.municipality_code:
        codes = [place.code for place in scopes.municipalities]
        wanted = (
            codes.index(answers.municipality_code) if answers.municipality_code in codes else -2
        )
        others |= (scopes.municipality != wanted) & (scopes.municipality >= 0)
    if mapping.fiscal_year_column and answers.fiscal_year:
        others |= (scopes.year != answers.fiscal_year) & (scopes.year > 0)
    return others


def scope_findings(
    scopes: Scopes, columns: Columns, mapping: Mapping, is_line: Cells
) -> list[Finding]:
    """Return one error per line whose municipality, direction or year is not known."""
    lines = is_line.to_numpy()
    findings: list[Finding] = []
    named = mapping.municipalities.column if mapping.municipalities else None
    told = (
        (scopes.municipality < 0, named, text("The row does not say which municipality it is of.")),
        (
            scopes.direction < 0,
            mapping.direction.column,
            text("The row is neither known as expenditure nor as revenue."),
        ),
    )
    for mask, column, message in told:
        if column is not None:
            findings += _per_row(columns, column, lines & mask, message)
    if mapping.fiscal_year_column:
        message = text("The row does not say which fiscal year it is of.")
        findings += _per_row(
            columns, mapping.fiscal_year_column, lines & (scopes.year == 0), message
        )
    if mapping.municipalities and named:
        findings += _several_names(scopes, columns, mapping.municipalities, lines)
    return findings


def _several_names(
    scopes: Scopes, columns: Columns, rule: MunicipalitiesRule, lines: np.ndarray
) -> Iterable[Finding]:
    """Ask about every municipality that has several names in one year: they may be as many."""
    names = columns.encoded(rule.column or "")
    same = fold if rule.code_column else str.casefold  # names alone are compared by `fold` already
    spelled = names.mapped(pa.array(map(same, names.values.to_pylist()), pa.string()))
    row_of = np.unique(spelled.places, return_index=True)[1]
    written = names.values.take(pa.array(names.places[row_of])).to_pylist()
    keys = {"place": scopes.municipality, "year": scopes.year, "name": spelled.places}
    rows = pa.table(keys).filter(pa.array(lines & (scopes.municipality >= 0)))
    found = np.stack(rows.group_by(list(keys)).aggregate([]).columns, axis=1)
    _, years, counts = np.unique(found[:, :2], axis=0, return_inverse=True, return_counts=True)
    several = found[counts[years.ravel()] > 1]
    for place in np.unique(several[:, 0]).tolist():
        own = np.unique(several[several[:, 0] == place, 2]).tolist()
        yield Finding(
            "names-of-municipality",
            Severity.QUESTION,
            text(
                "The municipality “{name}” has {count} names in one year: {names}. Their money is "
                "added up as one budget.",
                name=scopes.municipalities[place].name,
                count=len(own),
                names=tuple(f"“{written[n]}”" for n in own[:_NAMED_FIRST]),
            ),
            text(
                "If they are one municipality, write that as the reason. If not, each needs a code of "
                "its own in the file."
            ),
            column=columns.name_of(rule.column or ""),
        )


def _per_row(columns: Columns, column: str, mask: np.ndarray, message: Text) -> Iterable[Finding]:
    chosen = pa.chunked_array([pa.array(mask)])
    cells = columns.cells(column).filter(chosen).to_pylist()
    for row_number, cell in zip(columns.row_numbers.filter(chosen).to_pylist(), cells, strict=True):
        yield Finding(
            "scope",
            Severity.ERROR,
            message,
            text("Fill the cell, or say in the mapping what its words mean."),
            row_number,
            columns.name_of(column),
            cell,
        )


def _municipalities(
    columns: Columns, mapping: Mapping, place: MunicipalityRule | None
) -> tuple[tuple[MunicipalityRule, ...], np.ndarray]:
    rule = mapping.municipalities
    everywhere = np.zeros(len(columns), np.int32)
    if rule is None or (place and not columns.table.sheet and not rule.column):
        return (place,) if place else (), everywhere if place else everywhere - 1
    if rule.column is None:
        name = columns.table.sheet
        return (_named(rule, name, ""),) if name else (), everywhere if name else everywhere - 1
    names = columns.cells(rule.column)
    codes = columns.cells(rule.code_column) if rule.code_column else names
    return _distinct(rule, names, codes)


def _distinct(
    rule: MunicipalitiesRule, names: Cells, codes: Cells
) -> tuple[tuple[MunicipalityRule, ...], np.ndarray]:
    """Return the municipalities of a column; of one that has several names the most frequent.

    A row without a code is of the municipality that it names, if that one has a code nowhere.
    """
    keys = _keys(names, codes)
    counted = pa.table({"key": keys, "name": names}).group_by(["key", "name"])
    pairs = counted.aggregate([([], "count_all")]).to_pylist()
    found: dict[str, MunicipalityRule] = {}
    for row in sorted(pairs, key=lambda row: (-row["count_all"], row["name"])):
        if re.search(r"[^\W_]", row["key"]):
            found.setdefault(row["key"], _named(rule, row["name"], row["key"]))
    first = {place.code: place for place in reversed(found.values())}
    places = list(first)
    known = pa.array(list(found), pa.string())
    numbers = pa.array([places.index(place.code) for place in found.values()], pa.int32())
    taken = pc.fill_null(pc.take(numbers, pc.index_in(keys, known)), -1)
    return tuple(first[code] for code in places), taken.to_numpy()


def _keys(names: Cells, codes: Cells) -> Cells:
    """Return what tells the municipalities of rows apart: the code, else a name that has none."""
    is_coded = pc.invert(pc.match_substring_regex(codes, _NO_CODE))
    coded = pc.unique(names.filter(is_coded))
    named = pc.if_else(pc.is_in(names, coded), "", names)
    return pc.if_else(is_coded, codes, named)


def _named(rule: MunicipalitiesRule, name: str, code: str) -> MunicipalityRule:
    own = code if rule.code_column else name
    short = re.sub(r"[^a-z0-9]+", "_", fold(own)).strip("_")
    return MunicipalityRule(
        f"{rule.prefix}{short}", name, rule.country_code, rule.currency_code, rule.is_fictional
    )


def _directions(columns: Columns, mapping: Mapping, answers: Answers) -> np.ndarray:
    rule = mapping.direction
    if rule.column is None:
        return np.full(len(columns), stated_direction(rule, answers), np.int8)
    assert rule.expenditure
    assert rule.revenue
    cells = columns.cells(rule.column)
    is_out = pc.match_substring_regex(cells, rule.expenditure).to_numpy()
    is_in = pc.match_substring_regex(cells, rule.revenue).to_numpy()
    return np.where(is_out & ~is_in, 0, np.where(is_in & ~is_out, 1, -1)).astype(np.int8)


def _years(
    columns: Columns, mapping: Mapping, answers: Answers, findings: list[Finding]
) -> np.ndarray:
    if mapping.fiscal_year_column:
        found = pc.extract_regex(columns.cells(mapping.fiscal_year_column), _YEAR)
        return np.asarray(pc.fill_null(pc.struct_field(found, "year").cast(pa.int32()), 0))
    stated = answers.fiscal_year or mapping.fiscal_year or 0
    is_needed = any(rule.year is None and not rule.date_column for rule in mapping.amounts)
    if not stated and is_needed:
        findings.append(
            Finding(
                "fiscal-year",
                Severity.ERROR,
                text("The file does not say which fiscal year its amounts belong to."),
                text(
                    "State the year (--year, or on the page); it is never read off the file's name."
                ),
            )
        )
    return np.full(len(columns), stated, np.int32)
