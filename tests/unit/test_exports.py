"""Exports: the same report gives the same file, and no cent changes on the way."""

import csv
import json
import time
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pyarrow as pa
import pytest

from budgeting.errors import BudgetingError
from budgeting.exports import FORMATS, export, xlsx
from budgeting.model import Column, Money, Report, Share, Table, text
from budgeting.translations import LANGUAGES, language

ENGLISH, SERBIAN = language("en"), language("sr")
MONEY = pa.decimal128(38, 2)

COLUMNS = (
    Column("label", text("Budget line")),
    Column("code", text("Code"), "code"),
    Column("amount", text("Revised"), "money", "EUR"),
    Column("share", text("Share"), "share"),
    Column("lines", text("Lines"), "count"),
    Column("as_of", text("Date"), "date"),
    Column("path", text("Path"), is_hidden=True),
)


def rows(**changed: object) -> pa.Table:
    cells = {
        "label": ["Nurseries", '=HYPERLINK("x")', None],
        "code": ["0100", "-5", "@x"],
        "amount": pa.array([Decimal("6161081568.00"), Decimal("-0.01"), None], MONEY),
        "share": [0.125, None, float("nan")],
        "lines": [12345, 0, None],
        "as_of": [date(2026, 11, 12), None, date(2026, 1, 1)],
        "path": ["a/b", "c", ""],
    }
    return pa.table({**cells, **changed})


def report(*more: Table, **changed: object) -> Report:
    tables = {"groups": Table(COLUMNS, rows(**changed))}
    tables |= {f"more_{number}": table for number, table in enumerate(more)}
    return Report(
        name="explorer",
        title=text("Where does the money go?"),
        answer=text(
            "Of {total}, {part} is for {what}.",
            total=Money(Decimal("12.50"), "EUR"),
            part=Share(0.5),
            what='"care"; roads',
        ),
        parameters={
            "fiscal_year": 2026,
            "by": "function",
            "as_of": date(2026, 1, 2),
            "words": None,
        },
        tables=tables,
        facts={
            "total": Decimal("6161081568.00"),
            "budget": Money(Decimal("7"), "EUR"),
            "is_closed": True,
            "lines": 3,
        },
        notes=(text("Two lines are not known."),),
        sources=(text("Ledger of {day}.", day=date(2026, 1, 2)),),
        data_version=1234,
    )


def csv_lines(content: bytes) -> list[str]:
    return content.decode("utf-8-sig").split("\r\n")


def workbook(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_same_bytes(format_name: str, code: str) -> None:
    """The same report gives the same bytes, also when the clock has moved on."""
    first = export(report(), format_name, language(code))
    if (format_name, code) == ("xlsx", "en"):
        time.sleep(2.1)  # the resolution of times in a zip archive
    assert export(report(), format_name, language(code)) == first


@pytest.mark.parametrize("format_name", FORMATS)
def test_stamped(format_name: str) -> None:
    """Every file says title, answer, parameters, notes, sources and data version."""
    content = export(report(), format_name, ENGLISH)
    if format_name == "xlsx":
        sheet = workbook(content)["About"]
        content = "\n".join(f"{a.value}: {b.value}" for a, b in sheet.iter_rows()).encode()
    words = content.decode("utf-8-sig")
    for part in (
        "Where does the money go?",
        "EUR",
        "50.0%",
        "fiscal_year",
        "2026",
        "2026-01-02",
        "Two lines are not known.",
        "Ledger of Jan 2, 2026.",
        "1234",
    ):
        assert part in words
    assert "2,026" not in words, "a year is not an amount"


def test_unknown_format() -> None:
    """A format that does not exist is told with those that do."""
    with pytest.raises(BudgetingError, match="csv, xlsx, json"):
        export(report(), "pdf", ENGLISH)


def test_csv_english() -> None:
    """English CSV has commas between cells, points in numbers and no group marks."""
    content = export(report(), "csv", ENGLISH)
    assert content.startswith(b"\xef\xbb\xbf")
    table = [line for line in csv_lines(content) if not line.startswith("#")]
    assert table[0] == "Budget line,Code,Revised (EUR),Share,Lines,Date"
    assert table[1] == "Nurseries,0100,6161081568.00,0.125,12345,2026-11-12"


def test_csv_decimal_comma() -> None:
    """Where the language writes a decimal comma, so does the file, and semicolons part cells."""
    table = [line for line in csv_lines(export(report(), "csv", SERBIAN)) if line[:1] != "#"]
    assert table[1] == "Nurseries;0100;6161081568,00;0,125;12345;2026-11-12"


def test_csv_not_known() -> None:
    """What is not known is an empty cell, never a zero and never “nan”."""
    table = [line for line in csv_lines(export(report(), "csv", ENGLISH)) if line[:1] != "#"]
    assert table[3] == ",'@x,,,,2026-01-01"


def test_csv_formulas() -> None:
    """A text that a spreadsheet would take for a formula gets an apostrophe; an amount does not."""
    lines = csv_lines(export(report(), "csv", ENGLISH))
    table = list(csv.reader(StringIO("\n".join(line for line in lines if line[:1] != "#"))))
    assert table[2][:3] == ['\'=HYPERLINK("x")', "'-5", "-0.01"]


def test_csv_stamp_is_comment() -> None:
    """Whatever an answer says, its line begins with # and opens no quotation."""
    lines = csv_lines(export(report(), "csv", SERBIAN))
    stamped = lines[: lines.index(next(line for line in lines if not line.startswith("# ")))]
    assert len(stamped) == 9
    assert not any('"' in line for line in stamped)


def test_csv_tables() -> None:
    """Tables follow one another, parted by an empty line and headed by their titles."""
    more = Table((Column("x", text("X")),), pa.table({"x": ["y"]}), text("Changes"))
    lines = csv_lines(export(report(more), "csv", ENGLISH))
    start = lines.index("")
    assert lines[start + 1 : start + 4] == ["# Changes", "X", "y"]


def test_json_content() -> None:
    """JSON has all columns by key, money as decimal text and dates as ISO 8601."""
    content = json.loads(export(report(), "json", ENGLISH))
    assert list(content) == [
        "report",
        "title",
        "answer",
        "parameters",
        "facts",
        "tables",
        "notes",
        "sources",
        "data_version",
    ]
    assert content["tables"]["groups"][0] == {
        "label": "Nurseries",
        "code": "0100",
        "amount": "6161081568.00",
        "share": 0.125,
        "lines": 12345,
        "as_of": "2026-11-12",
        "path": "a/b",
    }
    assert content["tables"]["groups"][2]["amount"] is None
    assert content["parameters"] == {
        "fiscal_year": 2026,
        "by": "function",
        "as_of": "2026-01-02",
        "words": None,
    }
    assert content["facts"] == {
        "total": "6161081568.00",
        "budget": {"amount": "7.00", "currency_code": "EUR"},
        "is_closed": True,
        "lines": 3,
    }


def test_xlsx_types() -> None:
    """Amounts, shares and dates are real ones with their formats; what is not known is blank."""
    sheet = workbook(export(report(), "xlsx", SERBIAN))["разврстани износи"]
    amount, share, day = sheet["C2"], sheet["D2"], sheet["F2"]
    assert (amount.value, amount.number_format) == (6161081568, "#,##0.00")
    assert (share.value, share.number_format) == (0.125, "0.0%")
    assert (day.value, day.is_date) == (datetime(2026, 11, 12), True)
    assert [cell.value for cell in sheet[4]] == [None, "@x", None, None, None, datetime(2026, 1, 1)]


def test_xlsx_formulas() -> None:
    """A text that begins like a formula is a text."""
    sheet = workbook(export(report(), "xlsx", ENGLISH))["breakdown"]
    assert (sheet["A3"].value, sheet["A3"].data_type) == ('=HYPERLINK("x")', "s")
    assert (sheet["B3"].value, sheet["B3"].data_type) == ("-5", "s")


def test_xlsx_layout() -> None:
    """The heading stays in sight, can be filtered, and columns are as wide as what they show."""
    sheet = workbook(export(report(), "xlsx", ENGLISH))["breakdown"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F4"
    assert sheet.column_dimensions["C"].width > len("6,161,081,568.00")
    assert [cell.value for cell in sheet[1]][-1] == "Date", "hidden columns stay out"


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("9999999999999.99", 9999999999999.99),
        ("-9999999999999.99", -9999999999999.99),
        ("10000000000000.00", "10000000000000,00"),
        ("-12345678901234567.89", "-12345678901234567,89"),
    ],
)
def test_xlsx_exact(amount: str, shown: object) -> None:
    """An amount that a spreadsheet cannot hold to the cent is written as text, never rounded."""
    amounts = pa.array([Decimal(amount), None, None], MONEY)
    sheet = workbook(export(report(amount=amounts), "xlsx", SERBIAN))["разврстани износи"]
    assert sheet["C2"].value == shown


def test_xlsx_sheet_names() -> None:
    """Sheets have names that a spreadsheet takes, whatever the tables are called."""
    empty = Table((Column("x", text("X")),), pa.table({"x": pa.array([], pa.string())}))
    long = replace(empty, title=text("Who pays? [all the lines of the budget of the year]"))
    names = workbook(
        export(report(replace(empty, title=text("about")), long, long), "xlsx", ENGLISH)
    ).sheetnames
    assert names[0] == "breakdown"
    assert names[-1] == "About"
    assert len({name.casefold() for name in names}) == 5
    assert max(map(len, names)) <= 31


def test_xlsx_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table longer than a sheet is refused with a way out; rows are never left out."""
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    with pytest.raises(BudgetingError, match="CSV"):
        export(report(), "xlsx", ENGLISH)


def test_every_cent_survives() -> None:
    """A column of awkward amounts adds up to the same cent in every format."""
    amounts = [Decimal(f"{number * 7919 % 100_003}.{number % 100:02d}") for number in range(500)]
    table = Table(
        (Column("amount", text("Amount"), "money"),), pa.table({"amount": pa.array(amounts, MONEY)})
    )
    single = replace(report(), tables={"t": table})
    written = csv_lines(export(single, "csv", SERBIAN))[-501:-1]
    assert sum(Decimal(cell.replace(",", ".")) for cell in written) == sum(amounts)
    records = json.loads(export(single, "json", SERBIAN))["tables"]["t"]
    assert sum(Decimal(record["amount"]) for record in records) == sum(amounts)
    sheet = workbook(export(single, "xlsx", SERBIAN))["t"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert sum(Decimal(str(cell)) for cell in cells) == sum(amounts)
