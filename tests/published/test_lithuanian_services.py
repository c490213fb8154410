"""Sixty Lithuanian municipalities: their residents are those whom services are meant for."""

from datetime import date

import pytest
from fixtures.prepared import store_after
from fixtures.small_budget import ask

from budgeting.access import Identity, Role
from budgeting.imports.answers import Answers
from budgeting.imports.mappings.mapping_file import mapping_named
from budgeting.imports.population import accept_population, examine_population
from budgeting.imports.source import SourceFile
from budgeting.model import Sex
from budgeting.services.eligible import eligible_people
from budgeting.services.reading import service_year

pytestmark = pytest.mark.xdist_group("lithuanian_services")  # accepted once for all tests
EDITOR = Identity("tester", Role.EDITOR)
YEAR = 2021


@pytest.fixture(scope="module")
def bands(test_data):
    """The bands of each municipality as services read them, by its code."""
    store = store_after()
    path = test_data / "lt_population_sex" / "lt-age-sex-dist10-level3.csv"
    file = SourceFile(path.name, path.read_bytes())
    answers = Answers(as_of=date(YEAR, 1, 1))
    verdict = examine_population(store, file, mapping_named("lt_population"), answers)
    assert verdict.is_acceptable
    accept_population(store, verdict, EDITOR)
    towns = ask(store, "select distinct municipality_code from core.populations order by all")
    codes = [town["municipality_code"] for town in towns]
    found = {code: service_year(store, code, YEAR).bands.to_pylist() for code in codes}
    yield found
    store.close()


def meant_for(bands, sex, ages=(None, None)):
    return [eligible_people(town, sex, ages).get(sex) for town in bands.values()]


def test_a_service_for_everybody_is_meant_for_all_residents(bands):
    """1,482,082 women and 1,313,598 men in 60 municipalities."""
    assert 60 == len(bands)
    assert 1_482_082 == sum(meant_for(bands, Sex.FEMALE))
    assert 1_313_598 == sum(meant_for(bands, Sex.MALE))


@pytest.mark.parametrize("sex", [Sex.FEMALE, Sex.MALE])
def test_ages_that_the_bands_tell_are_parts_of_the_whole(bands, sex):
    """Those below thirty and those from thirty on are all, in each municipality."""
    young, others = meant_for(bands, sex, (0, 29)), meant_for(bands, sex, (30, None))
    for one, other, everybody in zip(young, others, meant_for(bands, sex), strict=True):
        assert one + other == everybody


def test_ages_inside_a_band_are_not_known(bands):
    """Bands are of ten years: how many are 65 and older nobody tells, and nothing is guessed."""
    assert {None} == set(meant_for(bands, Sex.FEMALE, (65, None)))
