"""Cells: single values as files need them, exact, and the stamp that every file carries."""

import math
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from budgeting.model import Column, Money, Report, Share, Table, Text, text
from budgeting.names import NAMED_CODES, PARAMETERS, TABLES
from budgeting.translations import Language

CENT = Decimal("0.01")
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")


def is_known(value: Any) -> bool:
    """Return whether there is a value at all: neither missing nor not a number."""
    return value is not None and not (isinstance(value, float) and not math.isfinite(value))


def exact(value: Any) -> Decimal:
    """Return a number as the decimal that it is written as; nothing is rounded.

    Examples
    --------
    >>> exact(0.1), exact(3)
    (Decimal('0.1'), Decimal('3'))
    """
    return value if isinstance(value, Decimal) else Decimal(str(value))


def money(value: Any) -> Decimal:
    """Return an amount with at least its cents; more decimals stay."""
    amount = exact(value)
    in_cents = amount.quantize(CENT)
    return in_cents if in_cents == amount else amount


def digits(value: Decimal) -> str:
    """Return a decimal in plain digits, without exponent and without group marks.

    Examples
    --------
    >>> digits(Decimal("1E+3"))
    '1000'
    """
    return format(value, "f")


def decimal_mark(language: Language) -> str:
    """Return the mark between units and decimals in `language`."""
    mark: str = language.locale.number_symbols["latn"]["decimal"]
    return mark


def localised(value: Any, column: Column, language: Language) -> str:
    """Return a number of a column in digits with the decimal mark of `language`."""
    number = money(value) if column.kind == "money" else exact(value)
    return digits(number).replace(".", decimal_mark(language))


def heading(column: Column, language: Language) -> str:
    """Return a column's label, with its unit where it has one."""
    label = language.say(column.label)
    return f"{label} ({column.unit})" if column.unit else label


def stamp(report: Report, language: Language) -> Iterator[tuple[str, str]]:
    """Yield what says where a file comes from, as pairs of name and value."""
    yield language.say(text("Report")), language.say(report.title)
    yield language.say(text("Answer")), language.say(report.answer)
    for name, value in report.parameters.items():
        yield (
            language.say(PARAMETERS.get(name, name)),
            _chosen(coded(name, value, language), language),
        )
    for note in report.notes:
        yield language.say(text("Note")), language.say(note)
    for source in report.sources:
        yield language.say(text("Source")), language.say(source)
    yield language.say(text("Data version")), str(report.data_version)


def table_name(key: str, table: Table, language: Language) -> str:
    """Return what a table is called in a file."""
    return language.say(table.title or TABLES.get(key) or key)


def in_words(column: Column, value: Any, language: Language) -> Any:
    """Return the words for a code of a column; of a column that holds no codes, the value as it is."""
    return coded(column.key, value, language) if column.kind == "code" else value


def coded(key: str, value: Any, language: Language) -> Any:
    """Return the words for a code of what is called `key`; any other value as it is."""
    if key in NAMED_CODES and isinstance(value, str) and value:
        return language.say(NAMED_CODES[key](value))
    return value


def _chosen(value: Any, language: Language) -> str:
    """Return a parameter as the reader chose it: a year has no group mark."""
    if value is None:
        return "–"
    if isinstance(value, (list, tuple, set, frozenset)):
        parts = [_chosen(part, language) for part in value]
        return ", ".join(sorted(parts) if isinstance(value, (set, frozenset)) else parts)
    if isinstance(value, (Text, Money, Share)):
        return language.value(value)
    if isinstance(value, (Decimal, float)):
        return str(value).replace(".", decimal_mark(language))
    return value.isoformat() if isinstance(value, date) else str(value)
