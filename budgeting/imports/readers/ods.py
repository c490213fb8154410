"""ODS: how far its sheets reach and which of their formulas ended in an error."""

from dataclasses import dataclass, field
from xml.parsers import expat

from budgeting.imports.readers.archive import archive
from budgeting.imports.readers.faults import damaged
from budgeting.imports.readers.sheet_contents import SheetContents

_MOST_REPEATED_ERRORS = 1000


def ods_contents(content: bytes) -> dict[str, SheetContents]:
    """Return by sheet how far it reaches and its errors.

    Raises
    ------
    Unreadable
        The file is damaged, or unpacks to more than is safe.
    """
    opened = archive(content)
    scan = _Scan()
    parser = expat.ParserCreate()
    parser.StartElementHandler = scan.begin
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.words
    parser.StartDoctypeDeclHandler = scan.refuse
    parser.buffer_text = True
    try:
        for chunk in opened.chunks("content.xml"):
            parser.Parse(chunk)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise damaged() from None
    return scan.found


@dataclass
class _Scan:
    """Where the parser stands in the document."""

    found: dict[str, SheetContents] = field(default_factory=dict)
    sheet: str = ""
    rows: int = 0  # above the row at hand
    columns: int = 0  # left of the cell at hand
    repeated_rows: int = 1
    repeated_columns: int = 1
    is_error: bool = False
    is_filled: bool = False
    text: str = ""
    last_row: int = 0
    last_column: int = 0
    filled: int = 0
    errors: list[tuple[int, int, str]] = field(default_factory=list)

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rsplit(":", 1)[-1]
        if name == "table":
            self.sheet = attributes.get("table:name", "")
            self.rows = self.last_row = self.last_column = self.filled = 0
            self.errors = []
        elif name == "table-row":
            self.columns = 0
            self.repeated_rows = _count(attributes.get("table:number-rows-repeated"))
        elif name in {"table-cell", "covered-table-cell"}:
            self.repeated_columns = _count(attributes.get("table:number-columns-repeated"))
            self.is_error = attributes.get("calcext:value-type") == "error"
            self.is_filled = "office:value-type" in attributes
            self.text = ""

    def words(self, data: str) -> None:
        self.text += data

    def end(self, tag: str) -> None:
        name = tag.rsplit(":", 1)[-1]
        if name in {"table-cell", "covered-table-cell"}:
            self._end_cell()
        elif name == "table-row":
            self.rows += self.repeated_rows
        elif name == "table":
            self.found[self.sheet] = SheetContents(
                self.last_row, self.last_column, self.filled, tuple(self.errors)
            )

    def refuse(self, *_: object) -> None:
        raise damaged()

    def _end_cell(self) -> None:
        text = self.text.strip()
        is_error = self.is_error or text.startswith(("Err:", "#REF!", "#DIV/0!"))
        if self.is_filled or text:
            self.last_row = max(self.last_row, self.rows + self.repeated_rows)
            self.last_column = max(self.last_column, self.columns + self.repeated_columns)
            self.filled += self.repeated_rows * self.repeated_columns
        if is_error:
            count = min(self.repeated_rows, _MOST_REPEATED_ERRORS)
            columns = range(self.columns, self.columns + min(self.repeated_columns, 100))
            self.errors.extend(
                (self.rows + row + 1, column, text or "#ERROR!")
                for row in range(count)
                for column in columns
            )
        self.columns += self.repeated_columns


def _count(written: str | None) -> int:
    return int(written) if written and written.isascii() and written.isdigit() else 1
