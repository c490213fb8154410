"""Money of the demo: what is planned for a line, revised, committed and spent."""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from demo_lines import Line, blocks
from demo_tables.accounts import EXECUTION, TRENDS
from demo_tables.towns import TOWNS
from demo_tables.years import (
    CENT,
    CORRECTION,
    KEPT,
    LATE,
    NORMAL,
    OPEN_YEAR,
    PROJECT,
    SUPPLEMENT,
    YEARS,
    ZERO,
)


def money(value: Decimal | float) -> Decimal:
    """Round to cents."""
    return Decimal(value).quantize(CENT, ROUND_HALF_UP) + ZERO  # never -0.00


def rounded(value: float) -> Decimal:
    """Round as budgets do: to hundreds, small amounts to tens."""
    step = 100 if abs(value) >= 20_000 else 10
    return money(Decimal(round(value / step) * step))


def plan(lines: list[Line], year: int, total: int, rng: Random) -> list[float]:
    """Share the budget of a year among its lines."""
    weights: dict[int, float] = defaultdict(float)
    noisy = [line.weight * rng.uniform(0.95, 1.05) for line in lines]
    for line, weight in zip(lines, noisy, strict=True):
        if line.mark in (NORMAL, KEPT, PROJECT):
            weights[line.block] += weight
    amounts = {}
    for number, (head, _, _) in enumerate(blocks()):
        trend = TRENDS.get(head[1], 1.0) ** (year - YEARS[0])
        amounts[number] = float(head[3]) * trend * rng.uniform(0.98, 1.02)
    scale = total / sum(amounts[number] for number in weights)
    size = total / TOWNS["demo_vrbograd"]["budget"][0]
    extra = total * 0.06 / (sum(x.weight for x in lines if x.mark == SUPPLEMENT) or 1)
    result = []
    for line, weight in zip(lines, noisy, strict=True):
        if line.mark == LATE:
            result.append(weight * 1000 * (0.5 + size / 2))
        elif line.mark == SUPPLEMENT:
            result.append(line.weight * extra)
        elif line.mark == CORRECTION:
            result.append(weight)
        else:
            result.append(scale * amounts[line.block] * weight / weights[line.block])
    return result


def revise(line: Line, amount: Decimal, chance: float, limit: float, rng: Random) -> Decimal:
    """Return the appropriation of a line after a rebalance, changed by *limit* at most."""
    if line.mark == CORRECTION or rng.random() > chance:
        return amount
    if line.mark == PROJECT and rng.random() < 0.05 and amount < limit:
        return ZERO
    width = 0.03 if line.economic[:3] in ("611", "612", "616", "823") else 0.12
    width = 0.2 if line.economic.startswith("82") else width
    change = float(amount) * rng.uniform(-width, width)
    return rounded(float(amount) + max(-limit, min(limit, change)))


def appropriations(
    line: Line, amount: float, limit: float, rng: Random
) -> dict[str, Decimal | None]:
    """Return the approved and the twice revised amount of a line."""
    first = max(rounded(amount), Decimal("50.00"))
    if line.mark == CORRECTION:
        first = rounded(amount) if line.economic[:3] in ("613", "611") else ZERO
    second = revise(line, first, 0.2, limit, rng) if line.stage == 0 else first
    third = revise(line, second, 0.3, limit, rng) if line.stage < 2 else first
    return {
        "approved": first if line.stage == 0 else None,
        "rebalance_1": second if line.stage < 2 else None,
        "rebalance_2": third,
    }


def profile(line: Line) -> tuple[float, ...]:
    """Return the usual execution of a line, longest code first."""
    codes = [line.activity, line.economic[:4], line.economic[:3]]
    return next(EXECUTION[code] for code in codes if code in EXECUTION)


def final_share(line: Line, rng: Random) -> float:
    """Return how much of the revised amount is spent by the end of the year."""
    low, high = profile(line)[:2]
    chance = rng.random()
    fixed = line.economic[:3] in ("611", "612", "616", "823", "600")
    if fixed or line.activity == "2101-0003":
        return rng.uniform(low, high)
    if chance < 0.012:
        return 0.0
    if chance < 0.03:
        return rng.uniform(1.005, 1.1)
    if chance < (0.32 if line.economic[:3] in ("821", "615") else 0.06):
        return rng.uniform(0.4, 0.7)
    return rng.uniform(low, high)


def execution(line: Line, amount: float, revised: Decimal, rng: Random) -> list[Decimal]:
    """Return what is spent by the end of each quarter, cumulative."""
    if line.mark == CORRECTION:
        parts, year_end = (0, 0.4, 0.8), amount * rng.uniform(0.8, 1.1)
    else:
        parts, year_end = profile(line)[2:], float(revised) * final_share(line, rng)
    if line.stage:
        parts = (0, 0.06, 0.5) if line.stage == 1 else (0, 0, 0)
    done, top = [], 0.0
    for part in parts:
        top = max(top, min(1.0, part * rng.uniform(0.92, 1.08)))
        done.append(money(year_end * top))
    if rng.random() < 0.004:
        done[2] = money(done[1] * Decimal("0.9"))  # a payment taken back
    return [*done, money(year_end)]


def commitment(
    line: Line, revised: Decimal, spent: list[Decimal], year: int, rng: Random
) -> Decimal:
    """Return what is contracted: by the end of the year, or so far."""
    if line.mark == CORRECTION:
        return ZERO
    if year == OPEN_YEAR:
        so_far = spent[2] + (revised - spent[2]) * Decimal(rng.uniform(0.3, 0.8))
        return money(max(so_far, spent[2]))
    return money(max(spent[3], revised * Decimal(rng.uniform(0.94, 1.0))))
