"""Part: who benefits, with its draws, against the same arithmetic written plainly in NumPy.

Every service of every town rests on a survey and on a cost that is not exact, so that everything is
drawn: a gamma variate for each group and a cost for each service, in each draw.
"""

import time
from collections.abc import Callable
from decimal import Decimal

import numpy as np

from budgeting.draws import BOUNDS, PRIOR, Drawn, Spread, Uncertain, drawn, drawn_towns
from budgeting.incidence import (
    Coverage,
    Covered,
    Standing,
    Use,
    coverage,
    incidence,
    total_incidence,
)
from budgeting.intervals import Range
from tests.bench.figures import Figure, figure

GROUPS = ("women under 65", "women over 65", "men under 65", "men over 65")
PLAINLY = "the same arithmetic, plainly in NumPy"
HALF, WHOLE = 0.5, 1.0
ONE_TOWN_MS = 300.0
SERVICES = 40


def measure(towns: int, count: int, passes: int) -> list[Figure]:
    """Return the figures of so many towns with 40 services and `count` draws."""
    given = made(towns)
    measured: dict[str, list[float]] = {}
    for _ in range(passes):
        for name, act in {
            "all": lambda: drawn_towns(given, count=count),
            "one thread": lambda: drawn_towns(given, count=count, threads=1),
            PLAINLY: lambda: [plainly(services, count) for services in given.values()],
            "one town": lambda: one_town(given["town 0"], count),
        }.items():
            measured.setdefault(name, []).append(milliseconds(act))
    part = f"Incidence of {towns} towns x {SERVICES} services x {len(GROUPS)} groups"
    middle = figure(part, PLAINLY, measured[PLAINLY]).middle
    plain = {"against": PLAINLY, "against_middle": middle, "target": HALF}
    page = {"against": "0.3 s", "against_middle": ONE_TOWN_MS, "target": WHOLE}
    return [
        figure(part, f"{count:,} draws", measured["all"], **plain),
        figure(part, f"{count:,} draws on one thread", measured["one thread"], **plain),
        figure(part, f"one town with {count:,} draws", measured["one town"], **page),
    ]


def made(towns: int, seed: int = 1) -> dict[str, list[Uncertain]]:
    """Return services with samples of 50 to 2000 and costs that may be a tenth off."""
    random = np.random.default_rng(seed)
    return {
        f"town {number}": [_service(random) for _ in range(SERVICES)] for number in range(towns)
    }


def _service(random: np.random.Generator) -> Uncertain:
    likely = round(float(random.lognormal(13, 1)), 2)
    shares = random.dirichlet(np.ones(len(GROUPS)))
    return Uncertain(
        Spread(likely * 0.9, likely, likely * 1.1),
        dict(zip(GROUPS, map(float, shares), strict=True)),
        float(random.integers(50, 2000)),
    )


def plainly(
    services: list[Uncertain], count: int, seed: int = 1
) -> tuple[list[Range], list[Range]]:
    """Return the bounds of money and of shares by group, with NumPy's own variates."""
    random = np.random.default_rng(seed)
    sums = np.zeros((len(GROUPS), count))
    for service in services:
        counts = np.array(list(service.shares.values())) * service.sample
        parts = random.standard_gamma(counts[:, None] + PRIOR, (len(GROUPS), count))
        cost = service.cost
        costs = random.triangular(cost.low, cost.likely, cost.high, count)
        sums += costs * parts / parts.sum(axis=0)
    bounds = (np.quantile(values, BOUNDS, axis=1).T for values in (sums, sums / sums.sum(axis=0)))
    money, shares = ([Range(*map(float, pair)) for pair in pairs] for pairs in bounds)
    return money, shares


def one_town(services: list[Uncertain], count: int) -> tuple[Coverage, Drawn]:
    """Do everything that is computed for one town: each service, the total, coverage and draws."""
    found = []
    for service in services:
        net = round(Decimal(service.cost.likely), 2)
        counted = {group: Decimal(int(share * 1000)) for group, share in service.shares.items()}
        found.append(incidence(net, Use(counted, Decimal(1100)), counted))
    total = total_incidence(found)
    covered = (Covered(one.net, Standing.EXPLAINED, "C") for one in found)
    return coverage(total.net or Decimal(0), covered), drawn("town", services, count=count)


def milliseconds(act: Callable[[], object]) -> float:
    """Do it and return how long it took."""
    begin = time.perf_counter()
    act()
    return (time.perf_counter() - begin) * 1000
