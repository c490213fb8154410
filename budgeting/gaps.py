"""Gaps: use against the population that could use it; what is not met, and what it would cost.

Counts are of persons of the same service and year. Everything is None where a figure that it needs is
not known or is zero where it divides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

from budgeting.amounts import CENT, apportioned

Counts = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Band:
    """From where to where an index counts as parity; both ends belong to it."""

    low: Decimal
    high: Decimal


# House rule: no standard says from where on a representation index is worth a question.
REPRESENTATION = Band(Decimal("0.8"), Decimal("1.25"))
# UNESCO, gender parity index of education.
PARITY = Band(Decimal("0.97"), Decimal("1.03"))


@dataclass(frozen=True, slots=True)
class Unmet:
    """Need that is not met.

    Parameters
    ----------
    persons
        Need less users, not below zero.
    beyond
        Users beyond the need: then the need was counted too low, or others came.
    cost
        Persons x average unit cost, to the cent: what closing the gap would cost if one more user
        cost as much as those today.
    """

    persons: Decimal
    beyond: Decimal
    cost: Decimal | None


def standing(value: Decimal | None, band: Band) -> Literal["below", "within", "above"] | None:
    """Return where an index stands to a band; None where it is not known.

    Examples
    --------
    >>> standing(Decimal("0.8"), REPRESENTATION), standing(Decimal("0.79"), REPRESENTATION)
    ('within', 'below')
    """
    if value is None:
        return None
    if value < band.low:
        return "below"
    return "above" if value > band.high else "within"


def take_up(users: Decimal | None, eligible: Decimal | None) -> Decimal | None:
    """Return users / eligible; above one where others than the eligible came."""
    return users / eligible if users is not None and eligible else None


def coverage_ratio(women: Decimal | None, men: Decimal | None) -> Decimal | None:
    """Return the take-up of women over that of men; 1 is parity."""
    return women / men if women is not None and men else None


def representation_index(users: Counts, eligible: Counts, group: str) -> Decimal | None:
    """Return a group's share of users over its share of the eligible; 1 is parity.

    Only groups with both counts are compared, so users whose group nobody recorded are in neither
    share; at least two groups are needed.

    Formula: (U_g / U) / (P_g / P).

    Source: users against a reference population, as Berlin's districts publish them.

    Examples
    --------
    >>> sports = {"female": Decimal(380), "male": Decimal(620)}
    >>> people = {"female": Decimal(9000), "male": Decimal(8600)}
    >>> round(representation_index(sports, people, "female"), 3)
    Decimal('0.743')
    """
    used, could = _compared(users, eligible)
    if len(could) < 2 or not could.get(group) or not sum(used.values()):  # noqa: PLR2004
        return None
    return used[group] * sum(could.values()) / (sum(used.values()) * could[group])


def _compared(users: Counts, eligible: Counts) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Return users and eligible of the groups that have both counts."""
    used = {group: count for group, count in users.items() if count is not None}
    could = {group: count for group, count in eligible.items() if count is not None}
    both = [group for group in used if group in could]
    return {group: used[group] for group in both}, {group: could[group] for group in both}


def unmet_need(
    need: Decimal | None, users: Decimal | None, unit_cost: Decimal | None
) -> Unmet | None:
    """Return the need that is not met and its cost; None where need or users are not known.

    Parameters
    ----------
    need
        Who needs it: the eligible, those of a survey of needs, or users and waiting list together.
    unit_cost
        Net cost of one user; where it is not known, neither is the cost.

    Examples
    --------
    >>> unmet_need(Decimal(410), Decimal(312), Decimal("2500.00")).cost
    Decimal('245000.00')
    """
    if need is None or users is None:
        return None
    persons = max(need - users, Decimal(0))
    cost = None
    if unit_cost is not None:
        cost = (persons * unit_cost).quantize(CENT, ROUND_HALF_EVEN)
    return Unmet(persons, max(users - need, Decimal(0)), cost)


def parity_shift(net: Decimal | None, users: Counts, eligible: Counts) -> dict[str, Decimal] | None:
    """Return by group the money that would move to it, had use the shares of the eligible.

    Parameters
    ----------
    net
        The net cost of the users that are compared: without the benefit of those whose group is not
        known, and of groups without an eligible population.

    Identity: the groups sum to zero, to the cent.

    Formula: S (P_g / P - U_g / U).

    Examples
    --------
    >>> sports = {"female": Decimal(380), "male": Decimal(620)}
    >>> people = {"female": Decimal(9000), "male": Decimal(8600)}
    >>> str(parity_shift(Decimal("810000.00"), sports, people)["female"])
    '106404.55'
    """
    used, could = _compared(users, eligible)
    if net is None or len(could) < 2:  # noqa: PLR2004
        return None
    now, at_parity = apportioned(net, used), apportioned(net, could)
    if not now or not at_parity:
        return None
    return {group: at_parity[group] - now[group] for group in used}


def gpi(women: Decimal | None, men: Decimal | None) -> Decimal | None:
    """Return the gender parity index: women's value over men's; 1 is parity.

    Source: UNESCO Institute for Statistics; 0.97 to 1.03 counts as parity (`PARITY`).
    """
    return women / men if women is not None and men else None


def gpia(index: Decimal | None) -> Decimal | None:
    """Return the adjusted index, which is as far from 1 for men as for women: 2 - 1/GPI above 1.

    Source: UNESCO, adjusted gender parity index.

    Examples
    --------
    >>> index = gpi(Decimal("0.95"), Decimal("0.90"))
    >>> round(index, 4), round(gpia(index), 4)
    (Decimal('1.0556'), Decimal('1.0526'))
    """
    if index is None or index <= 1:
        return index
    return 2 - 1 / index
