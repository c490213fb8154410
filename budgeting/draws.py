"""Draws: how far totals go that rest on surveys and on costs that are not exact (Monte Carlo).

A share from a survey is drawn from what the sample leaves possible, a cost from a triangle between
its bounds; registers have no sampling error and are not drawn. Each draw adds up all services, and
95 of 100 of the sums lie between the bounds that are returned.

Sixty municipalities need a hundred million gamma variates. Marsaglia and Tsang's method is written
here with whole arrays of 32-bit floats, which is three times as fast as one variate after the other;
the few that it rejects come from NumPy. A municipality has a generator of its own, so its interval is
the same alone, among others, and on any number of threads.

Source: Marsaglia and Tsang 2000, "A simple method for generating gamma variables"; Box and Muller
1958 for normal variates; Stein and Keblis 2009 for the triangle; Beta(+1/2) is Jeffreys' prior.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from budgeting.incidence.use import NOT_KNOWN
from budgeting.intervals import Range

COUNT = 10_000
SEED = 20_260_101
BOUNDS = (0.025, 0.975)
PRIOR = 0.5
THREADS = 2

Floats = npt.NDArray[np.float32]
_WHOLE = np.float32(2.0**-32)
_TURN = np.float32(2 * np.pi)
_HALF = np.float32(0.5)
_ONE = np.float32(1)


@dataclass(frozen=True, slots=True)
class Spread:
    """A cost between bounds, in money; ``low`` <= ``likely`` <= ``high``."""

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.likely <= self.high:
            raise ValueError(f"a spread is out of order: {self}")

    @property
    def is_exact(self) -> bool:
        """Tell whether there is nothing between the bounds."""
        return self.low == self.high


def exactly(cost: float) -> Spread:
    """Return a cost that is known to the cent."""
    return Spread(cost, cost, cost)


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A service's net cost and who has which part of it.

    Parameters
    ----------
    cost
        Net cost, in the currency of the others.
    shares
        By group, summing to one with ``unknown``, which is not drawn.
    sample
        How many were asked, divided by the design effect; None where nobody was sampled: the shares
        then stay as they are.
    """

    cost: Spread
    shares: Mapping[str, float]
    sample: float | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """From where to where the totals of a municipality go, in 95 of 100 draws.

    ``benefits`` are money by group, ``shares`` parts of all money; where all of it is zero or less,
    there are no shares. The same seed gives the same bounds on the same kind of processor.
    """

    benefits: Mapping[str, Range]
    shares: Mapping[str, Range]
    seed: int
    count: int


def drawn_towns(
    towns: Mapping[str, Sequence[Uncertain]],
    seed: int = SEED,
    count: int = COUNT,
    threads: int = THREADS,
) -> dict[str, Drawn]:
    """Return the bounds of each municipality, by its code.

    Raises
    ------
    ValueError
        No draws are asked for.
    """
    draw = partial(drawn, seed=seed, count=count)
    with ThreadPoolExecutor(threads) as pool:
        return dict(zip(towns, pool.map(draw, towns, towns.values()), strict=True))


def drawn(town: str, services: Sequence[Uncertain], seed: int = SEED, count: int = COUNT) -> Drawn:
    """Return the bounds of the totals of one municipality.

    Parameters
    ----------
    town
        Its code: with the seed it decides which random numbers are drawn.
    count
        How many draws; the bounds become steadier with the square root of it.

    Raises
    ------
    ValueError
        No draws are asked for.
    """
    if count < 1:
        raise ValueError(f"{count} draws")
    groups = list(dict.fromkeys(group for one in services for group in one.shares))
    random = np.random.Generator(np.random.SFC64([seed, *town.encode()]))
    sums = np.zeros((len(groups), count), np.float32)
    fixed = np.zeros((len(groups), 1))
    for service in services:
        is_exact = service.sample is None and service.cost.is_exact
        cost = None if is_exact else _triangular(random, service.cost, count)
        for group, share in _shares(random, service, count).items():
            if cost is None:
                fixed[groups.index(group), 0] += service.cost.likely * share
            else:
                sums[groups.index(group)] += cost * share
    return _bounds(groups, sums + fixed, seed, count)


def _shares(
    random: np.random.Generator, service: Uncertain, count: int
) -> Mapping[str, float | Floats]:
    """Return what each group has in each draw, or in all of them."""
    if service.sample is None:
        return service.shares
    asked = {group: share for group, share in service.shares.items() if group != NOT_KNOWN}
    shapes = np.array([share * service.sample + PRIOR for share in asked.values()])
    parts = _gammas(random, shapes, count)
    parts *= np.float32(sum(asked.values())) / parts.sum(axis=0)
    return {**service.shares, **dict(zip(asked, parts, strict=True))}


def _bounds(groups: list[str], sums: npt.NDArray[np.float64], seed: int, count: int) -> Drawn:
    whole = sums.sum(axis=0)
    benefits = _ranges(groups, sums)
    shares = _ranges(groups, sums / whole) if groups and (whole > 0).all() else {}
    return Drawn(benefits, shares, seed, count)


def _ranges(groups: list[str], values: npt.NDArray[np.float64]) -> dict[str, Range]:
    low, high = np.quantile(values, BOUNDS, axis=1)
    return {group: Range(float(low[at]), float(high[at])) for at, group in enumerate(groups)}


def _triangular(random: np.random.Generator, cost: Spread, count: int) -> Floats:
    """Return costs from a triangle: (1 - c) min + c max of two even variates, with its peak at c."""
    if cost.is_exact:
        return np.full(count, cost.low, np.float32)
    width = cost.high - cost.low
    even = _even(random, 2 * count)
    lower = np.minimum(even[:count], even[count:])
    place = np.maximum(even[:count], even[count:])
    place -= lower
    place *= np.float32((cost.likely - cost.low) / width)
    place += lower
    place *= np.float32(width)
    place += np.float32(cost.low)
    return place


def _gammas(random: np.random.Generator, shapes: npt.NDArray[np.float64], count: int) -> Floats:
    """Return gamma variates, a row for each shape.

    d v with v = (1 + c x)^3 of a normal x is accepted where log u < x^2/2 + d (1 - v + log v), which
    a v below zero never is. A shape below one is drawn one higher and multiplied with u^(1/shape).
    """
    is_low = shapes < 1
    d = (shapes + is_low - 1 / 3)[:, None]
    normal, even = _normals(random, (len(shapes), count))
    scale = d.astype(np.float32)
    base = normal * (1 / np.sqrt(9 * d)).astype(np.float32)
    base += _ONE
    v = base * base
    v *= base
    with np.errstate(divide="ignore", invalid="ignore"):
        bound = np.log(v, out=base)
        bound -= v
        bound += _ONE
        bound *= scale
        normal *= normal
        normal *= _HALF
        bound += normal
        is_rejected = ~(np.log(even, out=even) < bound)
    v *= scale
    again = np.flatnonzero(is_rejected)
    v.flat[again] = random.standard_gamma((shapes + is_low)[again // count])
    for row in np.flatnonzero(is_low):
        v[row] *= _even(random, count) ** np.float32(1 / shapes[row])
    return v


def _normals(random: np.random.Generator, shape: tuple[int, int]) -> tuple[Floats, Floats]:
    """Return normal variates of a shape, by Box and Muller, and even ones above 0 and up to 1."""
    size = shape[0] * shape[1]
    half = -(-size // 2)
    even = _even(random, 2 * half + size)
    radius, angle = even[:half], even[half : 2 * half] * _TURN
    np.log(radius, out=radius)
    radius *= np.float32(-2)
    np.sqrt(radius, out=radius)
    normal = np.empty(2 * half, np.float32)
    np.multiply(np.cos(angle, out=normal[:half]), radius, out=normal[:half])
    np.multiply(np.sin(angle, out=normal[half:]), radius, out=normal[half:])
    return normal[:size].reshape(shape), even[2 * half :].reshape(shape)


def _even(random: np.random.Generator, size: int) -> Floats:
    """Return even variates above 0 and up to 1, of 32 random bits each."""
    bits = random.bit_generator.random_raw(-(-size // 2)).view(np.uint32)
    even: Floats = bits[:size].astype(np.float32)
    even += _HALF
    even *= _WHOLE
    return even
