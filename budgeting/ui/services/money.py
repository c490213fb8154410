"""What pays for a service: its lines, and those suggested by its name, each with a share."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pyarrow as pa
import streamlit as st

from budgeting.methodologies.model import Subject
from budgeting.model import Direction
from budgeting.names import codes_of_line, dimension_name, direction_name
from budgeting.services.model import Service, ServiceLine
from budgeting.services.suggesting import SuggestedLine, suggested_lines
from budgeting.ui.filters import capital
from budgeting.ui.services.desk import Desk, rows
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _

_PER_CENT = Decimal(100)
_SCHEMA = pa.schema(
    [
        ("use", pa.bool_()),
        ("label", pa.string()),
        ("kind", pa.string()),
        ("share", pa.float64()),
        ("is_capital", pa.bool_()),
        ("code", pa.string()),
    ]
)
Labelled = tuple[ServiceLine, str]


def ask_lines(desk: Desk, service: Service) -> tuple[ServiceLine, ...]:
    """Show the lines of a service and those suggested; return those that are ticked."""
    st.subheader(_("What pays for it"), anchor=False)
    words = st.text_input(
        _("Find programmes, organisations and lines by their names"),
        value="",
        placeholder=service.name or _("such as home care"),
        key=f"lines_{desk.key}_words",
        icon=":material/search:",
        width=420,
    )
    own = _own_lines(desk)
    offered = _offered(desk, words or service.name, {_key(line) for line, _label in own})
    shown = [*_rows(own, is_used=True), *_rows(offered, is_used=False)]
    if not shown:
        st.caption(_("Give the service a name, or search: lines with such words are suggested."))
        return ()
    st.caption(
        _(
            "Tick what pays for it. A programme brings its lines with it; the most detailed choice "
            "decides about a line, and a share of 0 leaves it out. No money is counted twice."
        )
    )
    edited = st.data_editor(
        pa.Table.from_pylist(shown, schema=_SCHEMA),
        column_config=_columns(),
        disabled=("label", "kind", "code"),
        hide_index=True,
        width="stretch",
        key=f"lines_{desk.key}_{words}_{'' if words else service.name}_{language().code}",
    )
    return tuple(_chosen(edited, [*own, *offered]))


def _own_lines(desk: Desk) -> list[Labelled]:
    if desk.chosen is None:
        return []
    subjects = rows("service_subjects", desk.municipality)
    labels = {
        (row["direction"], row["subject"], row["subject_code"], row["economic_code"]): (
            " · ".join(part for part in (row["label"], row["economic_label"]) if part)
        )
        for row in subjects
        if row["service_id"] == desk.chosen.service_id
    }
    return [(line, labels.get(_key(line)) or line.code) for line in desk.chosen.service.lines]


def _key(line: ServiceLine) -> tuple[str, str, str, str]:
    return line.direction.value, line.kind.value, line.code, line.economic_code


def _offered(desk: Desk, words: str, known: set[tuple[str, str, str, str]]) -> list[Labelled]:
    if not words.strip():
        return []
    found = _suggested(open_store().budget_state, desk.municipality, desk.year, words.strip())
    return [(one.line, one.label) for one in found if _key(one.line) not in known]


@lru_cache(maxsize=64)
def _suggested(_state: str, municipality: str, year: int, words: str) -> tuple[SuggestedLine, ...]:
    return tuple(
        one
        for direction in Direction
        for one in suggested_lines(open_store(), municipality, words, year, direction)
    )


def _rows(lines: Iterable[Labelled], *, is_used: bool) -> list[dict[str, Any]]:
    return [
        {
            "use": is_used,
            "label": label,
            "kind": _kind(line),
            "share": float(line.amount_share * _PER_CENT),
            "is_capital": line.is_capital,
            "code": _codes(line),
        }
        for line, label in lines
    ]


def _codes(line: ServiceLine) -> str:
    """Return the codes as the ledger has them: what a line is kept by names its dimensions, too."""
    code = codes_of_line(line.code) if line.kind is Subject.LINE else line.code
    return " · ".join(filter(None, (code, line.economic_code)))


def _kind(line: ServiceLine) -> str:
    say = language().say
    if line.direction is Direction.REVENUE:
        return capital(say(direction_name(line.direction)))
    return capital(say(dimension_name(line.kind.value)))


def _columns() -> dict[str, Any]:
    config = st.column_config
    return {
        "use": config.CheckboxColumn(_("Pays"), width=80),
        "label": config.TextColumn(_("Name"), width=320),
        "kind": config.TextColumn(_("What it is"), width=130),
        "share": config.NumberColumn(
            _("Share in %"), min_value=0.0, max_value=100.0, format="%.6g", width=100
        ),
        "is_capital": config.CheckboxColumn(_("Capital"), width=100),
        "code": config.TextColumn(_("Code"), width=240),
    }


def _chosen(edited: pa.Table, lines: list[Labelled]) -> Iterable[ServiceLine]:
    for row, (line, _label) in zip(edited.to_pylist(), lines, strict=True):
        if row["use"]:
            share = Decimal(str(row["share"] if row["share"] is not None else 100)) / _PER_CENT
            yield ServiceLine(
                line.kind, line.code, share, line.economic_code, line.direction, row["is_capital"]
            )
