"""Totals: what a file adds up to, what it prints itself, and what the budget decision prints."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pyarrow as pa
import streamlit as st

from budgeting.imports.answers import Part
from budgeting.imports.cells.numbers import amounts
from budgeting.imports.confirmation import of_all_municipalities
from budgeting.imports.meaning.figures import decided_style
from budgeting.imports.sheets.totals import PrintedTotal
from budgeting.imports.verdict import Verdict
from budgeting.model import Column, Direction, Money, Stage, Table, plural_text, text
from budgeting.names import direction_name, stage_name
from budgeting.ui.fields import show_field, worded
from budgeting.ui.filters import capital
from budgeting.ui.frame import plain
from budgeting.ui.importing.case import Case
from budgeting.ui.session import language
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table

_SHOWN_TOTALS = 200
_FEW = 8
_ASKED_AT_ONCE = 6
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
    """Ask for the printed totals of the budget decision where nothing in the file confirms the sums.

    Each holds for what its words say: a statement of the file, of one or of all municipalities.
    """
    parts = _parts(verdict)
    if parts:  # an answer may have changed what the file holds: a total of nothing goes
        case.printed = {part: total for part, total in case.printed.items() if part in parts}
    asked = [part for part in parts if parts[part].is_open or part in case.printed]
    if not asked:
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
        if len(asked) > _ASKED_AT_ONCE:
            asked = _chosen_part(case, parts, asked)
        for part in asked:
            _ask_total(case, part, parts[part].words)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a printed total can hold for, in words, and whether the file leaves it open."""

    words: str
    is_open: bool


def _parts(verdict: Verdict) -> dict[Part, _Asked]:
    """Return what a printed total may hold for, all municipalities first."""
    whole = of_all_municipalities(verdict.sums)
    is_one = len(verdict_places(verdict)) == 1
    stages = Counter(statement.stage for statement in whole)
    found: dict[Part, _Asked] = {}
    for statement, own in {**whole, **({} if is_one else verdict.sums)}.items():
        is_alone = is_one and stages[statement.stage] == 1
        part = Part(statement.stage) if is_alone else statement.part
        found.setdefault(part, _Asked(capital(language().say(statement.words)), own.is_open))
    return found


def _chosen_part(case: Case, parts: dict[Part, _Asked], asked: list[Part]) -> list[Part]:
    """Let the reader choose one part more, where there are too many to ask for all at once."""
    by_name = {part.written: part for part in asked}
    chosen = st.selectbox(
        _("Printed total of"),
        list(by_name),
        index=None,
        format_func=lambda name: parts[by_name[name]].words if name in by_name else "",
        placeholder=_("choose one of {count}", count=len(asked)),
        key=worded(f"printed_part_{case.key}"),
        width=440,
    )
    told = [part for part in asked if part in case.printed]
    return told if chosen is None or by_name[chosen] in told else [*told, by_name[chosen]]


def _ask_total(case: Case, part: Part, words: str) -> None:
    name = f"printed {part.written}"
    with st.container(width=320):
        show_field(
            st.text_input,
            _("Printed total: {statement}", statement=plain(words)),
            f"printed_{case.key}_{part.written}",
            case.said.get(name),
            partial(_take_total, case, part, name),
        )
        if part in case.printed:
            st.caption(_("Read as {amount}.", amount=case.printed[part]))
        elif case.said.get(name):
            st.caption(_("This is not an amount."))


def _take_total(case: Case, part: Part, name: str, said: str) -> None:
    cells = pa.chunked_array([pa.array([said.strip()])])
    value = amounts(cells, None, decided_style(cells)).values[0].as_py()
    case.said[name] = said
    if value is None:
        case.printed.pop(part, None)
    else:
        case.printed[part] = value
