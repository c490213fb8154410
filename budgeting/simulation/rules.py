"""Rules of a municipality for moving money, as linear bounds on sums of lines.

The simulator checks the bounds and the optimiser keeps them: there is one reading of each rule.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from functools import cached_property

from budgeting.amounts import CENT
from budgeting.model import Direction, ExactMoney, Share, Text, text
from budgeting.simulation.model import ZERO, Baseline, Subject, SubjectKind

Changes = Mapping[int, Decimal]


class RuleKind(StrEnum):
    """What a rule demands."""

    BALANCED = "balanced"  # expenditure and revenue change by the same amount
    WITHIN = "within"  # expenditure less revenue changes by at most an amount
    LIMIT = "limit"  # a subject's amount changes by at most a percentage
    LIMIT_EACH = "limit_each"  # as above, for each line of the subject
    GIVES = "gives"  # a subject gives at most a percentage; it may take what it likes
    GIVES_EACH = "gives_each"  # as above, for each line of the subject
    EARMARKED = "earmarked"  # what a fund pays stays what it is, up to the fund's revenue
    PROTECTED = "protected"  # no line of the subject changes
    FLOOR = "floor"  # the subject has at least an amount
    CEILING = "ceiling"  # the subject has at most an amount
    BUDGET_CEILING = "budget_ceiling"  # the subject has at most an amount in the budget of a year
    CEILING_SHARE = "ceiling_share"  # the subject has at most a percentage of the baseline's total


OF_BALANCE = (RuleKind.BALANCED, RuleKind.WITHIN)
GIVING = (RuleKind.GIVES, RuleKind.GIVES_EACH)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as the municipality wrote it.

    Parameters
    ----------
    code
        Short code, unique in the municipality.
    kind, subject
        What it demands, and of which lines.
    amount, percent
        The figure of the kinds that have one; 10 means ten per cent.
    reason
        The legal or political reason, in the municipality's own words: shown on locked lines.
    source
        Law, decision or link that sets it.
    fiscal_year
        Year of the budget that a budget ceiling is for; None of the other kinds, which hold in all.
    """

    code: str
    kind: RuleKind
    subject: Subject
    amount: Decimal | None = None
    percent: Decimal | None = None
    reason: str = ""
    source: str = ""
    fiscal_year: int | None = None


@dataclass(frozen=True)  # without slots: the sum of the baseline is kept
class Bound:
    """``low`` <= sum of ``plus`` less sum of ``minus`` <= ``high``, in the scenario's amounts.

    ``base`` is the same sum in the baseline; None for a side that is open. ``is_lock`` where a single
    line may not change at all; ``is_strict`` where it must be kept even if the baseline does not.
    """

    rule: Rule
    label: str
    plus: tuple[int, ...]
    minus: tuple[int, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    base: Decimal = ZERO
    is_lock: bool = False
    is_strict: bool = False

    def reached(self, changes: Changes) -> Decimal:
        """Return the sum in the scenario."""
        weights = self._weights
        if len(changes) < len(weights):
            shifts = (change * weights.get(line_id, 0) for line_id, change in changes.items())
        else:
            shifts = (changes[line] * sign for line, sign in weights.items() if line in changes)
        return self.base + sum(shifts, ZERO)

    @cached_property
    def _weights(self) -> dict[int, int]:
        return dict.fromkeys(self.plus, 1) | dict.fromkeys(self.minus, -1)


@dataclass(frozen=True, slots=True)
class Breach:
    """A bound that a scenario does not keep; ``beyond`` is by how much, above zero."""

    bound: Bound
    reached: Decimal
    beyond: Decimal


def bounds(rules: Iterable[Rule], baseline: Baseline) -> tuple[Bound, ...]:
    """Return the bounds that the rules set on a baseline, in the order of the rules.

    A rule about lines that the baseline does not have sets none.
    """
    return tuple(bound for rule in rules for bound in _BOUNDS[rule.kind](rule, baseline))


def breaches(of: Iterable[Bound], changes: Changes) -> tuple[Breach, ...]:
    """Return what a scenario breaks; what the baseline breaks already counts once it gets worse.

    A strict bound counts from the beginning: it is what the scenario is there to reach.
    """
    found = []
    for bound in of:
        reached = bound.reached(changes)
        beyond = _beyond(bound, reached)
        if beyond > (ZERO if bound.is_strict else _beyond(bound, bound.base)):
            found.append(Breach(bound, reached, beyond))
    return tuple(found)


def locked(of: Iterable[Bound]) -> frozenset[int]:
    """Return the lines that may not change."""
    return frozenset(line_id for bound in of if bound.is_lock for line_id in bound.plus)


def earmarked(of: Iterable[Bound]) -> frozenset[int]:
    """Return the lines that funds pay whose money stays in them."""
    found = (bound for bound in of if bound.rule.kind is RuleKind.EARMARKED)
    return frozenset(line_id for bound in found for line_id in (*bound.plus, *bound.minus))


def _beyond(bound: Bound, reached: Decimal) -> Decimal:
    under = bound.low - reached if bound.low is not None else ZERO
    over = reached - bound.high if bound.high is not None else ZERO
    return max(under, over, ZERO)


def _balanced(rule: Rule, baseline: Baseline) -> list[Bound]:
    spent = baseline.lines_of(Subject(SubjectKind.ALL, "", Direction.EXPENDITURE))
    received = baseline.lines_of(Subject(SubjectKind.ALL, "", Direction.REVENUE))
    base = baseline.total(Direction.EXPENDITURE) - baseline.total(Direction.REVENUE)
    slack = abs(rule.amount or ZERO) if rule.kind is RuleKind.WITHIN else ZERO
    if not baseline.is_requested:
        return [Bound(rule, "", spent, received, base - slack, base + slack, base)]
    if not received:
        return []  # what is expected to come in is not known yet
    return [Bound(rule, "", spent, received, -slack, slack, base, is_strict=True)]


def _limit(rule: Rule, baseline: Baseline) -> list[Bound]:
    return _limited(rule, baseline, [(rule.subject, baseline.lines_of(rule.subject))])


def _limit_each(rule: Rule, baseline: Baseline) -> list[Bound]:
    """Set a limit for each line, or for each member at the top where the subject names only a kind."""
    kind = rule.subject.kind
    if not rule.subject.code and kind is not SubjectKind.ALL:
        each = baseline.top_subjects(kind, rule.subject.direction)
        return _limited(rule, baseline, [(one, baseline.lines_of(one)) for one in each])
    lines = baseline.lines_of(rule.subject)
    named = [(_line(baseline, one), (one,)) for one in lines]
    return _limited(rule, baseline, named)


def _line(baseline: Baseline, line_id: int) -> Subject:
    line = baseline.by_id[line_id]
    return Subject(SubjectKind.LINE, line.code, line.direction)


def _limited(
    rule: Rule, baseline: Baseline, parts: Iterable[tuple[Subject, tuple[int, ...]]]
) -> list[Bound]:
    if baseline.is_requested:
        return []  # nothing is granted yet that could be given away
    found = []
    for subject, lines in parts:
        base = baseline.amount_of(lines)
        room = (abs(base) * (rule.percent or ZERO) / 100).quantize(CENT, ROUND_DOWN)
        if lines:
            label = baseline.label_of(subject)
            high = None if rule.kind in GIVING else base + room
            found.append(Bound(rule, label, lines, (), base - room, high, base))
    return found


def _earmarked(rule: Rule, baseline: Baseline) -> list[Bound]:
    code = rule.subject.code
    funds = (rule.subject,) if code else baseline.subjects(SubjectKind.FUND, Direction.EXPENDITURE)
    found = []
    for fund in funds:
        paid = baseline.lines_of(fund)
        received = baseline.lines_of(Subject(fund.kind, fund.code, Direction.REVENUE))
        base = baseline.amount_of(paid) - baseline.amount_of(received)
        if paid:
            label = baseline.label_of(fund)
            # Of what is only asked for, less may be granted.
            low = None if baseline.is_requested else base
            found.append(Bound(rule, label, paid, received, low, base, base))
    return found


def _protected(rule: Rule, baseline: Baseline) -> list[Bound]:
    found = []
    for line_id in baseline.lines_of(rule.subject):
        line = baseline.by_id[line_id]
        amount = line.amount
        found.append(Bound(rule, line.label, (line_id,), (), amount, amount, amount, is_lock=True))
    return found


def _floor(rule: Rule, baseline: Baseline) -> list[Bound]:
    return _sided(rule, baseline, low=rule.amount)


def _ceiling(rule: Rule, baseline: Baseline) -> list[Bound]:
    return _sided(rule, baseline, high=rule.amount)


def _budget_ceiling(rule: Rule, baseline: Baseline) -> list[Bound]:
    if rule.fiscal_year != baseline.fiscal_year:
        return []
    return [replace(one, is_strict=True) for one in _ceiling(rule, baseline)]


def _ceiling_share(rule: Rule, baseline: Baseline) -> list[Bound]:
    whole = baseline.total(rule.subject.direction)
    most = (whole * (rule.percent or ZERO) / 100).quantize(CENT, ROUND_DOWN)
    return _sided(rule, baseline, high=most)


def _sided(
    rule: Rule, baseline: Baseline, low: Decimal | None = None, high: Decimal | None = None
) -> list[Bound]:
    lines = baseline.lines_of(rule.subject)
    base = baseline.amount_of(lines)
    label = baseline.label_of(rule.subject)
    return [Bound(rule, label, lines, (), low, high, base)] if lines else []


_BOUNDS = {
    RuleKind.BALANCED: _balanced,
    RuleKind.WITHIN: _balanced,
    RuleKind.LIMIT: _limit,
    RuleKind.LIMIT_EACH: _limit_each,
    RuleKind.GIVES: _limit,
    RuleKind.GIVES_EACH: _limit_each,
    RuleKind.EARMARKED: _earmarked,
    RuleKind.PROTECTED: _protected,
    RuleKind.FLOOR: _floor,
    RuleKind.CEILING: _ceiling,
    RuleKind.BUDGET_CEILING: _budget_ceiling,
    RuleKind.CEILING_SHARE: _ceiling_share,
}

_DEMANDS: Mapping[RuleKind, Text] = {
    RuleKind.BALANCED: text("Expenditure and revenue must change by the same amount."),
    RuleKind.WITHIN: text("The balance may change by at most {amount}."),
    RuleKind.LIMIT: text("{subject} may change by at most {percent}."),
    RuleKind.LIMIT_EACH: text("{subject} may change by at most {percent}."),
    RuleKind.GIVES: text("{subject} may give at most {percent} of what it has."),
    RuleKind.GIVES_EACH: text("{subject} may give at most {percent} of what it has."),
    RuleKind.EARMARKED: text("Money of the fund {subject} stays in it."),
    RuleKind.PROTECTED: text("Protected: {subject}."),
    RuleKind.FLOOR: text("{subject} needs at least {amount}."),
    RuleKind.CEILING: text("{subject} may have at most {amount}."),
    RuleKind.BUDGET_CEILING: text("{subject} may have at most {amount} in the budget of {year}."),
    RuleKind.CEILING_SHARE: text("{subject} may have at most {percent} of the budget."),
}
# of a budget that is only asked for
_STRICT_DEMANDS: Mapping[RuleKind, Text] = {
    RuleKind.BALANCED: text("Expenditure and revenue must be the same."),
    RuleKind.WITHIN: text("Expenditure and revenue may differ by at most {amount}."),
}


def words(bound: Bound, currency_code: str) -> Text:
    """Return what a bound demands, as a sentence."""
    rule = bound.rule
    demand = _STRICT_DEMANDS.get(rule.kind) if bound.is_strict else None
    if rule.kind in GIVING and not rule.percent:
        demand = text("{subject} gives nothing away.")
    return (demand or _DEMANDS[rule.kind]).with_values(
        subject=bound.label,
        amount=ExactMoney(rule.amount or ZERO, currency_code),
        percent=Share((rule.percent or ZERO) / 100),
        year=str(rule.fiscal_year or ""),
    )


def rule_words(rule: Rule, label: str, currency_code: str) -> Text:
    """Return what a rule demands of whatever budget, as a sentence; `label` names its subject."""
    return words(Bound(rule, label, ()), currency_code)
