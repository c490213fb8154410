"""Write the demo data of three fictional towns into ``data/demo/``.

Everything is made from the tables in ``demo_catalogue.py`` with a seeded
random generator, so the same files come out every time::

    python tests/demo_town.py
"""

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from random import Random
from string import Template

import demo_catalogue as cat
import demo_rules
import demo_use

SEED = "paritet-1"
YEARS = (2023, 2024, 2025, 2026)
OPEN_YEAR = 2026  # known until 22 November only: the fourth quarter is empty
FOLDER = Path(__file__).resolve().parents[1] / "data" / "demo"
NORMAL, KEPT, PROJECT, LATE, SUPPLEMENT, CORRECTION = "", "!", "~", "^", "$", "-"
CENT = Decimal("0.01")
ZERO = Decimal("0.00")
FUND_MOVES = Decimal("0.05")
BUDGET = ("approved", "rebalance_1", "rebalance_2")
QUARTERS = ("executed_q1", "executed_q2", "executed_q3", "executed_q4")
STAGES = (*BUDGET, "committed", *QUARTERS)
EXPENDITURE_COLUMNS = (
    *("organisation_code", "organisation", "unit_code", "unit"),
    *("programme_code", "programme", "activity_code", "activity", "function_code"),
    *("economic_group_code", "economic_group", "economic_code", "economic"),
    *("fund_code", "fund", "description"),
    *STAGES,
)
REVENUE_COLUMNS = (
    *("economic_group_code", "economic_group", "economic_code", "economic"),
    *("fund_code", "fund", "description"),
    *BUDGET,
    *QUARTERS,
)


@dataclass
class Line:
    """One line of the catalogue as a town uses it."""

    unit: str
    activity: str
    function: str
    economic: str
    fund: str
    description: str
    weight: float
    mark: str
    block: int
    first: int = YEARS[0]
    last: int = YEARS[-1]
    stage: int = 0  # the first budget stage in which the line exists
    no_function: bool = False


def pairs(table: str) -> dict[str, str]:
    """Read a table of ``code words`` lines."""
    return dict(row.split(" ", 1) for row in table.strip().splitlines())


def money(value: Decimal | float) -> Decimal:
    """Round to cents."""
    return Decimal(value).quantize(CENT, ROUND_HALF_UP) + ZERO  # never -0.00


def rounded(value: float) -> Decimal:
    """Round as budgets do: to hundreds, small amounts to tens."""
    step = 100 if abs(value) >= 20_000 else 10
    return money(Decimal(round(value / step) * step))


# --- the lines of a town --------------------------------------------------


def blocks() -> list[tuple[list[str], str, list[str]]]:
    """Read the catalogue as (header words, name, lines) with templates filled in."""
    found: list[tuple[list[str], str, list[str]]] = []
    for row in cat.CATALOGUE.strip().splitlines():
        if row.startswith("@"):
            head, name = row[1:].split("|") if "|" in row else (row[1:], "")
            found.append((head.split(), name.strip(), []))
        elif row.startswith("+"):
            found[-1][2].extend(cat.TEMPLATES[row[1:]].strip().splitlines())
        else:
            found[-1][2].append(row)
    return found


def units(letter: str) -> dict[str, str]:
    """Return the units of a town by code."""
    found = {}
    for row in cat.UNITS.strip().splitlines():
        code, towns, name = row.split(" ", 2)
        if letter in towns:
            found[code] = name
    for group, (pattern, _) in cat.GROUP_NAMES.items():
        for entry in cat.NAMES[letter][group].split(";"):
            code, name = entry.split(" ", 1)
            found[code] = pattern.format(name)
    if letter == cat.MOVED_UNIT["town"]:
        found[cat.MOVED_UNIT["to"]] = found[cat.MOVED_UNIT["from"]]
    return found


def homes(unit: str, name: str, letter: str) -> list[tuple[str, str]]:
    """Return the units which hold a block, with the words for ``{x}``."""
    if unit in cat.GROUP_NAMES:
        pattern = cat.GROUP_NAMES[unit][1]
        entries = [e.split(" ", 1) for e in cat.NAMES[letter][unit].split(";")]
        return [(code, pattern.format(entry)) for code, entry in entries]
    return [(unit if unit in units(letter) else unit[:2] + "00", name)]


def wordings(text: str, name: str, letter: str, rng: Random) -> list[str]:
    """Return the descriptions of a line: one, or one for every place."""
    choices = text.split(" / ")
    text = rng.choice(choices).replace("{x}", name)
    for key in ("place", "street", "route"):
        if "{" + key + "}" in text:
            return [
                (rng.choice(choices) if i % 2 else text).replace("{" + key + "}", entry)
                for i, entry in enumerate(cat.NAMES[letter][key].split(";"))
            ]
    return [text]


def expand(letter: str, rng: Random) -> list[Line]:
    """Return every line a town could have."""
    lines = []
    for number, (head, name, rows) in enumerate(blocks()):
        unit, activity, function = head[:3]
        if (letter != "V" and "V" in head[4:]) or (letter == "V" and "S" in head[4:]):
            continue
        only = next((int(flag) for flag in head[4:] if flag.isdigit()), None)
        for code, words in homes(unit, name, letter):
            size = rng.uniform(0.8, 1.2)
            for row in rows:
                mark = row[0] if row[0] in "!~^$-" else NORMAL
                economic, fund, weight, text = row.removeprefix(mark).split(" ", 3)
                for description in wordings(text, words, letter, rng):
                    line = Line(
                        *(code, activity, function, economic, fund, description),
                        *(float(weight) * size * rng.uniform(0.8, 1.25), mark, number),
                    )
                    line.first, line.last = (only, only) if only else (line.first, line.last)
                    lines.append(line)
    return lines


def thin_out(lines: list[Line], town: dict, rng: Random) -> list[Line]:
    """Drop lines by chance until the town has about as many as it should."""
    free = [i for i, line in enumerate(lines) if line.mark in (NORMAL, PROJECT)]
    surplus = sum(line.mark in (NORMAL, PROJECT, KEPT) for line in lines) - town["lines"]
    dropped = set(rng.sample(free, max(0, min(surplus, len(free)))))
    limits = {LATE: "late", SUPPLEMENT: "supplement", CORRECTION: "corrections"}
    for mark, key in limits.items():
        marked = [i for i, line in enumerate(lines) if line.mark == mark]
        dropped.update(rng.sample(marked, max(0, len(marked) - town[key])))
    return [line for i, line in enumerate(lines) if i not in dropped]


def give_years(lines: list[Line], rng: Random) -> None:
    """Decide when each line exists and which ones lack a function."""
    projects = late = 0
    for line in rng.sample(lines, len(lines) // 40):
        line.no_function = line.mark not in (CORRECTION, KEPT)
    for line in lines:
        if line.mark == PROJECT:
            line.first = line.last = YEARS[(projects := projects + 1) % 4]
            line.last = min(YEARS[-1], line.first + (rng.random() < 0.35))
        elif line.mark == LATE:
            line.first = line.last = YEARS[(late := late + 1) % 4]
            line.stage = 2 if rng.random() < 0.4 else 1
        elif line.mark == SUPPLEMENT:
            line.first = line.last = 2024
            line.stage = 1
        elif line.mark == NORMAL and line.first != line.last:
            chance = rng.random()
            if chance < 0.06:
                line.first = rng.choice(YEARS[1:])
            elif chance < 0.12:
                line.last = rng.choice(YEARS[:-1])


@cache
def town_lines(code: str) -> tuple[Line, ...]:
    """Return the lines of a town over all years."""
    town = cat.TOWNS[code]
    rng = Random(f"{SEED}:{code}")
    lines = thin_out(expand(town["letter"], rng), town, rng)
    give_years(lines, rng)
    return tuple(lines)


# --- expenditure ----------------------------------------------------------


def plan(lines: list[Line], year: int, total: int, rng: Random) -> list[float]:
    """Share the budget of a year among its lines."""
    weights: dict[int, float] = defaultdict(float)
    noisy = [line.weight * rng.uniform(0.95, 1.05) for line in lines]
    for line, weight in zip(lines, noisy, strict=True):
        if line.mark in (NORMAL, KEPT, PROJECT):
            weights[line.block] += weight
    amounts = {}
    for number, (head, _, _) in enumerate(blocks()):
        trend = cat.TRENDS.get(head[1], 1.0) ** (year - YEARS[0])
        amounts[number] = float(head[3]) * trend * rng.uniform(0.98, 1.02)
    scale = total / sum(amounts[number] for number in weights)
    size = total / cat.TOWNS["demo_vrbograd"]["budget"][0]
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
    return next(cat.EXECUTION[code] for code in codes if code in cat.EXECUTION)


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


def labels(line: Line, year: int, letter: str, rng: Random) -> dict[str, str]:
    """Return the codes and names of a line in a year."""
    unit, economic = line.unit, pairs(cat.ECONOMIC)
    moved = cat.MOVED_UNIT
    if letter == moved["town"] and unit == moved["from"] and year >= moved["year"]:
        unit = moved["to"]
    programme = line.activity[:4]
    renamed = cat.RENAMED_PROGRAMME
    new_name = programme == renamed["code"] and year >= renamed["year"]
    blank = line.no_function or (line.mark != CORRECTION and rng.random() < 0.01)
    group = line.economic[:3]
    return {
        "organisation_code": unit[:2],
        "organisation": cat.ORGANISATIONS[unit[:2]],
        "unit_code": unit,
        "unit": units(letter)[unit],
        "programme_code": programme,
        "programme": renamed["name"] if new_name else cat.PROGRAMMES[programme],
        "activity_code": line.activity,
        "activity": pairs(cat.ACTIVITIES)[line.activity],
        "function_code": "" if blank else line.function,
        "economic_group_code": group,
        "economic_group": economic[group],
        "economic_code": line.economic,
        "economic": economic[line.economic],
        "fund_code": line.fund,
        "fund": cat.FUNDS[line.fund],
        "description": line.description,
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
    town = cat.TOWNS[code]
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


# --- revenue --------------------------------------------------------------


def total(rows: tuple[dict, ...] | list[dict], stage: str, fund: str = "") -> Decimal:
    """Add up a stage, of one fund or of all."""
    chosen = (row for row in rows if fund in ("", row["fund_code"]))
    return sum((row[stage] or ZERO for row in chosen), ZERO)


def revenue_table(town: dict, year: int) -> list[tuple[str, str, str, float, str]]:
    """Return (mark, code, fund, weight, description) of a town's revenue."""
    rng = Random(f"{SEED}:{town['name']}:revenue")
    rows = []
    for row in cat.REVENUE.strip().splitlines():
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
    town, economic = cat.TOWNS[code], pairs(cat.ECONOMIC)
    rng = Random(f"{SEED}:{code}:{year}:revenue")
    spent = expenditure(code, year)
    rows: list[dict] = []
    for mark, item, fund, weight, text in revenue_table(town, year):
        row = {"economic_group_code": item[:3], "economic_group": economic[item[:3]]}
        row |= {"economic_code": item, "economic": economic[item], "description": text}
        row |= {"fund_code": fund, "fund": cat.FUNDS[fund]}
        rows.append(row | {"mark": mark, "weight": weight * rng.uniform(0.97, 1.03)})
    for fund in cat.FUNDS:
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


# --- people, prices, towns ------------------------------------------------


def population() -> list[dict]:
    """Return the people of the towns, aged from year to year."""
    rows = []
    for code, town in cat.TOWNS.items():
        rng = Random(f"{SEED}:{code}:people")
        shape = [share * rng.uniform(0.95, 1.05) for share in cat.AGE_SHAPE]
        bands = [town["people"] * share / sum(shape) for share in shape]
        now = {
            "female": [n * w for n, w in zip(bands, cat.WOMEN_SHARE, strict=True)],
            "male": [n * (1 - w) for n, w in zip(bands, cat.WOMEN_SHARE, strict=True)],
        }
        for year in YEARS:
            for sex, people in now.items():
                rows += [person_row(code, year, sex, i, n) for i, n in enumerate(people)]
            births = sum(now["female"][4:8]) * 0.058
            now = {sex: one_year(people, sex, births) for sex, people in now.items()}
    return rows


def person_row(code: str, year: int, sex: str, band: int, people: float) -> dict:
    """Return one row of the population file."""
    last = band == len(cat.AGE_SHAPE) - 1
    return {
        "municipality_code": code,
        "reference_date": f"{year}-01-01",
        "sex": sex,
        "age_from": band * 5,
        "age_to": "" if last else band * 5 + 4,
        "people": round(people),
        "source": "fictional",
    }


def one_year(people: list[float], sex: str, births: float) -> list[float]:
    """Let a population by five-year bands grow one year older."""
    last = len(people) - 1
    result = []
    for band, number in enumerate(people):
        dying = (1 - cat.MEN_SURVIVAL[band]) * (0.62 if sex == "female" else 1.0)
        coming = people[band - 1] * 0.2 if band else births * (0.485 if sex == "female" else 0.515)
        staying = number if band == last else number * 0.8
        result.append((staying + coming) * (1 - dying) * cat.STAYING[band])
    return result


def deflators() -> list[dict]:
    """Return the price index of the towns, without the unknown year."""
    return [
        {
            "municipality_code": code,
            "fiscal_year": year,
            "price_index": index,
            "source": "fictional consumer price index",
        }
        for code in cat.TOWNS
        for year, index in cat.PRICE_INDEX.items()
        if (code, year) not in cat.PRICE_UNKNOWN
    ]


def municipalities() -> list[dict]:
    """Return the towns."""
    return [
        {
            "municipality_code": code,
            "name": town["name"],
            "country_code": "XX",
            "currency_code": "BAM",
            "is_fictional": "true",
        }
        for code, town in cat.TOWNS.items()
    ]


# --- files ----------------------------------------------------------------


def as_csv(rows: tuple[dict, ...] | list[dict], columns: tuple[str, ...] = ()) -> str:
    """Write rows as comma separated text; an unknown amount is empty."""
    out = io.StringIO()
    writer = csv.DictWriter(
        out, columns or tuple(rows[0]), extrasaction="ignore", lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def totals_table() -> str:
    """Return the exact totals of every file as a Markdown table."""
    head = ("town", "year", "direction", "rows", *STAGES)
    rows = ["| " + " | ".join(head) + " |", "|---|---|---|" + "---:|" * (len(head) - 3)]
    for code in cat.TOWNS:
        for year in YEARS:
            for name, lines in (
                ("expenditure", expenditure(code, year)),
                ("revenue", revenue(code, year)),
            ):
                known = [s for s in STAGES if any(row.get(s) is not None for row in lines)]
                sums = [f"{total(lines, s):.2f}" if s in known else "" for s in STAGES]
                rows.append(f"| {code} | {year} | {name} | {len(lines)} | {' | '.join(sums)} |")
    return "\n".join(rows)


def files() -> dict[str, str]:
    """Return every file of ``data/demo/`` by its relative path.

    Returns
    -------
    dict[str, str]
        The text of each file; the committed files are equal to it.
    """
    texts = {
        "population.csv": as_csv(population()),
        "deflators.csv": as_csv(deflators()),
        "municipalities.csv": as_csv(municipalities()),
        "README.md": Template(cat.README).substitute(totals=totals_table(), seed=SEED),
    }
    for code in cat.TOWNS:
        for year in YEARS:
            texts[f"{code}/{year}_expenditure.csv"] = as_csv(
                expenditure(code, year), EXPENDITURE_COLUMNS
            )
            texts[f"{code}/{year}_revenue.csv"] = as_csv(revenue(code, year), REVENUE_COLUMNS)
        letter = cat.TOWNS[code]["letter"]
        texts[f"{code}/services.toml"] = demo_use.services(letter)
        texts[f"{code}/use.csv"] = demo_use.use(letter)
        texts[f"{code}/rules.toml"] = demo_rules.rules(letter)
    return texts


def main() -> None:
    """Write all files."""
    for path, text in files().items():
        target = FOLDER / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())


if __name__ == "__main__":
    main()
