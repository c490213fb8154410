"""Source files: every accepted file, the source behind every number, and whether it still counts."""

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.model import Column, Report, Table, plural_text, text
from budgeting.store import Store

COLUMNS = (
    Column("municipality_code", text("code of the municipality"), "code"),
    Column("municipality_name", text("municipality")),
    Column("fiscal_year", text("year"), "code"),
    Column("direction", text("direction"), "code"),
    Column("file_name", text("file")),
    Column("sheet_name", text("sheet")),
    Column("mapping_name", text("mapping"), "code"),
    Column("as_of", text("as of"), "date"),
    Column("accepted_count", text("rows accepted"), "count"),
    Column("skipped_count", text("rows skipped in the file"), "count"),
    Column("rejected_count", text("rows rejected in the file"), "count"),
    Column("acknowledged_count", text("findings acknowledged"), "count"),
    Column("imported_by", text("accepted by")),
    Column("imported_at", text("accepted on"), "date"),
    Column("undone_by", text("undone by")),
    Column("undone_at", text("undone on"), "date"),
    Column("undo_reason", text("undone because")),
    Column("sha256", text("fingerprint"), "code"),
    Column("import_id", text("import"), "code"),
)

ON_SCREEN = (
    *("municipality_name", "fiscal_year", "direction", "file_name", "sheet_name", "imported_at"),
    *("accepted_count", "skipped_count", "rejected_count", "acknowledged_count", "as_of"),
    *("imported_by", "mapping_name", "undone_at", "undone_by", "undo_reason", "import_id"),
)  # what tells files apart comes first; of codes and fingerprints the downloads tell


def build(store: Store, municipality_code: str | None = None) -> Report:
    """Answer which files were accepted, newest first; None for those of all municipalities.

    A file has one row per sheet, municipality, year and direction that was stored of it. Undone
    imports stay in the list.
    """
    rows = store.query("source_files", municipality_code=municipality_code)
    for name, kind in (("fiscal_year", pa.string()), ("import_id", pa.string())):
        rows = _with_column(rows, name, rows[name].cast(kind))
    for name in ("imported_at", "undone_at"):
        rows = _with_column(
            rows, name, rows[name].cast(pa.timestamp("us")).cast(pa.date32(), safe=False)
        )
    undone = len(pc.unique(rows["import_id"].filter(rows["is_undone"])))
    notes = (
        (plural_text("{count} import was undone.", "{count} imports were undone.", undone),)
        if undone
        else ()
    )
    return Report(
        name="source_files",
        title=text("Which files do the numbers come from?"),
        answer=plural_text(
            "{count} file was accepted.",
            "{count} files were accepted.",
            len(pc.unique(rows["import_id"])),
        ),
        parameters={"municipality": municipality_code or ""},
        tables={"files": Table(COLUMNS, rows)},
        notes=notes,
        data_version=store.data_version,
    )


def _with_column(rows: pa.Table, name: str, values: pa.ChunkedArray) -> pa.Table:
    return rows.set_column(rows.column_names.index(name), name, values)
