"""The columns of a file of use: which says what is counted, which the sex, and which holds the figures."""

from collections.abc import Mapping as Dictionary
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import Any

import streamlit as st

from budgeting.imports.guessing.column_roles import Header
from budgeting.imports.guessing.use_roles import UseColumn, UseRole, uses_of, with_use
from budgeting.imports.source import SourceTable
from budgeting.model import Sex, Text, text
from budgeting.names import sex_name
from budgeting.services.lists import group_kinds
from budgeting.services.model import ALL_SEXES, FigureKind
from budgeting.services.names import figure_kind_name
from budgeting.ui.fields import show_field
from budgeting.ui.filters import capital
from budgeting.ui.importing.case import Case
from budgeting.ui.importing.column_parts import (
    choose_what_rows_are,
    column_title,
    columns_in_view,
    columns_panel,
    show_column,
)
from budgeting.ui.session import language
from budgeting.ui.session import say as _

_MEANINGS: Dictionary[UseRole, Text] = {
    UseRole.UNUSED: text("not used"),
    UseRole.LABEL: text("what is counted"),
    UseRole.FIGURE: text("figures"),
    UseRole.SEX: text("sex"),
    UseRole.UNIT: text("unit"),
    UseRole.YEAR: text("fiscal year"),
    UseRole.AGE: text("age"),
    UseRole.GROUP: text("group"),
    UseRole.KIND: text("counted or planned"),
    UseRole.GRADE: text("data grade"),
    UseRole.SAMPLE_SIZE: text("persons asked, in a survey"),
    UseRole.DESIGN_EFFECT: text("design effect of a survey"),
    UseRole.SOURCE: text("where it comes from"),
    UseRole.PLACE: text("part of the municipality"),
    UseRole.PROGRAMME: text("programme: code"),
    UseRole.ORGANISATION: text("organisation: code"),
    UseRole.CODE: text("code of what is counted"),
    UseRole.IDENTIFIED_BY: text("what tells apart what is called the same"),
    UseRole.MUNICIPALITY: text("municipality: name"),
    UseRole.MUNICIPALITY_CODE: text("municipality: code"),
}


def edit_use_columns(case: Case, table: SourceTable, *, is_open: bool) -> None:
    """Show what each column of a file of use means and let the reader change it."""
    entries = case.current_entries
    header = Header(table.header, table.positions)
    uses = uses_of(entries, header)
    used = sum(one.role is not UseRole.UNUSED for one in uses.values())
    with columns_panel(used, len(uses), is_open=is_open):
        choose_what_rows_are(case, entries)
        st.caption(
            _(
                "Where every column of figures is of one sex, say it there; where a row says it, one "
                "column holds the sex. What neither says is asked above."
            )
        )
        for place in columns_in_view(case, table):
            _edit_column(case, table, place, uses[table.header[place]])


def _edit_column(case: Case, table: SourceTable, place: int, use: UseColumn) -> None:
    left, right = st.columns([4, 6], vertical_alignment="center")
    with left:
        show_column(table, place)
    with right, st.container(horizontal=True):
        say = language().say
        words = {role.value: capital(say(name)) for role, name in _MEANINGS.items()}
        _field(
            st.selectbox,
            _("Meaning of {column}", column=column_title(table, place)),
            (case, table, place, use),
            "role",
            options=list(words),
            format_func=words.__getitem__,
            width=280,
        )
        if use.role is UseRole.FIGURE:
            _figure_fields(case, table, place, use)
        elif use.role is UseRole.UNUSED:
            _field(
                st.text_input,
                _("Why {column} is not used", column=column_title(table, place)),
                (case, table, place, use),
                "reason",
                placeholder=_("why not, for the next reader"),
                width=280,
            )


def _figure_fields(case: Case, table: SourceTable, place: int, use: UseColumn) -> None:
    """Ask what the header of a column of figures says for all its rows; empty is what the rows say."""
    title, of = column_title(table, place), (case, table, place, use)
    say = language().say
    sexes = {sex: say(sex_name(sex)) for sex in (*(one.value for one in Sex), ALL_SEXES)}
    kinds = {kind.value: say(figure_kind_name(kind)) for kind in FigureKind}
    for name, label, words, empty in (
        ("sex", _("Sex of {column}", column=title), sexes, _("sex: as the rows say")),
        ("kind", _("Kind of {column}", column=title), kinds, _("kind: as the rows say")),
        ("group", _("Group of {column}", column=title), _groups(), _("everybody")),
    ):
        _field(
            st.selectbox,
            label,
            of,
            name,
            options=list(words),
            index=None,
            format_func=lambda code, words=words: capital(words.get(code, code)),
            placeholder=empty,
            width=200,
        )
    _field(
        st.text_input,
        _("Age of {column}", column=title),
        of,
        "age",
        placeholder=_("all ages"),
        width=120,
    )
    _field(
        st.number_input,
        _("Year of {column}", column=title),
        of,
        "year",
        min_value=1990,
        max_value=2100,
        value=None,
        step=1,
        format="%d",
        placeholder=_("year, if only of this column"),
        width=240,
    )


def _groups() -> dict[str, str]:
    code = language().code
    found = {}
    for kind in group_kinds():
        found[kind.code] = kind.label.written(code)
        for part, label in kind.parts.items():
            found[f"{kind.code}/{part}"] = label.written(code)
    return found


def _field(
    show: Any, label: str, of: tuple[Case, SourceTable, int, UseColumn], name: str, **options: Any
) -> None:
    """Show a widget for one part of what a column means."""
    case, table, place, use = of
    show_field(
        show,
        label,
        f"use_{name}_{case.key}_{table.sheet}_{place}",
        _plain(getattr(use, name)),
        partial(_change, of, name),
        label_visibility="collapsed",
        **options,
    )


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, StrEnum) else value  # an option of the widget


def _change(of: tuple[Case, SourceTable, int, UseColumn], name: str, said: Any) -> None:
    case, table, place, use = of
    if name == "role":
        changed = UseColumn(UseRole(said))
    elif name == "kind":
        changed = replace(use, kind=FigureKind(said) if said else None)
    else:
        words: dict[str, Any] = {name: said.strip() if isinstance(said, str) else said}
        changed = replace(use, **words)
    header = Header(table.header, table.positions)
    case.entries = with_use(case.current_entries, header, table.header[place], changed)
