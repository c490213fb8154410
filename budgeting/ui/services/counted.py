"""What is counted of a service: the indicators that say something of it, and in which role."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from budgeting.services.model import IndicatorRole, Service, ServiceIndicator, Unit
from budgeting.services.names import role_name, unit_name
from budgeting.suggestions.similar import alike
from budgeting.ui.filters import capital
from budgeting.ui.services.desk import Desk, rows
from budgeting.ui.session import language
from budgeting.ui.session import say as _

_LEAST, _MOST = 0.25, 10
_SCHEMA = pa.schema(
    [
        ("use", pa.bool_()),
        ("label", pa.string()),
        ("unit", pa.string()),
        ("role", pa.string()),
        ("is_persons", pa.bool_()),
        ("is_part", pa.bool_()),
        ("place", pa.string()),
        ("years", pa.string()),
        ("code", pa.string()),
    ]
)
_PERSONS = (IndicatorRole.USERS, IndicatorRole.WAITING, IndicatorRole.ELIGIBLE)
Row = Mapping[str, Any]


def ask_indicators(desk: Desk, service: Service) -> tuple[ServiceIndicator, ...]:
    """Show what is counted of a service and what may be; return what is ticked."""
    st.subheader(_("What is counted of it"), anchor=False)
    known = rows("indicators", desk.municipality)
    if not known:
        st.caption(_("No figures of use are stored yet: enter them below, or import a file."))
        return service.indicators
    words = st.text_input(
        _("Find indicators by their words"),
        value="",
        placeholder=service.name or _("such as users"),
        key=f"counted_{desk.key}_words",
        icon=":material/search:",
        width=420,
    )
    own = {(one.code, one.role): one for one in service.indicators}
    shown = [*_own_rows(own.values(), known), *_offered(words or service.name, known, own)]
    if not shown:
        st.caption(_("No indicator has such words."))
        return ()
    edited = st.data_editor(
        pa.Table.from_pylist(shown, schema=_SCHEMA),
        column_config=_columns(),
        disabled=("label", "unit", "place", "years", "code"),
        hide_index=True,
        width="stretch",
        key=f"counted_{desk.key}_{words}_{'' if words else service.name}_{language().code}",
    )
    st.caption(
        _(
            "Districts may repeat part of the whole town and are not added to it. Two indicators of the "
            "same thing are added only where you say that no person is in both."
        )
    )
    return tuple(_chosen(edited))


def _row(one: Row, *, is_used: bool, role: IndicatorRole, link: ServiceIndicator | None) -> Row:
    say = language().say
    return {
        "use": is_used,
        "label": one["label"],
        "unit": one["unit_label"] or say(unit_name(Unit(one["unit"]))),
        "role": _role_words()[role],
        "is_persons": one["unit"] == Unit.PERSONS or bool(link and link.counts),
        "is_part": bool(link and link.is_part),
        "place": one["place"],
        "years": _years(one["fiscal_years"]),
        "code": one["indicator_code"],
    }


def _years(years: list[int]) -> str:
    return f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(map(str, years))


def _own_rows(own: Iterable[ServiceIndicator], known: Sequence[Row]) -> list[Row]:
    by_code = {row["indicator_code"]: row for row in known}
    order = list(IndicatorRole)
    return [
        _row(by_code[one.code], is_used=True, role=one.role, link=one)
        for one in sorted(own, key=lambda one: order.index(one.role))
        if one.code in by_code
    ]


def _offered(
    words: str, known: Sequence[Row], own: Iterable[tuple[str, IndicatorRole]]
) -> list[Row]:
    if not words.strip():
        return []
    used = {code for code, _role in own}
    free = [row for row in known if row["indicator_code"] not in used]
    found = alike([words], [row["label"] for row in free], _LEAST, _MOST)[0]
    return [
        _row(free[one.place], is_used=False, role=IndicatorRole.USERS, link=None) for one in found
    ]


def _role_words() -> dict[IndicatorRole, str]:
    say = language().say
    return {role: capital(say(role_name(role))) for role in IndicatorRole}


def _columns() -> dict[str, Any]:
    config = st.column_config
    return {
        "use": config.CheckboxColumn(_("Counts"), width=90),
        "label": config.TextColumn(_("What is counted"), width=320),
        "unit": config.TextColumn(_("Unit"), width=90),
        "role": config.SelectboxColumn(
            _("It says"), options=list(_role_words().values()), required=True, width=150
        ),
        "is_persons": config.CheckboxColumn(_("Persons"), width=100),
        "is_part": config.CheckboxColumn(_("A part, nobody twice"), width=180),
        "place": config.TextColumn(_("Place"), width=90),
        "years": config.TextColumn(_("Years"), width=100),
        "code": config.TextColumn(_("Code"), width=130),
    }


def _chosen(edited: pa.Table) -> Iterable[ServiceIndicator]:
    roles = {words: role for role, words in _role_words().items()}
    units = {capital(language().say(unit_name(unit))): unit for unit in Unit}
    for row in edited.to_pylist():
        if row["use"]:
            role = roles[row["role"]]
            is_said = row["is_persons"] and units.get(capital(row["unit"])) is not Unit.PERSONS
            counts = Unit.PERSONS if is_said and role in _PERSONS else None
            yield ServiceIndicator(row["code"], role, row["is_part"], counts)
