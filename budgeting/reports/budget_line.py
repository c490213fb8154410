"""Budget line: every amount of one line over the years, traced to file and row."""

import pyarrow as pa

from budgeting.errors import NotFound
from budgeting.model import Column, Direction, Report, Table, text
from budgeting.names import codes_of_line
from budgeting.reports.scope import fiction_note, members, scope, unknown_label
from budgeting.store import DIMENSIONS, Store


def build(store: Store, line_id: int, language: str = "en") -> Report:
    """Answer what a budget line is and where each of its numbers comes from.

    Returns
    -------
    Report
        Table ``amounts``: one row per year and statement with the file, its rows, who accepted it
        and when; amounts of the lines that it was before it was renamed or moved stand among them.
        Table ``classification``: one row per dimension of the newest year. Table ``links``: one row
        per line that it continues or that continues it, as somebody confirmed.

    Raises
    ------
    NotFound
        There is no such line.
    """
    found = store.query("budget_line", line_id=line_id).to_pylist()
    amounts = store.query("line_amounts", line_id=line_id).to_pylist()
    own = [row for row in amounts if row["is_own"]]
    if not found or not own:
        raise NotFound(
            text("There is no budget line with the number {number}.", number=str(line_id))
        )
    line, newest = found[0], own[0]
    direction = Direction(line["direction"])
    where = scope(store, line["municipality_code"], newest["fiscal_year"], direction)
    known = members(store, where, language)
    trail = [(name, known.get(newest[column])) for name, column in DIMENSIONS.items()]
    classification = [
        {
            "dimension": name,
            "code": member.code if member else "",
            "label": member.label if member else unknown_label(language),
        }
        for name, member in trail
    ]
    return Report(
        name="budget_line",
        title=text("Where do the numbers of this budget line come from?"),
        answer=text(
            "{label} ({code}) of {name}.",
            label=newest["label"],
            code=codes_of_line(line["line_code"]),
            name=where.name,
        ),
        parameters={"line": str(line_id)},
        tables={
            "amounts": _amount_table(amounts, where.year.currency_code),
            "classification": Table(_CLASSIFICATION, pa.Table.from_pylist(classification)),
            "links": _link_table(store.query("links_of_line", line_id=line_id)),
        },
        notes=fiction_note(where),
        data_version=store.data_version,
    )


_CLASSIFICATION = (
    Column("dimension", text("dimension"), "code"),
    Column("code", text("code"), "code"),
    Column("label", text("label")),
)


def _link_table(links: pa.Table) -> Table:
    codes = [codes_of_line(code) for code in links["line_code"].to_pylist()]
    days = [moment.date() for moment in links["confirmed_at"].to_pylist()]
    years = [str(year) for year in links["fiscal_year"].to_pylist()]
    rows = links.append_column("code", pa.array(codes, pa.string()))
    rows = rows.append_column("since", pa.array(years, pa.string()))
    rows = rows.append_column("confirmed_on", pa.array(days, pa.date32()))
    return Table(
        (
            Column("relation", text("this line"), "code"),
            Column("label", text("budget line")),
            Column("code", text("code"), "code"),
            Column("since", text("since"), "code"),
            Column("becoming", text("what became of it"), "code"),
            Column("amount_share", text("part of the earlier line"), "share"),
            Column("reason", text("reason")),
            Column("confirmed_by", text("confirmed by")),
            Column("confirmed_on", text("confirmed on"), "date"),
        ),
        rows,
    )


def _amount_table(amounts: list[dict[str, object]], currency: str) -> Table:
    schema = pa.schema(
        [
            ("fiscal_year", pa.string()),
            ("code", pa.string()),
            ("stage", pa.string()),
            ("as_of", pa.date32()),
            ("decision_number", pa.string()),
            ("amount", pa.decimal128(18, 2)),
            ("file_name", pa.string()),
            ("rows", pa.string()),
            ("imported_by", pa.string()),
            ("imported_at", pa.date32()),
        ]
    )
    rows = [
        {
            **{name: row[name] for name in schema.names if name in row},
            "fiscal_year": str(row["fiscal_year"]),
            "code": codes_of_line(str(row["line_code"])),
            "rows": ", ".join(str(number) for number in row["row_numbers"]),  # type: ignore[attr-defined]
            "imported_at": row["imported_at"].date(),  # type: ignore[attr-defined]
        }
        for row in amounts
    ]
    return Table(
        (
            Column("fiscal_year", text("year"), "code"),
            Column("code", text("code"), "code", is_hidden=all(row["is_own"] for row in amounts)),
            Column("stage", text("stage"), "code"),
            Column("as_of", text("as of"), "date"),
            Column("decision_number", text("decision"), "code"),
            Column("amount", text("amount"), "money", currency),
            Column("file_name", text("file")),
            Column("rows", text("rows in the file"), "code"),
            Column("imported_by", text("accepted by")),
            Column("imported_at", text("accepted on"), "date"),
        ),
        pa.Table.from_pylist(rows, schema=schema),
    )
