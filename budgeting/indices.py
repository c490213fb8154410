"""Indices: how unequally something is spread over people who are ranked, or over groups.

Numbers are floats: they describe samples, and no money is added up from them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import fsum, log, sqrt

from budgeting.incidence.use import NOT_KNOWN


@dataclass(frozen=True, slots=True)
class RankedGroup:
    """People of one rank: how many, and how much of something they have together.

    ``variance`` is that of one person's amount inside the group; None where it is not known.
    """

    size: float
    total: float
    variance: float | None = None

    @property
    def mean(self) -> float:
        """The amount of one person."""
        return self.total / self.size


@dataclass(frozen=True, slots=True)
class Index:
    """A concentration index, -1 to 1: below zero, those who are ranked first have more than theirs.

    ``standard_error`` is None where variances inside the groups are not known. ``mean`` is the
    amount of one person.
    """

    value: float
    standard_error: float | None
    mean: float


def concentration_index(groups: Sequence[RankedGroup]) -> Index | None:
    """Return the concentration index of groups, the poorest or most disadvantaged first.

    Parameters
    ----------
    groups
        In order of rank. Groups without people are left out.

    Returns
    -------
    Index | None
        None where there are fewer than two groups, or nothing is spread.

    Formula: C = sum over t of (p_t L_{t+1} - p_{t+1} L_t), with p and L the cumulative shares of
    people and of what they have.

    Source: World Bank, Quantitative Techniques for Health Equity Analysis, Technical Note 7; the
    standard error after Kakwani, Wagstaff and van Doorslaer 1997.

    Examples
    --------
    >>> concentration_index([RankedGroup(50, 10), RankedGroup(50, 30)]).value
    0.25
    """
    groups = [group for group in groups if group.size > 0]
    people = fsum(group.size for group in groups)
    amount = fsum(group.total for group in groups)
    if len(groups) < 2 or amount <= 0:  # noqa: PLR2004
        return None
    p, curve, value = 0.0, 0.0, 0.0
    for group in groups:
        following = p + group.size / people, curve + group.total / amount
        value += p * following[1] - following[0] * curve
        p, curve = following
    return Index(value, _standard_error(groups, value), amount / people)


def _standard_error(groups: Sequence[RankedGroup], value: float) -> float | None:
    """Return Kakwani's standard error for grouped data.

    var = (1/n) [sum f a^2 - (1 + C)^2] + 1/(n mu^2) sum f s^2 (2R - 1 - C)^2, with f the share of
    people, R the rank in the middle of the group, a = (mu_t / mu)(2R - 1 - C) + 2 - q_{t-1} - q_t.
    """
    people = fsum(group.size for group in groups)
    mean = fsum(group.total for group in groups) / people
    p, curve = 0.0, 0.0
    between, within = [], []
    for group in groups:
        if group.variance is None:
            return None
        part = group.size / people
        reached = curve + part * group.mean / mean
        distance = 2 * (p + part / 2) - 1 - value
        between.append(part * (group.mean / mean * distance + 2 - curve - reached) ** 2)
        within.append(part * group.variance * distance**2)
        p, curve = p + part, reached
    variance = fsum(between) - (1 + value) ** 2 + fsum(within) / mean**2
    return sqrt(max(variance, 0.0) / people)


def concentration_of_persons(amounts: Sequence[float], ranks: Sequence[float]) -> Index | None:
    """Return the concentration index of single persons; those of equal rank are one group.

    Parameters
    ----------
    amounts
        What each person has.
    ranks
        By what they are ranked, the most disadvantaged lowest: income, or an index of living
        standards.

    Formula: C = 2 / (n mu) sum y_i R_i - 1, with R_i the fractional rank (i - 1/2) / n.

    Source: as `concentration_index`.

    Examples
    --------
    >>> round(concentration_of_persons([0, 1, 2, 3], [100, 200, 300, 400]).value, 4)
    0.4167
    """
    persons = sorted(zip(ranks, amounts, strict=True))
    together = groupby(persons, key=lambda person: person[0])
    return concentration_index([_group([amount for _, amount in one]) for _, one in together])


def _group(amounts: Sequence[float]) -> RankedGroup:
    total, size = fsum(amounts), len(amounts)
    variance = fsum((amount - total / size) ** 2 for amount in amounts) / size
    return RankedGroup(size, total, variance)


def wagstaff(index: Index) -> float | None:
    """Return Wagstaff's index of something that a person has or has not: C / (1 - mean).

    Source: Wagstaff 2005, on bounds of the concentration index of a binary variable.
    """
    return index.value / (1 - index.mean) if 0 < index.mean < 1 else None


def erreygers(index: Index) -> float | None:
    """Return Erreygers' index of something that a person has or has not: 4 x mean x C.

    Source: Erreygers 2009, "Correcting the concentration index".
    """
    return 4 * index.mean * index.value if 0 <= index.mean <= 1 else None


def theil_between(shares: Mapping[str, float], population: Mapping[str, float]) -> float | None:
    """Return Theil's T between groups: sum of x ln(x / p); 0 where shares are as the population's.

    Parameters
    ----------
    shares, population
        Parts of money and of people by group. What is not known is left out of both, and the rest
        counts as the whole.

    Returns
    -------
    float | None
        None where there are not two groups, or money goes to a group of nobody.

    Source: Theil 1967; the between-group part of the index T.

    Examples
    --------
    >>> theil_between({"female": 0.5, "male": 0.5}, {"female": 0.5, "male": 0.5})
    0.0
    """
    pairs = _pairs(shares, population)
    if pairs is None or any(x > 0 and p == 0 for x, p in pairs):
        return None
    return fsum(x * log(x / p) for x, p in pairs if x > 0)


def lorenz_distance(shares: Mapping[str, float], population: Mapping[str, float]) -> float | None:
    """Return how far money is from people: half the sum of |p - x|; for two groups |p_F - x_F|.

    It is the part of the money that would have to move for shares as the population's.

    Source: the largest distance of the Lorenz curve from equality (Hoover, Pietra).

    Examples
    --------
    >>> lorenz_distance({"female": 0.25, "male": 0.75}, {"female": 0.5, "male": 0.5})
    0.25
    """
    pairs = _pairs(shares, population)
    return fsum(abs(x - p) for x, p in pairs) / 2 if pairs is not None else None


def _pairs(
    shares: Mapping[str, float], population: Mapping[str, float]
) -> list[tuple[float, float]] | None:
    """Return the shares of money and of people of the groups that have both, each summing to one."""
    both = [group for group in shares if group in population and group != NOT_KNOWN]
    money = fsum(shares[group] for group in both)
    people = fsum(population[group] for group in both)
    if len(both) < 2 or money <= 0 or people <= 0:  # noqa: PLR2004
        return None
    return [(shares[group] / money, population[group] / people) for group in both]
