"""The vocabulary: values that every layer shares and none of them changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

import pyarrow as pa


class Stage(StrEnum):
    """Where in its life an amount stands, in the order in which a budget year meets them."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REVISED = "revised"
    COMMITTED = "committed"
    EXECUTED = "executed"
    FORECAST = "forecast"


class Direction(StrEnum):
    """Money out or money in; the two are never added."""

    EXPENDITURE = "expenditure"
    REVENUE = "revenue"


class Sex(StrEnum):
    """Recorded sex of a person."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """What a finding asks for.

    An error refuses the import; a question blocks it until somebody answers with a reason, which is
    stored; a warning wants to be read; a note explains.
    """

    ERROR = "error"
    QUESTION = "question"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency; ``currency_code`` is ISO 4217."""

    amount: Decimal
    currency_code: str


@dataclass(frozen=True, slots=True)
class MoneyChange(Money):
    """A difference of two amounts: what is more carries its sign, too."""


@dataclass(frozen=True, slots=True)
class ExactMoney(Money):
    """An amount that is shown to the cent, however large: what a rule allows is not rounded."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, 0 to 1, shown as a percentage."""

    value: Decimal | float


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence that is not yet in any language.

    Reports and findings carry texts; the language of the reader is chosen at the edge.

    Parameters
    ----------
    msgid
        Message of the catalogue, with ``{placeholders}``.
    values
        What fills the placeholders; numbers, dates, `Money` and `Share` stay values until then.
    plural, count
        The plural message and the number that chooses between the forms.
    """

    msgid: str
    values: Mapping[str, Any] = field(default_factory=dict)
    plural: str | None = None
    count: int = 0

    def with_values(self, **values: Any) -> "Text":
        """Return the same sentence filled with `values`."""
        return Text(self.msgid, values, self.plural, self.count)

    def __hash__(self) -> int:
        return hash((self.msgid, self.count))

    def __str__(self) -> str:
        """Return the English sentence, for logs and exception messages."""
        template = self.plural if self.plural and self.count != 1 else self.msgid
        listed = {
            name: "; ".join(map(str, value)) if isinstance(value, tuple) else value
            for name, value in self.values.items()
        }
        return template.format_map(listed)


def text(msgid: str, /, **values: Any) -> Text:
    """Return a translatable sentence; the name is a gettext keyword, so Babel extracts it."""
    return Text(msgid, values)


def plural_text(singular: str, plural: str, /, count: int, **values: Any) -> Text:
    """Return a sentence whose form depends on `count`, also available as ``{count}``."""
    return Text(singular, {**values, "count": count}, plural, count)


@dataclass(frozen=True, slots=True)
class Labels:
    """Words of a data file in the languages that it has: shown as they are, not translated.

    ``words`` maps a language code to the words; a language that is missing gets the English ones,
    else the first.
    """

    words: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(tuple(self.words.items()))

    def __str__(self) -> str:
        """Return the English words, for logs and exception messages."""
        return self.written("en")

    def written(self, language_code: str) -> str:
        """Return the words in a language, else in English, else the first; "" where none are."""
        words = self.words
        return words.get(language_code) or words.get("en") or next(iter(words.values()), "")


@dataclass(frozen=True, slots=True)
class Exact:
    """A number that is shown with the decimals that count, and never rounded: 14.995, not 15.00."""

    value: Decimal

    def __str__(self) -> str:
        """Return the number without zeros at its end: ``20``, ``7.95``."""
        plain = f"{self.value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a check noticed in a file: bad data, never an exception.

    ``row_number`` counts the file's own rows from 1, the header included; ``sheet`` names the sheet
    of a workbook; ``suggestion`` says what the reader can do about it.
    """

    check: str
    severity: Severity
    message: Text
    suggestion: Text | None = None
    row_number: int | None = None
    column: str | None = None
    value: str | None = None
    sheet: str | None = None


ColumnKind = Literal["text", "code", "money", "share", "count", "number", "index", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a report's table.

    ``kind`` decides how a value is shown and exported; ``unit`` is the currency for money. An
    ``index`` is a number near 1 or 0, of which the third decimal tells.
    """

    key: str
    label: Text
    kind: ColumnKind = "text"
    unit: str = ""
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a report with the columns that explain them; ``rows`` has at least those keys.

    ``sums`` names a column of ``rows`` that says of how many rows right above it a row is the sum
    (0 where it is none; sums among them are not added twice): files show such rows as sums, and
    workbooks as formulas that go on adding.
    """

    columns: tuple[Column, ...]
    rows: pa.Table
    title: Text | None = None
    sums: str = ""

    @property
    def visible(self) -> tuple[Column, ...]:
        """Columns that a reader sees, in order."""
        return tuple(column for column in self.columns if not column.is_hidden)


@dataclass(frozen=True, slots=True)
class Report:
    """The answer to one question: what the screen shows, the file holds and the command prints.

    ``parameters`` are what the reader chose; ``facts`` single values by name; ``notes`` method,
    coverage and what is not known; ``sources`` where the numbers come from; ``data_version`` the
    audit sequence at which the store was read.
    """

    name: str
    title: Text
    answer: Text
    parameters: Mapping[str, Any]
    tables: Mapping[str, Table]
    facts: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    sources: tuple[Text, ...] = ()
    data_version: int = 0


@dataclass(frozen=True, slots=True)
class Vintage:
    """One statement of amounts: a stage of a fiscal year as of a date, by a decision."""

    vintage_id: int
    fiscal_year: int
    stage: Stage
    as_of: date | None
    decision_number: str | None
