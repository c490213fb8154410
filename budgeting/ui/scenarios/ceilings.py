"""Requests beside ceilings: the table, setting ceilings, opening the lines of an organisation."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa
import streamlit as st

from budgeting.model import ExactMoney, Report, Stage, Text, plural_text, text
from budgeting.reports.scenarios.ceilings import requests_of
from budgeting.reports.scenarios.view import ScenarioView
from budgeting.simulation.ceilings import Ceilings, ceilings, organisations, with_ceilings
from budgeting.simulation.model import Baseline, Subject
from budgeting.ui import address
from budgeting.ui.frame import plain
from budgeting.ui.scenarios.rules import Desk, held, key_of
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _
from budgeting.ui.tables import filled, report_table

_ORDER = ("organisation", "gap", "scenario", "ceiling", "asked", "before")
_CENT = Decimal("0.01")


def offer_requests(view: ScenarioView) -> None:
    """Offer the requests of this year or a later one, where another budget is shown."""
    year = requests_of(open_store(), view.municipality_code, view.fiscal_year)
    if year is None or (year, Stage.PROPOSED) == (view.fiscal_year, view.stage):
        return
    st.button(
        _("Show the requests for {year}", year=str(year)),
        icon=":material/inbox:",
        on_click=address.choose,
        kwargs={"year": str(year), "stage": Stage.PROPOSED.value, "scenario": ""},
    )


def show(desk: Desk, shown: Report, *, has_moves: bool) -> None:
    """Show what organisations ask for; the lines of a chosen one can be opened to close its gap."""
    st.subheader(_finding(shown), anchor=False)
    table = shown.tables["organisations"]
    order = [key for key in filled(table, _ORDER) if has_moves or key != "scenario"]
    chosen = report_table(
        table,
        order=order,
        widths={"organisation": 150, "gap": 110},
        on_select="rerun",
        key=f"ceilings_{desk.key}",
    )
    st.caption(_("A gap is what is above the ceiling; less than 0 is room below it."))
    rows = table.rows.to_pylist()
    picked = rows[chosen[0]] if chosen and chosen[0] < len(rows) else None
    if picked is None or not picked["code"]:
        st.caption(_("Choose an organisation to open its lines."))
        return
    st.markdown(plain(language().say(_standing(picked, shown.facts["currency"]))))
    label = _("Open the lines of {name} on the page Reallocate", name=plain(picked["organisation"]))
    if st.button(label, icon=":material/swap_horiz:", type="primary"):
        address.choose(lines_of=picked["code"])
        st.switch_page("pages/simulator.py")


def _standing(row: Mapping[str, Any], currency: str) -> Text:
    """Return where an organisation stands, to the cent: what is to be taken from its lines, or left over."""
    name, gap = row["organisation"], row["gap"]
    if gap is None:
        return text("{name} has no ceiling.", name=name)
    if not gap:
        return text("{name} is exactly at its ceiling.", name=name)
    amount = ExactMoney(abs(gap), currency)
    if gap > 0:
        return text(
            "{name} is {amount} above its ceiling: so much has to come out of its lines.",
            name=name,
            amount=amount,
        )
    return text("{name} is {amount} below its ceiling.", name=name, amount=amount)


def _finding(shown: Report) -> str:
    facts = shown.facts
    values: dict[str, Any] = {
        "over": ExactMoney(facts["over"], facts["currency"]),
        "under": ExactMoney(facts["under"], facts["currency"]),
    }
    if not facts["ceiling_count"]:
        return _("What organisations ask for")
    found = text("{over} above the ceilings, {under} below them", **values)
    return language().say(found)


def broken(shown: Report) -> None:
    """Say that what breaks a rule cannot be handed in."""
    count = shown.facts["breach_count"]
    if count:
        told = plural_text(
            "{count} rule is broken, ceilings among them: a scenario cannot be handed in like this.",
            "{count} rules are broken, ceilings among them: a scenario cannot be handed in like this.",
            count,
        )
        st.warning(language().say(told), icon=":material/rule:")


def ask_ceilings(desk: Desk) -> None:
    """Ask for the ceiling of each organisation, all at once, and set them when the reader says so."""
    if not desk.may_set:
        return
    year, baseline = desk.baseline.fiscal_year, desk.baseline
    with st.expander(_("Set the ceilings for {year}", year=str(year)), icon=":material/edit:"):
        st.caption(
            _(
                "Type an amount, or none for no ceiling. Ceilings stand among the rules of that year."
            )
        )
        st.data_editor(
            _rows(baseline, ceilings(desk.rules.rules, year)),
            column_config=_columns(baseline.currency_code),
            column_order=("organisation", "ceiling", "asked"),
            disabled=("organisation", "asked"),
            hide_index=True,
            key=key_of(desk, "typed_ceilings"),
        )
        st.text_input(
            _("Decision or instruction that sets them"), max_chars=200, key=key_of(desk, "because")
        )
        st.button(
            _("Set these ceilings"),
            type="primary",
            on_click=_set,
            args=(desk,),
            key=key_of(desk, "set_ceilings"),
        )


def _set(desk: Desk) -> None:
    """Set what the table holds; what was typed last may arrive together with the click."""
    year, note = desk.baseline.fiscal_year, str(held(desk, "because") or "").strip()
    desk.save(with_ceilings(desk.rules.rules, year, _wanted(desk), note), note)


def _wanted(desk: Desk) -> dict[Subject, Decimal | None]:
    named = organisations(desk.baseline)
    typed: Any = held(desk, "typed_ceilings")
    return {
        named[place]: _amount(row["ceiling"])
        for place, row in typed["edited_rows"].items()
        if "ceiling" in row
    }


def _amount(typed: float | None) -> Decimal | None:
    return None if typed is None else Decimal(str(typed)).quantize(_CENT)


def _rows(baseline: Baseline, limits: Ceilings) -> pa.Table:
    words = language()
    return pa.Table.from_pylist(
        [
            {
                "organisation": baseline.label_of(one),
                "asked": words.number(baseline.amount_of(baseline.lines_of(one)), 2),
                "ceiling": float(limits[one]) if one in limits else None,
            }
            for one in organisations(baseline)
        ],
        schema=pa.schema(
            [
                ("organisation", pa.string()),
                ("asked", pa.string()),
                ("ceiling", pa.float64()),
            ]
        ),
    )


def _columns(currency: str) -> dict[str, Any]:
    return {
        "organisation": st.column_config.TextColumn(_("Organisation"), width=150),
        "asked": st.column_config.Column(
            _("Asked for ({currency})", currency=currency), alignment="right"
        ),
        "ceiling": st.column_config.NumberColumn(
            _("Ceiling ({currency})", currency=currency),
            min_value=0.0,
            step=0.01,
            format="localized",
        ),
    }
