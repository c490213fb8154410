"""A case: one file on its way in, and what was said of it so far."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from budgeting.imports.answers import Answers, Part
from budgeting.imports.mappings.mapping import Mapping, MunicipalityRule
from budgeting.imports.mappings.mapping_file import mapping_from_entries, mapping_named
from budgeting.imports.source import FileLayout, NumberStyle, SourceFile, SourceTable
from budgeting.imports.words.vocabulary import fold
from budgeting.model import Finding
from budgeting.translations import to_latin
from budgeting.ui.fields import show_field

GUESS = ""  # the name of what was guessed, among the names of mappings
NEW = "+"  # the code of a municipality that is not stored yet
_LAYOUT = ("encoding", "delimiter", "sheet", "header_row", "header_rows", "style")


@dataclass
class Case:
    """One file, how it is to be read, what its columns mean, and the answers to what it does not say.

    Parameters
    ----------
    key
        Names the case among those of the session.
    said
        Answers by name; a name that is missing was not answered.
    base
        Name of the mapping, `GUESS` for what was guessed; None until one is chosen.
    entries
        Entries of the mapping as they were changed here; None where they were not.
    guessed, guessed_of
        Entries that were guessed, and the guess that they come from.
    renames
        Columns of the mapping that are called otherwise in this file.
    read
        What was read of the file, by how it was read; see `file.read_once`.
    findings
        Those of the last verdict: what is asked stays on the page while the file is read anew.
    """

    key: str
    source: SourceFile
    sha256: str
    corrections: SourceFile | None = None
    said: dict[str, Any] = field(default_factory=dict)
    styles: dict[str, NumberStyle] = field(default_factory=dict)
    printed: dict[Part, Decimal] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    base: str | None = None
    entries: dict[str, Any] | None = None
    guessed: dict[str, Any] | None = None
    guessed_of: Any = None
    renames: dict[str, str] = field(default_factory=dict)
    read: dict[str, tuple[SourceTable, ...]] = field(default_factory=dict, repr=False)
    findings: tuple[Finding, ...] = ()

    @property
    def layout(self) -> FileLayout:
        """How the file is written, as far as a person said it."""
        stated = {name: self.said.get(name) for name in _LAYOUT}
        return FileLayout(**stated, styles=dict(self.styles))

    @property
    def answers(self) -> Answers:
        """What a person said."""
        code = self.said.get("municipality")
        new = self._new_municipality() if code == NEW else None
        return Answers(
            municipality_code=None if code == NEW else code,
            municipality=new,
            fiscal_year=self.said.get("fiscal_year"),
            as_of=self.said.get("as_of"),
            stage=self.said.get("stage"),
            decision_number=self._words("decision_number") or None,
            direction=self.said.get("direction"),
            grade=self.said.get("grade"),
            unit=self.said.get("unit"),
            country_code=self._words("country").upper() or None,
            currency_code=self._words("currency").upper() or None,
            layout=self.layout,
            printed_totals=dict(self.printed),
            reasons={check: why for check, why in self.reasons.items() if why.strip()},
        )

    def _words(self, name: str) -> str:
        return (self.said.get(name) or "").strip()

    def _new_municipality(self) -> MunicipalityRule | None:
        """Return the municipality that was described; None until nothing is missing."""
        name, country, currency = map(self._words, ("name", "country", "currency"))
        if not name or len(country) != len("RS") or len(currency) != len("RSD"):
            return None
        return MunicipalityRule(
            code_for(name, country), name, country.upper(), currency.upper(), is_fictional=False
        )

    def mapping(self) -> Mapping | None:
        """Return the mapping as it stands now; None where none is chosen.

        Raises
        ------
        MappingInvalid
            What was changed contradicts itself.
        """
        entries = self.entries if self.entries is not None else self.guessed
        if self.base is None or (self.base == GUESS and entries is None):
            return None
        if self.base == GUESS or self.entries is not None:
            return mapping_from_entries(self.name_of_mapping, entries or {})
        return mapping_named(self.base)

    @property
    def name_of_mapping(self) -> str:
        """Return the name under which the mapping is kept with the import."""
        return self.said.get("mapping_name") or self.base or "page"

    @property
    def current_entries(self) -> dict[str, Any]:
        """Entries of the mapping that the page shows and changes."""
        if self.entries is not None:
            return self.entries
        if self.base:
            return dict(mapping_named(self.base).entries)
        return self.guessed or {}


def code_for(name: str, country: str) -> str:
    """Return a short code for a new municipality, for addresses and commands.

    Examples
    --------
    >>> code_for("Врање", "RS")
    'rs_vranje'
    """
    words = "".join(
        letter if letter.isascii() and letter.isalnum() else " "
        for letter in fold(to_latin(name)).lower()
    )
    return "_".join([country.lower(), *words.split()])


def ask(
    show: Callable[..., Any],
    label: str,
    case: Case,
    name: str,
    /,
    widget: str = "import",
    **options: Any,
) -> None:
    """Show a widget for the answer `name` of a case, which remembers it.

    Where a page shows the same question twice, `widget` tells the two apart.
    """

    def take(value: Any) -> None:
        if value is None or value == "":
            case.said.pop(name, None)
        else:
            case.said[name] = value

    show_field(show, label, f"{widget}_{case.key}_{name}", case.said.get(name), take, **options)


def key_of(case: Case, mapping: Mapping, state: str) -> Hashable:
    """Return what a verdict depends on: file, mapping, answers and the data that is stored."""
    corrections = case.corrections.sha256 if case.corrections else ""
    return (case.sha256, mapping.sha256, repr(case.answers), corrections, state)
