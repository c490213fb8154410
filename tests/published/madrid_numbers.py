"""Madrid 2022 optimised: marked money, and parity of benefit; prints moves, what binds, frontier.

    PARITET_TEST_DATA=... python -m tests.published.madrid_numbers

The lines are the 174 programmes of the revised budget. Users by sex are the largest pair of counts that
the city prints of a programme: 26 programmes have one, and only they move for parity. Marks under the
marker of the OECD are those that the product suggests by the words of the names of programmes, taken as
they are. At most a tenth of a programme may go or come.
"""

import csv
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from budgeting.incidence import Use
from budgeting.methodologies import methodology
from budgeting.optimiser import (
    Answer,
    BenefitParity,
    Objective,
    Problem,
    TaggedShare,
    optimise,
    words_of,
)
from budgeting.simulation.effects import Part, Parts, ServiceState
from budgeting.simulation.model import Baseline, Line, Subject, SubjectKind
from budgeting.simulation.rules import Rule, RuleKind, bounds
from budgeting.suggestions.by_terms import TermMatcher, categories_by_stance
from budgeting.suggestions.model import Suggestion
from budgeting.suggestions.terms import languages_of, term_rules
from budgeting.translations import language

STEP = Decimal(10_000)
REFERENCE = Decimal("0.533")  # women's part of the residents
OECD = methodology("oecd_dac")
RULES = (
    Rule("balanced", RuleKind.BALANCED, Subject(SubjectKind.ALL)),
    Rule("tenth", RuleKind.LIMIT_EACH, Subject(SubjectKind.ALL), percent=Decimal(10)),
)


def programmes(folder: Path) -> Baseline:
    """Return a line for each programme."""
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    labels = {}
    with open(folder / "es_madrid" / "2022_gastos.csv", encoding="cp1252") as file:
        for row in csv.DictReader(file, delimiter=";"):
            amounts[row["Programa"]] += _number(row["C_DEFINITIVO"])
            labels[row["Programa"]] = row["Descripcion Programa"]
    return Baseline(
        tuple(Line(int(code), code, labels[code], amounts[code]) for code in sorted(amounts)), "EUR"
    )


def _number(printed: str) -> Decimal:
    return Decimal(printed.replace(".", "").replace(",", ".") if "," in printed else printed)


def services(folder: Path, baseline: Baseline) -> tuple[ServiceState, ...]:
    """Return a service for each programme that counts women and men."""
    name = "derived_sex_pairs_by_programme_2016_2023.csv"
    largest: dict[str, tuple[bool, Decimal, Decimal, Decimal]] = {}
    with open(folder / "es_madrid" / name, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["year"] != "2022" or not row["actual_women"] or not row["actual_men"]:
                continue
            women, men = Decimal(row["actual_women"]), Decimal(row["actual_men"])
            pair = (row["unit"] == "NÚMERO", women + men, women, men)
            if women + men:
                largest[row["program_code"]] = max(pair, largest.get(row["program_code"], pair))
    lines = {code: baseline.by_id[int(code)] for code in largest}
    return tuple(
        ServiceState(
            code, lines[code].label, "B", lines[code].amount, Use({"female": women, "male": men})
        )
        for code, (_, _, women, men) in sorted(largest.items())
    )


def parts_of(found: Iterable[ServiceState]) -> Parts:
    """Return of each programme with users that all of it pays for them."""
    return {int(one.code): (Part(one.code, Decimal(0), Decimal(1)),) for one in found}


def marks(folder: Path, baseline: Baseline) -> Mapping[int, Suggestion]:
    """Return what the words of the names that the city prints in full suggest, by programme."""
    names = {}
    with open(folder / "es_madrid" / "areas_funcionales.csv", encoding="utf-8") as file:
        for *code, name in (row for row in csv.reader(file, delimiter=";") if len(row) == 5):
            names["".join(code)] = name
    matcher = TermMatcher(rule for one in languages_of("ES") for rule in term_rules(one))
    categories = categories_by_stance(OECD.categories)
    suggested = {
        line.line_id: matcher.suggestion(names[line.code], categories) for line in baseline.lines
    }
    return {line: one for line, one in suggested.items() if one}


def counted(found: Mapping[int, Suggestion]) -> dict[int, Decimal]:
    """Return by programme the part that its mark counts."""
    counts = OECD.convention().coefficients
    return {line: counts[one.category or "0"] for line, one in found.items()}


def problem(baseline: Baseline, most_moved: str, opened: frozenset[int] | None = None) -> Problem:
    """Return what may move, under the rules."""
    return Problem(baseline, bounds(RULES, baseline), Decimal(most_moved), opened)


def main() -> None:
    """Print both answers."""
    folder = Path(os.environ["PARITET_TEST_DATA"])
    baseline = programmes(folder)
    found = services(folder, baseline)
    suggested = marks(folder, baseline)
    print(f"{len(baseline.lines)} programmes, {len(found)} with users by sex")
    for line, one in suggested.items():
        words = ", ".join(word.written for word in one.words)
        print(f"  {line} {baseline.by_id[line].label}: mark {one.category} ({words})")
    parts = parts_of(found)
    parity = BenefitParity(found, parts, REFERENCE)
    tagged = TaggedShare(counted(suggested))
    for objective, asked in (
        (tagged, problem(baseline, "0.01")),
        (parity, problem(baseline, "0.02", frozenset(parts))),
    ):
        answer = optimise(asked, objective, STEP)
        assert isinstance(answer, Answer)
        _print(objective, asked, answer)
    print(f"women: {parity.women_share():.2%}", end=" -> ")
    print(f"{parity.women_share(answer.proposed.changes):.2%} of the benefit")


def _print(objective: Objective, asked: Problem, answer: Answer) -> None:
    """Print one answer."""
    english, by_id = language("en"), asked.baseline.by_id
    print(f"\n{english.say(objective.name)}: at most {asked.limit:,.2f} EUR")
    print(f"  best {answer.optimum.gain:,.2f} by moving {answer.optimum.moved:,.2f};", end=" ")
    print(f"rounding to {STEP:,} costs {answer.rounded.cost if answer.rounded else 0:,.2f}")
    for one in answer.transfers:
        giver, taker = (by_id[line].label if line else "-" for line in (one.giver, one.taker))
        print(f"  {one.amount:>14,.2f}  {giver} -> {taker}  {one.rate:.6f} each")
    for binding in answer.binding:
        label = by_id[binding.line].label if binding.line else ""
        print(" ", english.say(words_of(binding, objective.unit, "EUR", label)), end=" ")
        print(f"(alike: {binding.alike}, price {binding.price:.6f})")
    print("  frontier:", ", ".join(f"{point.gain:,.0f}" for point in answer.frontier))
    print(f"  from lines of which nothing is known: {answer.unseen:,.2f}")


if __name__ == "__main__":
    main()
