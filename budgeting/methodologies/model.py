"""A methodology as data: what it asks, which categories it has, what each counts for.

Nothing here knows a particular methodology; each is a file in ``data/methodologies``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from budgeting.errors import EvidenceInvalid
from budgeting.model import Labels, text


class Measures(StrEnum):
    """What a category speaks of; answers of different kinds are never converted into each other."""

    INTENT = "intent"
    BENEFICIARY_SHARE = "beneficiary_share"
    PROCESS = "process"


class RuleKind(StrEnum):
    """How evidence becomes a category: criteria, a number, a table, or a person's judgement."""

    CHECKLIST = "checklist"
    BANDS = "bands"
    LOOKUP = "lookup"
    JUDGEMENT = "judgement"


class Stance(StrEnum):
    """Where a category stands beside those of other methodologies: approximate, for comparison."""

    PRINCIPAL = "principal"
    SIGNIFICANT = "significant"
    UNCLEAR = "unclear"
    NONE = "none"


class Subject(StrEnum):
    """What a mark may be of."""

    LINE = "line"
    PROGRAMME = "programme"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Threshold:
    """Where a category begins on the scale of the score: at ``value``, or above it."""

    value: Decimal
    is_included: bool = True

    def is_reached(self, score: Decimal) -> bool:
        """Whether a score is in the category or in a stronger one."""
        return score >= self.value if self.is_included else score > self.value


@dataclass(frozen=True, slots=True)
class Category:
    """What a methodology can answer.

    Parameters
    ----------
    code
        Short code, as the issuer writes it where there is one.
    stance
        For comparison with other methodologies; None where no comparison makes sense.
    requires
        Criteria that must all be met (checklists without points).
    asks
        Criteria that the category expects but that do not decide: told where they are not met.
    threshold
        Where it begins on the score; None for the weakest.
    is_reason_required
        Whether a person must say why.
    is_queue
        Whether the answer is provisional: marks in it are to be scored again.
    """

    code: str
    labels: Labels
    help: Labels = field(default_factory=Labels)
    stance: Stance | None = None
    requires: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    threshold: Threshold | None = None
    is_reason_required: bool = False
    is_queue: bool = False
    is_verified: bool = True


@dataclass(frozen=True, slots=True)
class Criterion:
    """A question of a checklist.

    ``values`` are the answers it takes; without them, any number from 0 to ``maximum``. It is met
    from ``met_from`` on, and up to ``met_to`` where there is one. ``element`` is the id of the
    element whose maximum limits the sum of its criteria.
    """

    id: str
    labels: Labels
    help: Labels = field(default_factory=Labels)
    values: tuple[Decimal, ...] = ()
    maximum: Decimal = Decimal(1)
    met_from: Decimal = Decimal(1)
    met_to: Decimal | None = None
    element: str = ""
    is_verified: bool = True

    @property
    def is_tick(self) -> bool:
        """Whether the answer is yes or no."""
        return self.values == (Decimal(0), Decimal(1))

    def is_met(self, value: Decimal) -> bool:
        """Whether an answer meets the criterion."""
        return value >= self.met_from and (self.met_to is None or value <= self.met_to)

    def takes(self, value: Decimal) -> bool:
        """Whether this is an answer at all."""
        return value in self.values if self.values else 0 <= value <= self.maximum


@dataclass(frozen=True, slots=True)
class Element:
    """A group of criteria whose points are counted up to ``maximum``."""

    id: str
    labels: Labels
    maximum: Decimal


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers that a field takes."""

    code: str
    labels: Labels


@dataclass(frozen=True, slots=True)
class Field:
    """What a statement tells of a subject; it decides no category.

    In a person's own words, or as the code of one of ``choices``, which are in the order in which a
    scale shows them. ``required_for`` names the categories that are not given without it.
    """

    id: str
    labels: Labels
    help: Labels = field(default_factory=Labels)
    required_for: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    is_verified: bool = True

    def place(self, code: str | None) -> int | None:
        """Return the place of a choice from 1; None for what is none, such as words of before."""
        codes = [choice.code for choice in self.choices]
        return codes.index(code) + 1 if code in codes else None

    def takes(self, words: str) -> bool:
        """Whether something may be written here."""
        return not self.choices or self.place(words) is not None


@dataclass(frozen=True, slots=True)
class ExpenseClass:
    """A class of expense that a statement shows, and the economic codes that are in it by country.

    A code stands for all codes that begin with it; of two the longer one counts.
    """

    id: str
    labels: Labels
    codes: Mapping[str, tuple[str, ...]]
    is_verified: bool = True

    def likeness(self, country_code: str, code: str) -> int:
        """Return how many characters of a code of a country are in this class; 0 for none."""
        plain = "".join(filter(str.isalnum, code))
        known = self.codes.get(country_code, ())
        return max((len(one) for one in known if plain.startswith(one)), default=0)


@dataclass(frozen=True, slots=True)
class Score:
    """The scale that categories divide: from 0 to ``maximum``, in ``unit`` (percent or points)."""

    labels: Labels
    maximum: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class TableEntry:
    """Codes of another classification that a lookup leads to a category."""

    keys: tuple[str, ...]
    category: str
    labels: Labels = field(default_factory=Labels)
    is_verified: bool = True


@dataclass(frozen=True, slots=True)
class Convention:
    """How much of a marked amount counts: a coefficient, 0 to 1, for every category.

    With ``is_of_score`` a known score decides instead: score / maximum; the table stays for marks
    without one.
    """

    name: str
    labels: Labels
    coefficients: Mapping[str, Decimal]
    help: Labels = field(default_factory=Labels)
    is_of_score: bool = False
    is_verified: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """A share of the whole budget, 0 to 1, that the amount counted by a convention should reach."""

    name: str
    labels: Labels
    share: Decimal
    convention: str
    is_verified: bool = True

    def is_met(self, counted: Decimal, budget: Decimal) -> bool:
        """Whether a counted amount reaches its part of a budget in the same currency."""
        return counted >= self.share * budget


@dataclass(frozen=True, slots=True)
class Methodology:
    """One methodology in one version, as its file states it.

    Parameters
    ----------
    labels, help, notes
        Its name; what it is for and how to use it; what was decided where the issuer leaves it open.
    source
        The issuer and the document.
    valid_from, valid_to
        When it applies; None where the source does not say.
    categories
        From the strongest to the weakest.
    conventions
        By name; the first is the default.
    is_judgement_allowed
        Lookup only: a person may choose where the table has no entry.
    is_verified
        False: written from general knowledge, not read in the source.
    fingerprint
        SHA-256 of the file and its cases.
    """

    code: str
    version: str
    labels: Labels
    help: Labels
    source: str
    measures: Measures
    subjects: tuple[Subject, ...]
    rule: RuleKind
    categories: tuple[Category, ...]
    conventions: Mapping[str, Convention]
    valid_from: date | None = None
    valid_to: date | None = None
    notes: Labels = field(default_factory=Labels)
    criteria: tuple[Criterion, ...] = ()
    elements: tuple[Element, ...] = ()
    score: Score | None = None
    table: tuple[TableEntry, ...] = ()
    targets: tuple[Target, ...] = ()
    fields: tuple[Field, ...] = ()
    expenses: tuple[ExpenseClass, ...] = ()
    is_judgement_allowed: bool = False
    is_verified: bool = True
    file_name: str = ""
    fingerprint: str = ""

    def category(self, code: str) -> Category:
        """Return the category of a code.

        Raises
        ------
        EvidenceInvalid
            The methodology has no such category.
        """
        for category in self.categories:
            if category.code == code:
                return category
        raise EvidenceInvalid(
            text(
                "{methodology} has no category “{category}”. It has: {known}.",
                methodology=self.labels,
                category=code,
                known=", ".join(category.code for category in self.categories),
            )
        )

    def convention(self, name: str | None = None) -> Convention:
        """Return a convention by name, the default one without a name.

        Raises
        ------
        EvidenceInvalid
            The methodology has no such convention.
        """
        if name is None:
            return next(iter(self.conventions.values()))
        if name not in self.conventions:
            raise EvidenceInvalid(
                text(
                    "{methodology} has no convention “{name}”. It has: {known}.",
                    methodology=self.labels,
                    name=name,
                    known=", ".join(self.conventions),
                )
            )
        return self.conventions[name]

    def field(self, name: str) -> Field | None:
        """Return the field of a name; None where the methodology has none."""
        return next((one for one in self.fields if one.id == name), None)

    def expense(self, country_code: str, codes: Iterable[str]) -> ExpenseClass | None:
        """Return the class of expense of an economic code, given with the codes above it.

        None where the methodology puts none of them into a class in this country.
        """
        known = [(one.likeness(country_code, code), one) for code in codes for one in self.expenses]
        length, found = max(known, key=lambda one: one[0], default=(0, None))
        return found if length else None

    @property
    def stances(self) -> dict[str, Stance | None]:
        """The stance of every category."""
        return {category.code: category.stance for category in self.categories}

    @property
    def queue_categories(self) -> tuple[str, ...]:
        """Categories whose marks are to be scored again."""
        return tuple(category.code for category in self.categories if category.is_queue)

    @property
    def is_points_checklist(self) -> bool:
        """Whether the criteria are summed to a score."""
        return self.rule is RuleKind.CHECKLIST and self.score is not None

    @property
    def is_monotonic(self) -> bool:
        """Whether more evidence never gives a weaker category."""
        return all(criterion.met_to is None for criterion in self.criteria)

    @property
    def is_fully_verified(self) -> bool:
        """Whether everything in the file was read in its source."""
        parts: tuple[
            Category | Criterion | TableEntry | Target | Convention | Field | ExpenseClass, ...
        ] = (
            *self.categories,
            *self.criteria,
            *self.fields,
            *self.expenses,
            *self.table,
            *self.targets,
            *self.conventions.values(),
        )
        return self.is_verified and all(part.is_verified for part in parts)
