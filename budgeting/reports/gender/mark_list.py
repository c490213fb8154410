"""The list of marks as they stand, to keep, to send elsewhere, and to read in again."""

from budgeting.marks.transfer import HEADINGS, standing_marks
from budgeting.model import Column, Report, Table, Text, plural_text, text
from budgeting.store import Store


def build(store: Store, municipality_code: str, methodology: str | None) -> Report:
    """Return one row per part of a mark; headings are the same in every language, to be read again.

    Parameters
    ----------
    methodology
        The only one; None for all.
    """
    rows = standing_marks(store, municipality_code, methodology)
    # called by their place: a column with a known name would be translated, and read no more
    columns = tuple(
        Column(f"column_{place}", Text(heading)) for place, heading in enumerate(HEADINGS.values())
    )
    return Report(
        name="marks",
        title=text("Marks as they stand"),
        answer=plural_text("{count} part of a mark.", "{count} parts of marks.", rows.num_rows),
        parameters={"municipality": municipality_code, "methodology": methodology},
        tables={"marks": Table(columns, rows.rename_columns([column.key for column in columns]))},
        data_version=store.data_version,
    )
