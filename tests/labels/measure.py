"""Measure the term rules on the labels; ``python -m tests.labels.measure`` stores the figures.

The schemes of India's Gender Budget Statement are measured where PARITET_TEST_DATA is set; their
names are not ours to publish, so only counts are stored. Without the folder the stored ones stay.
"""

import csv
import os
from pathlib import Path

from budgeting.methodologies.model import Stance
from budgeting.suggestions.by_terms import TermMatcher
from budgeting.suggestions.quality import (
    MEASURED,
    Labelled,
    Measure,
    Measured,
    as_toml,
    from_toml,
    measure,
    misses,
)
from budgeting.suggestions.terms import languages_of, term_rules

HERE = Path(__file__).parent
# a country that writes the language, so that English comes with it as in the product
COUNTRIES = {
    "bs": "BA", "de": "DE", "en": "GB", "es": "ES", "lt": "LT", "sr": "RS", "sv": "SE",
}  # fmt: skip
INDIA = "in_gbs"


def matcher_of(language: str) -> TermMatcher:
    """The rules that a municipality of the language's country gets."""
    languages = languages_of(COUNTRIES[language])
    return TermMatcher(rule for one in languages for rule in term_rules(one))


def labels_of(language: str) -> list[Labelled]:
    """The labelled names of a language, in the order of their file."""
    with (HERE / f"{language}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [Labelled(row["name"], Stance(row["stance"]), row["split"]) for row in rows]


def schemes_of(folder: Path) -> list[Labelled]:
    """The schemes of the statement, once a part: part A is principal, part B significant."""
    stances = {"PART A": Stance.PRINCIPAL, "PART B": Stance.SIGNIFICANT}
    path = folder / "in_gbs" / "MRF_13_Union_Budget.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    schemes = {
        (row["Scheme"], stances[row["Category"][:6]])
        for row in rows
        if row["Category"].startswith(("PART A:", "PART B:")) and row["Scheme"] != "Total"
    }
    return [Labelled(name, stance, INDIA) for name, stance in sorted(schemes)]


def measured_now(test_data: Path | None) -> Measured:
    """What the rules of today give; without the folder of real budgets, India is left out."""
    measures: list[Measure] = []
    missed = []
    for language in COUNTRIES:
        labels, matcher = labels_of(language), matcher_of(language)
        measures += measure(language, labels, matcher)
        missed += misses(language, labels, matcher)
    if test_data:
        measures += measure("en", schemes_of(test_data), matcher_of("en"))
    return Measured(tuple(measures), tuple(missed))


def main() -> None:
    """Store today's figures."""
    folder = os.environ.get("PARITET_TEST_DATA")
    now = measured_now(Path(folder) if folder else None)
    if not folder and MEASURED.is_file():
        stored = from_toml(MEASURED.read_text(encoding="utf-8")).measures
        india = tuple(one for one in stored if one.part == INDIA)
        now = Measured(now.measures + india, now.misses)
    MEASURED.write_text(as_toml(now), encoding="utf-8")
    for one in now.measures:
        print(one.language, one.part, one.group, f"{one.right}/{one.suggested}/{one.labelled}")


if __name__ == "__main__":
    main()
