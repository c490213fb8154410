"""Files of use: what their rows mean, what is refused, asked and told, and taking them back."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from fixtures.small_budget import SCHOOLS, accept_rows, ask

from budgeting.access import Identity
from budgeting.errors import ImportRefused, NotAllowed
from budgeting.imports.answers import Answers
from budgeting.imports.guessing.choice import guessed
from budgeting.imports.mappings.mapping import Mapping
from budgeting.imports.mappings.mapping_file import mapping_from_text, mapping_named
from budgeting.imports.mappings.templates import template
from budgeting.imports.source import SourceFile
from budgeting.imports.stored.undo import undo
from budgeting.imports.use.storing import accept_use
from budgeting.imports.use.verdict import UseVerdict, examine_use
from budgeting.model import Severity
from budgeting.services.model import Grade, Unit
from budgeting.store import Store
from budgeting.translations import language

LONG = """
title = "Use, long"
fiscal_year_column = "year"
[municipality]
code = "smallton"
name = "Smallton"
country_code = "XX"
currency_code = "EUR"
[use]
label = "what"
unit = "unit"
sex = "sex"
age = "age"
group = "group"
kind = "kind"
grade = "grade"
place = "place"
sample_size = "asked"
[[use.figure]]
column = "figure"
"""
HEADER = "year;what;unit;sex;age;group;kind;grade;place;asked;figure"
USERS = "2024;Users;persons;{sex};;;actual;A;;;{n}"
STATED = Answers(grade=Grade.B)


@pytest.fixture
def town(store: Store, editor: Identity) -> Store:
    accept_rows(store, editor, SCHOOLS)
    return store


def long() -> Mapping:
    return mapping_from_text("use_long", LONG)


def file_of(*rows: str, header: str = HEADER, name: str = "use.csv") -> SourceFile:
    return SourceFile(name, "\n".join([header, *rows, ""]).encode())


def examined(store: Store, *rows: str, answers: Answers = STATED) -> UseVerdict:
    return examine_use(store, file_of(*rows), long(), answers)


def users(sex: str, number: str) -> str:
    return USERS.format(sex=sex, n=number)


def checks(verdict: UseVerdict, severity: Severity = Severity.ERROR) -> list[str]:
    return [found.check for found in verdict.with_severity(severity)]


def stored(store: Store) -> dict[str, Decimal]:
    rows = ask(store, "select sex, figure from mart.indicator_figures order by sex")
    return {row["sex"]: row["figure"] for row in rows}


def counts(verdict: UseVerdict) -> tuple[int, ...]:
    rows = verdict.rows
    assert rows["read"] == rows["accepted"] + rows["skipped"] + rows["rejected"]
    return tuple(rows.values())


def test_a_row_gives_a_figure(town, editor):
    """Sex, ages, group, kind, grade and sample are those of the row."""
    rows = (users("women", "12"), "2023;Users;persons;men;0-17;minority/roma;planned;C;East;60;7")
    verdict = examined(town, *rows)
    accept_use(town, verdict, editor)
    found = ask(
        town,
        "select fiscal_year, kind, sex, age_from, age_to, group_kind, group_code, figure, data_grade, "
        "sample_size, row_number, source from core.indicator_figures order by fiscal_year",
    )
    assert (2, 2, 0, 0) == counts(verdict)
    assert (2023, "planned", "male", 0, 17, "minority", "roma", 7, "C", 60, 3, "use.csv") == tuple(
        found[0].values()
    )
    assert (2024, "actual", "female", None, None, "", "", 12, "A", None, 2, "use.csv") == tuple(
        found[1].values()
    )


def test_a_place_is_another_indicator(town, editor):
    """What is counted in a district stands beside what is counted in the whole municipality."""
    east = users("women", "5").replace(";A;;", ";A;East;")
    accept_use(town, examined(town, users("women", "12"), east), editor)
    found = ask(town, "select place from core.indicators order by place")
    assert ["", "East"] == [row["place"] for row in found]


@pytest.mark.parametrize(
    ("row", "check"),
    [
        (users("women", "-1"), "impossible-figure"),
        (users("women", "1.5"), "impossible-figure"),
        (users("women", "many"), "figure"),
        (users("women", "1.5").replace("persons", "hours"), None),
        (users("women", "100").replace("persons", "percent"), None),
        (users("women", "100.1").replace("persons", "percent"), "impossible-figure"),
        (users("fish", "1"), "sex"),
        (users("women", "1").replace(";;;actual", ";old;;actual"), "age"),
        (users("women", "1").replace(";;;actual", ";;tall;actual"), "group"),
        (users("women", "1").replace("actual", "perhaps"), "figure-kind"),
        (users("women", "1").replace(";A;", ";F;"), "data-grade-unknown"),
        (users("women", "1").replace("2024;", ";"), "scope"),
    ],
)
def test_what_cannot_be_is_an_error_of_its_row(town, row, check):
    """Each is told with row, column and cell; its row is rejected, and the file with it."""
    verdict = examined(town, users("men", "3").replace("Users", "Others"), row)
    assert ([check] if check else []) == checks(verdict)
    assert (2, 1, 0, 1) == counts(verdict) if check else (2, 2, 0, 0) == counts(verdict)
    for found in verdict.with_severity(Severity.ERROR):
        assert found.row_number == 3
        assert found.column


def test_rows_with_errors_are_left_out_for_a_reason(town, editor):
    """The reason is kept, the rest is stored, and the counts still add up."""
    rows = (users("men", "3"), users("women", "-1"))
    with pytest.raises(ImportRefused):
        accept_use(town, examined(town, *rows), editor)
    verdict = examined(town, *rows, answers=Answers(reasons={"rejected-rows": "typing error"}))
    accept_use(town, verdict, editor)
    assert (2, 1, 0, 1) == counts(verdict)
    assert {"male": Decimal(3)} == stored(town)


@pytest.mark.parametrize("cell", ["", "-", "..", "*", "<5", "n/a"])
def test_what_is_not_told_is_not_zero(town, editor, cell):
    """An empty cell, a dash or a mark of a small number gives no figure; the row is skipped."""
    verdict = examined(town, users("men", "3"), users("women", cell))
    assert (2, 1, 1, 0) == counts(verdict)
    accept_use(town, verdict, editor)
    assert {"male": Decimal(3)} == stored(town)


def test_the_grade_is_asked_once(town):
    """Where neither row nor person says it, one question is asked for the file; nothing is guessed."""
    rows = (users("women", "1").replace(";A;", ";;"), users("men", "1").replace(";A;", ";;"))
    assert ["data-grade"] == checks(examined(town, *rows, answers=Answers()))
    assert [] == checks(examined(town, *rows, answers=Answers(grade=Grade.D)))


def test_a_total_of_the_sexes_is_added_up_again(town, editor):
    """A total that agrees is not stored; one that differs is a question, and needs a reason."""
    parts = (users("women", "10"), users("men", "12"))
    agreed = examined(town, *parts, users("total", "22"))
    assert ((3, 2, 1, 0), []) == (counts(agreed), checks(agreed, Severity.QUESTION))
    wrong = examined(town, *parts, users("total", "25"))
    assert (["sum-of-sexes"], False) == (checks(wrong, Severity.QUESTION), wrong.is_acceptable)
    answers = replace(STATED, reasons={"sum-of-sexes": "three did not say"})
    accept_use(town, examined(town, *parts, users("total", "25"), answers=answers), editor)
    assert {"female": Decimal(10), "male": Decimal(12)} == stored(town)


def test_persons_of_unknown_sex_are_part_of_the_total(town):
    """Women, men, other and unknown make up the total, and the unknown are told."""
    rows = (users("women", "10"), users("men", "12"), users("unknown", "3"), users("total", "25"))
    verdict = examined(town, *rows)
    assert [] == checks(verdict, Severity.QUESTION)
    assert ["sex-unknown"] == checks(verdict, Severity.NOTE)


def test_a_total_alone_says_nothing_of_who_benefits(town, editor):
    """It is stored as of all sexes together, and told."""
    verdict = examined(town, users("total", "22"))
    accept_use(town, verdict, editor)
    assert ["sexes-together"] == checks(verdict, Severity.WARNING)
    assert {"all": Decimal(22)} == stored(town)


def test_a_rate_is_no_sum(town, editor):
    """The percentage of all persons lies between those of women and men, and stays."""
    rows = [users(s, n).replace("persons", "%") for s, n in (("women", "40"), ("men", "60"))]
    within = users("total", "51").replace("persons", "%")
    verdict = examined(town, *rows, within)
    assert [] == checks(verdict, Severity.WARNING) + checks(verdict, Severity.QUESTION)
    accept_use(town, verdict, editor)
    assert {"all", "female", "male"} == set(stored(town))
    outside = examined(town, *rows, users("total", "61").replace("persons", "%"))
    assert ["rate-of-sexes", "newer-figures"] == checks(outside, Severity.WARNING)


def test_the_same_indicator_twice(town):
    """With the same value it counts once; with another one neither is taken."""
    same = examined(town, users("women", "10"), users("women", "10"))
    assert ((2, 1, 1, 0), ["repeated-figure"]) == (counts(same), checks(same, Severity.NOTE))
    assert ["same-indicator"] == checks(examined(town, users("women", "10"), users("women", "11")))


def test_one_code_in_two_units_is_an_error(town):
    """Persons and hours are never the same thing."""
    mapping = mapping_from_text(
        "coded", LONG.replace('label = "what"', 'label = "what"\ncode = "what"')
    )
    rows = (users("women", "10"), users("men", "10").replace("persons", "hours"))
    assert ["unit-differs"] == checks(examine_use(town, file_of(*rows), mapping, STATED))


def test_a_unit_may_not_change_later(town, editor):
    """What is stored in persons cannot come again in hours under the same code."""
    mapping = mapping_from_text(
        "coded", LONG.replace('label = "what"', 'label = "what"\ncode = "what"')
    )
    accept_use(town, examine_use(town, file_of(users("women", "1")), mapping, STATED), editor)
    hours = file_of(users("women", "2").replace("persons", "hours"))
    assert ["unit-changed"] == checks(examine_use(town, hours, mapping, STATED))


def test_an_unknown_unit_is_kept_apart(town):
    """Its words stay, and it is no number of persons."""
    verdict = examined(town, users("women", "10").replace("persons", "loaves"))
    assert ["unit-unknown"] == checks(verdict, Severity.WARNING)
    assert Unit.OTHER is verdict.figures[0].indicator.unit


def test_counted_far_from_planned_is_told(town):
    """Ten times the plan is told; a bit less is not."""
    plan = users("women", "10").replace("actual", "planned")
    assert ["far-from-plan"] == checks(
        examined(town, plan, users("women", "100")), Severity.WARNING
    )
    assert [] == checks(examined(town, plan, users("women", "99")), Severity.WARNING)


def test_a_newer_file_replaces_and_undo_brings_back(town, editor):
    """The newer figure counts until its import is taken back."""
    accept_use(town, examined(town, users("women", "10")), editor)
    newer = examine_use(town, file_of(users("women", "11"), name="newer.csv"), long(), STATED)
    assert ["newer-figures"] == checks(newer, Severity.WARNING)
    second = accept_use(town, newer, editor)
    assert {"female": Decimal(11)} == stored(town)
    undo(town, second.import_id, "wrong file", editor)
    assert {"female": Decimal(10)} == stored(town)


def test_the_same_file_is_not_accepted_twice(town, editor):
    """It says when and by whom it was accepted; after undoing it may come again."""
    first = accept_use(town, examined(town, users("women", "10")), editor)
    assert ["same-file"] == checks(examined(town, users("women", "10")))
    undo(town, first.import_id, "again", editor)
    assert [] == checks(examined(town, users("women", "10")))


def test_what_is_stored_leads_to_file_and_row(town, editor):
    """The import keeps file, mapping, findings and rows, and is listed."""
    accept_use(town, examined(town, users("women", "10")), editor)
    row = town.query("imports").to_pylist()[0]
    assert ("use.csv", "use_long", 1, [2024]) == tuple(
        row[name] for name in ("file_name", "mapping_name", "accepted_count", "fiscal_years")
    )
    kept = ask(town, "select count(*) as n from staging.source_rows where import_id = 2")
    assert 1 == kept[0]["n"]


def test_a_viewer_imports_nothing(town, viewer):
    """The role editor is the first that may."""
    with pytest.raises(NotAllowed):
        accept_use(town, examined(town, users("women", "10")), viewer)


def test_a_wide_file_has_a_column_for_each_sex(town, editor):
    """Women and men stand side by side; the year and the unit are asked for."""
    wide = mapping_from_text(
        "wide",
        """
title = "Use, wide"
[municipality]
code = "smallton"
name = "Smallton"
country_code = "XX"
currency_code = "EUR"
[use]
label = "Service"
[[use.figure]]
column = "Women"
sex = "female"
[[use.figure]]
column = "Men"
sex = "male"
""",
    )
    file = file_of("Home care;63;21", "Library;;9", "Pool;;", header="Service;Women;Men")
    asked = examine_use(town, file, wide, Answers())
    assert {"fiscal-year", "unit", "data-grade"} == set(checks(asked))
    said = Answers(fiscal_year=2024, unit=Unit.PERSONS, grade=Grade.A)
    verdict = examine_use(town, file, wide, said)
    assert (3, 2, 1, 0) == counts(verdict)
    accept_use(town, verdict, editor)
    assert 3 == len(town.query("indicators", municipality_code="smallton")) + 1


# --- Kolada ---------------------------------------------------------------


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


# --- the template ---------------------------------------------------------


@pytest.mark.parametrize("code", ["en", "sr", "sr-Latn"])
def test_the_example_of_the_template_is_read_in_every_language(town, code):
    """Filled in as the example shows, it comes in; only the municipality is asked for."""
    file = SourceFile("example.xlsx", template("use", language(code), is_filled=True))
    asked = Answers(municipality_code="smallton")
    verdict = examine_use(town, file, mapping_named("template_use"), asked)
    assert ((3, 3, 0, 0), True) == (counts(verdict), verdict.is_acceptable)
    assert [("female", 212), ("male", 71), ("female", 25440)] == [
        (one.sex, one.figure) for one in verdict.figures
    ]


# --- guessed --------------------------------------------------------------


def guessed_of(words: str):
    file = SourceFile("unknown.csv", words.encode())
    found, mapping = guessed(file, Answers())
    return file, found, mapping


def test_a_column_for_each_sex_is_guessed(town, editor):
    """Women, men and their total stand side by side; what the file does not say is asked."""
    file, found, mapping = guessed_of(
        "Service;Year;Women;Men;Total\nHome care;2024;63;21;84\nLibrary;2024;230;118;348\n"
    )
    assert ("municipality", "unit", "data-grade") == found.asks
    said = Answers(municipality_code="smallton", unit=Unit.PERSONS, grade=Grade.B)
    verdict = examine_use(town, file, mapping, said)
    assert ((2, 2, 0, 0), []) == (counts(verdict), checks(verdict))
    assert {"female", "male"} == {one.sex for one in verdict.figures}
    assert {2024} == {one.fiscal_year for one in verdict.figures}


def test_a_row_for_each_sex_is_guessed_by_its_units(town):
    """Beside a column of units a column of sexes says who is counted."""
    file, found, mapping = guessed_of(
        "What;Year;Unit;Sex;Number;Grade\nUsers of care;2024;persons;women;63;A\n"
        "Users of care;2024;persons;men;21;A\nHours of care;2024;hours;women;2540;B\n"
    )
    assert ("municipality",) == found.asks
    said = Answers(municipality_code="smallton")
    verdict = examine_use(town, file, mapping, said)
    assert ((3, 3, 0, 0), True) == (counts(verdict), verdict.is_acceptable)


def test_planned_and_counted_are_told_apart_by_the_headers():
    """“planned women” is of another kind than “actual women”."""
    _, _, mapping = guessed_of(
        "Service;planned_women;planned_men;actual_women;actual_men\nCare;60;20;63;21\nPool;1;2;3;4\n"
    )
    assert [
        ("planned", "female"),
        ("planned", "male"),
        ("actual", "female"),
        ("actual", "male"),
    ] == [(one.kind, one.sex) for one in mapping.use.figures]


@pytest.mark.parametrize(
    "words",
    [
        "Code;Name;Approved;Executed\n411;Pay;100.00;50.00\n421;Energy;20.00;10.00\n",
        "Sex;Age;Residents\nF;0-9;100\nM;0-9;110\nF;10+;900\nM;10+;800\n",
    ],
)
def test_budgets_and_residents_are_not_taken_for_use(words):
    """Money without sexes, and residents without units, are what they were."""
    _, found, _ = guessed_of(words)
    assert "use" not in found.entries
