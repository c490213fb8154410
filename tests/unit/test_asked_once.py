"""A country that was stored as nowhere is asked once and remembered."""

from fixtures.mapped_files import APPROVED, csv, errors, mapping_of
from fixtures.small_budget import ask

from budgeting.audit import Change
from budgeting.imports.answers import Answers
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.verdict import examine

ROWS = """
    code;label;approved
    1;Alpha;20
    2;Beta;4000
"""
LATER = ROWS.replace("4000", "4001")
NOWHERE = '\n[municipality]\ncode = "me_grad"\nname = "Grad"\ncountry_code = "XX"\ncurrency_code = "EUR"\n'
SAID = {"country_code": "ME"}


def add_town_of_nowhere(store, identity, *, is_fictional=False):
    """Store a town as earlier versions did where nobody had said the country."""
    with store.transaction(identity, Change("add-municipality", "me_grad")) as transaction:
        transaction.run(
            "add_municipality",
            municipality_code="me_grad",
            name="Grad",
            country_code="XX",
            is_fictional=is_fictional,
        )


def country(store) -> str:
    return ask(store, "select country_code from core.municipalities")[0]["country_code"]


def verdict_on(store, rows=ROWS, **said):
    answers = Answers(**{"fiscal_year": 2024, **said})
    return examine(store, csv(rows), mapping_of(APPROVED, town=NOWHERE), answers)


def test_a_stored_municipality_takes_the_country_that_was_stated(store, editor):
    """It was stored with XX; the import that states the country states it for good."""
    add_town_of_nowhere(store, editor)
    assert [check for check, *_ in errors(verdict_on(store))] == ["country"]
    accept(store, verdict_on(store, **SAID), editor)
    assert country(store) == "ME"


def test_the_next_file_of_it_is_not_asked_again(store, editor):
    """Neither by the mapping that still says nowhere, nor for the code alone."""
    accept(store, verdict_on(store, **SAID), editor)
    assert verdict_on(store, LATER, fiscal_year=2025).is_acceptable
    elsewhere = mapping_of(APPROVED, town="")
    answers = Answers(fiscal_year=2025, municipality_code="me_grad")
    assert examine(store, csv(LATER), elsewhere, answers).is_acceptable


def test_a_country_that_is_known_stays(store, editor):
    """What was stated is not overwritten by a later file."""
    accept(store, verdict_on(store, **SAID), editor)
    with store.transaction(editor, Change("add-municipality", "me_grad")) as transaction:
        transaction.run(
            "add_municipality",
            municipality_code="me_grad",
            name="Grad",
            country_code="RS",
            is_fictional=False,
        )
    assert country(store) == "ME"


def test_a_demo_town_stays_nowhere(store, editor):
    """What says that it is fictional may be nowhere."""
    add_town_of_nowhere(store, editor, is_fictional=True)
    accept(store, verdict_on(store, **SAID), editor)
    assert country(store) == "XX"
