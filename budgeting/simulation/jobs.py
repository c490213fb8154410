"""Direct jobs that moved money pays for, by sex: an illustration under stated assumptions, no forecast."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from budgeting.model import Direction
from budgeting.simulation.model import Baseline, Line
from budgeting.simulation.rules import Changes

_NOTHING = Decimal(0)


@dataclass(frozen=True, eq=False)  # the same one for a place, so that caches can be keyed by it
class Staff:
    """What a job costs in a place, and who holds it.

    Parameters
    ----------
    wages
        Codes of the economic classes that are wages.
    job_cost
        Of one full-time job in a year, in `currency_code`, above zero.
    women
        Women's part of staff, 0 to 1, by COFOG code; the longest one above a line's function counts.
    """

    wages: frozenset[str]
    job_cost: Decimal
    currency_code: str
    women: Mapping[str, Decimal] = field(default_factory=dict)
    source: str = ""
    is_verified: bool = False


@dataclass(frozen=True, slots=True)
class Jobs:
    """Change of full-time jobs: of women, of men, and of whom it is not known; more is above zero."""

    women: Decimal = _NOTHING
    men: Decimal = _NOTHING
    not_known: Decimal = _NOTHING
    unexplained: Decimal = _NOTHING
    """Money moved on lines of no programme, whose part of wages is not known."""

    @property
    def total(self) -> Decimal:
        """All of them."""
        return self.women + self.men + self.not_known


def jobs(baseline: Baseline, changes: Changes, staff: Staff) -> Jobs | None:
    """Return what changes of expenditure pay for, spent as the programme spends today.

    jobs = change of a line x part of wages in its programme / cost of a job; women's part of them is
    that of staff in the line's function. Zero without changes; additive over lines. None where no line
    of the baseline is known to pay wages, or it is in another currency.
    """
    parts = _wage_parts(baseline, staff)
    if not any(parts.values()) or baseline.currency_code != staff.currency_code:
        return None
    women = men = not_known = unexplained = _NOTHING
    for line_id, change in changes.items():
        line = baseline.by_id[line_id]
        if line.direction is not Direction.EXPENDITURE:
            continue
        part, share = parts.get(_programme(line)), _share(line, staff)
        if part is None:
            unexplained += change
            continue
        paid = change * part / staff.job_cost
        if share is None:
            not_known += paid
        else:
            women += paid * share
            men += paid * (1 - share)
    return Jobs(women, men, not_known, unexplained)


@lru_cache(maxsize=8)
def _wage_parts(baseline: Baseline, staff: Staff) -> dict[str, Decimal]:
    """Return the part of wages in each programme of the baseline that has money."""
    whole: dict[str, Decimal] = {}
    wages: dict[str, Decimal] = {}
    for line in baseline.lines:
        programme = _programme(line)
        if line.direction is not Direction.EXPENDITURE or not programme or line.amount <= 0:
            continue
        whole[programme] = whole.get(programme, _NOTHING) + line.amount
        if not staff.wages.isdisjoint(_codes(line, "economic_class")):
            wages[programme] = wages.get(programme, _NOTHING) + line.amount
    return {
        programme: wages.get(programme, _NOTHING) / amount for programme, amount in whole.items()
    }


def _programme(line: Line) -> str:
    path = line.members.get("programme", ())
    return path[-1] if path else ""


def _codes(line: Line, dimension: str) -> list[str]:
    """Return the codes of a line's member and of those above it, each by itself, the top first."""
    return [path.rsplit("/", 1)[-1] for path in line.members.get(dimension, ())]


def _share(line: Line, staff: Staff) -> Decimal | None:
    for code in reversed(_codes(line, "function")):
        for known in sorted(staff.women, key=len, reverse=True):
            if code == known or code.startswith(f"{known}."):
                return staff.women[known]
    return None
