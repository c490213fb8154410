"""Strict reading of TOML entries: every fault is collected with its key and its reason."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from budgeting.model import Labels, Text, text

Kind = TypeVar("Kind", bound=StrEnum)
LANGUAGE_CODES = ("en", "bs", "sr", "sr-Latn", "hr", "lt", "sv", "es", "de", "fr", "mk", "sq")


@dataclass(frozen=True, slots=True)
class MethodologyFault:
    """Why a file is refused: which file, which entry of it, and what is wrong there."""

    file: str
    key: str
    reason: Text


class Entries:
    """The entries of one table of a file; what is wrong goes to ``faults``, reading goes on.

    Each method returns something of the right kind even where it notes a fault: what was read with
    faults is thrown away.
    """

    def __init__(self, values: dict[str, Any], faults: list[tuple[str, Text]], place: str = ""):
        self._values = values
        self._faults = faults
        self._place = place
        self._asked: list[str] = []

    def fault(self, key: str, reason: Text) -> None:
        """Note what is wrong with an entry."""
        self._faults.append((f"{self._place}{key}", reason))

    def has(self, key: str) -> bool:
        """Whether the file has the entry."""
        return key in self._values

    def written(self, key: str, default: str | None = None) -> str:
        """Return a text; without a default it is needed, and it is never empty."""
        value = self._one(key, default)
        if isinstance(value, str) and (value.strip() or value == default):
            return value
        if value is not None:
            self.fault(key, text("This is a text in quotes, and not an empty one."))
        return ""

    def flag(self, key: str, default: bool = False) -> bool:
        """Return true or false."""
        value = self._one(key, default)
        if not isinstance(value, bool):
            self.fault(key, text("This is true or false, without quotes."))
            return default
        return value

    def number(self, key: str, default: Decimal | None = None) -> Decimal:
        """Return an exact number that is not negative."""
        number = self._number(self._one(key, default))
        if number is None and (self.has(key)):
            self.fault(key, _no_number())
        return number if number is not None else Decimal(0)

    def numbers(self, key: str, default: tuple[Decimal, ...] = ()) -> tuple[Decimal, ...]:
        """Return a list of exact numbers."""
        if not self._is_asked(key):
            return default
        found = self._values[key]
        numbers = [self._number(one) for one in found] if isinstance(found, list) else [None]
        exact = tuple(number for number in numbers if number is not None)
        if len(exact) < len(numbers) or not exact:
            self.fault(key, text("This is a list of numbers, such as [0, 0.5, 1]."))
        return exact

    def names(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; none where the entry is not there."""
        if not self._is_asked(key):
            return ()
        found = self._values[key]
        if not isinstance(found, list) or not all(isinstance(one, str) and one for one in found):
            self.fault(key, text('This is a list of texts, such as ["a", "b"].'))
            return ()
        return tuple(found)

    def day(self, key: str) -> date | None:
        """Return a date; None where the entry is not there."""
        if not self._is_asked(key):
            return None
        found = self._values[key]
        if not isinstance(found, date) or isinstance(found, datetime):
            self.fault(key, text("This is a date without quotes, such as 2021-01-31."))
            return None
        return found

    def one_of(self, key: str, kinds: type[Kind]) -> Kind:
        """Return one of the words of an enumeration."""
        return self._word(key, kinds, self.written(key))

    def some_of(self, key: str, kinds: type[Kind]) -> tuple[Kind, ...]:
        """Return words of an enumeration, at least one."""
        found = tuple(self._word(key, kinds, one) for one in self.names(key))
        if not found:
            self.fault(key, text("At least one is needed of: {known}.", known=", ".join(kinds)))
        return found

    def labels(self, key: str, is_needed: bool = False) -> Labels:
        """Return words by language; where they are needed, at least in one language."""
        found = self.table(key)
        words = {code: found.written(code) for code in found._values}
        for code in words:
            if code not in LANGUAGE_CODES:
                found.fault(code, _unknown(code, LANGUAGE_CODES))
        if is_needed and not words:
            self.fault(key, text("Words are needed here, in at least one language."))
        return Labels(words)

    def coefficients(self, key: str) -> dict[str, Decimal]:
        """Return numbers by name, as the file has them."""
        found = self.table(key)
        return {name: found.number(name) for name in found._values}

    def name_lists(self, key: str) -> dict[str, tuple[str, ...]]:
        """Return lists of texts by name, as the file has them; at least one."""
        found = self.table(key)
        if not found._values:
            self.fault(key, text("This entry is missing."))
        return {name: found.names(name) for name in found._values}

    def table(self, key: str) -> "Entries":
        """Return the entries of a table; empty where it is not there."""
        found = self._values.get(key, {}) if self._is_asked(key) else {}
        if not isinstance(found, dict):
            self.fault(key, text("This is a table with entries of its own."))
            found = {}
        return Entries(found, self._faults, f"{self._place}{key}.")

    def tables(self, key: str) -> Iterator["Entries"]:
        """Yield the entries of each ``[[key]]``; their places are counted from 1."""
        found = self._values.get(key, []) if self._is_asked(key) else []
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            self.fault(key, text("This is written as [[{key}]], once for each.", key=key))
            found = []
        for place, one in enumerate(found, start=1):
            yield Entries(one, self._faults, f"{self._place}{key}[{place}].")

    def refuse_others(self) -> None:
        """Note entries that nothing asked for: a misspelt one would change numbers in silence."""
        for key in self._values:
            if key not in self._asked:
                self.fault(key, _unknown(key, self._asked))

    def _is_asked(self, key: str) -> bool:
        self._asked.append(key)
        return key in self._values

    def _one(self, key: str, default: Any) -> Any:
        if self._is_asked(key):
            return self._values[key]
        if default is None:
            self.fault(key, text("This entry is missing."))
        return default

    @staticmethod
    def _number(value: Any) -> Decimal | None:
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            return None
        number = Decimal(value)
        return number if number.is_finite() and number >= 0 else None

    def _word(self, key: str, kinds: type[Kind], word: str) -> Kind:
        try:
            return kinds(word)
        except ValueError:
            if word:
                self.fault(key, _unknown(word, tuple(kinds)))
            return next(iter(kinds))


def _no_number() -> Text:
    return text("This is a number of zero or more, without quotes and with a decimal point.")


def _unknown(word: str, known: tuple[str, ...] | list[str]) -> Text:
    near = difflib.get_close_matches(word, known, 1)
    if near:
        return text("“{word}” is not known here. Is “{near}” meant?", word=word, near=near[0])
    return text(
        "“{word}” is not known here. Known are: {known}.", word=word, known=", ".join(known)
    )
