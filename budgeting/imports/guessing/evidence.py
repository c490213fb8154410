"""Evidence: what each column of a table shows by itself, before anything is decided."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.cells.columns import Columns
from budgeting.imports.cells.dates import dates_possible
from budgeting.imports.cells.numbers import Ambiguity, amounts, decide
from budgeting.imports.sheets.sheet import Numbers, SheetRows, TextColumn, Truths
from budgeting.imports.source import NumberStyle, SourceTable
from budgeting.imports.words.persons import age_band, sex_of
from budgeting.imports.words.terms import phrases
from budgeting.imports.words.vocabulary import fold, roles_of, stage_of, year_in

_MOST, _HALF = 0.85, 0.5
_FORMULA_ERROR = re.compile(r"#[A-Z/0!?]{2,}[!?]?")
_CODE = re.compile(r"(?:[^\W\d_]{0,4}[-./]?)?\d\w*(?:[-./]\w+| \d\w*){0,7}\.?|[^\W\d_]{1,2}\d*")
_LONGEST_CODE = 18
_LONGEST_HEADER = 400
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_MOST_SEXES = 6
_MOST_AGES = 300  # texts, from single years to bands in several spellings
_FEWEST_NUMBERED = 5
_UNINFLECTED = 4  # so short a word has no ending that may differ
_LOOKED_AT = 3000  # so many different texts of a column are looked at one by one


@dataclass(frozen=True, slots=True)
class Figured:
    """A column read as figures: cents, where there is one, and the share of cells that are none."""

    cents: Numbers
    is_known: Truths
    share: float
    is_ambiguous: bool
    has_marks: bool
    style: NumberStyle


class Column:
    """One column: its header's roles and what its cells look like. Nothing is decided here."""

    def __init__(self, columns: Columns, name: str, place: int) -> None:
        self.name, self.place = name, place
        self.header = (
            "" if re.fullmatch(r"#\d+", name) else re.sub(r" #\d+$", "", name[:_LONGEST_HEADER])
        )
        self._columns = columns
        self.roles = dict(roles_of(self.header)) if self.header else {}
        self.stage, self.stage_score = stage_of(self.header) if self.header else (None, 0.0)
        self.year = year_in(self.header) if self.header else None

    def __repr__(self) -> str:
        return f"Column({self.name!r})"

    @cached_property
    def text(self) -> TextColumn:
        """The cells, each different text once."""
        return TextColumn.of(self._columns.cells(self.name))

    @cached_property
    def counts(self) -> Numbers:
        """How often each different text occurs."""
        return np.bincount(self.text.places, minlength=len(self.text.values))

    @cached_property
    def has_text(self) -> Truths:
        """Rows in which something stands."""
        return self.text.lengths > 0

    @cached_property
    def filled(self) -> int:
        """In how many rows something stands."""
        return int(self.has_text.sum())

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The different texts, without the empty one; of very many the first."""
        return tuple(value for value in self.text.values if value)[:_LOOKED_AT]

    @property
    def distinct(self) -> int:
        """How many different texts there are."""
        return sum(1 for value in self.text.values if value)

    def share(self, says: Callable[[str], bool]) -> float:
        """Return the share of the different texts for which `says` holds."""
        return sum(map(says, self.values)) / len(self.values) if self.values else 0.0

    @cached_property
    def figures(self) -> Figured:
        """The column as figures."""
        cells = self._columns.cells(self.name)
        is_error = pc.match_substring_regex(cells, f"^{_FORMULA_ERROR.pattern}$")
        cells = pc.if_else(is_error, "", cells)
        typed = self._columns.typed(self.name)
        written = cells if typed is None else pc.if_else(pc.is_valid(typed), "", cells)
        style = decide(written)
        is_ambiguous = isinstance(style, Ambiguity)
        chosen = _likelier(style) if isinstance(style, Ambiguity) else style
        read = amounts(written, typed, chosen)
        known = pc.is_valid(read.values).to_numpy()
        standing = int(pc.sum(pc.not_equal(cells, "")).as_py() or 0)
        wrong = int(pc.sum(read.wrong).as_py() or 0)
        marks = pc.match_substring_regex(written, r"\d[.,' \x{00a0}]\d|^\(|^-\d|[€$£]")
        return Figured(
            cents_of(read.values),
            known,
            1 - wrong / standing if standing else 0.0,
            is_ambiguous,
            bool(pc.any(marks).as_py()),
            chosen,
        )

    @cached_property
    def is_words(self) -> bool:
        """Whether most texts have letters and do not look like codes."""
        return self.share(_is_words) >= _MOST / 2

    @cached_property
    def is_codes(self) -> bool:
        """Whether nearly all texts are short and have a digit."""
        return self.share(_is_code) >= _MOST

    @cached_property
    def is_figures(self) -> bool:
        """Whether nearly all cells can be read as figures."""
        return self.filled > 0 and self.figures.share >= _MOST and bool(self.figures.is_known.any())

    @cached_property
    def is_years(self) -> bool:
        """Whether every text is a year."""
        return bool(self.values) and self.share(_is_year) == 1

    @cached_property
    def is_dates(self) -> bool:
        """Whether every text is a date."""
        if not self.values or self.share(lambda text: bool(re.match(r"\d{1,4}[-./]", text))) < 1:
            return False
        return bool(dates_possible(pa.chunked_array([pa.array(self.values[:500], pa.string())])))

    @cached_property
    def is_sexes(self) -> bool:
        """Whether every text names a sex."""
        return (
            1 < self.distinct <= _MOST_SEXES
            and self.share(lambda t: sex_of(t, self.values) is not None) == 1
        )

    @cached_property
    def is_ages(self) -> bool:
        """Whether nearly every text names an age."""
        is_few = 1 < self.distinct <= _MOST_AGES
        return is_few and self.share(lambda text: age_band(text) is not None) >= _MOST

    @cached_property
    def is_percentages(self) -> bool:
        """Whether figures are written with a percent sign."""
        return self.share(lambda text: "%" in text and any(map(str.isdigit, text))) >= _MOST

    @cached_property
    def has_leading_zeros(self) -> bool:
        """Whether a number begins with a zero that a figure would not have."""
        return any(re.match(r"0\d", value) for value in self.values)

    @cached_property
    def are_led_by_zeros(self) -> bool:
        """Whether most numbers begin so, as the codes of a chart do."""
        return self.share(lambda text: re.match(r"0\d", text) is not None) > _HALF

    @cached_property
    def is_numbering(self) -> bool:
        """Whether the cells number the rows."""
        if self.filled < _FEWEST_NUMBERED or self.distinct < 0.98 * self.filled:
            return False
        numbers = [int(v) for v in self.text.values if v.isdecimal() and len(v) < _LONGEST_CODE]
        return len(numbers) >= 0.9 * self.filled and _is_run(numbers)

    def role(self, *names: str) -> float:
        """Return the best score that the header has for one of these roles."""
        return max((self.roles.get(name, 0.0) for name in names), default=0.0)


def _likelier(ambiguity: Ambiguity) -> NumberStyle:
    return next((style for style in ambiguity.candidates if style.group), ambiguity.candidates[0])


def _is_run(numbers: list[int]) -> bool:
    steps = sum(1 for one, other in pairwise(numbers) if other - one == 1)
    return bool(numbers) and steps >= 0.8 * (len(numbers) - 1)


def _is_words(text: str) -> bool:
    return not _is_code(text) and sum(map(str.isalpha, text)) > 1


def _is_code(text: str) -> bool:
    return len(text) <= _LONGEST_CODE and _CODE.fullmatch(text) is not None


def _is_year(text: str) -> bool:
    found = re.fullmatch(r"(?:FY\s?)?(\d{4})(?:\.0|\.|\s?[-/]\s?\d{2,4})?", text)
    return found is not None and _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR


def cents_of(values: pa.ChunkedArray) -> Numbers:
    """Return amounts in cents, 0 where there is none."""
    filled = pc.fill_null(values, 0).combine_chunks()
    array = filled if isinstance(filled, pa.Array) else pa.concat_arrays(filled.chunks)
    numbers = np.frombuffer(array.buffers()[1], np.int64)[::2]
    return numbers[array.offset : array.offset + len(array)]


@dataclass(frozen=True)
class Evidence:
    """A table and its columns."""

    table: SourceTable
    cells: Columns
    columns: tuple[Column, ...]

    @staticmethod
    def of(table: SourceTable) -> "Evidence":
        """Return the evidence of a table."""
        cells = Columns.of(table)
        return Evidence(
            table, cells, tuple(Column(cells, name, n) for n, name in enumerate(table.header))
        )

    @property
    def count(self) -> int:
        """How many rows there are."""
        return int(self.table.rows.num_rows)

    def sheet(
        self, money: Collection[Column], code: Column | None = None, label: Column | None = None
    ) -> SheetRows:
        """Return the rows with the figures of some columns."""
        blank = TextColumn.of([""] * self.count)
        return SheetRows(
            np.asarray(self.table.rows["row_number"].to_numpy(), np.int64),
            code.text if code else blank,
            label.text if label else blank,
            tuple(column.name for column in money),
            np.stack([column.figures.cents for column in money], axis=1),
            np.stack([column.figures.is_known for column in money], axis=1),
        )


def follows(upper: Column, lower: Column, rows: Truths | None = None) -> float:
    """Return how nearly each text of `lower` stands beside only one of `upper`, up to 1."""
    both = lower.has_text & upper.has_text
    if rows is not None:
        both = both & rows
    if not both.any():
        return 0.0
    below, above = lower.text.places[both], upper.text.places[both]
    pairs = np.unique(below * (len(upper.text.values) + 1) + above)
    return len(np.unique(below)) / len(pairs)


@dataclass(frozen=True)
class Contents:
    """What the words of a column speak of: shares of its different texts, and the words, by meaning."""

    shares: dict[str, float]
    words: dict[str, set[str]]

    def of(self, *meanings: str) -> float:
        """Return the share of the texts that speak of one of these."""
        return sum(self.shares.get(meaning, 0.0) for meaning in meanings)


_MEANINGS = ("spending", "income", "either", "organisation", "programme", "fund")


def contents_of(column: Column) -> Contents:
    """Return what the words of a column speak of; a text that speaks of several counts in parts."""
    texts = [fold(value) for value in column.values[:400]]
    shares = dict.fromkeys(_MEANINGS, 0.0)
    words: dict[str, set[str]] = {name: set() for name in _MEANINGS}
    for said in texts:
        found = {name: one for name in _MEANINGS if (one := _content_words(name).search(said))}
        for name, one in found.items():
            shares[name] += 1 / len(found) / len(texts)
            words[name].add(one[0])
    return Contents(shares, words)


def speaks_of_contents(words: str) -> bool:
    """Tell whether a text speaks of what budgets are about, such as salaries or culture."""
    return any(_content_words(name).search(fold(words)) for name in _MEANINGS)


_PATTERNS: dict[str, re.Pattern[str]] = {}


def _content_words(meaning: str) -> re.Pattern[str]:
    if meaning not in _PATTERNS:
        listed = sorted(phrases("contents", (meaning,)), key=len, reverse=True)
        ends = (re.escape(p) + (r"\w{0,2}" if len(p) > _UNINFLECTED else "") for p in listed)
        _PATTERNS[meaning] = re.compile(rf"(?<!\w)(?:{'|'.join(ends)})(?!\w)")
    return _PATTERNS[meaning]
