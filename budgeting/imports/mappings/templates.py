"""Templates: workbooks to fill in that come in without any question, each with an example.

The headers are in the reader's language; the mappings ``template_*`` go by position.
"""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import xlsxwriter

from budgeting.errors import NotFound
from budgeting.model import Text, text
from budgeting.settings import LANGUAGES
from budgeting.translations import Language, language


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """A column of a template: its header, what belongs into it, and what the example has there."""

    header: Text
    meaning: Text
    example: tuple[Any, ...]


_LINE_COLUMNS = (
    TemplateColumn(
        text("Fiscal year"), text("Four digits, in every row."), ("2026", "2026", "2026")
    ),
    TemplateColumn(
        text("Organisation code"),
        text("As in your ledger; it is kept as text."),
        ("01", "01", "02"),
    ),
    TemplateColumn(
        text("Organisation"), text("Its name."), ("Education", "Education", "Social protection")
    ),
    TemplateColumn(
        text("Programme code"), text("Empty where there are no programmes."), ("P1", "P1", "P2")
    ),
    TemplateColumn(text("Programme"), text("Its name."), ("Schools", "Schools", "Safe house")),
    TemplateColumn(
        text("Function (COFOG)"),
        text("Division or group, such as 09.1; empty where it is not known."),
        ("09.1", "09.1", "10.9"),
    ),
    TemplateColumn(
        text("Economic code"), text("From your chart of accounts."), ("411", "421", "472")
    ),
    TemplateColumn(text("Economic class"), text("Its name."), ("Wages", "Energy", "Benefits")),
    TemplateColumn(
        text("Fund code"),
        text("Source of finance; empty where there is only one."),
        ("1", "1", "2"),
    ),
    TemplateColumn(text("Fund"), text("Its name."), ("Budget", "Budget", "Donations")),
    TemplateColumn(
        text("Description"),
        text("What the line is for, in your words."),
        ("Teachers", "Heating", "Running the safe house"),
    ),
    TemplateColumn(
        text("Approved"), text("The budget as first adopted."), (1200000.00, 85000.50, 240000.00)
    ),
    TemplateColumn(
        text("Revised"),
        text("The whole appropriation after rebalances, not the change."),
        (1250000.00, 85000.50, 260000.00),
    ),
    TemplateColumn(
        text("Executed"),
        text("Spent or collected since the year began."),
        (612000.00, 41200.00, ""),
    ),
)
_PEOPLE_COLUMNS = (
    TemplateColumn(text("Sex"), text("Women, men, other or unknown."), ("F", "M", "F")),
    TemplateColumn(text("Age"), text("A band such as 0-9 or 80+."), ("0-9", "0-9", "80+")),
    TemplateColumn(text("Residents"), text("A whole number."), (512, 540, 231)),
)
_USE_COLUMNS = (
    TemplateColumn(
        text("Fiscal year"), text("Four digits, in every row."), ("2025", "2025", "2025")
    ),
    TemplateColumn(
        text("What is counted"),
        text("The same words every year, such as users of home care."),
        ("Users of home care", "Users of home care", "Hours of home care"),
    ),
    TemplateColumn(
        text("Unit"),
        text("Persons, hours, visits, places, percent and so on; they are never added."),
        ("persons", "persons", "hours"),
    ),
    TemplateColumn(
        text("Sex"),
        text("Women, men, other or unknown; a total only where nothing else is known."),
        ("women", "men", "women"),
    ),
    TemplateColumn(text("Age"), text("A band such as 65-74; empty for all ages."), ("", "", "")),
    TemplateColumn(
        text("Group"),
        text("Such as disability, rural or minority/roma; empty for everybody."),
        ("", "", ""),
    ),
    TemplateColumn(
        text("Counted or planned"), text("Empty means counted."), ("counted", "counted", "planned")
    ),
    TemplateColumn(
        text("Number"), text("Empty where it is not known; 0 only where it is 0."), (212, 71, 25440)
    ),
    TemplateColumn(
        text("Data grade"),
        text("A register, B partial count, C survey, D proxy, E assumption."),
        ("A", "A", "B"),
    ),
    TemplateColumn(text("Persons asked"), text("In a survey; otherwise empty."), ("", "", "")),
    TemplateColumn(
        text("Design effect"),
        text(
            "Of a survey: by what its variance exceeds that of a simple sample, such as 1.5; empty where "
            "its source does not say."
        ),
        ("", "", ""),
    ),
    TemplateColumn(
        text("Source"), text("Where the number comes from."), ("Register", "Register", "Plan")
    ),
)
KINDS: Dictionary[str, tuple[TemplateColumn, ...]] = {
    "expenditure": _LINE_COLUMNS,
    "revenue": _LINE_COLUMNS,
    "population": _PEOPLE_COLUMNS,
    "use": _USE_COLUMNS,
}


def template_mapping(kind: str) -> str:
    """Return the name of the mapping with which a filled-in template comes in."""
    return f"template_{kind}"


def template_with(header: tuple[str, ...]) -> str | None:
    """Return the mapping of the template that has this header in any language; None for other files.

    Templates with the same columns, as those of expenditure and revenue, are not told apart by them.
    """
    found = [kind for kind in KINDS if header in _headers(kind)]
    return template_mapping(found[0]) if len(found) == 1 else None


@cache
def _headers(kind: str) -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(language(code).say(column.header) for column in KINDS[kind]) for code in LANGUAGES
    )


def template(kind: str, reader: Language, *, is_filled: bool = False) -> bytes:
    """Return the workbook of a kind of `KINDS`: a sheet for the data, and what belongs where.

    The sheet is empty, or has the example's rows with `is_filled`.

    Raises
    ------
    NotFound
        There is no such kind.
    """
    if kind not in KINDS:
        raise NotFound(
            text(
                "There is no template “{kind}”. There are: {known}.",
                kind=kind,
                known=", ".join(KINDS),
            )
        )
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        _write_data(book, KINDS[kind], reader, is_filled=is_filled)
        _write_help(book, KINDS[kind], reader)
    return memory.getvalue()


def _write_data(
    book: xlsxwriter.Workbook,
    columns: tuple[TemplateColumn, ...],
    reader: Language,
    *,
    is_filled: bool,
) -> None:
    bold = book.add_format({"bold": True, "bottom": 1})
    as_text = book.add_format({"num_format": "@"})  # or a spreadsheet makes 1 of the code 01
    sheet = book.add_worksheet(reader.say(text("Data"))[:31])
    for place, column in enumerate(columns):
        header = reader.say(column.header)
        form = as_text if isinstance(column.example[0], str) else None
        sheet.set_column(place, place, max(12, len(header) + 2), form)
        sheet.write(0, place, header, bold)
        if is_filled:
            sheet.write_column(1, place, column.example, form)
    sheet.freeze_panes(1, 0)


def _write_help(
    book: xlsxwriter.Workbook, columns: tuple[TemplateColumn, ...], reader: Language
) -> None:
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet = book.add_worksheet(reader.say(text("Help"))[:31])
    heads = (text("Column"), text("What belongs into it"), text("For example"))
    sheet.write_row(0, 0, [reader.say(head) for head in heads], bold)
    for row, column in enumerate(columns, start=1):
        told = [reader.say(column.header), reader.say(column.meaning)]
        sheet.write_row(row, 0, [*told, *map(str, column.example)])
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 4, 18)
