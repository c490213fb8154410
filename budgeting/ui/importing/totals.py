"""Totals: what a file adds up to, what it prints itself, and what the budget decision prints."""

from collections.abc import Sequence

import pyarrow as pa
import streamlit as st

from budgeting.imports.cells.numbers import amounts
from budgeting.imports.meaning.figures import decided_style
from budgeting.imports.sheets.totals import PrintedTotal
from budgeting.imports.verdict import Verdict
from budgeting.model import Column, Direction, Money, Stage, Table, plural_text, text
from budgeting.names import direction_name, stage_name
from budgeting.ui.filters import capital
from budgeting.ui.frame import plain
from budgeting.ui.importing.case import Case
from budgeting.ui.session import language
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table

_SHOWN_TOTALS = 200
_FEW = 8
_NARROW = 640  # pixels: a table of few columns


def show_totals(verdict: Verdict) -> None:
    """Show the sums that the file would add, exact, to be compared with the printed ones."""
    if len(verdict.statements) <= _FEW:
        _show_few(verdict)
        return
    rows = [
        {
            "municipality": total.municipality.name,
            "year": str(total.fiscal_year),
            "direction": total.direction,
            "stage": total.stage,
            "as_of": total.as_of,
            "amount": total.amount,
            "currency": total.municipality.currency_code,
        }
        for total in verdict.statements
    ]
    st.subheader(_("What the file adds up to"), anchor=False)
    currencies = currencies_of(verdict)
    columns = (
        Column("municipality", text("municipality"), is_hidden=len(verdict_places(verdict)) <= 1),
        Column("year", text("year"), "code"),
        Column("direction", text("direction"), "code"),
        Column("stage", text("stage"), "code"),
        Column("as_of", text("as of"), "date", is_hidden=not any(row["as_of"] for row in rows)),
        Column("amount", text("amount"), "money", unit_of(verdict)),
        Column("currency", text("currency"), is_hidden=len(currencies) <= 1),
    )
    report_table(Table(columns, pa.Table.from_pylist(rows)), width=_NARROW)


def _show_few(verdict: Verdict) -> None:
    """Show a few sums as figures."""
    if not verdict.statements:
        return
    st.subheader(_("What the file adds up to"), anchor=False)
    has_several = len(verdict_places(verdict)) > 1
    with st.container(horizontal=True):
        for total in verdict.statements:
            words = [
                *([total.municipality.name] if has_several else ()),
                capital(language().say(direction_name(Direction(total.direction)))),
                str(total.fiscal_year),
                language().say(stage_name(Stage(total.stage))),
                *([language().day(total.as_of)] if total.as_of else ()),
            ]
            amount = Money(total.amount, total.municipality.currency_code)
            st.metric(plain(" · ".join(words)), language().money(amount), width="content")


def currencies_of(verdict: Verdict) -> set[str]:
    """Return the currencies of a verdict."""
    return {batch.municipality.currency_code for batch in verdict.batches}


def unit_of(verdict: Verdict) -> str:
    """Return the currency of a verdict's amounts; "" where there are several."""
    currencies = currencies_of(verdict)
    return currencies.pop() if len(currencies) == 1 else ""


def verdict_places(verdict: Verdict) -> set[str]:
    """Return the codes of the municipalities of a verdict."""
    return {batch.municipality.code for batch in verdict.batches}


def show_printed_totals(verdict: Verdict) -> None:
    """Show the totals that the file prints beside what its lines add up to."""
    totals = verdict.printed_totals
    if not totals:
        return
    st.subheader(_("Totals that the file prints"), anchor=False)
    agreeing = [one for one in totals if not one[1].difference and not one[1].is_grand]
    shown = [one for one in totals if one[1].difference or one[1].is_grand]
    shown.sort(key=lambda one: (not one[1].is_grand, not one[1].difference))
    if shown:
        report_table(_totals_table(shown[:_SHOWN_TOTALS], unit_of(verdict)))
    if len(shown) > _SHOWN_TOTALS:
        st.caption(_("Only the first {count} are listed.", count=_SHOWN_TOTALS))
    if agreeing:
        words = plural_text(
            "{count} subtotal agrees with its lines",
            "{count} subtotals agree with their lines",
            len(agreeing),
        )
        with st.expander(language().say(words), icon=":material/check:"):
            report_table(_totals_table(agreeing[:_SHOWN_TOTALS], unit_of(verdict)), height=320)


def _totals_table(totals: Sequence[tuple[str, PrintedTotal]], unit: str) -> Table:
    say = language().say
    whole = say(text("total of all lines"))
    rows = [
        {
            "sheet": sheet,
            "row": str(total.row_number),
            "label": (total.label or total.code) + (f" ({whole})" if total.is_grand else ""),
            "column": total.column,
            "printed": total.printed,
            "computed": total.computed,
            "difference": total.difference,
        }
        for sheet, total in totals
    ]
    columns = (
        Column("sheet", text("sheet"), is_hidden=not any(row["sheet"] for row in rows)),
        Column("row", text("row"), "code"),
        Column("label", text("label")),
        Column("column", text("column")),
        Column("printed", text("printed"), "money", unit),
        Column("computed", text("lines add up to"), "money", unit),
        Column("difference", text("difference"), "money", unit),
    )
    return Table(columns, pa.Table.from_pylist(rows))


def ask_printed_totals(case: Case, verdict: Verdict) -> None:
    """Ask for the printed total of the budget decision where nothing in the file confirms the sum."""
    open_stages = [
        stage
        for stage in dict.fromkeys(Stage(total.stage) for total in verdict.statements)
        if stage in case.printed or _is_unconfirmed(verdict, stage)
    ]
    if not open_stages:
        return
    st.markdown(
        plain(
            _(
                "Nothing in the file confirms these totals. Enter what the budget decision prints, and "
                "the two are compared."
            )
        )
    )
    with st.container(horizontal=True):
        for stage in open_stages:
            _ask_total(case, stage)


def _is_unconfirmed(verdict: Verdict, stage: Stage) -> bool:
    return any(
        finding.check == "unconfirmed-total"
        and finding.message.values.get("stage") == stage_name(stage)
        for finding in verdict.findings
    )


def _ask_total(case: Case, stage: Stage) -> None:
    key = f"printed_{case.key}_{stage.value}"
    if key not in st.session_state and stage in case.printed:
        st.session_state[key] = language().number(case.printed[stage], 2)
    with st.container(width=280):
        st.text_input(
            _("Printed total, {stage}", stage=stage_name(stage)),
            key=key,
            on_change=_take_total,
            args=(case, stage, key),
        )
        if stage in case.printed:
            st.caption(_("Read as {amount}.", amount=case.printed[stage]))
        elif st.session_state.get(key):
            st.caption(_("This is not an amount."))


def _take_total(case: Case, stage: Stage, key: str) -> None:
    cells = pa.chunked_array([pa.array([str(st.session_state[key] or "").strip()])])
    value = amounts(cells, None, decided_style(cells)).values[0].as_py()
    if value is None:
        case.printed.pop(stage, None)
    else:
        case.printed[stage] = value
