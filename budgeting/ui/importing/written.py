"""How a file is written: what was detected, in one line, and each of it to be said otherwise."""

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from functools import partial

import pyarrow as pa
import streamlit as st

from budgeting.imports.cells.columns import Columns
from budgeting.imports.cells.dates import DATE_STYLES, dates, dates_possible
from budgeting.imports.cells.numbers import Ambiguity, amounts, decide
from budgeting.imports.source import FileLayout, NumberStyle, SourceTable
from budgeting.imports.verdict import Verdict
from budgeting.model import Finding
from budgeting.ui.fields import show_field
from budgeting.ui.frame import plain
from budgeting.ui.importing.case import Case, ask
from budgeting.ui.importing.file import Looked
from budgeting.ui.session import language
from budgeting.ui.session import say as _

ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "cp1250", "cp1251", "cp1252", "cp1257", "cp850", "iso8859-2",
)  # fmt: skip
DELIMITERS = {",": ",", ";": ";", "\t": "⇥", "|": "|"}
STYLES = (
    NumberStyle(","), NumberStyle("."), NumberStyle(",", "."), NumberStyle(".", ","),
    NumberStyle(",", " "), NumberStyle(".", " "), NumberStyle(".", "'"), NumberStyle(",", "'"),
)  # fmt: skip


def written(style: NumberStyle) -> str:
    """Return a number as a style writes it."""
    return f"1{style.group}234{style.group}567{style.decimal}89"


def choose_sheet(case: Case, looked: Looked) -> None:
    """Let the reader choose the sheet of a workbook that has several."""
    names = [name for name in looked.sheets if looked.sheets[name] != 0]
    if len(names) <= 1:
        return

    def words(name: str) -> str:
        count = looked.sheets[name]
        return name if count is None else _("{sheet} ({count} rows)", sheet=name, count=count)

    ask(
        st.selectbox,
        _("Sheet"),
        case,
        "sheet",
        options=names,
        index=None,
        format_func=words,
        placeholder=_(
            "{sheet}, or every sheet where the mapping says so", sheet=looked.table.sheet
        ),
    )


def show_written(
    case: Case,
    table: SourceTable,
    styles: Dictionary[str, NumberStyle],
    *,
    is_whole: bool,
) -> None:
    """Show in one line how the file is written, and let the reader say it otherwise.

    `styles` are those in which the money columns were read; `is_whole` says that the table is all
    of the file.
    """
    st.caption(plain(" · ".join([*_parts(table, is_whole=is_whole), *_style_parts(table, styles)])))
    with st.expander(_("Change how the file is written"), icon=":material/tune:"):
        with st.container(horizontal=True):
            if table.layout.encoding:
                _text_choices(case, table.layout)
            _header_choices(case, table.layout)
            _style_choice(case)
        if styles:
            _column_styles(case, table, styles)
        st.caption(_("Empty means: as detected."))


def _parts(table: SourceTable, *, is_whole: bool) -> list[str]:
    layout = table.layout
    parts = [table.sheet] if table.sheet else []
    if layout.encoding:
        parts.append(_("encoding {name}", name=layout.encoding))
    if layout.delimiter:
        parts.append(
            _("columns between {mark}", mark=DELIMITERS.get(layout.delimiter, layout.delimiter))
        )
    parts.append(_header_words(layout))
    parts.append(_("{count} columns", count=len(table.header)))
    if is_whole:
        parts.append(_("{count} rows", count=table.rows.num_rows))
    return parts


def _header_words(layout: FileLayout) -> str:
    first, count = layout.header_row or 0, layout.header_rows or 1
    if not first:
        return _("no header")
    if count <= 1:
        return _("header in row {row}", row=str(first))
    return _("header in rows {first} to {last}", first=str(first), last=str(first + count - 1))


def _text_choices(case: Case, layout: FileLayout) -> None:
    encodings = dict.fromkeys([layout.encoding or "utf-8", *ENCODINGS])
    ask(
        st.selectbox,
        _("Encoding"),
        case,
        "encoding",
        options=list(encodings),
        index=None,
        placeholder=layout.encoding,
        width=150,
    )
    ask(
        st.selectbox,
        _("Mark between columns"),
        case,
        "delimiter",
        options=list(DELIMITERS),
        index=None,
        format_func=DELIMITERS.get,
        placeholder=DELIMITERS.get(layout.delimiter or ""),
        width=150,
    )


def _header_choices(case: Case, layout: FileLayout) -> None:
    for name, label, least, detected in (
        ("header_row", _("Header begins in row"), 0, layout.header_row),
        ("header_rows", _("Rows of the header"), 1, layout.header_rows),
    ):
        ask(
            st.number_input,
            label,
            case,
            name,
            min_value=least,
            value=None,
            step=1,
            format="%d",
            placeholder=str(detected),
            width=160,
        )


def _style_choice(case: Case) -> None:
    ask(
        st.selectbox,
        _("All numbers are written"),
        case,
        "style",
        options=list(STYLES),
        index=None,
        format_func=written,
        placeholder=_("as detected, column by column"),
        width=230,
    )


def _style_parts(table: SourceTable, styles: Dictionary[str, NumberStyle]) -> list[str]:
    """Say how numbers are written; those that a workbook has as numbers are not written at all."""
    text_columns = {name: style for name, style in styles.items() if name not in table.typed}
    found = dict.fromkeys(written(style) for style in text_columns.values())
    return [_("numbers like {examples}", examples=", ".join(found))] if found else []


def _column_styles(case: Case, table: SourceTable, styles: Dictionary[str, NumberStyle]) -> None:
    """Let the reader say of each money column how its numbers are written."""
    with st.container(horizontal=True):
        for name, style in styles.items():
            show_field(
                st.selectbox,
                _("Numbers of {column}", column=plain(name)),
                f"style_of_{case.key}_{table.sheet}_{name}",
                case.styles.get(name),
                partial(_take_style, case, name),
                options=list(STYLES),
                index=None,
                format_func=written,
                placeholder=written(style),
                width=230,
            )


def _take_style(case: Case, name: str, style: NumberStyle | None) -> None:
    if style is None:
        case.styles.pop(name, None)
    else:
        case.styles[name] = style


# --- what can be read in two ways -------------------------------------------


def ask_readings(case: Case, verdict: Verdict) -> None:
    """Ask how numbers and dates are meant that can be read in two ways, with both readings."""
    asked = {
        (finding.sheet or "", finding.column or ""): finding
        for finding in verdict.findings
        if finding.check == "number-style"
    }
    groups: dict[tuple[NumberStyle, ...], list[tuple[str, str]]] = {}
    for (sheet, column), finding in asked.items():
        candidates = _candidates(verdict, sheet, column)
        groups.setdefault(candidates, []).append((column, finding.value or ""))
    for number, (candidates, columns) in enumerate(groups.items()):
        _ask_style(case, candidates, columns, number)
    dated = {f.column: f for f in verdict.findings if f.check == "date-style"}
    for finding in dated.values():
        _ask_dates(case, verdict, finding)


def _candidates(verdict: Verdict, sheet: str, column: str) -> tuple[NumberStyle, ...]:
    for table in verdict.tables:
        if table.sheet == sheet and column in table.header:
            found = decide(Columns.of(table).cells(column))
            return found.candidates if isinstance(found, Ambiguity) else (found,)
    return STYLES[:2]


def _ask_style(
    case: Case, candidates: Sequence[NumberStyle], columns: list[tuple[str, str]], number: int
) -> None:
    example = columns[0][1]
    names = ", ".join(dict.fromkeys(name for name, _example in columns))
    with st.container(border=True):
        st.markdown(
            plain(
                _(
                    "In {columns}, “{example}” can be read in two ways, and nothing in the file decides. "
                    "Which is meant?",
                    columns=names,
                    example=example,
                )
            )
        )
        with st.container(horizontal=True):
            for place, (style, reading) in enumerate(_readings(candidates, example).items()):
                st.button(
                    plain(reading),
                    key=f"style_{case.key}_{number}_{place}",
                    on_click=_choose_style,
                    args=(case, [name for name, _example in columns], style),
                )


def _readings(candidates: Sequence[NumberStyle], example: str) -> dict[NumberStyle, str]:
    """Return the styles that read an example differently, and what they read."""
    found: dict[str, NumberStyle] = {}
    cells = pa.chunked_array([pa.array([example])])
    for style in candidates:
        value = amounts(cells, None, style).values[0].as_py()
        reading = _("not a number") if value is None else language().number(value, 2)
        found.setdefault(reading, style)
    return {style: reading for reading, style in found.items()}


def _choose_style(case: Case, columns: list[str], style: NumberStyle) -> None:
    case.styles |= dict.fromkeys(columns, style)


def _ask_dates(case: Case, verdict: Verdict, finding: Finding) -> None:
    example, column = finding.value or "", finding.column or ""
    table = next((t for t in verdict.tables if column in t.header), None)
    possible = dates_possible(table.rows[column]) if table else DATE_STYLES
    with st.container(border=True):
        st.markdown(
            plain(_("In {column}, which day is “{example}”?", column=column, example=example))
        )
        with st.container(horizontal=True):
            for style in possible:
                day = dates(pa.chunked_array([pa.array([example])]), style).values[0].as_py()
                st.button(
                    language().day(day) if day else style,
                    key=f"dates_{case.key}_{style}",
                    on_click=_choose_dates,
                    args=(case, style),
                )


def _choose_dates(case: Case, style: str) -> None:
    entries = dict(case.current_entries)
    entries["amount"] = [
        {**rule, "date_style": style} if "date_column" in rule else rule
        for rule in entries.get("amount", [])
    ]
    case.entries = entries
