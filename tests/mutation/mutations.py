"""Mutations: what goes wrong with a file between the ledger and the importer, one thing at a time."""

import csv
import io
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from mutation.specimens import Cells, Specimen

_DIGITS = re.compile(r"\d")
_SEPARATORS = [";", ",", "\t", "|"]
_ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1250", "cp1251", "cp1252", "cp1257", "cp850"]


@dataclass
class Mutated:
    """A copy of a specimen in which one thing changed.

    ``origins`` says of each row which row of the specimen it is. ``cells`` is None where a change of
    bytes leaves open what the cells are. ``is_same_money`` where nobody who looks at the file would
    read other amounts in it; ``is_consistent`` where what the file says twice may agree as before.
    """

    content: bytes
    cells: Cells | None = None
    origins: list[int] = field(default_factory=list)
    is_same_money: bool = False
    is_consistent: bool = False


@dataclass(frozen=True)
class Places:
    """Where the amounts of a specimen stand: columns, and which rows are budget lines."""

    columns: tuple[int, ...]
    lines: tuple[int, ...]


Mutation = Callable[[random.Random, Specimen, Places], Mutated | None]


def of_cells(
    specimen: Specimen, cells: Cells, origins: list[int] | None = None, *, same: bool = False
) -> Mutated:
    return Mutated(
        specimen.content(cells),
        cells,
        list(range(len(cells))) if origins is None else origins,
        same,
    )


def of_bytes(specimen: Specimen, content: bytes) -> Mutated:
    """Return changed bytes; their cells where each row is still the row that it was."""
    if specimen.is_workbook:
        return Mutated(content)
    try:
        text = content.decode(specimen.encoding)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=specimen.delimiter))
    except (UnicodeDecodeError, csv.Error):
        return Mutated(content)
    width = [len(row) for row in specimen.cells]
    if [len(row) for row in rows] != width:
        return Mutated(content)
    return Mutated(content, rows, list(range(len(rows))))


# --- bytes ----------------------------------------------------------------


def byte_flipped(rng, specimen, _places):
    content = bytearray(specimen.content(specimen.cells))
    for _ in range(rng.choice([1, 1, 2, 8])):
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    return of_bytes(specimen, bytes(content))


def digit_byte_changed(rng, specimen, _places):
    """A digit anywhere in a text file, in a code or year as well."""
    if specimen.is_workbook:
        return None
    content = bytearray(specimen.content(specimen.cells))
    places = [place for place, byte in enumerate(content) if 48 <= byte <= 57]
    place = rng.choice(places)
    content[place] = rng.choice([byte for byte in range(48, 58) if byte != content[place]])
    return of_bytes(specimen, bytes(content))


def truncated(rng, specimen, _places):
    content = specimen.content(specimen.cells)
    return Mutated(content[: rng.randrange(len(content))])


def encoding_broken(rng, specimen, _places):
    """The same text in another encoding, or bytes that no text has."""
    if specimen.is_workbook:
        return None
    content = specimen.content(specimen.cells)
    way = rng.randrange(3)
    if way == 0:
        encoding = rng.choice([e for e in _ENCODINGS if e != specimen.encoding])
        text = specimen.text_of(specimen.cells)
        try:
            return Mutated(text.encode(encoding), is_same_money=True)
        except UnicodeEncodeError:
            return Mutated(text.encode(encoding, "replace"), is_same_money=True)
    if way == 1:  # read in the wrong encoding and saved again
        return Mutated(content.decode("latin-1").encode("utf-8"), is_same_money=True)
    changed = bytearray(content)
    for _ in range(rng.choice([1, 3, 30])):
        changed.insert(rng.randrange(len(changed)), rng.choice([0x00, 0x81, 0xFF, 0xFE, 0xC3]))
    return Mutated(bytes(changed))


# --- rows -----------------------------------------------------------------


def _with_rows(specimen: Specimen, order: list[int], *, same: bool = False) -> Mutated:
    return of_cells(specimen, [specimen.cells[place] for place in order], order, same=same)


def _body(specimen: Specimen) -> range:
    return range(specimen.header, len(specimen.cells))


def row_cut(rng, specimen, _places):
    gone = rng.choice(_body(specimen))
    return _with_rows(specimen, [n for n in range(len(specimen.cells)) if n != gone])


def rows_cut(rng, specimen, _places):
    start = rng.choice(_body(specimen))
    count = rng.choice([2, 5, 20, len(specimen.cells)])
    order = [n for n in range(len(specimen.cells)) if not start <= n < start + count]
    return _with_rows(specimen, order)


def row_doubled(rng, specimen, _places):
    twin = rng.choice(_body(specimen))
    place = rng.choice([twin, len(specimen.cells) - 1])  # below itself, or at the end
    order = list(range(len(specimen.cells)))
    return _with_rows(specimen, [*order[: place + 1], twin, *order[place + 1 :]])


def rows_doubled(rng, specimen, _places):
    start = rng.choice(_body(specimen))
    count = rng.choice([3, 10, len(specimen.cells)])
    order = list(range(len(specimen.cells)))
    block = order[start : start + count]
    return _with_rows(
        specimen, [*order[: start + len(block)], *block, *order[start + len(block) :]]
    )


def two_lines_swapped(rng, specimen, places):
    """Two budget lines change places: whatever else it means, the money is the same."""
    if len(places.lines) < 2:
        return None
    first, second = rng.sample(places.lines, 2)
    order = list(range(len(specimen.cells)))
    order[first], order[second] = second, first
    return _with_rows(specimen, order, same=True)


# --- columns --------------------------------------------------------------


def _swapped(row: list, first: int, second: int) -> list:
    row = [*row, *[""] * (max(first, second) + 1 - len(row))]
    row[first], row[second] = row[second], row[first]
    return row


def columns_swapped(rng, specimen, places):
    """The amounts of two columns change places, their headers do not."""
    if len(places.columns) < 2:
        return None
    first, second = rng.sample(places.columns, 2)
    head, body = specimen.cells[: specimen.header], specimen.cells[specimen.header :]
    swapped = of_cells(specimen, [*head, *[_swapped(row, first, second) for row in body]])
    # each total goes with its column: only a relation between columns can tell
    swapped.is_consistent = not (specimen.mapping.change or specimen.mapping.sums)
    return swapped


def columns_moved(rng, specimen, _places):
    """Two columns change places, with their headers."""
    if not specimen.header:
        return None
    first, second = rng.sample(range(len(specimen.cells[0])), 2)
    cells = [_swapped(row, first, second) for row in specimen.cells]
    return Mutated(specimen.content(cells), is_same_money=not specimen.is_workbook)


def header_misspelt(rng, specimen, places):
    if not specimen.header:
        return None
    column = rng.choice([*places.columns, rng.randrange(len(specimen.cells[0]))])
    cells = [list(row) for row in specimen.cells]
    word = str(cells[0][column])
    if len(word) < 2:
        return None
    place = rng.randrange(len(word))
    way = rng.randrange(4)
    cells[0][column] = [
        word[:place] + rng.choice("xqž8") + word[place + 1 :],
        word[:place] + word[place + 1 :],
        "",
        str(cells[0][rng.randrange(len(cells[0]))]),  # the name of another column
    ][way]
    return of_cells(specimen, cells)


# --- marks ----------------------------------------------------------------


def separators_swapped(rng, specimen, _places):
    """The same cells with another separator, or with it in one row only."""
    if specimen.is_workbook:
        return None
    other = rng.choice([mark for mark in _SEPARATORS if mark != specimen.delimiter])
    text = specimen.text_of(specimen.cells)
    if rng.random() < 0.5:
        memory = io.StringIO()
        csv.writer(memory, delimiter=other, lineterminator=specimen.line_end).writerows(
            specimen.cells
        )
        return Mutated(memory.getvalue().encode(specimen.encoding, "replace"), is_same_money=True)
    lines = text.split(specimen.line_end)
    place = rng.randrange(len(lines))
    if rng.random() < 0.5:  # in the whole file without quoting, as search and replace does
        changed = text.replace(specimen.delimiter, other)
    else:
        lines[place] = lines[place].replace(specimen.delimiter, other)
        changed = specimen.line_end.join(lines)
    return Mutated(changed.encode(specimen.encoding, "replace"))


_REGROUPED = str.maketrans(",.", ".,")


def _regrouped(text: str, way: int) -> str:
    if way == 0:  # 1.234,56 -> 1,234.56
        return text.translate(_REGROUPED)
    head, mark, tail = text.partition("," if "," in text else ".")
    if way == 1:  # 1234 -> 1.234
        digits = f"{int(head):,}".replace(",", ".") if head.isdecimal() else head
        return digits + ("," + tail if mark else "")
    return re.sub(r"[ .,](?=\d{3}\b)", "", text) if way == 2 else text.replace(".", " ")


def digits_regrouped(rng, specimen, places):
    """One cell, a column or all columns in another style of numbers."""
    way, reach = rng.randrange(4), rng.choice(["cell", "column", "all"])
    cells = [list(row) for row in specimen.cells]
    columns = places.columns if reach == "all" else [rng.choice(places.columns)]
    rows = [rng.choice(places.lines)] if reach == "cell" else range(specimen.header, len(cells))
    for row in rows:
        for column in columns:
            if column < len(cells[row]) and cells[row][column] != "":
                cells[row][column] = _regrouped(_as_text(cells[row][column]), way)
    if cells == specimen.cells:
        return None
    return Mutated(specimen.content(cells))


# --- amounts --------------------------------------------------------------


def _as_text(value) -> str:
    return f"{value:.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _as_cell(text: str, before):
    return float(text) if isinstance(before, float) else text


def _amount(rng, specimen, places) -> tuple[int, int] | None:
    """Return an amount that is not empty: of a line, or at times of any row."""
    for _ in range(50):
        row = rng.choice(places.lines if rng.random() < 0.85 else _body(specimen))
        column = rng.choice(places.columns)
        found = specimen.cells[row]
        if column < len(found) and _DIGITS.search(_as_text(found[column])):
            return row, column
    return None


def _with_cell(specimen: Specimen, place: tuple[int, int], value) -> Mutated:
    row, column = place
    cells = list(specimen.cells)
    cells[row] = [*cells[row][:column], value, *cells[row][column + 1 :]]
    return of_cells(specimen, cells)


def digit_changed(rng, specimen, places):
    place = _amount(rng, specimen, places)
    if place is None:
        return None
    before = specimen.cells[place[0]][place[1]]
    text = _as_text(before)
    spot = rng.choice([found.start() for found in _DIGITS.finditer(text)])
    digit = rng.choice([d for d in "0123456789" if d != text[spot]])
    return _with_cell(specimen, place, _as_cell(text[:spot] + digit + text[spot + 1 :], before))


def sign_flipped(rng, specimen, places):
    place = _amount(rng, specimen, places)
    if place is None:
        return None
    before = specimen.cells[place[0]][place[1]]
    text = _as_text(before).strip()
    way = rng.randrange(3) if isinstance(before, str) else 0
    changed = text[1:] if text.startswith("-") else ["-" + text, f"({text})", text + "-"][way]
    return _with_cell(specimen, place, _as_cell(changed, before))


def cell_emptied(rng, specimen, places):
    place = _amount(rng, specimen, places)
    return place and _with_cell(specimen, place, "")


def any_cell_emptied(rng, specimen, _places):
    """A cell of any column: a code or a label as well."""
    row = rng.choice(_body(specimen))
    column = rng.randrange(len(specimen.cells[row]))
    return _with_cell(specimen, (row, column), "") if specimen.cells[row][column] != "" else None


def number_as_word(rng, specimen, places):
    """A word, an error or a formula where an amount should be."""
    place = _amount(rng, specimen, places)
    words = [
        "n/a",
        "#REF!",
        "=SUM(A1:A9)",
        "12 34",
        "1e6",
        "1.2.3",
        "--5",
        "O",
        "NaN",
        "inf",
        "x",
        "٣",
    ]
    return place and _with_cell(specimen, place, rng.choice(words))


MUTATIONS: dict[str, Mutation] = {
    "bytes flipped": byte_flipped,
    "a digit anywhere": digit_byte_changed,
    "file truncated": truncated,
    "encoding broken": encoding_broken,
    "a row cut": row_cut,
    "rows cut": rows_cut,
    "a row doubled": row_doubled,
    "rows doubled": rows_doubled,
    "two lines swapped": two_lines_swapped,
    "columns swapped": columns_swapped,
    "columns moved": columns_moved,
    "header misspelt": header_misspelt,
    "separators swapped": separators_swapped,
    "digits regrouped": digits_regrouped,
    "a digit changed": digit_changed,
    "a sign flipped": sign_flipped,
    "an amount emptied": cell_emptied,
    "any cell emptied": any_cell_emptied,
    "a word for an amount": number_as_word,
}
