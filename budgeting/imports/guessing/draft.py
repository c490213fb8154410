"""Draft: a mapping while it is guessed, with a note for every decision."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from budgeting.imports.guessing.evidence import Column, Evidence
from budgeting.imports.words.vocabulary import fold
from budgeting.model import Finding, Severity, Text

QUESTIONS = (
    "municipality",
    "country",
    "currency",
    "fiscal-year",
    "stage",
    "direction",
    "number-style",
    "amounts",
    "reference-date",
    "unit",
    "data-grade",
)


@dataclass
class Draft:
    """The entries found so far, the notes, the questions, and what each column was taken for.

    ``held`` are amounts that help to understand the rest and are left out at the end, with the reason.
    """

    evidence: Evidence
    entries: dict[str, Any] = field(default_factory=dict)
    notes: list[Finding] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    held: dict[str, str] = field(default_factory=dict)
    doubts: int = 0

    @property
    def asks(self) -> tuple[str, ...]:
        """The questions, in the order in which a person is asked."""
        return tuple(question for question in QUESTIONS if question in self.asked)

    @property
    def open(self) -> tuple[Column, ...]:
        """The columns that nothing has been decided about."""
        return tuple(c for c in self.evidence.columns if c.name not in self.taken)

    def take(self, column: Column, what: str) -> None:
        """Say what a column is."""
        self.taken[column.name] = what

    def ignore(self, column: Column, reason: str) -> None:
        """Leave a column out, with the reason that the mapping will state."""
        self.take(column, "ignored")
        self.entries.setdefault("ignored", {})[column.name] = reason

    def leave_out_held(self) -> None:
        """Take the amounts that were held out of the entries."""
        for column in self.evidence.columns:
            if column.name in self.held:
                self.ignore(column, self.held[column.name])
        amounts = [rule for rule in self.entries["amount"] if rule["column"] not in self.held]
        del self.entries["amount"]
        if amounts:
            self.entries["amount"] = amounts

    def note(self, message: Text, column: Column | None = None, doubt: Text | None = None) -> None:
        """Tell a decision; `doubt` says what a person should check."""
        self.doubts += doubt is not None
        name = column.name if column else None
        self.notes.append(Finding("guess", Severity.NOTE, message, doubt, column=name))


def short_code(written: str) -> str:
    """Return a code made of a header's words."""
    return re.sub(r"[^a-z0-9]+", "_", fold(written)).strip("_")[:40] or "other"


def exactly(values: Iterable[str]) -> str:
    """Return a pattern that matches these texts and no others."""
    return "^(?:" + "|".join(map(_escaped, sorted(values))) + ")$"


def _escaped(written: str) -> str:
    """Return a text as a pattern that Arrow and Python read alike."""
    return re.sub(r"([\\.^$|?*+()\[\]{}])", r"\\\1", written)
