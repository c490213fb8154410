"""Answers: what a person said about a file, the things that the file does not say itself."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from budgeting.imports.mappings.mapping import MunicipalityRule
from budgeting.imports.source import FileLayout
from budgeting.model import Stage


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said about a file.

    Parameters
    ----------
    municipality_code
        Whose file it is, where the mapping does not say or is used for another municipality.
    municipality
        The same, with name, country and currency, for one that is not stored yet.
    fiscal_year, as_of, stage, decision_number
        Of the amounts for which neither file nor mapping says it.
    layout
        How the file is written, where the detection was corrected.
    printed_totals
        Stage -> total as the budget decision prints it, to be compared with the file's sum.
    reasons
        Check -> reason why its questions may stand; stored with the import. "rejected-rows" leaves
        the rows with errors out.
    """

    municipality_code: str | None = None
    fiscal_year: int | None = None
    as_of: date | None = None
    stage: Stage | None = None
    decision_number: str | None = None
    municipality: MunicipalityRule | None = None
    layout: FileLayout = field(default_factory=FileLayout)
    printed_totals: Dictionary[Stage, Decimal] = field(default_factory=dict)
    reasons: Dictionary[str, str] = field(default_factory=dict)
