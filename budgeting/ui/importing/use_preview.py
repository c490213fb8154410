"""Preview of a file of use: its rows beside the figures that they give, and how many there are."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Dictionary

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from budgeting.imports.use.figures import Counted
from budgeting.imports.use.verdict import UseVerdict
from budgeting.model import Exact, Severity
from budgeting.names import sex_name
from budgeting.services.model import FigureKind, Unit
from budgeting.services.names import figure_kind_name, unit_name
from budgeting.ui.fields import worded
from budgeting.ui.filters import capital
from budgeting.ui.frame import plain
from budgeting.ui.importing.preview import ROWS, as_received, show_beside
from budgeting.ui.session import language
from budgeting.ui.session import say as _


def show_use(verdict: UseVerdict, key: str) -> None:
    """Show how many figures the file has, and of which units: they are never added to each other."""
    if not verdict.figures:
        return
    number = language().number
    with st.container(horizontal=True):
        for name, label in (
            ("figures", _("Figures")),
            ("indicators", _("Indicators")),
            ("years", _("Years")),
        ):
            st.metric(label, number(verdict.totals[name]))
    units = {
        language().say(unit_name(Unit(unit))): number(count)
        for unit, count in verdict.units.items()
    }
    told = ", ".join(f"{name} {count}" for name, count in units.items())
    st.caption(plain(_("Figures by unit, each kept apart: {units}.", units=told)))
    _show_rows(verdict, key)


def _show_rows(verdict: UseVerdict, key: str) -> None:
    with st.expander(_("Rows of the file, and what becomes of them"), icon=":material/compare:"):
        kinds = _kinds(verdict)
        words = {name: f"{name} ({language().number(len(rows))})" for name, rows in kinds.items()}
        chosen = st.selectbox(
            _("Rows in view"),
            list(kinds),
            format_func=lambda name: words.get(name, name),
            key=worded(f"use_rows_{key}"),
        )
        numbers = kinds.get(chosen, next(iter(kinds.values())))[:ROWS]
        wanted = pc.is_in(verdict.table.rows["row_number"], pa.array(numbers, pa.int32()))
        rows = verdict.table.rows.filter(wanted)
        show_beside(as_received(rows), _as_understood(verdict, rows["row_number"].to_pylist()))


def _kinds(verdict: UseVerdict) -> dict[str, list[int]]:
    """Return the row numbers by what becomes of the rows; all of them first."""
    every: list[int] = verdict.table.rows["row_number"].to_pylist()
    wrong, given = _wrong(verdict), {one.row_number for one in verdict.figures}
    found = {
        _("All rows"): every,
        _("Rows that give figures"): [row for row in every if row in given - wrong],
        _("Rows that give none"): [row for row in every if row not in given | wrong],
        _("Rows with errors"): [row for row in every if row in wrong],
    }
    return {name: rows for name, rows in found.items() if rows}


def _wrong(verdict: UseVerdict) -> set[int]:
    errors = verdict.with_severity(Severity.ERROR)
    return {found.row_number for found in errors if found.row_number} | verdict.left_out


def _as_understood(verdict: UseVerdict, numbers: Sequence[int]) -> pa.Table:
    """Return what becomes of some rows: what is counted, and a column for each sex, kind and year."""
    by_row: dict[int, list[Counted]] = {number: [] for number in numbers}
    for one in verdict.figures:
        if one.row_number in by_row:
            by_row[one.row_number].append(one)
    wrong = _wrong(verdict)
    columns = {
        _("Row"): [str(number) for number in numbers],
        _("What it is"): [_fate(number in wrong, by_row[number]) for number in numbers],
    }
    columns |= {
        heading: cells
        for heading, cells in _told(by_row, numbers).items()
        if any(cells)  # a file without groups has no column of groups
    }
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})


def _fate(is_wrong: bool, figures: Sequence[Counted]) -> str:
    if is_wrong:
        return _("Rejected: it has an error")
    return _("Figures") if figures else _("Nothing is stored of it")


def _told(
    by_row: Dictionary[int, Sequence[Counted]], numbers: Sequence[int]
) -> dict[str, list[str]]:
    found = {
        _("What is counted"): [_of(by_row[number], _label) for number in numbers],
        _("Unit"): [_of(by_row[number], _unit) for number in numbers],
        _("Age and group"): [_of(by_row[number], _part) for number in numbers],
        _("Data grade"): [_of(by_row[number], lambda one: one.grade) for number in numbers],
    }
    headings = dict.fromkeys(_heading(one) for figures in by_row.values() for one in figures)
    for heading in headings:
        found[heading] = [
            _of([one for one in by_row[number] if _heading(one) == heading], _figure)
            for number in numbers
        ]
    return found


def _of(figures: Sequence[Counted], words: Callable[[Counted], str]) -> str:
    """Return what the figures of a row say, each thing once."""
    return "; ".join(dict.fromkeys(words(one) for one in figures))


def _label(one: Counted) -> str:
    return one.indicator.label


def _unit(one: Counted) -> str:
    return one.indicator.unit_label or language().say(unit_name(one.indicator.unit))


def _part(one: Counted) -> str:
    return " · ".join(part for part in (_ages(one), "/".join(filter(None, one.group))) if part)


def _ages(one: Counted) -> str:
    if one.ages is None:
        return ""
    first, last = one.ages
    return f"{first}+" if last is None else f"{first}–{last}"


def _figure(one: Counted) -> str:
    return language().value(Exact(one.figure))


def _heading(one: Counted) -> str:
    say = language().say
    return _(
        "{sex}, {kind} {year}",
        sex=capital(say(sex_name(one.sex))),
        kind=say(figure_kind_name(FigureKind(one.kind))),
        year=str(one.fiscal_year),
    )
