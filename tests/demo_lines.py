"""Lines of the demo towns: the catalogue, written out for every unit of a town and every year."""

from dataclasses import dataclass
from functools import cache
from random import Random

from demo_catalogue import CATALOGUE
from demo_tables.templates import TEMPLATES
from demo_tables.towns import GROUP_NAMES, MOVED_UNIT, NAMES, TOWNS, UNITS
from demo_tables.years import CORRECTION, KEPT, LATE, NORMAL, PROJECT, SEED, SUPPLEMENT, YEARS


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


def blocks() -> list[tuple[list[str], str, list[str]]]:
    """Read the catalogue as (header words, name, lines) with templates filled in."""
    found: list[tuple[list[str], str, list[str]]] = []
    for row in CATALOGUE.strip().splitlines():
        if row.startswith("@"):
            head, name = row[1:].split("|") if "|" in row else (row[1:], "")
            found.append((head.split(), name.strip(), []))
        elif row.startswith("+"):
            found[-1][2].extend(TEMPLATES[row[1:]].strip().splitlines())
        else:
            found[-1][2].append(row)
    return found


def units(letter: str) -> dict[str, str]:
    """Return the units of a town by code."""
    found = {}
    for row in UNITS.strip().splitlines():
        code, towns, name = row.split(" ", 2)
        if letter in towns:
            found[code] = name
    for group, (pattern, _) in GROUP_NAMES.items():
        for entry in NAMES[letter][group].split(";"):
            code, name = entry.split(" ", 1)
            found[code] = pattern.format(name)
    if letter == MOVED_UNIT["town"]:
        found[MOVED_UNIT["to"]] = found[MOVED_UNIT["from"]]
    return found


def homes(unit: str, name: str, letter: str) -> list[tuple[str, str]]:
    """Return the units which hold a block, with the words for ``{x}``."""
    if unit in GROUP_NAMES:
        pattern = GROUP_NAMES[unit][1]
        entries = [e.split(" ", 1) for e in NAMES[letter][unit].split(";")]
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
                for i, entry in enumerate(NAMES[letter][key].split(";"))
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
    town = TOWNS[code]
    rng = Random(f"{SEED}:{code}")
    lines = thin_out(expand(town["letter"], rng), town, rng)
    give_years(lines, rng)
    return tuple(lines)
