"""The labels that term rules are measured on: what they promise before any rule exists."""

import csv
import hashlib
import re
import unicodedata
from collections import Counter
from itertools import combinations, product
from pathlib import Path

import pytest

LABELS = Path(__file__).parent.parent / "labels"
LANGUAGES = ("bs", "de", "en", "es", "lt", "sr", "sv")
COLUMNS = ["name", "stance", "split", "why"]
STANCES = ("principal", "significant", "none")
FEWEST = 210
NEAR = 0.5  # share of the letter triples that two names have in common

IN_LATIN = str.maketrans("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš") | {
    ord("љ"): "lj",
    ord("њ"): "nj",
    ord("џ"): "dž",
}


def labels(language):
    with (LABELS / f"{language}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def triples(name):
    """The runs of three letters of a name, without case, accents, digits, marks and alphabet."""
    latin = unicodedata.normalize("NFKD", name.casefold().translate(IN_LATIN))
    words = re.findall(r"[^\W\d_]+", "".join(c for c in latin if not unicodedata.combining(c)))
    return {f" {word} "[at : at + 3] for word in words for at in range(len(word))}


def near(pairs):
    """The pairs of names that share most of their letter triples."""
    seen = {name: triples(name) for pair in pairs for name in pair}
    return [
        (one, other)
        for one, other in pairs
        if len(seen[one] & seen[other]) >= NEAR * len(seen[one] | seen[other])
    ]


def fixed_split(rows):
    """The split of each name: per stance in the order of the names' SHA-256, every second held out."""
    found = {}
    for stance in STANCES:
        of_stance = [row["name"] for row in rows if row["stance"] == stance]
        ordered = sorted(of_stance, key=lambda name: hashlib.sha256(name.encode()).hexdigest())
        found |= {name: ("seen", "held_out")[at % 2] for at, name in enumerate(ordered)}
    return found


def test_every_language_has_its_labels():
    """There is one file for each language that has term rules, and none besides."""
    assert list(LANGUAGES) == sorted(file.stem for file in LABELS.glob("*.csv"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_complete(language):
    """Every row has a name, a known stance and split, and why; there are enough rows."""
    rows = labels(language)
    assert len(rows) >= FEWEST
    assert all(COLUMNS == list(row) and all(row.values()) for row in rows)
    assert set(STANCES) == {row["stance"] for row in rows}
    assert all(2 <= len(row["why"].replace(",", "").split()) <= 5 for row in rows)
    assert all(" ".join(row["name"].split()) == row["name"] for row in rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_split_follows_its_rule(language):
    """Nobody chose which name is held out, and each stance is halved to within one name."""
    rows = labels(language)
    assert fixed_split(rows) == {row["name"]: row["split"] for row in rows}
    counts = Counter((row["stance"], row["split"]) for row in rows)
    for stance in STANCES:
        assert counts[stance, "seen"] - counts[stance, "held_out"] in (0, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_stances_are_spread_as_in_a_budget(language):
    """About one name in eight is principal, one in four or five significant, the rest none."""
    rows = labels(language)
    share = {stance: n / len(rows) for stance, n in Counter(row["stance"] for row in rows).items()}
    assert 0.12 <= share["principal"] <= 0.16
    assert 0.20 <= share["significant"] <= 0.26


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_comes_twice(language):
    """No name of a language is there twice, nor nearly twice, so none is on both sides."""
    every = [row["name"] for row in labels(language)]
    assert [] == near(list(combinations(every, 2)))


def test_bosnian_and_serbian_do_not_tell_each_other_the_answers():
    """Both languages share their rules, so no name of one is a near copy of a name of the other."""
    bosnian, serbian = ([row["name"] for row in labels(language)] for language in ("bs", "sr"))
    assert [] == near(list(product(bosnian, serbian)))


def test_a_near_copy_is_noticed():
    """Another ending, case, alphabet or number is a near copy; another subject is not."""
    one = "Podrška žrtvama nasilja u porodici"
    copies = ["PODRSKA ZRTVAMA NASILJA U PORODICI 2024", "Подршка жртви насиља у породици"]
    assert [(one, copy) for copy in copies] == near([(one, copy) for copy in copies])
    assert [] == near([(one, "Prevencija vršnjačkog nasilja")])
