"""Methodologies that came with Paritet: each can be used, answers its own cases, and has its words."""

import tomllib
from decimal import Decimal

import pytest

from budgeting.methodologies import classify, faults, methodologies, methodology
from budgeting.methodologies.cases import read_cases
from budgeting.methodologies.files import FOLDER
from budgeting.methodologies.model import RuleKind
from budgeting.model import Labels

LANGUAGES = {"en", "bs", "sr", "lt", "sv"}
FILES = sorted(path.name for path in FOLDER.glob("*.toml"))


def read(path):
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def of_file(name):
    return next(one for one in methodologies() if one.file_name == name)


def all_labels(thing):
    """Yield every Labels below a methodology, with the place."""
    for one in [
        thing,
        *thing.categories,
        *thing.criteria,
        *thing.elements,
        *thing.targets,
        *thing.fields,
        *(choice for field in thing.fields for choice in field.choices),
        *thing.expenses,
    ]:
        yield from own_labels(one)
    for one in [*thing.table, *thing.conventions.values(), *([thing.score] if thing.score else [])]:
        yield from own_labels(one)


def own_labels(one):
    for name in one.__slots__:
        value = getattr(one, name)
        if isinstance(value, Labels) and value.words:
            yield f"{type(one).__name__} {value}: {name}", value


def test_no_file_is_refused():
    """Every file of data/methodologies can be used."""
    assert () == faults()
    assert set(FILES) == {one.file_name for one in methodologies()}


@pytest.mark.parametrize("name", FILES)
def test_its_own_cases_hold(name):
    """What a case says is what the methodology gives, category and coefficient alike."""
    methodology = of_file(name)
    cases, targets = read_cases(name, read(FOLDER / "cases" / name))
    for case in cases:
        outcome = classify(methodology, case.evidence, case.convention)
        assert case.gives == outcome.category, case
        if case.coefficient is not None:
            assert case.coefficient == outcome.amount_coefficient, case
    shares = {target.name: target for target in methodology.targets}
    for one in targets:
        assert one.is_met == shares[one.target].is_met(one.counted, one.budget), one
    assert set(shares) == {one.target for one in targets}


@pytest.mark.parametrize("name", FILES)
def test_cases_stand_at_both_sides_of_each_boundary(name):
    """Each category is the answer of a case; each threshold has a case at it and one just beside it."""
    methodology = of_file(name)
    cases, _ = read_cases(name, read(FOLDER / "cases" / name))
    assert {None, *(one.code for one in methodology.categories)} == {case.gives for case in cases}
    scores = {case.evidence.score for case in cases}
    for category in methodology.categories:
        if category.threshold:
            near = Decimal("0.0001") * (-1 if category.threshold.is_included else 1)
            assert {category.threshold.value, category.threshold.value + near} <= scores


@pytest.mark.parametrize("name", FILES)
def test_its_words_are_there_in_every_language(name):
    """Name, help, criteria, categories and conventions have words in en, bs, sr, lt and sv."""
    for place, labels in all_labels(of_file(name)):
        assert LANGUAGES <= set(labels.words), place


@pytest.mark.parametrize("name", FILES)
def test_its_serbian_is_cyrillic(name):
    """Serbian stands in Cyrillic letters, so that both scripts can be made of it."""
    for place, labels in all_labels(of_file(name)):
        letters = [letter for letter in labels.words["sr"] if letter.isalpha()]
        cyrillic = [letter for letter in letters if "\u0400" <= letter <= "\u04ff"]
        assert 2 * len(cyrillic) > len(letters), place


@pytest.mark.parametrize("name", FILES)
def test_its_numbers_are_exact(name):
    """Coefficients, thresholds, points and scores are Decimal, never binary fractions."""
    methodology = of_file(name)
    numbers = [
        number
        for convention in methodology.conventions.values()
        for number in convention.coefficients.values()
    ]
    numbers += [one.threshold.value for one in methodology.categories if one.threshold]
    numbers += [number for one in methodology.criteria for number in (*one.values, one.maximum)]
    assert numbers
    assert {Decimal} == {type(number) for number in numbers}


@pytest.mark.parametrize("name", FILES)
def test_it_says_where_it_is_from(name):
    """Source and help are there; a judgement asks for a reason wherever it claims something."""
    methodology = of_file(name)
    assert methodology.source
    assert methodology.help.words
    if methodology.rule is RuleKind.JUDGEMENT:
        assert any(category.is_reason_required for category in methodology.categories)


def test_the_newest_valid_version_is_used():
    """India's statement has two parts before July 2024 and three since; a version can be named."""
    from datetime import date

    assert "2024" == methodology("india_gbs").version
    assert "2005" == methodology("india_gbs", on=date(2024, 7, 22)).version
    assert "2024" == methodology("india_gbs", on=date(2024, 7, 23)).version
    assert "2005" == methodology("india_gbs", "2005").version
