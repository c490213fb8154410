"""The files of the import benchmark: ledgers of a municipality as their systems export them.

Codes and names of five classifications, words of the line, and four stages of amounts; and the
mapping that reads them.
"""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb
import xlsxwriter

from budgeting.classifications import cofog_codes, cofog_path
from tests.bench.ledger import FUNDS, OBJECTS, PLACES, WORKS

STAGES = ("approved", "revised", "committed", "executed")
_LEDGER = """
with numbered as (
    select n, hash(n) as mixed, hash(n, 1) % 480 as unit, hash(n, 2) % 153 as activity,
        hash(n, 3) % 126 as class, least(hash(n, 4) % 12, {funds} - 1)::integer as fund,
        500 + hash(n, 5) % 9000000 / 100 * (1 + hash(n, {year}) % 100 / 1000) as amount
    from range({rows}) as t (n)
),

lines as (
    select
        *,
        amount::decimal(18, 2) as approved,
        (amount * (0.95 + hash(n, 6) % 100 / 1000))::decimal(18, 2) as revised,
        (amount * 0.94 * (hash(n, 7) % 1000 / 1000))::decimal(18, 2) as committed,
        if(hash(n, 8) % 30 = 0, null, amount * 0.9 * (hash(n, 7) % 1000 / 1000))::decimal(18, 2)
            as executed
    from numbered
)

select
    format('{{:02d}}', unit // 40 + 1) as "Organisation",
    'Department of the ' || $objects[(unit // 40 + 1)::integer] as "Organisation name",
    format('{{:02d}}{{:02d}}', unit // 40 + 1, unit % 40 + 1) as "Unit",
    $objects[(unit % 26 + 1)::integer] || ' ' || $places[(unit % 19 + 1)::integer] as "Unit name",
    format('{{:04d}}', activity // 9 + 2001) as "Programme",
    'Programme of the ' || $objects[(activity // 9 + 1)::integer] as "Programme name",
    format('{{:04d}}-{{:04d}}', activity // 9 + 2001, activity % 9 + 1) as "Activity",
    $works[(activity % 9 + 1)::integer] || ' of the ' || $objects[(activity // 9 + 1)::integer]
        as "Activity name",
    $functions[(activity % len($functions) + 1)::integer] as "Function",
    format('{{}}', class // 6 + 611) as "Economic group",
    $works[(class // 6 + 1)::integer] || ', all costs' as "Economic group name",
    format('{{}}{{}}', class // 6 + 611, (class % 6 + 1) * 100) as "Economic class",
    $works[(class // 6 + 1)::integer] || ' of kind ' || (class % 6 + 1) as "Economic class name",
    format('{{:02d}}', fund + 1) as "Fund",
    $funds[fund + 1] as "Fund name",
    $works[(mixed % 22 + 1)::integer] || ', ' || $objects[(mixed // 32 % 26 + 1)::integer] || ' '
        || $places[(n % 19 + 1)::integer] || ', contract ' || (mixed % 90000) as "Description",
    {amounts}
from lines
order by hash(n, 9)
"""
MAPPING = """
title = "A ledger of the benchmark"
[municipality]
code = "benchmark"
name = "Benchmark"
country_code = "ME"
currency_code = "EUR"
[line]
direction = "expenditure"
label = "Description"
[[classification]]
dimension = "organisation"
levels = [
    { code = "Organisation", label = "Organisation name" },
    { code = "Unit", label = "Unit name" },
]
[[classification]]
dimension = "programme"
levels = [
    { code = "Programme", label = "Programme name" },
    { code = "Activity", label = "Activity name" },
]
[[classification]]
dimension = "function"
levels = [{ code = "Function" }]
[[classification]]
dimension = "economic_class"
levels = [
    { code = "Economic group", label = "Economic group name" },
    { code = "Economic class", label = "Economic class name" },
]
[[classification]]
dimension = "fund"
levels = [{ code = "Fund", label = "Fund name" }]
""" + "".join(f'[[amount]]\ncolumn = "{name}"\nstage = "{name}"\n' for name in STAGES)


@dataclass(frozen=True, slots=True)
class Writing:
    """How the amounts of a ledger are written."""

    name: str
    delimiter: str
    decimal: str
    group: str
    example: str


POINT = Writing("point", ",", ".", "", "1234.56")
COMMA = Writing("comma", ";", ",", "", "1234,56")
GROUPED = Writing("grouped", ";", ",", ".", "1.234,56")
WRITINGS = {one.name: one for one in (POINT, COMMA, GROUPED)}


def write_text(path: Path, writing: Writing, rows: int, year: int) -> None:
    """Write the ledger of a year as delimited text."""
    amounts = ", ".join(f'{_written(name, writing)} as "{name}"' for name in STAGES)
    with closing(duckdb.connect()) as connection:
        _ledger(connection, rows, year, amounts).write_csv(str(path), sep=writing.delimiter)


def _written(name: str, writing: Writing) -> str:
    """Return the SQL that writes an amount."""
    if not writing.group:
        return f"replace({name}::varchar, '.', '{writing.decimal}')"
    grouped = f"format('{{:,.2f}}', {name}::double)"
    return f"translate({grouped}, ',.', '{writing.group}{writing.decimal}')"


def _ledger(
    connection: duckdb.DuckDBPyConnection, rows: int, year: int, amounts: str
) -> duckdb.DuckDBPyRelation:
    written = _LEDGER.format(rows=rows, year=year, funds=len(FUNDS), amounts="{amounts}")
    leaves = sorted(code for code in cofog_codes() if "/" in cofog_path(code))
    values = {"functions": leaves, "objects": list(OBJECTS), "places": list(PLACES)}
    values |= {"works": list(WORKS), "funds": list(FUNDS)}
    return connection.sql(written.replace("{amounts}", amounts), params=values)


def write_workbook(path: Path, rows: int, year: int) -> None:
    """Write the ledger of a year as a workbook of one sheet."""
    with closing(duckdb.connect()) as connection:
        amounts = ", ".join(f'{name}::double as "{name}"' for name in STAGES)
        found = _ledger(connection, rows, year, amounts)
        header, lines = found.columns, found.fetchall()
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Ledger")
        sheet.write_row(0, 0, header)
        for number, line in enumerate(lines, start=1):
            sheet.write_row(number, 0, line)
