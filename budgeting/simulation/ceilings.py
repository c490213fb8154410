"""Ceilings of a year's budget: what each organisation may have at most, among the rules of a municipality."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from budgeting.model import Direction
from budgeting.simulation.model import Baseline, Subject, SubjectKind
from budgeting.simulation.rules import Rule, RuleKind

Ceilings = Mapping[Subject, Decimal]


def organisations(baseline: Baseline) -> tuple[Subject, ...]:
    """Return the organisations that ask for money, by code: those that no other stands above."""
    return tuple(sorted(baseline.top_subjects(SubjectKind.ORGANISATION, Direction.EXPENDITURE)))


def ceilings(rules: Sequence[Rule], fiscal_year: int) -> dict[Subject, Decimal]:
    """Return what subjects may have at most in the budget of a year; the lowest where several are set."""
    found: dict[Subject, Decimal] = {}
    for rule in rules:
        if _is_of(rule, fiscal_year) and rule.amount is not None:
            found[rule.subject] = min(rule.amount, found.get(rule.subject, rule.amount))
    return found


def with_ceilings(
    rules: Sequence[Rule],
    fiscal_year: int,
    wanted: Mapping[Subject, Decimal | None],
    source: str = "",
) -> tuple[Rule, ...]:
    """Return rules in which some subjects have other ceilings for the budget of a year.

    A ceiling of None is taken away; one that stays as it is keeps its rule. `source` is the decision
    that sets the others, "" for the one before.

    Examples
    --------
    >>> school = Subject(SubjectKind.ORGANISATION, "05")
    >>> found = with_ceilings((), 2027, {school: Decimal(100)})
    >>> [(rule.code, rule.amount) for rule in found]
    [('ceiling-2027-05', Decimal('100'))]
    >>> with_ceilings(found, 2027, {school: None})
    ()
    """
    now = ceilings(rules, fiscal_year)
    other = {subject for subject, amount in wanted.items() if now.get(subject) != amount}
    kept = [rule for rule in rules if not (_is_of(rule, fiscal_year) and rule.subject in other)]
    before = {rule.subject: rule for rule in rules if _is_of(rule, fiscal_year)}
    taken = {rule.code for rule in kept}
    for subject in (one for one in wanted if one in other):
        amount, last = wanted[subject], before.get(subject)
        if amount is not None:
            code = _free(f"ceiling-{fiscal_year}-{subject.code}", taken)
            told = (last.reason, source or last.source) if last else ("", source)
            kind = RuleKind.BUDGET_CEILING
            kept.append(Rule(code, kind, subject, amount, None, *told, fiscal_year))
    return tuple(kept)


def _is_of(rule: Rule, fiscal_year: int) -> bool:
    return rule.kind is RuleKind.BUDGET_CEILING and rule.fiscal_year == fiscal_year


def _free(code: str, taken: set[str]) -> str:
    found, number = code, 1
    while found in taken:
        number += 1
        found = f"{code}-{number}"
    taken.add(found)
    return found
