"""Kolada's JSON: women, men and their total, digits kept, other municipalities left out."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from fixtures.small_budget import ask
from fixtures.use_files import checks, counts, stored

from budgeting.imports.answers import Answers
from budgeting.imports.mappings.mapping_file import mapping_named
from budgeting.imports.source import SourceFile
from budgeting.imports.use.storing import accept_use
from budgeting.imports.use.verdict import examine_use
from budgeting.model import Severity
from budgeting.services.model import Grade, Unit


def kolada(*values: tuple[str, str, int, dict], **more) -> SourceFile:
    entries = [
        {
            "kpi": kpi,
            "municipality": place,
            "period": year,
            "values": [{"gender": g, "value": v, "count": 1, "status": ""} for g, v in by.items()],
        }
        for kpi, place, year, by in values
    ]
    return SourceFile("kolada.json", json.dumps({"values": entries, **more}).encode())


KOLADA = Answers(grade=Grade.A, unit=Unit.PERSONS)


def test_kolada_gives_women_men_and_their_total(store, editor):
    """K and M are stored; T is added up again and not stored."""
    file = kolada(("N1", "0180", 2022, {"K": 12, "M": 10, "T": 22}))
    verdict = examine_use(store, file, mapping_named("kolada_use"), KOLADA)
    assert (3, 2, 1, 0) == counts(verdict)
    accept_use(store, verdict, editor)
    assert {"female": Decimal(12), "male": Decimal(10)} == stored(store)
    assert (
        "se_0180"
        == ask(store, "select municipality_code from core.indicators")[0]["municipality_code"]
    )


def test_a_kolada_total_that_differs_is_a_question(store):
    """K + M is not T: somebody has to say why."""
    file = kolada(("N1", "0180", 2022, {"K": 12, "M": 10, "T": 23}))
    verdict = examine_use(store, file, mapping_named("kolada_use"), KOLADA)
    assert ("sum-of-sexes",) == verdict.open_checks


def test_a_kolada_figure_that_is_null_is_not_known(store):
    """Null is no 0, and a total without both parts is one of all together."""
    file = kolada(("N1", "0180", 2022, {"K": None, "M": 10, "T": 23}))
    verdict = examine_use(store, file, mapping_named("kolada_use"), KOLADA)
    assert {("male", 10), ("all", 23)} == {(one.sex, one.figure) for one in verdict.figures}


def test_digits_of_kolada_are_kept(store):
    """A number stays as it is written; none passes through a float."""
    content = kolada(("N1", "0180", 2022, {"K": 1})).content.replace(
        b'"value": 1', b'"value": 12.3456'
    )
    answers = replace(KOLADA, unit=Unit.PERCENT)
    verdict = examine_use(
        store, SourceFile("k.json", content), mapping_named("kolada_use"), answers
    )
    assert [Decimal("12.3456")] == [one.figure for one in verdict.figures]


def test_other_municipalities_of_kolada_are_left_out_on_request(store):
    """Rows of municipalities that nobody asked for are skipped."""
    file = kolada(("N1", "0180", 2022, {"K": 1}), ("N1", "0114", 2022, {"K": 2}))
    asked = replace(KOLADA, municipality_code="se_0180")
    assert (2, 1, 1, 0) == counts(examine_use(store, file, mapping_named("kolada_use"), asked))


def test_a_page_of_several_is_told(store):
    """That there is a next page is a warning."""
    file = kolada(("N1", "0180", 2022, {"K": 1}), next_page="https://example.org/2")
    verdict = examine_use(store, file, mapping_named("kolada_use"), KOLADA)
    assert "more-pages" in checks(verdict, Severity.WARNING)


@pytest.mark.parametrize(
    "content",
    [
        b'{"values": [{"kpi": 1}]}',
        b'{"values": "kpi"}',
        b'{"values": [{"kpi": ',
        b'{"values":[["kpi"]]}',
    ],
)
def test_broken_json_is_a_finding(store, content):
    """Nothing raises for bad data."""
    file = SourceFile("broken.json", content)
    assert "json" in checks(examine_use(store, file, mapping_named("kolada_use"), KOLADA))
