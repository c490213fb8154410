"""Source files: every accepted file, the source behind every number."""

import pyarrow as pa

from budgeting.model import Column, Report, Table, plural_text, text
from budgeting.store import Store


def build(store: Store, municipality_code: str | None = None) -> Report:
    """Answer which files were accepted, newest first; None for those of all municipalities."""
    rows = store.query("source_files", municipality_code=municipality_code)
    years = rows["fiscal_year"].cast(pa.string())
    rows = rows.set_column(rows.column_names.index("fiscal_year"), "fiscal_year", years)
    days = rows["imported_at"].cast(pa.timestamp("us")).cast(pa.date32(), safe=False)
    rows = rows.set_column(rows.column_names.index("imported_at"), "imported_at", days)
    return Report(
        name="source_files",
        title=text("Which files do the numbers come from?"),
        answer=plural_text(
            "{count} file was accepted.", "{count} files were accepted.", rows.num_rows
        ),
        parameters={"municipality": municipality_code or ""},
        tables={
            "files": Table(
                (
                    Column("municipality_code", text("municipality"), "code"),
                    Column("fiscal_year", text("year"), "code"),
                    Column("direction", text("direction"), "code"),
                    Column("file_name", text("file")),
                    Column("mapping_name", text("mapping"), "code"),
                    Column("as_of", text("as of"), "date"),
                    Column("accepted_count", text("rows accepted"), "count"),
                    Column("skipped_count", text("rows skipped"), "count"),
                    Column("imported_by", text("accepted by")),
                    Column("imported_at", text("accepted on"), "date"),
                    Column("sha256", text("fingerprint"), "code"),
                ),
                rows,
            )
        },
        data_version=store.data_version,
    )
