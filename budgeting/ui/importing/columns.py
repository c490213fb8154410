"""The columns: what each of them means, to be changed on the page."""

from collections.abc import Mapping as Dictionary
from copy import deepcopy
from dataclasses import replace
from typing import Any

import streamlit as st

from budgeting.imports.guessing.column_roles import (
    ColumnRole,
    Header,
    Role,
    roles_of,
    structure_of,
    with_role,
)
from budgeting.imports.guessing.month_columns import (
    MonthColumns,
    can_be_added,
    meaning_of_months,
    months_of,
    with_months,
)
from budgeting.imports.source import SourceTable
from budgeting.model import Direction, Stage, Text, text
from budgeting.names import direction_name, stage_name
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

_AMOUNT = "amount:"  # a choice of the list: the role and the stage in one
_FUND_AMOUNT = "fund_amount:"
_OFTEN = (Stage.APPROVED, Stage.REVISED, Stage.EXECUTED)
_FACTORS = (1, 1_000, 1_000_000, 10_000_000)
_MEANINGS: Dictionary[Role, Text] = {
    Role.UNUSED: text("not used"),
    Role.LABEL: text("words of the line"),
    Role.ORGANISATION: text("organisation: code"),
    Role.ORGANISATION_LABEL: text("organisation: label"),
    Role.PROGRAMME: text("programme: code"),
    Role.PROGRAMME_LABEL: text("programme: label"),
    Role.ECONOMIC_CLASS: text("economic class: code"),
    Role.ECONOMIC_CLASS_LABEL: text("economic class: label"),
    Role.FUNCTION: text("function (COFOG): code"),
    Role.FUNCTION_LABEL: text("function (COFOG): label"),
    Role.FUND: text("fund: code"),
    Role.FUND_LABEL: text("fund: label"),
    Role.CHANGE: text("change from one stage to the next"),
    Role.TOTAL: text("total of other columns"),
    Role.YEAR: text("fiscal year"),
    Role.DATE: text("date of the statement"),
    Role.DIRECTION: text("expenditure or revenue"),
    Role.MUNICIPALITY: text("municipality: name"),
    Role.MUNICIPALITY_CODE: text("municipality: code"),
    Role.CATEGORY: text("gender category"),
    Role.SEX: text("residents: sex"),
    Role.AGE: text("residents: age"),
    Role.PEOPLE: text("residents: number of people"),
}


def edit_columns(case: Case, table: SourceTable, *, is_open: bool) -> None:
    """Show what each column means and let the reader change it."""
    entries = case.current_entries
    if not entries:  # what they could mean is just being looked at
        return
    if entries.get("file", {}).get("descriptor"):
        st.caption(_("The package's own descriptor says what its columns mean."))
        return
    header = Header(table.header, table.positions)
    roles = roles_of(entries, header)
    used = sum(role.role is not Role.UNUSED for role in roles.values())
    with columns_panel(used, len(roles), is_open=is_open):
        choose_what_rows_are(case, entries)
        _general(case, entries, header)
        for place in columns_in_view(case, table):
            name = table.header[place]
            _edit_column(case, table, place, roles[name])


def _edit_column(case: Case, table: SourceTable, place: int, role: ColumnRole) -> None:
    left, middle, right = st.columns([4, 4, 2], vertical_alignment="center")
    with left:
        show_column(table, place)
    with middle:
        _meaning_select(case, table, place, role)
    with right:
        if role.role in (Role.AMOUNT, Role.FUND_AMOUNT):
            _year_input(case, table, place, role)
        elif role.role is Role.UNUSED:
            _reason_input(case, table, place, role)


def meanings() -> dict[str, str]:
    """Return the choices of the list of meanings and their words, the amounts by their stage."""
    say = language().say
    amounts = {
        _AMOUNT + stage.value: _("amount: {stage}", stage=stage_name(stage)) for stage in Stage
    }
    amounts[_AMOUNT] = _("amount: the stage is asked above")
    amounts |= {
        _meaning(ColumnRole(Role.AMOUNT, stage, direction=way)): _directed(way, stage)
        for stage in _OFTEN
        for way in Direction
    }
    funds = {
        _FUND_AMOUNT + stage.value: _("amount of one fund: {stage}", stage=stage_name(stage))
        for stage in _OFTEN
    }
    funds[_FUND_AMOUNT] = _("amount of one fund: the stage is asked above")
    others = {role.value: say(words) for role, words in _MEANINGS.items()}
    return {
        key: capital(words)
        for key, words in (
            {Role.UNUSED.value: others.pop(Role.UNUSED.value)} | amounts | others | funds
        ).items()
    }


def _directed(way: Direction, stage: Stage) -> str:
    return _(
        "amount of {direction}: {stage}", direction=direction_name(way), stage=stage_name(stage)
    )


def _meaning(role: ColumnRole) -> str:
    if role.role in (Role.AMOUNT, Role.FUND_AMOUNT):
        stage = f"{role.role.value}:{role.stage.value if role.stage else ''}"
        return f"{stage}:{role.direction.value}" if role.direction else stage
    return role.role.value


def _role(meaning: str, before: ColumnRole) -> ColumnRole:
    name, stage, way = (*meaning.split(":"), "", "")[:3]
    if name not in (Role.AMOUNT.value, Role.FUND_AMOUNT.value):
        return ColumnRole(Role(name))
    return ColumnRole(
        Role(name),
        Stage(stage) if stage else None,
        before.year,
        direction=Direction(way) if way else None,
    )


def _meaning_select(case: Case, table: SourceTable, place: int, role: ColumnRole) -> None:
    words = meanings()
    current = _meaning(role)
    if role.direction and role.stage:
        words.setdefault(current, capital(_directed(role.direction, role.stage)))
    words.setdefault(current, current)
    show_field(
        st.selectbox,
        _("Meaning of {column}", column=column_title(table, place)),
        f"role_{case.key}_{table.sheet}_{place}",
        current,
        lambda meaning: _set_role(case, table, place, _role(meaning, role)),
        options=list(words),
        format_func=lambda meaning: words[meaning],
        label_visibility="collapsed",
    )


def _set_role(case: Case, table: SourceTable, place: int, role: ColumnRole) -> None:
    header = Header(table.header, table.positions)
    case.entries = with_role(case.current_entries, header, table.header[place], role)


def _year_input(case: Case, table: SourceTable, place: int, role: ColumnRole) -> None:
    def take(year: int | None) -> None:
        _set_role(case, table, place, replace(role, year=year))

    show_field(
        st.number_input,
        _("Year of {column}", column=column_title(table, place)),
        f"role_year_{case.key}_{table.sheet}_{place}",
        role.year,
        take,
        min_value=1990,
        max_value=2100,
        value=None,
        step=1,
        format="%d",
        placeholder=_("year, if only of this column"),
        label_visibility="collapsed",
    )


def _reason_input(case: Case, table: SourceTable, place: int, role: ColumnRole) -> None:
    show_field(
        st.text_input,
        _("Why {column} is not used", column=column_title(table, place)),
        f"role_reason_{case.key}_{table.sheet}_{place}",
        role.reason,
        lambda reason: _set_role(
            case, table, place, ColumnRole(Role.UNUSED, reason=reason.strip())
        ),
        placeholder=_("why not, for the next reader"),
        label_visibility="collapsed",
    )


# --- what holds for the whole file ------------------------------------------


def _general(case: Case, entries: dict[str, Any], header: Header) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _direction_select(case, entries)
        _factor_select(case, entries)
        if months_of(header):
            _months_select(case, entries, header)
        _switch(
            case,
            "structure",
            _("Subtotals and headings are mixed with the lines"),
            "structure" in entries,
            structure_of(entries, header),
        )
        _switch(
            case,
            "identified_by_label",
            _("Lines with the same codes differ by their words"),
            entries.get("line", {}).get("identified_by_label", False),
            True,
        )
    if {"column", "from_sheet"} & set(entries.get("municipality", {})):
        _many_municipalities(case, entries)


def _direction_select(case: Case, entries: dict[str, Any]) -> None:
    line = entries.get("line", {})
    if "direction_column" in line:
        _direction_words(case, line)
        return
    if "direction" not in line:  # it is asked above
        return
    say = language().say
    _entry_widget(
        st.selectbox,
        _("The file holds"),
        case,
        ("line", "direction"),
        line["direction"],
        options=[direction.value for direction in Direction],
        format_func=lambda code: capital(say(direction_name(Direction(code)))),
        width=180,
    )


def _direction_words(case: Case, line: dict[str, Any]) -> None:
    for key, label in (
        ("expenditure", _("Cells that say expenditure")),
        ("revenue", _("Cells that say revenue")),
    ):
        _entry_widget(st.text_input, label, case, ("line", key), line.get(key, ""), width=180)


def _factor_select(case: Case, entries: dict[str, Any]) -> None:
    factors = {rule.get("factor", 1) for rule in entries.get("amount", [])} or {1}
    current = max(factors)
    _entry_widget(
        st.selectbox,
        _("One unit of the file is"),
        case,
        ("amount", "factor"),
        current,
        options=sorted({*_FACTORS, current}),
        format_func=lambda factor: language().number(factor),
        width=160,
    )


def _months_select(case: Case, entries: dict[str, Any], header: Header) -> None:
    words = {
        MonthColumns.UNUSED: _("are not used"),
        MonthColumns.TO_DATE: _("are amounts since the year began"),
        MonthColumns.SINGLE: _("are each alone, to be added up"),
    }
    current = meaning_of_months(entries, header)
    if not can_be_added(header) and current is not MonthColumns.SINGLE:
        del words[MonthColumns.SINGLE]

    def take(meaning: str) -> None:
        case.entries = with_months(case.current_entries, header, MonthColumns(meaning))

    show_field(
        st.selectbox,
        _("The columns of months or quarters"),
        f"entry_{case.key}_months",
        current,
        take,
        options=list(words),
        format_func=lambda meaning: words[meaning],
        width=280,
    )


def _many_municipalities(case: Case, entries: dict[str, Any]) -> None:
    place = entries["municipality"]
    with st.container(horizontal=True):
        for key, label in (
            ("country_code", _("Country of the municipalities (two letters)")),
            ("currency_code", _("Currency (three letters)")),
            ("prefix", _("Their codes begin with")),
        ):
            if key in place or key == "prefix":  # what is left open is asked above
                _entry_widget(
                    st.text_input, label, case, ("municipality", key), place.get(key, ""), width=220
                )


def _switch(case: Case, name: str, label: str, is_on: bool, value: Any) -> None:
    place = ("structure",) if name == "structure" else ("line", name)
    with st.container(width="content"):  # on a narrow screen its words go over several lines
        show_field(
            st.toggle,
            label,
            f"entry_{case.key}_{name}",
            is_on,
            lambda is_wanted: _set_entry(case, place, value if is_wanted else None),
        )


def _entry_widget(
    widget: Any, label: str, case: Case, place: tuple[str, str], current: Any, **options: Any
) -> None:
    key = f"entry_{case.key}_{'_'.join(place)}"
    show_field(widget, label, key, current, lambda said: _set_entry(case, place, said), **options)


def _set_entry(case: Case, place: tuple[str, ...], value: Any) -> None:
    """Change one entry of the mapping; None takes it out. An amount's entry is that of all amounts."""
    entries = deepcopy(case.current_entries)
    blocks = entries.get("amount", []) if place[0] == "amount" else [entries]
    for block in blocks:
        inner = block
        for name in place[:-1] if place[0] != "amount" else ():
            inner = inner.setdefault(name, {})
        if value is None or value == "":
            inner.pop(place[-1], None)
        else:
            inner[place[-1]] = value
    case.entries = entries
