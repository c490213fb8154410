"""Ledgers of any size: databases filled by the store's own commands, as the importer calls them.

A town's lines are the same whatever else is in the database, so that a click can be set against
the same click in a larger ledger. What the commands have written for the first town is then copied
under new identifiers, in the order in which imports would have written it: as further towns, or as
further lines of the same town. Only ``staging.source_rows``, which no page of figures reads, is left
empty.
"""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from budgeting.access import Identity, Role
from budgeting.audit import Change
from budgeting.classifications import cofog_codes, cofog_path
from budgeting.imports.mappings.mapping import MunicipalityRule
from budgeting.imports.meaning.batches import AmountColumn, Batch
from budgeting.imports.stored.line_years import add_line_years
from budgeting.imports.stored.relations import Relations
from budgeting.model import Direction, Stage
from budgeting.store import Store, connect

BUILDER = Identity("benchmark", Role.ADMINISTRATOR)
DIRECTION = "expenditure"
LAST_YEAR = 2025
RENEWED = 0.05  # part of a town's lines that is new every year
ORGANISATIONS, UNITS = 12, 4
PROGRAMMES, ACTIVITIES = 17, 9
ECONOMIC_GROUPS, ECONOMIC_CLASSES = 21, 6
FUNDS = ("General budget revenue", "Donations", "Loans", "Transfers of the state", "Own revenue")
WORKS = (
    *("Repair", "Purchase", "Cleaning", "Heating", "Insurance", "Rent", "Design", "Supervision"),
    *("Extension", "Maintenance", "Equipment", "Furniture", "Lighting", "Transport", "Subsidy"),
    *("Training", "Software", "Printing", "Security", "Translation", "Wages", "Allowances"),
)
OBJECTS = (
    *("primary school", "kindergarten", "health centre", "library", "theatre", "museum"),
    *("sports hall", "playground", "bus station", "bridge", "cemetery", "market", "landfill"),
    *("waterworks", "sewer", "park", "shelter for women", "day centre", "home for the elderly"),
    *("youth club", "fire brigade", "archive", "town hall", "nursery", "swimming pool", "clinic"),
)
PLACES = (
    *("Lipovac", "Borje", "Vrelo", "Kamenica", "Jasenik", "Topola", "Brdo", "Dubrava", "Gaj"),
    *("Javor", "Klisura", "Lug", "Most", "Novo Selo", "Orah", "Polje", "Reka", "Sopot", "Trn"),
)

LINES_AT_ONCE = 300_000
MEMBER_COLUMNS = (
    "organisation_id",
    "programme_id",
    "function_id",
    "economic_class_id",
    "fund_id",
)
# Identifiers and the tables that give them out; then the tables that copies of lines and of towns
# have rows in.
IDENTIFIERS = {
    "line_id": "core.budget_lines",
    "line_year_id": "core.line_years",
    "member_id": "core.members",
    "vintage_id": "core.vintages",
    "import_id": "core.imports",
    "source_file_id": "core.source_files",
}
LINE_TABLES = (
    "core.budget_lines",
    "core.line_years",
    "core.line_year_sources",
    "core.budget_amounts",
)
TOWN_TABLES = (
    *LINE_TABLES,
    *("core.municipalities", "core.fiscal_years", "core.imports", "core.source_files"),
    *("core.members", "core.member_labels", "core.vintages", "core.stated_vintages", "mart.cube"),
)

# One row per line of a town's year. What a line is follows from its number: number 7 of a town is
# the same line in every year that has it.
_LINES = """
with numbered as (
    select
        n,
        hash(n) as mixed,
        hash(n, 1) % {activities} as activity,
        hash(n, 2) % {classes} as class,
        least(hash(n, 3) % 12, {funds} - 1) as fund
    from range($first, $first + $lines) as t (n)
),

coded as (
    select
        n,
        $works[(mixed % {works} + 1)::integer] || ', ' || $objects[(mixed // 32 % {objects} + 1)::integer]
        || ' ' || $places[(n % {places} + 1)::integer] || ' ' || (n // {places} + 1) as label,
        activity,
        format('{{:02d}}', activity % {organisations} + 1) as organisation,
        format('{{:04d}}', activity // {in_programme} + 2001) as programme,
        format('{{}}', class // {in_group} + 611) as economic_group,
        class,
        format('{{:02d}}', fund + 1) as fund
    from numbered
),

pathed as (
    select
        (n - $first + 2)::integer as row_number,
        label,
        format('{{0}}/{{0}}{{1:02d}}', organisation, activity // {organisations} % {units} + 1)
            as organisation,
        format('{{0}}/{{0}}-{{1:04d}}', programme, activity % {in_programme} + 1) as programme,
        $functions[(activity % len($functions) + 1)::integer] as "function",
        format('{{0}}/{{0}}{{1}}', economic_group, (class % {in_group} + 1) * 100) as economic_class,
        fund
    from coded
)

select
    *,
    format(
        'organisation={{}};programme={{}};function={{}};economic_class={{}};fund={{}};label={{}}',
        organisation, programme, "function", economic_class, fund, label
    ) as line_code
from pathed
""".format(
    activities=PROGRAMMES * ACTIVITIES,
    classes=ECONOMIC_GROUPS * ECONOMIC_CLASSES,
    funds=len(FUNDS),
    works=len(WORKS),
    objects=len(OBJECTS),
    places=len(PLACES),
    organisations=ORGANISATIONS,
    units=UNITS,
    in_programme=ACTIVITIES,
    in_group=ECONOMIC_CLASSES,
)
_AMOUNTS = """
with approved as (
    select
        *,
        (500 + hash(line_code) % 9000000 / 100 * (1 + 0.03 * ($year - 2015)))::decimal(18, 2) as amount
    from batch_lines
)

select
    * exclude (amount),
    {amounts}
from approved
order by row_number
""".format(
    amounts=",\n    ".join(
        f"(amount * (1 + {part} * ((hash(line_code, '{stage}', $year) % 2000)::integer - 1000) / 10000))"
        f"::decimal(18, 2) as {stage}"
        for stage, part in (("approved", 0), ("revised", 1), ("executed", 2))
    )
)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a ledger is: towns, years of each, and budget lines in a year."""

    towns: int
    years: int
    lines: int

    @property
    def line_years(self) -> int:
        """Budget lines of all towns and years."""
        return self.towns * self.years * self.lines

    def __str__(self) -> str:
        return f"{self.towns} x {self.years} x {self.lines:,}"


def town_code(number: int) -> str:
    """Return the code of a town, as statistical offices number them."""
    return str(70000 + number)


def build(path: Path, size: Size) -> bool:
    """Write a ledger of `size` to `path`; return False where it is there already."""
    if path.exists():
        return False
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    at_once = min(size.lines, LINES_AT_ONCE)
    with closing(connect(unfinished)) as store, closing(duckdb.connect()) as maker:
        for year in range(LAST_YEAR - size.years + 1, LAST_YEAR + 1):
            _add_year(store, maker, year, at_once)
    with closing(duckdb.connect(str(unfinished))) as connection:
        _copy_lines(connection, size.lines // at_once)
        _copy_towns(connection, size.towns)
    with closing(connect(unfinished)) as store:
        if size.lines > at_once:
            _build_cubes(store, size)
    unfinished.rename(path)
    return True


def _copy_lines(connection: duckdb.DuckDBPyConnection, copies: int) -> None:
    """Give every line `copies` - 1 more of its kind."""
    if copies > 1:
        changed = {"line_code": "line_code || ';copy=' || copy"}
        _copy(connection, LINE_TABLES, ("line_id", "line_year_id"), changed, copies)


def _copy_towns(connection: duckdb.DuckDBPyConnection, towns: int) -> None:
    """Add towns that budget as the first one does."""
    if towns > 1:
        changed = {
            "municipality_code": "(70000 + copy)::varchar",
            "name": "'Town ' || copy",
            "ancestor_ids": "list_transform(ancestor_ids, id -> (id + copy * {member_id})::integer)",
        }
        _copy(connection, TOWN_TABLES, tuple(IDENTIFIERS), changed, towns)


def _copy(
    connection: duckdb.DuckDBPyConnection,
    tables: Sequence[str],
    shifted: Sequence[str],
    changed: Mapping[str, str],
    copies: int,
) -> None:
    """Copy `tables` within themselves: `shifted` are the identifiers that become new ones."""
    last = {
        name: connection.sql(f"select max({name}) from {IDENTIFIERS[name]}").fetchone()[0]
        for name in shifted
    }
    last |= dict.fromkeys(MEMBER_COLUMNS, last.get("member_id", 0))
    for table in tables:
        columns = connection.table(table).columns
        new = {name: f"{name} + copy * {last[name]}" for name in columns if name in last}
        new |= {name: made.format_map(last) for name, made in changed.items() if name in columns}
        replaced = ", ".join(f"({made}) as {name}" for name, made in new.items())
        connection.execute(
            f"insert into {table} select * exclude (copy) replace ({replaced}) "
            f"from {table} cross join range(1, {copies}) as copies (copy) order by copy, {table}.rowid"
        )


def _build_cubes(store: Store, size: Size) -> None:
    for import_id in _to(size.years):
        with store.transaction(BUILDER, Change("accept-import", "copies.csv")) as transaction:
            transaction.run("drop_cube", import_id=import_id)
            transaction.run("build_cube", import_id=import_id)


def _add_year(store: Store, maker: duckdb.DuckDBPyConnection, year: int, count: int) -> None:
    code = town_code(0)
    batch = _batch(maker, year, count)
    with store.transaction(BUILDER, Change("accept-import", f"{code}.csv", code)) as transaction:
        numbers = transaction.query("next_numbers").to_pylist()[0]
        number, import_id = numbers["source_file_id"], numbers["import_id"]
        relations = Relations([batch], number)
        parts = {"batch_parts": relations.parts()}
        statements = {**parts, "batch_statements": relations.statements()}
        town_row = {"name": "Town 0", "country_code": "XX", "is_fictional": True}
        transaction.run("add_municipality", municipality_code=code, **town_row)
        transaction.run("add_fiscal_years", **parts)
        transaction.run("add_import", import_id=import_id, **_import(code, year, count))
        transaction.run("add_source_files", import_id=import_id, **parts)
        _add_members(transaction, parts, number)
        found = add_line_years(transaction, relations.numbered, parts["batch_parts"], False)
        sources = found.numbered(relations.sources(found.places))
        transaction.run("add_line_year_sources", batch_sources=sources)
        transaction.run("add_vintages", **statements)
        transaction.run("add_stated_vintages", **statements)
        vintages = transaction.query("vintages_of_statements", **statements)
        figures = found.numbered(relations.figures(vintages, found.places))
        transaction.run("add_budget_amounts", batch_vintages=vintages, batch_figures=figures)
        transaction.run("build_cube", import_id=import_id)


def _batch(maker: duckdb.DuckDBPyConnection, year: int, count: int) -> Batch:
    maker.register("batch_lines", _lines(maker, year, count))
    lines = maker.sql(_AMOUNTS, params={"year": year}).to_arrow_table()
    maker.unregister("batch_lines")
    town = MunicipalityRule(town_code(0), "Town 0", "XX", "EUR", True)
    return Batch(town, year, Direction(DIRECTION), lines, _stages(year), ())


def _stages(year: int) -> tuple[AmountColumn, ...]:
    return (
        AmountColumn("approved", Stage.APPROVED, None, None),
        AmountColumn("revised", Stage.REVISED, date(year, 6, 15), "1"),
        AmountColumn("executed", Stage.EXECUTED, date(year, 12, 31), None),
    )


def _lines(maker: duckdb.DuckDBPyConnection, year: int, count: int) -> pa.Table:
    """Return the lines of a town's year, without amounts."""
    parameters = {
        "first": round((year - LAST_YEAR + 100) * count * RENEWED),
        "lines": count,
        "works": list(WORKS),
        "objects": list(OBJECTS),
        "places": list(PLACES),
        "functions": _functions(),
    }
    return maker.sql(_LINES, params=parameters).to_arrow_table()


def _functions() -> list[str]:
    """Return the paths of the functions that have no part of their own."""
    paths = [cofog_path(code) for code in cofog_codes()]
    return sorted(path for path in paths if "/" in path)


def _import(code: str, year: int, count: int) -> dict[str, Any]:
    name = f"{code}_{year}.csv"
    return {
        "file_name": name,
        "sha256": hashlib.sha256(name.encode()).hexdigest(),
        "mapping_name": "benchmark",
        "mapping_sha256": hashlib.sha256(b"benchmark").hexdigest(),
        "mapping_text": "",
        "as_of": None,
        "corrections_name": None,
        "corrections_sha256": None,
        "read_count": count,
        "accepted_count": count,
        "skipped_count": 0,
        "rejected_count": 0,
        "printed_totals": "[]",
        "imported_by": BUILDER.name,
        "imported_at": datetime.now(UTC),
    }


def _add_members(transaction: Any, parts: dict[str, pa.Table], number: int) -> None:
    found = [{"source_file_id": number, **member} for member in _members()]
    for depth in (1, 2):
        level = [member for member in found if member["depth"] == depth]
        transaction.run("add_members", **parts, batch_members=pa.Table.from_pylist(level))
    transaction.run("add_member_labels", **parts, batch_members=pa.Table.from_pylist(found))


def _members() -> list[dict[str, Any]]:
    units = [
        f"{n:02d}/{n:02d}{unit:02d}" for n in range(1, ORGANISATIONS + 1) for unit in _to(UNITS)
    ]
    activities = [
        f"{n}/{n}-{part:04d}" for n in range(2001, 2001 + PROGRAMMES) for part in _to(ACTIVITIES)
    ]
    classes = [
        f"{n}/{n}{part}00"
        for n in range(611, 611 + ECONOMIC_GROUPS)
        for part in _to(ECONOMIC_CLASSES)
    ]
    funds = [f"{number:02d}" for number in _to(len(FUNDS))]
    return [
        *_of_dimension("organisation", units, [f"{thing}, department" for thing in OBJECTS]),
        *_of_dimension("programme", activities, [f"{thing}, activity" for thing in OBJECTS]),
        *_of_dimension("function", _functions(), [entry["en"] for entry in cofog_codes().values()]),
        *_of_dimension("economic_class", classes, [f"{work}, costs" for work in WORKS]),
        *_of_dimension("fund", funds, FUNDS),
    ]


def _to(count: int) -> range:
    return range(1, count + 1)


def _of_dimension(
    dimension: str, paths: Sequence[str], labels: Sequence[str]
) -> list[dict[str, Any]]:
    """Return the members at `paths` and above them, called one label after the other."""
    everything = sorted({*paths, *(path.partition("/")[0] for path in paths)})
    return [
        {
            "dimension": dimension,
            "path_code": path,
            "parent_path_code": path.rpartition("/")[0],
            "code": path.rpartition("/")[2],
            "depth": path.count("/") + 1,
            "label": labels[number % len(labels)].capitalize(),
        }
        for number, path in enumerate(everything)
    ]
