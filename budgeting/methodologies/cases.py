"""Cases: evidence with the answer that it must get, written beside a methodology.

They are tried whenever the file is read. A methodology that does not give what its own cases say is
refused: one of the two is wrong, and nobody knows which.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budgeting.errors import EvidenceInvalid
from budgeting.methodologies.entries import Entries, MethodologyFault
from budgeting.methodologies.evidence import Evidence
from budgeting.methodologies.model import Methodology
from budgeting.methodologies.rules import classify
from budgeting.model import Exact, Text, text

NO_CATEGORY = "not screened"


@dataclass(frozen=True, slots=True)
class Case:
    """Evidence, the category it must get (None: not screened), and the coefficient where stated."""

    evidence: Evidence
    gives: str | None
    coefficient: Decimal | None = None
    convention: str | None = None


@dataclass(frozen=True, slots=True)
class TargetCase:
    """A counted amount of a budget, and whether it reaches a target."""

    target: str
    counted: Decimal
    budget: Decimal
    is_met: bool


def read_cases(
    file_name: str, entries: dict[str, Any]
) -> tuple[tuple[Case, ...], tuple[TargetCase, ...]] | list[MethodologyFault]:
    """Return the cases that the entries state, or every fault of them."""
    faults: list[tuple[str, Text]] = []
    top = Entries(entries, faults)
    cases = tuple(_case(one) for one in top.tables("case"))
    targets = tuple(_target_case(one) for one in top.tables("target_case"))
    top.refuse_others()
    if faults:
        return [MethodologyFault(file_name, key, reason) for key, reason in faults]
    return cases, targets


def _case(entries: Entries) -> Case:
    gives = entries.written("gives")
    case = Case(
        Evidence(
            ticks=_ticks(entries),
            score=entries.number("score") if entries.has("score") else None,
            key=entries.written("key", "") or None,
            category=entries.written("chosen", "") or None,
        ),
        gives=None if gives == NO_CATEGORY else gives,
        coefficient=entries.number("coefficient") if entries.has("coefficient") else None,
        convention=entries.written("convention", "") or None,
    )
    entries.refuse_others()
    return case


def _ticks(entries: Entries) -> dict[str, Decimal]:
    ticks = dict.fromkeys(entries.names("yes"), Decimal(1))
    return ticks | dict.fromkeys(entries.names("no"), Decimal(0)) | entries.coefficients("ticks")


def _target_case(entries: Entries) -> TargetCase:
    case = TargetCase(
        entries.written("target"),
        entries.number("counted"),
        entries.number("budget"),
        entries.flag("met"),
    )
    entries.refuse_others()
    return case


def failures(
    methodology: Methodology, cases: tuple[Case, ...], targets: tuple[TargetCase, ...]
) -> Iterator[tuple[str, Text]]:
    """Yield place and reason of every case in which the methodology answers something else."""
    for place, case in enumerate(cases, start=1):
        reason = _failure(methodology, case)
        if reason:
            yield f"case[{place}]", reason
    shares = {target.name: target for target in methodology.targets}
    for place, one in enumerate(targets, start=1):
        target = shares.get(one.target)
        if target is None or target.is_met(one.counted, one.budget) != one.is_met:
            yield (
                f"target_case[{place}]",
                text("The target “{target}” gives another answer.", target=one.target),
            )


def _failure(methodology: Methodology, case: Case) -> Text | None:
    try:
        outcome = classify(methodology, case.evidence, case.convention)
    except EvidenceInvalid as error:
        return error.message
    if outcome.category != case.gives:
        return text(
            "The case says “{expected}”, the methodology gives “{actual}”.",
            expected=case.gives or NO_CATEGORY,
            actual=outcome.category or NO_CATEGORY,
        )
    if case.coefficient is not None and outcome.amount_coefficient != case.coefficient:
        return text(
            "The case says that {expected} of the amount counts, the methodology gives {actual}.",
            expected=Exact(case.coefficient),
            actual=Exact(outcome.amount_coefficient or Decimal(0)),
        )
    return None
