"""Figures by hand: a small grid of who uses a service, with the rule of each data grade beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pyarrow as pa
import streamlit as st

from budgeting.errors import BudgetingError
from budgeting.imports.use.checks import ADDED_UP
from budgeting.imports.words.persons import age_band
from budgeting.model import Sex, plural_text
from budgeting.names import sex_name
from budgeting.services.defining import change
from budgeting.services.figures import code_of, placed, record, undo
from budgeting.services.lists import grades, group_kinds
from budgeting.services.model import (
    ALL_SEXES,
    Figure,
    FigureKind,
    Grade,
    Indicator,
    IndicatorRole,
    ServiceIndicator,
    Unit,
)
from budgeting.services.names import figure_kind_name, role_name, unit_name
from budgeting.services.validity import contradicted_total
from budgeting.ui.fields import worded
from budgeting.ui.filters import capital
from budgeting.ui.frame import plain
from budgeting.ui.services.desk import Desk, is_pressed, refuse, said
from budgeting.ui.services.desk import rows as rows_of
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _

_SEXES = (*(sex.value for sex in Sex), ALL_SEXES)
_SCHEMA = pa.schema(
    [
        ("sex", pa.string()),
        ("figure", pa.float64()),
        ("grade", pa.string()),
        ("sample_size", pa.int64()),
        ("design_effect", pa.float64()),
        ("source", pa.string()),
    ]
)
_ENTERED = ("figure", "grade", "sample_size", "design_effect", "source")
_LONGEST = 200
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which figures are entered: of which indicator, in which role, of which year, kind and group.

    ``whole`` is what is counted of the whole municipality; at a place, ``indicator`` is its part there.
    """

    whole: Indicator
    indicator: Indicator
    role: IndicatorRole
    year: int
    kind: FigureKind
    ages: tuple[int, int | None] | None
    group: tuple[str, str]


def enter_figures(desk: Desk) -> None:
    """Show the grid of one indicator and year of the chosen service, and store what is entered."""
    if desk.chosen is None:
        st.caption(_("Save the service first; then its figures can be entered."))
        return
    rows = _figures(desk)
    asked = _ask(desk, rows)
    if asked is None:
        return
    st.caption(_rules())
    edited = st.data_editor(
        pa.Table.from_pylist(list(_grid(asked, rows)), schema=_SCHEMA),
        column_config=_columns(),
        disabled=("sex",),
        hide_index=True,
        width="stretch",
        placeholder="–",
        key=f"figures_{desk.key}_{asked}_{_seen(asked, rows)}_{language().code}",
    )
    with st.container(horizontal=True):
        if is_pressed(
            _("Store the figures"), "figures_store", type="primary", icon=":material/save:"
        ):
            _store(desk, asked, edited, rows)
        if is_pressed(_("Take back my last figures"), "figures_undo", icon=":material/undo:"):
            _undo(desk)


def _figures(desk: Desk) -> list[Row]:
    assert desk.chosen
    found = rows_of("service_figures", desk.municipality)
    return [row for row in found if row["service_id"] == desk.chosen.service_id]


def _ask(desk: Desk, rows: list[Row]) -> _Asked | None:
    links = [
        row
        for row in rows_of("service_indicators", desk.municipality)
        if desk.chosen and row["service_id"] == desk.chosen.service_id and row["indicator_id"]
    ]
    links.sort(key=lambda row: list(IndicatorRole).index(IndicatorRole(row["role"])))
    with st.container(horizontal=True):
        found = _ask_indicator(desk, links)
        year = st.number_input(
            _("Year"), min_value=1990, max_value=2100, value=desk.year, step=1, format="%d",
            key=f"figures_{desk.key}_year", width=120,
        )  # fmt: skip
        kind = _choice(desk, "kind", _("Counted or planned"), _kinds())
        ages = st.text_input(
            _("Age"), placeholder=_("all ages"), key=f"figures_{desk.key}_age", width=120
        )
        group = _choice(desk, "group", _("Group"), _groups())
        place = _ask_place(desk) if found and not found[0].place else ""
    band = age_band(ages.strip()) if ages.strip() else None
    if ages.strip() and band is None:
        st.error(_("Bands of ages look like 0-9 or 80+."), icon=":material/info:")
        return None
    if found is None:
        return None
    whole, role = found
    return _Asked(whole, _at(desk, whole, place), role, int(year), kind, band, group)


def _ask_place(desk: Desk) -> str:
    """Ask of which place the figures are; "" for the whole municipality."""
    known = {row["place"] for row in rows_of("indicators", desk.municipality)} - {""}
    chosen = st.selectbox(
        _("Place"),
        ["", *sorted(known)],
        format_func=lambda place: place or _("the whole municipality"),
        key=worded(f"figures_{desk.key}_place"),
        accept_new_options=True,
        help=_("A district, settlement or village; type one that is not listed yet."),
        width=240,
    )
    return str(chosen or "").strip()


def _at(desk: Desk, whole: Indicator, place: str) -> Indicator:
    """Return what is counted at a place: the indicator that is stored of it, else a new one."""
    if not place:
        return whole
    stored = (_indicator(row) for row in rows_of("indicators", desk.municipality))
    return placed(whole, place, stored)


def _ask_indicator(desk: Desk, links: list[Row]) -> tuple[Indicator, IndicatorRole] | None:
    say = language().say
    options: dict[int, str] = {
        number: f"{_label(row)} ({say(role_name(IndicatorRole(row['role'])))})"
        for number, row in enumerate(links)
    } | {-1: _("something that is not counted yet")}
    number = _choice(desk, "indicator", _("What is counted"), options, width=380)
    if number >= 0:
        row = links[number]
        return _indicator(row), IndicatorRole(row["role"])
    label = st.text_input(
        _("In your words"), key=f"figures_{desk.key}_label", max_chars=_LONGEST, width=280
    )
    unit = _choice(desk, "unit", _("Unit"), {u: say(unit_name(u)) for u in Unit})
    role = _choice(desk, "role", _("It says"), {r: say(role_name(r)) for r in IndicatorRole})
    if not label.strip():
        st.caption(_("Say what is counted, such as users of home care."))
        return None
    code = code_of(Indicator("", label.strip(), unit))
    known = {row["indicator_code"] for row in rows_of("indicators", desk.municipality)}
    if code in known:
        st.info(
            _("This is counted already: tick it where it is said what is counted of the service."),
            icon=":material/info:",
        )
        return None
    return Indicator(code, label.strip(), unit), role


def _label(row: Row) -> str:
    return ", ".join(part for part in (row["label"], row["place"]) if part)


def _indicator(row: Row) -> Indicator:
    return Indicator(
        row["indicator_code"],
        row["label"],
        Unit(row["unit"]),
        row["unit_label"],
        row["programme_code"],
        row["organisation_code"],
        row["place"],
    )


def _choice(desk: Desk, name: str, label: str, options: dict[Any, str], width: int = 200) -> Any:
    return st.selectbox(
        label,
        list(options),
        format_func=lambda code: capital(options[code]),
        key=worded(f"figures_{desk.key}_{name}"),
        width=width,
    )


def _kinds() -> dict[Any, str]:
    return {kind: language().say(figure_kind_name(kind)) for kind in FigureKind}


def _groups() -> dict[Any, str]:
    code = language().code
    found: dict[Any, str] = {("", ""): _("everybody")}
    for kind in group_kinds():
        found[kind.code, ""] = kind.label.written(code)
        for part, label in kind.parts.items():
            found[kind.code, part] = label.written(code)
    return found


def _rules() -> str:
    code = language().code
    return "  \n".join(
        f"**{one.grade}** {plain(one.label.written(code))}: {plain(one.rule.written(code))}"
        for one in grades()
    )


def _grid(asked: _Asked, rows: list[Row]) -> Iterable[Row]:
    """Yield a row per sex with what is stored; empty means not known, which is not 0."""
    stored = {row["sex"]: row for row in rows if _is_asked(asked, row)}
    for sex in _SEXES:
        known = stored.get(sex)
        yield {
            "sex": capital(language().say(sex_name(sex))),
            "figure": _float(known["figure"]) if known else None,
            "grade": known["data_grade"] if known else None,
            "sample_size": known["sample_size"] if known else None,
            "design_effect": _float(known["design_effect"]) if known else None,
            "source": known["source"] if known else None,
        }


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


def _decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _is_asked(asked: _Asked, row: Row) -> bool:
    ages = None if row["age_from"] is None else (row["age_from"], row["age_to"])
    return (
        row["indicator_code"],
        row["fiscal_year"],
        row["kind"],
        ages,
        (row["group_kind"], row["group_code"]),
    ) == (asked.indicator.code, asked.year, asked.kind.value, asked.ages, asked.group)


def _seen(asked: _Asked, rows: list[Row]) -> int:
    own = [row["change_id"] for row in rows if row["indicator_code"] == asked.indicator.code]
    return max(own, default=0)


def _columns() -> dict[str, Any]:
    config = st.column_config
    return {
        "sex": config.TextColumn(_("Sex"), width=140),
        "figure": config.NumberColumn(_("Number, empty where not known"), min_value=0.0, width=240),
        "grade": config.SelectboxColumn(_("Data grade"), options=list(Grade), width=110),
        "sample_size": config.NumberColumn(
            _("Persons asked, in a survey"), min_value=1, step=1, width=190
        ),
        "design_effect": config.NumberColumn(
            _("Design effect of the survey"),
            min_value=0.0,
            width=190,
            help=_(
                "By what the variance of the survey exceeds that of a simple sample, such as 1.5. It widens "
                "the interval of grade C; empty counts as 1."
            ),
        ),
        "source": config.TextColumn(_("Where it comes from"), max_chars=_LONGEST, width=320),
    }


def _store(desk: Desk, asked: _Asked, edited: pa.Table, rows: list[Row]) -> None:
    figures = list(_entered(asked, edited, rows))
    if not figures:
        st.info(_("Nothing was changed."), icon=":material/info:")
        return
    if any(one.figure is not None and not one.source for one in figures):
        st.error(_("Say for each number where it comes from."), icon=":material/info:")
        return
    if any(row["figure"] is not None and not row["grade"] for row in edited.to_pylist()):
        st.error(_("Give each number its data grade; none is guessed."), icon=":material/info:")
        return
    given = [_decimal(row["figure"]) for row in edited.to_pylist()]
    reason = contradicted_total(dict(zip(_SEXES, given, strict=True)))
    if reason and asked.whole.unit in ADDED_UP:
        st.error(language().say(reason), icon=":material/info:")
        return
    try:
        seen = _seen(asked, rows)
        counted = list(dict.fromkeys([asked.whole, asked.indicator]))
        record(open_store(), desk.who, desk.municipality, counted, figures, seen=seen)
    except BudgetingError as error:
        refuse(error)
        return
    try:
        _link(desk, asked)
    except BudgetingError as error:
        st.warning(
            plain(
                _(
                    "The figures are stored, but the service does not name them yet: {reason}",
                    reason=error.message,
                )
            ),
            icon=":material/info:",
        )
        return
    words = plural_text("{count} figure is stored.", "{count} figures are stored.", len(figures))
    said(language().say(words))
    st.rerun()


def _entered(asked: _Asked, edited: pa.Table, rows: list[Row]) -> Iterable[Figure]:
    """Yield what differs from what is stored; an emptied cell takes its figure away."""
    before = list(_grid(asked, rows))
    for sex, old, row in zip(_SEXES, before, edited.to_pylist(), strict=True):
        if all(row[name] == old[name] for name in _ENTERED):
            continue
        number = _decimal(row["figure"])
        if number is None and old["figure"] is None:
            continue
        yield Figure(
            asked.indicator.code,
            asked.year,
            sex,
            number,
            Grade(row["grade"] or old["grade"] or Grade.E),
            (row["source"] or old["source"] or "").strip(),
            asked.kind,
            asked.ages,
            asked.group,
            row["sample_size"],
            _decimal(row["design_effect"]),
        )


def _link(desk: Desk, asked: _Asked) -> None:
    """Let a new indicator say something of the service."""
    assert desk.chosen
    service = desk.chosen.service
    if any((one.code, one.role) == (asked.whole.code, asked.role) for one in service.indicators):
        return
    linked = (*service.indicators, ServiceIndicator(asked.whole.code, asked.role))
    change(
        open_store(),
        desk.who,
        desk.municipality,
        desk.chosen.service_id,
        replace(service, indicators=linked),
        seen=desk.chosen.version,
    )


def _undo(desk: Desk) -> None:
    try:
        count = undo(open_store(), desk.who, desk.municipality)
    except BudgetingError as error:
        refuse(error)
        return
    words = plural_text("{count} figure was taken back.", "{count} figures were taken back.", count)
    said(language().say(words))
    st.rerun()
