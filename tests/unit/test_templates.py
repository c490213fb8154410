"""Templates: what they offer comes in again without a correction."""

from datetime import date

import pytest

from budgeting.errors import NotFound
from budgeting.imports.answers import Answers
from budgeting.imports.mappings.mapping import MunicipalityRule
from budgeting.imports.mappings.mapping_file import mapping_named
from budgeting.imports.mappings.templates import KINDS, template, template_mapping
from budgeting.imports.population import examine_population
from budgeting.imports.source import SourceFile
from budgeting.imports.verdict import examine
from budgeting.model import Severity
from budgeting.translations import language

TOWN = MunicipalityRule("town", "Town", "XX", "EUR", is_fictional=True)


def example_of(kind, code):
    return SourceFile("example.xlsx", template(kind, language(code), is_filled=True))


@pytest.mark.parametrize("code", ["en", "sr", "sr-Latn"])
@pytest.mark.parametrize("kind", ["expenditure", "revenue"])
def test_the_example_of_a_budget_template_is_read_in_every_language(store, kind, code):
    """Every row is a line, every sum is the sum of the example's own figures."""
    source = example_of(kind, code)
    answers = Answers(municipality=TOWN)
    verdict = examine(store, source, mapping_named(template_mapping(kind)), answers)
    assert () == verdict.with_severity(Severity.ERROR)
    columns = KINDS[kind]
    wanted = {
        stage: sum(figure for figure in columns[place].example if figure != "")
        for stage, place in (("approved", 11), ("revised", 12), ("executed", 13))
    }
    totals = verdict.totals[2026][kind]
    assert wanted == {stage: float(total) for stage, total in totals.items()}
    assert len(columns[0].example) == verdict.rows["accepted"]


def test_the_example_of_the_population_template_is_read(store):
    """Women and men are told apart, and the open band stays open."""
    source = example_of("population", "en")
    answers = Answers(municipality=TOWN, as_of=date(2026, 1, 1))
    verdict = examine_population(store, source, mapping_named("template_population"), answers)
    assert verdict.is_acceptable
    assert {"female": 743, "male": 540, "total": 1283} == verdict.totals


def test_an_empty_template_is_refused_with_a_sentence(store):
    """Nothing is stored of a template that nobody filled in."""
    source = SourceFile("t.xlsx", template("expenditure", language("en")))
    verdict = examine(
        store, source, mapping_named("template_expenditure"), Answers(municipality=TOWN)
    )
    assert not verdict.is_acceptable
    assert verdict.with_severity(Severity.ERROR)


def test_an_unknown_template_is_refused():
    """The sentence lists the templates there are."""
    with pytest.raises(NotFound, match="expenditure, revenue, population"):
        template("poem", language("en"))
