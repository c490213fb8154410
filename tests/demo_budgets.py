"""Budgets of the demo towns: the rows of their files, expenditure and revenue."""

from decimal import Decimal
from functools import cache
from random import Random

from demo_catalogue import REVENUE
from demo_lines import Line, pairs, town_lines, units
from demo_money import appropriations, commitment, execution, money, plan, rounded
from demo_tables.accounts import ECONOMIC, FUNDS
from demo_tables.towns import (
    ACTIVITIES,
    BOUGHT,
    MOVED_UNIT,
    ORGANISATIONS,
    PROGRAMMES,
    RENAMED_PROGRAMME,
    TOWNS,
)
from demo_tables.years import BUDGET, CORRECTION, OPEN_YEAR, QUARTERS, SEED, STAGES, YEARS, ZERO

FUND_MOVES = Decimal("0.05")


def labels(line: Line, year: int, letter: str, rng: Random) -> dict[str, str]:
    """Return the codes and names of a line in a year."""
    unit, economic = line.unit, pairs(ECONOMIC)
    moved = MOVED_UNIT
    if letter == moved["town"] and unit == moved["from"] and year >= moved["year"]:
        unit = moved["to"]
    programme = line.activity[:4]
    renamed = RENAMED_PROGRAMME
    new_name = programme == renamed["code"] and year >= renamed["year"]
    blank = line.no_function or (line.mark != CORRECTION and rng.random() < 0.01)
    code, description = BOUGHT.get(line.description, (line.economic, line.description))
    group = code[:3]
    return {
        "organisation_code": unit[:2],
        "organisation": ORGANISATIONS[unit[:2]],
        "unit_code": unit,
        "unit": units(letter)[unit],
        "programme_code": programme,
        "programme": renamed["name"] if new_name else PROGRAMMES[programme],
        "activity_code": line.activity,
        "activity": pairs(ACTIVITIES)[line.activity],
        "function_code": "" if blank else line.function,
        "economic_group_code": group,
        "economic_group": economic[group],
        "economic_code": code,
        "economic": economic[code],
        "fund_code": line.fund,
        "fund": FUNDS[line.fund],
        "description": description,
    }


def double_post(rows: list[dict], count: int, rng: Random) -> None:
    """Split some rows into two which agree in all but the amounts."""
    whole = [row for row in rows if all((row[s] or 0) > 2000 for s in BUDGET)]
    for row in rng.sample(whole, count):
        part, second = rng.uniform(0.2, 0.42), dict(row)
        for stage in BUDGET:
            second[stage] = rounded(float(row[stage]) * part)
        for stage in ("committed", *QUARTERS):
            if row[stage] is not None:
                second[stage] = money(row[stage] * Decimal(part))
        for stage in STAGES:
            if row[stage] is not None:
                row[stage] -= second[stage]
        rows.append(second)


@cache
def expenditure(code: str, year: int) -> tuple[dict, ...]:
    """Return the expenditure rows of a town and year, sorted."""
    town = TOWNS[code]
    rng = Random(f"{SEED}:{code}:{year}")
    lines = [line for line in town_lines(code) if line.first <= year <= line.last]
    total_planned = town["budget"][YEARS.index(year)]
    rows = []
    for line, amount in zip(lines, plan(lines, year, total_planned, rng), strict=True):
        row: dict = labels(line, year, town["letter"], rng)
        row.update(appropriations(line, amount, total_planned * 0.0015, rng))
        spent = execution(line, amount, row["rebalance_2"], rng)
        row["committed"] = commitment(line, row["rebalance_2"], spent, year, rng)
        row.update(zip(QUARTERS, spent, strict=True))
        if year == OPEN_YEAR:
            row["executed_q4"] = None
        rows.append(row)
    double_post(rows, town["double"], rng)
    keys = ("unit_code", "activity_code", "economic_code", "fund_code", "description")
    return tuple(sorted(rows, key=lambda row: tuple(row[key] for key in keys)))


def total(rows: tuple[dict, ...] | list[dict], stage: str, fund: str = "") -> Decimal:
    """Add up a stage, of one fund or of all."""
    chosen = (row for row in rows if fund in ("", row["fund_code"]))
    return sum((row[stage] or ZERO for row in chosen), ZERO)


def revenue_table(town: dict, year: int) -> list[tuple[str, str, str, float, str]]:
    """Return (mark, code, fund, weight, description) of a town's revenue."""
    rng = Random(f"{SEED}:{town['name']}:revenue")
    rows = []
    for row in REVENUE.strip().splitlines():
        mark = row[0] if row[0] in "*^" else ""
        code, fund, weight, text = row.removeprefix(mark).split(" ", 3)
        rows.append((mark, code, fund, float(weight) * rng.uniform(0.85, 1.15), text))
    free = [row for row in rows if not row[0] and row[3] < 25]
    dropped = rng.sample(free, len(rows) - town["revenue"])
    return [row for row in rows if row not in dropped and (row[0] != "^" or year == 2024)]


def budget_of_fund(rows: list[dict], fund: str, spent: tuple[dict, ...]) -> None:
    """Fill the three budget stages of a fund so that they equal expenditure."""
    chosen = [row for row in rows if row["fund_code"] == fund]
    marked = next(row for row in chosen if row["mark"] == "*")
    new = next((row for row in chosen if row["mark"] == "^"), None)
    old = [row for row in chosen if row is not new]
    weights = sum(row["weight"] for row in old)
    goal = {stage: total(spent, stage, fund) for stage in BUDGET}
    grant = sum(row["rebalance_1"] for row in spent if "Regional road" in row["description"])
    if new:
        new.update(approved=None, rebalance_1=grant, rebalance_2=grant)
    for stage in BUDGET:
        for row in old:  # a rebalance changes every row only if the fund moves a lot
            aim = goal[stage] - (new[stage] or ZERO if new else ZERO)
            same = abs(aim - goal["approved"]) < FUND_MOVES * goal["approved"]
            basis = goal["approved"] if same else aim
            row[stage] = rounded(float(basis) * row["weight"] / weights)
    for stage in BUDGET:
        marked[stage] += goal[stage] - total(chosen, stage)


@cache
def revenue(code: str, year: int) -> tuple[dict, ...]:
    """Return the revenue rows of a town and year."""
    town, economic = TOWNS[code], pairs(ECONOMIC)
    rng = Random(f"{SEED}:{code}:{year}:revenue")
    spent = expenditure(code, year)
    rows: list[dict] = []
    for mark, item, fund, weight, text in revenue_table(town, year):
        row = {"economic_group_code": item[:3], "economic_group": economic[item[:3]]}
        row |= {"economic_code": item, "economic": economic[item], "description": text}
        row |= {"fund_code": fund, "fund": FUNDS[fund]}
        rows.append(row | {"mark": mark, "weight": weight * rng.uniform(0.97, 1.03)})
    for fund in FUNDS:
        budget_of_fund(rows, fund, spent)
    rows = [row for row in rows if any(row[stage] for stage in BUDGET)]
    shares = [rng.uniform(0.93, 1.06) for _ in rows]
    planned = [float(row["rebalance_2"]) for row in rows]
    reached = sum(p * s for p, s in zip(planned, shares, strict=True)) / sum(planned)
    wanted = rng.uniform(0.972, 1.018)
    for row, amount, share in zip(rows, planned, shares, strict=True):
        late = row["mark"] == "^"
        for quarter, part in zip(QUARTERS, (0.23, 0.48, 0.74, 1.0), strict=True):
            slow = 1.0 if quarter == QUARTERS[3] else rng.uniform(0.97, 1.0)
            slow = 0.0 if late and quarter == QUARTERS[0] else slow
            row[quarter] = money(amount * share * wanted / reached * part * slow)
        if year == OPEN_YEAR:
            row["executed_q4"] = None
    return tuple(sorted(rows, key=lambda row: (row["economic_code"], row["description"])))
