"""Mappings: what turns one file layout into budget lines. Values only; see mapping_file.py."""

from calendar import monthrange
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from budgeting.imports.mappings.labels_rule import LabelsRule
from budgeting.imports.mappings.use_rule import UseRule
from budgeting.imports.source import FileLayout
from budgeting.model import Direction, Labels, Stage

DIMENSION_NAMES = ("organisation", "programme", "function", "economic_class", "fund")
TO_DATE = (Stage.COMMITTED, Stage.EXECUTED)  # of these, months are added up since the year began
Conditions = Dictionary[str, str]
"""Column -> regular expression that must be found in its cell; all must hold."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a classification: where its code and its label stand.

    Exactly one of `columns`, `text` and `heading` says where the code comes from.

    Parameters
    ----------
    columns
        Columns whose cells, joined by `join`, are the code.
    label
        Column of the label; without it the code is shown.
    pattern
        Takes the code (group ``code``) and the label (group ``label``) out of one cell.
    text
        A code that holds for all rows.
    heading
        Pattern of the rows whose words head the rows below them; groups as in `pattern`.
    labels
        Classification of ``data/classifications`` that gives the label of a code.
    """

    columns: tuple[str, ...] = ()
    join: str = ""
    label: str | None = None
    pattern: str | None = None
    text: str | None = None
    heading: str | None = None
    labels: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A classification that follows from another one by a table of code prefixes."""

    table: str
    origin: str


@dataclass(frozen=True, slots=True)
class ClassificationRule:
    """How a dimension is read: level by level, top first, or through a link.

    ``known`` names the classification whose codes these should be; others are findings.
    """

    dimension: str
    levels: tuple[Level, ...]
    link: Link | None = None
    may_be_empty: bool = False
    known: str | None = None


@dataclass(frozen=True, slots=True)
class AmountRule:
    """Which statement a money column holds.

    Parameters
    ----------
    stage
        None where it is asked for at the import.
    year
        Fiscal year of the column; None where the year is that of the row or of the file.
    as_of
        Date of the statement, or a month, which means its last day; may contain ``{fiscal_year}``.
    months
        How many months up to `as_of` the amounts are of, where they are of single months or quarters;
        None where they are of the whole year or since it began.
    date_column
        Column whose date makes each row's statement; the rows of the first date of a year are of
        `stage`, those of later dates of `later_stage`.
    date_style
        Order of day, month and year in `date_column`, where the cells leave it open.
    member
        Dimension, code and label that the column stands for, such as a source of finance.
    where
        Rows for which the column counts; all without it.
    factor
        What one unit of the file is in the currency: 1000 where it counts thousands.
    is_negated
        Whether the file writes the amounts with the other sign.
    direction
        Where expenditure and revenue stand in columns of their own; None where it is that of the row.
    """

    column: str
    stage: Stage | None
    year: int | None = None
    as_of: str | None = None
    months: int | None = None
    decision_number: str | None = None
    date_column: str | None = None
    date_style: str | None = None
    later_stage: Stage | None = None
    member: tuple[str, str, str] | None = None
    where: Conditions = field(default_factory=dict)
    factor: int = 1
    is_negated: bool = False
    direction: Direction | None = None

    @property
    def series(self) -> tuple[object, ...]:
        """What single months have in common that are added up to one amount to date."""
        own = (self.stage, self.year, self.decision_number, self.member, str(self.where))
        return (*own, self.direction)

    def date_for(self, fiscal_year: int, stated: date | None) -> date | None:
        """Return the date of the amounts: the mapping's own, else the one stated for the file.

        The appropriation as first approved does not change with the date of a later statement, so
        the stated date is not put on it.
        """
        if self.as_of:
            return _day(self.as_of.format(fiscal_year=fiscal_year))
        return None if self.stage in (Stage.APPROVED, Stage.PROPOSED) else stated


def _day(written: str) -> date:
    """Return the date of "2024-02-15", and the last day of a month such as "2024-02"."""
    if len(written) != len("2024-02"):
        return date.fromisoformat(written)
    first = date.fromisoformat(f"{written}-01")
    return first.replace(day=monthrange(first.year, first.month)[1])


@dataclass(frozen=True, slots=True)
class ChangeRule:
    """A column that must equal the difference of two stages; it is checked, not stored."""

    column: str
    earlier: Stage
    later: Stage


@dataclass(frozen=True, slots=True)
class SumRule:
    """A column that must equal the sum of others; where these are all empty it stands for them."""

    column: str
    parts: tuple[str, ...]
    minus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowRule:
    """What rows are that are no budget lines.

    ``kind`` is skip, total, heading or line; the first rule whose conditions hold decides.
    """

    kind: str
    where: Conditions
    unless: Conditions
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TotalRule:
    """Which lines a printed total adds: those whose cell in `column` matches `plus`, less `minus`.

    Only lines that agree with the total's row in the columns of `within` count.
    """

    column: str
    matches: str
    plus: str
    minus: str | None
    within: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """That the file mixes lines with subtotals and headings, and which column has the codes.

    ``leaf`` is what the code of a line looks like, where the codes of other rows look otherwise.
    """

    code: str | None
    label: str | None
    leaf: str | None = None


@dataclass(frozen=True, slots=True)
class GenderRule:
    """The column of a gender category; `categories` maps a category to a pattern of its cells.

    Without a methodology that is known, cells are no marks.
    """

    column: str
    methodology: str
    categories: Dictionary[str, str]


@dataclass(frozen=True, slots=True)
class DirectionRule:
    """Expenditure or revenue: of all rows, or by the words of a column; neither where it is asked for."""

    direction: Direction | None
    column: str | None = None
    expenditure: str | None = None
    revenue: str | None = None


@dataclass(frozen=True, slots=True)
class MunicipalityRule:
    """A municipality, with what a first import needs to know of it."""

    code: str
    name: str
    country_code: str
    currency_code: str
    is_fictional: bool = False


@dataclass(frozen=True, slots=True)
class MunicipalitiesRule:
    """Where a file of many municipalities names them: in a column, or in its sheets' names.

    The code is the cell of `code_column`, else the name in small Latin letters, after `prefix`.
    A country or a currency without a code is asked for at the import.
    """

    column: str | None
    code_column: str | None
    prefix: str
    country_code: str = ""
    currency_code: str = ""
    is_fictional: bool = False


@dataclass(frozen=True, slots=True)
class PopulationRule:
    """Columns of a file of residents: whose, of which sex and age, and how many.

    ``reference_date`` is ISO 8601; None where it is asked for at the import.
    """

    sex: str
    age: str
    people: str
    source: str
    reference_date: str | None = None

    def __post_init__(self) -> None:
        if self.reference_date:
            date.fromisoformat(self.reference_date)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Everything that turns one file layout into budget lines.

    Parameters
    ----------
    name
        File name without suffix.
    title
        What readers call it, in the languages that it has.
    label, label_text
        Column with the line's own words, or words that hold for all rows.
    is_identified_by_label
        Whether the label tells lines with the same codes apart; without it rows that share all
        codes are one line and their amounts are summed.
    population
        Where the file has no budget but residents by sex and age.
    use
        Where the file has no budget but figures of who uses services.
    labels
        Where the file has no budget but says what codes are called.
    has_descriptor
        Whether the rest stands in the descriptor of a Fiscal Data Package.
    ignored
        Columns that are not loaded, with the reason.
    entries
        The entries as written; what the page edits.
    text, sha256
        The file and its fingerprint, both kept with every import.
    """

    name: str
    title: Labels
    layout: FileLayout
    direction: DirectionRule
    label: str | None
    label_text: str | None
    is_identified_by_label: bool
    is_elimination: bool
    municipality: MunicipalityRule | None
    municipalities: MunicipalitiesRule | None
    fiscal_year: int | None
    fiscal_year_column: str | None
    classifications: tuple[ClassificationRule, ...]
    amounts: tuple[AmountRule, ...]
    change: ChangeRule | None
    sums: tuple[SumRule, ...]
    rows: tuple[RowRule, ...]
    totals: tuple[TotalRule, ...]
    structure: Structure | None
    gender: GenderRule | None
    population: PopulationRule | None
    use: UseRule | None
    labels: LabelsRule | None
    has_descriptor: bool
    ignored: Dictionary[str, str]
    entries: Dictionary[str, Any]
    text: str
    sha256: str

    @property
    def has_budget(self) -> bool:
        """Whether the file has a budget, and not residents, figures of use, or labels."""
        return not (self.population or self.use or self.labels)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the mapping needs, each once."""
        return tuple(dict.fromkeys(name for name in self._named_columns() if name))

    def _named_columns(self) -> list[str | None]:
        levels = [level for rule in self.classifications for level in rule.levels]
        named: list[str | None] = [
            name for level in levels for name in (*level.columns, level.label)
        ]
        for amount in self.amounts:
            named += [amount.column, amount.date_column, *amount.where]
        for sum_rule in self.sums:
            named += [sum_rule.column, *sum_rule.parts, *sum_rule.minus]
        for row in self.rows:
            named += [*row.where, *row.unless]
        for total in self.totals:
            named += [total.column, *total.within]
        named += [self.label, self.fiscal_year_column, self.direction.column]
        if self.structure:
            named += [self.structure.code, self.structure.label]
        if self.municipalities:
            named += [self.municipalities.column, self.municipalities.code_column]
        if self.population:
            named += [self.population.sex, self.population.age, self.population.people]
        named += [name for rule in (self.use, self.labels) if rule for name in rule.columns]
        named += [rule.column for rule in (self.change, self.gender) if rule]
        return named
