"""Tables from which the demo's services and figures of their use are written; everything is invented.

``demo_town.py`` writes them into ``data/demo/<town>/services.toml`` and ``use.csv``.

A block of ``demo_tables/services.txt`` begins with ``@ code towns [key=value …] | name``. Keys are ``kind``,
``treatment``, ``sex``, ``ages`` (from-to), ``life``, ``rate`` and ``owner``. Below it stand

* ``$ programme [economic] [share] [capital]``   what pays for it; an economic class narrows it
* ``= label of a grant to a club [| towns]``     a line that pays for it; ``-`` leaves it out of a programme
* ``+ label of a revenue line [| towns]``        fees that users pay
* ``# role suffix unit grade women men [other unknown] [key=value …] | label``  what is counted, in
  Vrbograd in 2025; ``-`` is not known. Keys are ``all`` (no sexes), ``sample``, ``plan`` (women/men),
  ``ages`` and ``group``: a figure of a part, with the same suffix; ``rest``: what other ages leave
* ``? what state due owner``                     what is not known, and who finds it out
* ``! year question words``                      an answer to the 4R questions, in Vrbograd only
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from random import Random

SEED = "paritet-use-1"
YEARS = (2023, 2024, 2025, 2026)
SIZE = {"V": 1.0, "J": 0.45, "T": 0.27}
COLUMNS = (
    *("year", "code", "indicator", "unit", "sex", "age", "group", "kind"),
    *("figure", "grade", "sample", "source"),
)
SEXES = ("female", "male", "other", "unknown")
SOURCES = {
    "A": "register of the provider (fictional)",
    "B": "count of the provider (fictional)",
    "C": "survey of the town (fictional)",
    "D": "judgement of staff (fictional)",
    "E": "share of the population (fictional)",
}
FEES = "economic_class=722/722600;fund=02;label="
GRANT = (
    "organisation=06/0600;programme=1301/1301-0001;function=08/08.1;economic_class=614/614300;"
    "fund=01;label="
)
SMALL = 20  # of fewer than so many the number itself is the story: it does not move with the years

SERVICES = (Path(__file__).parent / "demo_tables/services.txt").read_text(encoding="utf-8")


def blocks(letter: str) -> Iterator[tuple[dict[str, str], list[str]]]:
    """Yield the services of a town: what its head says, and its lines."""
    for block in SERVICES.strip().split("\n@"):
        head, *rows = block.lstrip("@ ").strip().splitlines()
        words, _, name = head.partition("|")
        code, towns, *pairs = _pairs(words)
        if letter in towns:
            said = dict(pair.split("=", 1) for pair in pairs)
            yield {"code": code, "name": name.strip(), **said}, [row for row in rows if row]


def _pairs(words: str) -> list[str]:
    """Split words at spaces; a value goes on until the next ``key=``."""
    found: list[str] = []
    for word in words.split():
        if found and "=" in found[-1] and "=" not in word:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return [word.replace("_for_", " for ") for word in found]


def services(letter: str) -> str:
    """Return the services of a town as TOML."""
    parts = [
        "# The services of a fictional town: what pays for them, what is counted, what is missing.",
        "# Written by tests/demo_town.py; do not edit it by hand.",
    ]
    for head, rows in blocks(letter):
        parts += ["", "[[service]]", *_head(head)]
        parts += _listed("lines", list(_lines(rows, letter)))
        parts += _listed("indicators", _links(head["code"], rows))
        parts += _listed("needs", [_need(row) for row in rows if row[0] == "?"])
        answers = [_answer(row) for row in rows if row[0] == "!"] if letter == "V" else []
        parts += _listed("answers", answers)
    return "\n".join(parts) + "\n"


def _head(head: dict[str, str]) -> Iterator[str]:
    for key in ("code", "name", "kind", "treatment", "sex", "owner"):
        if key in head:
            yield f'{key} = "{head[key]}"'
    if "ages" in head:
        first, last = head["ages"].split("-")
        yield f"age_from = {first}"
        if last:
            yield f"age_to = {last}"
    if "life" in head:
        yield f"capital_life = {head['life']}"
    if "rate" in head:
        yield f'capital_rate = "{head["rate"]}"'


def _listed(name: str, rows: list[str]) -> list[str]:
    return [f"{name} = [", *(f"    {row}," for row in rows), "]"] if rows else []


def _lines(rows: list[str], letter: str) -> Iterator[str]:
    for row in rows:
        label, _, towns = row[1:].partition("|")
        if row[0] == "$":
            yield _line(row)
        elif row[0] in "+=-" and letter in (towns or letter):
            yield _single_line(row[0], label.strip())


def _line(row: str) -> str:
    programme, *rest = row[1:].split()
    said = [f'programme = "{programme}"']
    said += [f'economic = "{word}"' for word in rest if word.isdigit()]
    said += ["is_capital = true"] if "capital" in rest else []
    return f"{{ {', '.join(said)} }}"


def _single_line(sign: str, label: str) -> str:
    if sign == "+":
        return f'{{ line = "{FEES}{label}", direction = "revenue" }}'
    share = ', share = "0"' if sign == "-" else ""
    return f'{{ line = "{GRANT}{label}"{share} }}'


def _links(code: str, rows: list[str]) -> list[str]:
    links = dict.fromkeys((row.split()[1], row.split()[2]) for row in rows if row[0] == "#")
    return [f'{{ code = "{code}.{suffix}", role = "{role}" }}' for role, suffix in links]


def _need(row: str) -> str:
    what, state, due, owner = row[1:].split(maxsplit=3)
    date = "" if due == "-" else f"due = {due}, "
    owner = owner.replace("_", " ")
    return f'{{ what = "{what}", state = "{state}", {date}owner = "{owner}" }}'


def _answer(row: str) -> str:
    year, question, words = row[1:].split(maxsplit=2)
    return f'{{ year = {year}, question = "{question}", words = "{words}" }}'


def use(letter: str) -> str:
    """Return the figures of a town as CSV."""
    memory = io.StringIO()
    writer = csv.writer(memory, lineterminator="\n")
    writer.writerow(COLUMNS)
    for head, rows in blocks(letter):
        left: Left = {}
        for row in rows:
            if row[0] == "#":
                writer.writerows(_figures(head["code"], row, letter, left))
    return memory.getvalue()


Left = dict[tuple[str, str, int, str], int]
"""Suffix, kind, year and sex -> how many of the whole no age has taken yet."""


def _figures(code: str, row: str, letter: str, left: Left) -> Iterator[tuple[object, ...]]:
    words, _, label = row[1:].partition("|")
    _role, suffix, unit, grade, *rest = words.split()
    said = dict(word.split("=", 1) for word in rest if "=" in word)
    numbers = [word for word in rest if "=" not in word and word != "rest"]
    sexes = ("all",) if "all" in numbers else SEXES
    base = dict(zip(sexes, [word for word in numbers if word != "all"], strict=False))
    growth = {
        sex: Random(f"{SEED} {letter} {code} {suffix} {sex}").uniform(-0.03, 0.05) for sex in base
    }
    is_whole = not {"ages", "group"} & set(said)
    for year in YEARS:
        for sex, number in base.items():
            about = (year, f"{code}.{suffix}", label.strip(), unit, sex)
            part = (said.get("ages", ""), said.get("group", ""))
            tail = (grade, said.get("sample", ""), SOURCES[grade])
            if number != "-":
                key = (suffix, "actual", year, sex)
                count = _number(number, letter, growth[sex], year)
                count = left[key] if "rest" in rest else count
                if is_whole:
                    left[key] = count
                elif "group" not in said:
                    left[key] -= count
                yield (*about, *part, "actual", count, *tail)
            if "plan" in said and sex in ("female", "male"):
                planned = said["plan"].split("/")[sex == "male"]
                yield (*about, *part, "planned", _number(planned, letter, 0.0, year), *tail)


def _number(written: str, letter: str, growth: float, year: int) -> int:
    number = int(written)
    if number < SMALL:
        return max(1, round(number * SIZE[letter] ** 0.5))
    return round(number * SIZE[letter] * (1 + growth) ** (year - 2025))
