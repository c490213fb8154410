"""Numbers as people write them: which marks a column uses, and its cells as exact amounts.

Nothing is guessed. "2.952" alone may be 2952 or 2.952; only another cell, or a person, decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.source import NumberStyle

MONEY = pa.decimal128(18, 2)
_EXACT = pa.decimal256(48, 30)  # 16 digits of MONEY and two more, and 30 decimals
_EXACT_INTEGERS = 2**53
_FACTOR = pa.decimal256(20, 0)

_CURRENCIES = (
    r"KM|BAM|EUR|€|RSD|din|дин|динара|dinara|HRK|kn|MKD|ден|денари|CZK|Kč|kr|SEK|NOK|DKK|LTL|Lt|"
    r"USD|US\$|\$|GBP|£|INR|Rs|₹|PLN|zł|HUF|Ft|RON|lei|BGN|лв|ALL|CHF|Fr|₴|UAH|грн|TL|TRY|₺"
)
_SPACES = r"[\s\x{00a0}\x{1680}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}]+"
# What one after the other makes of a written number only digits, marks and a minus in front.
_SPELLING = (
    (_SPACES, " "),
    (r"^ | $", ""),
    (r"[\x{2010}-\x{2015}\x{2212}\x{fe63}\x{ff0d}]", "-"),
    (r"[\x{2018}\x{2019}\x{02bc}`\x{00b4}]", "'"),
)
_TRIMMINGS = (
    (rf"(?i)^([-+(]?) ?(?:{_CURRENCIES})\.? ?([-+(0-9])", r"\1\2"),
    (rf"(?i)([-0-9)]) ?(?:{_CURRENCIES})\.?(\)?)$", r"\1\2"),
    (r"([0-9])[,.:] ?--?$", r"\1"),  # "1.234,-" has no cents
    (r"^\( ?([^-+()]+?) ?\)$", r"-\1"),
    (r"^([^-+()]+?) ?-$", r"-\1"),
    (r"^([-+]) ", r"\1"),
    (r"^\+([0-9])", r"\1"),
    (r"^-+$", "-"),
)
_PLAIN = r"^(?:-?[0-9](?:[0-9.,]| [0-9])*|)$"
_MARKED = r"^-?[0-9.,' ]*[.,' ][0-9.,' ]*$"
_SAMPLE = 1000  # so many cells of a long column show its style, and the others are held to it


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """Numbers that can be read in several ways, with nothing to decide between them.

    ``candidates`` are the ways, the one that reads most cells first; ``example`` is a cell that they
    read differently. ``is_mixed`` says that no single style reads all numbers of the column.
    """

    candidates: tuple[NumberStyle, ...]
    example: str
    is_mixed: bool = False


@dataclass(frozen=True, slots=True)
class Amounts:
    """Cells as amounts, null where there is no figure.

    Parameters
    ----------
    values
        decimal(18,2).
    wrong
        Cells that are neither empty, nor a dash, nor a number of the style.
    rounded
        Cells with more than two decimals.
    dashes
        Cells of a dash, which says that there is no figure.
    """

    values: pa.ChunkedArray
    wrong: pa.ChunkedArray
    rounded: pa.ChunkedArray
    dashes: pa.ChunkedArray


def styles_possible(cells: pa.ChunkedArray) -> tuple[NumberStyle, ...]:
    """Return the styles that read every cell which is not empty; none where one is no number.

    Group marks that no cell has are not listed: a column of plain integers has the two styles
    without group marks.
    """
    written = _written(cells)
    marked, readings = _readings(written)
    plain = pc.sum(_matches(written, "^-?[0-9]+$")).as_py() or 0
    if len(written) > plain + len(marked):
        return ()
    return tuple(style for style, reads in readings.items() if pc.all(reads, min_count=0).as_py())


def decide(
    cells: pa.ChunkedArray, neighbours: Sequence[pa.ChunkedArray] = ()
) -> NumberStyle | Ambiguity:
    """Return the style of a column; cells that are no number in any style do not count.

    The column's own cells decide. Where they do not, `neighbours` (the other columns of numbers of
    the table) decide if all that are clear agree on the decimal mark.
    """
    own = _own_style(cells)
    if isinstance(own, NumberStyle) or (own is not None and own.is_mixed):
        return own
    agreed = _agreed_decimal(neighbours)
    if own is None:
        return NumberStyle(agreed or ".")
    fitting = [style for style in own.candidates if style.decimal == agreed]
    return fitting[0] if len(fitting) == 1 else own


def amounts(
    cells: pa.ChunkedArray,
    typed: pa.ChunkedArray | None,
    style: NumberStyle,
    factor: int = 1,
) -> Amounts:
    """Read cells as amounts in `style`, times `factor`, rounded to the cent (half to even).

    Where `typed` has a value, the cell is a number of a workbook and its text does not count. More
    than 16 digits before the decimal mark are wrong.
    """
    cleaned, is_number = _read_in(pc.fill_null(_one_chunk(cells), ""), style)
    numbers = pc.if_else(is_number, _pointed(cleaned, style), None)
    if typed is not None:
        values = _one_chunk(typed)
        numbers = pc.if_else(pc.is_valid(values), canonical(values), numbers)
        is_number = pc.or_(is_number, pc.is_valid(values))
    return _exact(cleaned, numbers, is_number, factor)


def canonical(values: pa.Array) -> pa.Array:
    """Return numbers as text with a point and no exponent, to the 15 digits a workbook keeps.

    Examples
    --------
    >>> canonical(pa.array([4048580.0, 1234.5600000000001, 1e-7])).to_pylist()
    ['4048580', '1234.56', '0.0000001']
    """
    written = pc.cast(values, pa.string())
    is_odd = pc.or_(
        pc.greater(pc.binary_length(written), 16), _matches(written, "[en]|^-0$")
    ).fill_null(False)
    if not pc.any(is_odd).as_py():
        return written
    odd = pa.array([_digits(value) for value in values.filter(is_odd).to_pylist()], pa.string())
    return pc.replace_with_mask(written, is_odd, odd)


def _digits(value: float) -> str:
    if value.is_integer() and abs(value) < _EXACT_INTEGERS:
        return str(int(value))
    written = f"{value:.15g}"
    return format(Decimal(written), "f") if "e" in written else written


def _one_chunk(cells: pa.ChunkedArray | pa.Array) -> pa.Array:
    return cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells


def _matches(cells: pa.Array, pattern: str) -> pa.Array:
    return pc.match_substring_regex(cells, pattern)


def _read_in(cells: pa.Array, style: NumberStyle) -> tuple[pa.Array, pa.Array]:
    """Return cells cleaned and which are numbers; a column of nothing else needs no cleaning."""
    if _is_all_in(cells, style):
        return cells, pc.and_(pc.not_equal(cells, ""), pc.not_equal(cells, "-"))
    cleaned = _cleaned(cells)
    return cleaned, _matches(cleaned, _pattern(style))


def _is_all_in(cells: pa.Array, style: NumberStyle) -> bool:
    """Tell whether all cells are numbers of a style, a dash, or empty."""
    return bool(pc.all(_matches(cells, rf"{_pattern(style)}|^-?$"), min_count=0).as_py())


def _cleaned(cells: pa.Array) -> pa.Array:
    """Return numbers with a minus in front and without currency; other text nearly as it was."""
    spelled = _replaced(pc.fill_null(cells, ""), _SPELLING)
    return _replaced(spelled, _TRIMMINGS)


def _replaced(cells: pa.Array, steps: Sequence[tuple[str, str]]) -> pa.Array:
    """Return cells after `steps`, which plain numbers do not need."""
    is_odd = pc.invert(_matches(cells, _PLAIN))
    odd = cells.filter(is_odd)
    if not len(odd):
        return cells
    for pattern, replacement in steps:
        odd = pc.replace_substring_regex(odd, pattern, replacement)
    return pc.replace_with_mask(cells, is_odd, odd)


def _pattern(style: NumberStyle) -> str:
    mark = {".": r"\.", ",": ","}[style.decimal]
    whole = "[0-9]+"
    if style.group:
        group = r"\." if style.group == "." else style.group
        whole = rf"(?:[0-9]+|[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+)"
    return rf"^-?(?:{whole}(?:{mark}[0-9]+)?|{mark}[0-9]+)$"


def _pointed(cells: pa.Array, style: NumberStyle) -> pa.Array:
    if style.group and pc.any(pc.match_substring(cells, style.group)).as_py():
        cells = pc.replace_substring(cells, style.group, "")
    return pc.replace_substring(cells, ",", ".") if style.decimal == "," else cells


def _reads(cells: pa.Array, style: NumberStyle) -> pa.Array:
    return _matches(cells, _pattern(style))


def _written(cells: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Return the cleaned cells that are neither empty nor a dash."""
    cleaned = _cleaned(_one_chunk(cells))
    return cleaned.filter(_matches(cleaned, r"[^-]"))


def _readings(written: pa.Array) -> tuple[pa.Array, dict[NumberStyle, pa.Array]]:
    """Return the cells with marks, and which of them each style reads."""
    marked = written.filter(_matches(written, _MARKED))
    return marked, {style: _reads(marked, style) for style in _styles(marked)}


def _styles(marked: pa.Array) -> list[NumberStyle]:
    """Return the styles that come into question for the marks that occur."""
    seen = [
        mark for mark in (",", ".", " ", "'") if pc.any(pc.match_substring(marked, mark)).as_py()
    ]
    return [
        NumberStyle(decimal, group)
        for decimal in (".", ",")
        for group in ("", *seen)
        if group != decimal
    ]


def _own_style(cells: pa.ChunkedArray) -> NumberStyle | Ambiguity | None:
    """Return what a column's own cells say; None where they have no mark.

    Where some cells show a style and all cells are numbers of it, another style reads fewer.
    """
    if len(cells) > 2 * _SAMPLE:
        one = _one_chunk(cells)
        some = one.take(pa.array(range(0, len(one), len(one) // _SAMPLE)))
        shown = _own_style_of(some)
        if isinstance(shown, NumberStyle) and _is_all_in(one, shown):
            return shown
    return _own_style_of(cells)


def _own_style_of(cells: pa.ChunkedArray | pa.Array) -> NumberStyle | Ambiguity | None:
    marked, readings = _readings(_written(cells))
    is_number = reduce(pc.or_, readings.values())
    count = pc.sum(is_number).as_py()
    if not count:
        return None
    counts = {style: pc.sum(reads).as_py() for style, reads in readings.items()}
    ranked = sorted((style for style in counts if counts[style]), key=lambda s: -counts[s])
    fitting = [style for style in ranked if counts[style] == count]
    if not fitting:
        odd = marked.filter(pc.and_not(is_number, readings[ranked[0]]))
        return Ambiguity(tuple(ranked), odd[0].as_py(), is_mixed=True)
    if _differ(fitting):
        return Ambiguity(tuple(fitting), marked.filter(is_number)[0].as_py())
    return _simplest(fitting)


def _differ(styles: list[NumberStyle]) -> bool:
    """Return whether two of the styles read a number differently."""
    decimals = {style.decimal for style in styles}
    return any(style.group in decimals for style in styles if style.group)


def _simplest(styles: list[NumberStyle]) -> NumberStyle:
    """Return one of several styles that read the column alike."""
    return min(styles, key=lambda style: (bool(style.group), style.decimal == ","))


def _agreed_decimal(columns: Sequence[pa.ChunkedArray]) -> str | None:
    """Return the decimal mark of the columns that are clear, where they agree."""
    marks = {own.decimal for own in map(_own_style, columns) if isinstance(own, NumberStyle)}
    return marks.pop() if len(marks) == 1 else None


def _exact(cleaned: pa.Array, numbers: pa.Array, is_number: pa.Array, factor: int) -> Amounts:
    """Return the amounts of `numbers`, which are written with a point."""
    values = _plain_values(numbers) if factor == 1 else None
    rounded = pa.repeat(False, len(numbers))
    if values is None:
        values, rounded = _rounded_values(numbers, factor)
    dashes = pc.and_not(pc.equal(cleaned, "-"), is_number)
    is_nothing = pc.and_not(pc.or_(pc.equal(cleaned, ""), dashes), is_number)
    wrong = pc.and_not(pc.is_null(values), is_nothing)
    return Amounts(*map(_chunked, (values, wrong, rounded, dashes)))


def _chunked(cells: pa.Array) -> pa.ChunkedArray:
    return cells if isinstance(cells, pa.ChunkedArray) else pa.chunked_array([cells])


def _plain_values(numbers: pa.Array) -> pa.Array | None:
    """Return amounts where all fit as they are; None where one is too long or to be rounded."""
    try:
        return numbers.cast(MONEY)
    except pa.ArrowInvalid:
        return None


def _rounded_values(numbers: pa.Array, factor: int) -> tuple[pa.Array, pa.Array]:
    """Return the amounts that are not too long, and which of them were rounded."""
    is_short = _matches(numbers, r"^-?0*[0-9]{0,16}(?:\.[0-9]{0,30})?$")
    values = pc.if_else(is_short, numbers, None).cast(_EXACT)
    if factor != 1:
        values = pc.multiply(values, pa.scalar(Decimal(factor), _FACTOR))
    cents = pc.round(values, 2, "half_to_even")
    rounded = pc.fill_null(pc.not_equal(cents, values), False)
    limit = pa.scalar(Decimal(10) ** 16).cast(cents.type)
    return pc.if_else(pc.less(pc.abs(cents), limit), cents, None).cast(MONEY), rounded
