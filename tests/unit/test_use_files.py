"""Files of use: what their rows mean, what is refused, asked and told."""

from dataclasses import replace
from decimal import Decimal

import pytest
from fixtures.small_budget import SCHOOLS, accept_rows, ask
from fixtures.use_files import LONG, STATED, checks, counts, examined, file_of, stored, users

from budgeting.access import Identity
from budgeting.errors import ImportRefused
from budgeting.imports.answers import Answers
from budgeting.imports.mappings.mapping_file import mapping_from_text
from budgeting.imports.use.storing import accept_use
from budgeting.imports.use.verdict import examine_use
from budgeting.model import Severity
from budgeting.services.figures import code_of, placed
from budgeting.services.model import Grade, Indicator, Unit
from budgeting.store import Store


@pytest.fixture
def town(prepared, editor: Identity) -> Store:
    return prepared(accept_rows, editor, SCHOOLS)


def test_a_row_gives_a_figure(town, editor):
    """Sex, ages, group, kind, grade and sample are those of the row."""
    rows = (
        users("women", "12"),
        "2023;Users;persons;men;0-17;minority/roma;planned;C;East;60;1,5;7",
    )
    verdict = examined(town, *rows)
    accept_use(town, verdict, editor)
    found = ask(
        town,
        "select fiscal_year, kind, sex, age_from, age_to, group_kind, group_code, figure, data_grade, "
        "sample_size, design_effect, row_number, source from core.indicator_figures order by fiscal_year",
    )
    assert (2, 2, 0, 0) == counts(verdict)
    assert (
        2023,
        "planned",
        "male",
        0,
        17,
        "minority",
        "roma",
        7,
        "C",
        60,
        Decimal("1.5"),
        3,
        "use.csv",
    ) == tuple(found[0].values())
    assert (
        2024,
        "actual",
        "female",
        None,
        None,
        "",
        "",
        12,
        "A",
        None,
        None,
        2,
        "use.csv",
    ) == tuple(found[1].values())


def test_a_place_is_another_indicator(town, editor):
    """What is counted in a district stands beside what is counted in the whole municipality."""
    east = users("women", "5").replace(";A;;", ";A;East;")
    accept_use(town, examined(town, users("women", "12"), east), editor)
    found = ask(town, "select place from core.indicators order by place")
    assert ["", "East"] == [row["place"] for row in found]


def test_a_place_by_hand_is_the_place_of_the_file(town, editor):
    """What a person enters of the same thing at the same place is one indicator with what files say."""
    east = users("women", "5").replace(";A;;", ";A;East;")
    accept_use(town, examined(town, users("women", "12"), east), editor)
    asked = "select indicator_code as code, label, unit, place from core.indicators order by place"
    whole, own = ask(town, asked)
    by_hand = Indicator(whole["code"], whole["label"], Unit(whole["unit"]))
    assert code_of(by_hand) == whole["code"]
    assert own["code"] == placed(by_hand, "East", ()).code


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
        (users("women", "1").replace(";A;;;;", ";C;;60;0;"), "design-effect"),
        (users("women", "1").replace(";A;;;;", ";C;;many;;"), "sample-size"),
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
