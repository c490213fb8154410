"""Figures that a person enters: kept beside files, refused where they cannot be, and taken back."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from fixtures.small_budget import SCHOOLS, accept_rows, ask

from budgeting.access import Identity, Role
from budgeting.errors import NotAllowed, NotFound, ServiceChanged, ServiceInvalid
from budgeting.intervals import wilson
from budgeting.reports import build_report
from budgeting.services.defining import define
from budgeting.services.figures import fingerprint, placed, record, undo
from budgeting.services.model import (
    Figure,
    FigureKind,
    Grade,
    Indicator,
    IndicatorRole,
    Service,
    ServiceIndicator,
    Unit,
)
from budgeting.services.validity import contradicted_total
from budgeting.store import Store

TOWN = "smallton"
USERS = Indicator("users", "Users", Unit.PERSONS)
WOMEN = Figure("users", 2024, "female", Decimal(12), Grade.A, "register")


@pytest.fixture
def town(prepared, editor: Identity) -> Store:
    return prepared(accept_rows, editor, SCHOOLS)


def stored(store: Store) -> list[tuple]:
    rows = ask(
        store,
        "select sex, figure::integer as n, data_grade from mart.indicator_figures order by 1, 2",
    )
    return [tuple(row.values()) for row in rows]


def newest(store: Store) -> int:
    return ask(store, "select max(change_id) as n from core.indicator_figures")[0]["n"]


def test_the_newest_figure_counts_and_undo_brings_the_old_one_back(town, editor):
    """Figures are appended: another value takes the place of the first until it is taken back."""
    first = record(town, editor, TOWN, [USERS], [WOMEN], seen=0)
    record(town, editor, TOWN, [USERS], [replace(WOMEN, figure=Decimal(13))], seen=first)
    assert [("female", 13, "A")] == stored(town)
    assert 1 == undo(town, editor, TOWN)
    assert [("female", 12, "A")] == stored(town)
    undo(town, editor, TOWN)
    assert [] == stored(town)
    with pytest.raises(NotFound):
        undo(town, editor, TOWN)


def test_a_figure_can_be_taken_away(town, editor):
    """None is no 0: the figure is not known any more."""
    seen = record(town, editor, TOWN, [USERS], [WOMEN], seen=0)
    record(town, editor, TOWN, [USERS], [replace(WOMEN, figure=None)], seen=seen)
    assert [] == stored(town)


def test_year_kind_sex_age_and_group_tell_figures_apart(town, editor):
    """None of them takes the place of another."""
    others = [
        replace(WOMEN, fiscal_year=2023),
        replace(WOMEN, kind=FigureKind.PLANNED),
        replace(WOMEN, sex="male"),
        replace(WOMEN, ages=(65, None)),
        replace(WOMEN, group=("disability", "")),
        replace(WOMEN, ages=(65, None), group=("rural", "")),
    ]
    record(town, editor, TOWN, [USERS], [WOMEN, *others], seen=0)
    assert 7 == len(stored(town))


@pytest.mark.parametrize(
    "figure",
    [
        replace(WOMEN, figure=Decimal(-1)),
        replace(WOMEN, figure=Decimal("1.5")),
        replace(WOMEN, sex="fish"),
        replace(WOMEN, group=("tall", "")),
        replace(WOMEN, group=("minority", "martian")),
        replace(WOMEN, source=" "),
        replace(WOMEN, sample_size=100, design_effect=Decimal(0)),
        replace(WOMEN, design_effect=Decimal("1.5")),
    ],
)
def test_what_cannot_be_is_refused(town, editor, figure):
    """A sentence says why, and nothing is written."""
    with pytest.raises(ServiceInvalid):
        record(town, editor, TOWN, [USERS], [figure], seen=0)
    assert [] == stored(town)


def surveyed(store: Store, editor: Identity, effect: Decimal | None) -> dict:
    """Return the row of a service of which 30 women and 70 men of 100 asked are users."""
    service = Service("care", "Care", indicators=(ServiceIndicator("users", IndicatorRole.USERS),))
    said = replace(WOMEN, grade=Grade.C, sample_size=100, design_effect=effect)
    figures = [
        replace(said, figure=Decimal(30)),
        replace(said, sex="male", figure=Decimal(70)),
    ]
    record(store, editor, TOWN, [USERS], figures, seen=0)
    define(store, editor, TOWN, service)
    asked = {"municipality": TOWN, "year": "2024"}
    row: dict = build_report(store, "who_benefits", asked).tables["services"].rows.to_pylist()[0]
    return row


@pytest.mark.parametrize(("effect", "asked"), [(None, 100), (Decimal("2.5"), 40)])
def test_a_design_effect_widens_the_interval(town, editor, effect, asked):
    """With an effect of 2.5, a hundred persons tell as much as forty of a simple sample."""
    row = surveyed(town, editor, effect)
    simple = wilson(Decimal("0.3") * asked, asked)
    assert (row["low"], row["high"]) == pytest.approx((simple.low, simple.high))


def test_a_percentage_ends_at_a_hundred(town, editor):
    """100 is one, a bit more is none."""
    rate = Indicator("rate", "Rate", Unit.PERCENT)
    whole = replace(WOMEN, indicator_code="rate", figure=Decimal(100))
    record(town, editor, TOWN, [rate], [whole], seen=0)
    with pytest.raises(ServiceInvalid):
        record(town, editor, TOWN, [rate], [replace(whole, figure=Decimal("100.0001"))], seen=1)


def test_who_is_slower_writes_nothing(town, editor):
    """Figures of the same indicator that somebody entered since are told with their author."""
    other = Identity("other@example.org", Role.EDITOR)
    record(town, other, TOWN, [USERS], [replace(WOMEN, sex="male")], seen=0)
    with pytest.raises(ServiceChanged, match=r"other@example\.org"):
        record(town, editor, TOWN, [USERS], [WOMEN], seen=0)
    record(town, editor, TOWN, [USERS], [WOMEN], seen=newest(town))
    assert 2 == len(stored(town))


def test_nobody_takes_back_the_figures_of_another(town, editor):
    """Undo is for one's own."""
    other = Identity("other@example.org", Role.EDITOR)
    record(town, other, TOWN, [USERS], [WOMEN], seen=0)
    with pytest.raises(NotFound):
        undo(town, editor, TOWN)


def test_a_viewer_enters_nothing(town, viewer):
    """The role editor is the first that may."""
    with pytest.raises(NotAllowed):
        record(town, viewer, TOWN, [USERS], [WOMEN], seen=0)


def test_the_same_words_give_the_same_code():
    """Case, accents and script do not tell indicators apart; unit and place do."""
    assert fingerprint("Корисници", "persons") == fingerprint("KORISNICI", "persons")
    assert fingerprint("Users", "persons") != fingerprint("Users", "hours")
    assert fingerprint("Users", "persons", "East") != fingerprint("Users", "persons")


def test_the_audit_tells_which_figures_and_not_how_many(town, editor):
    """A count of three persons stands in no event; the change that it belongs to does."""
    change_id = record(town, editor, TOWN, [USERS], [replace(WOMEN, figure=Decimal(3))], seen=0)
    event = town.query("audit_events").to_pylist()[-1]
    told = json.loads(event["details"])
    assert change_id == told["change_id"]
    assert [["users", 2024, "actual", "female", "A"]] == told["figures"]


# --- places ---------------------------------------------------------------

EAST = placed(USERS, "East", ())


def at_east(town, editor, *figures):
    """Two hundred users, as many women as men; those of the east as given."""
    whole = [replace(WOMEN, sex=sex, figure=Decimal(100)) for sex in ("female", "male")]
    own = [replace(WOMEN, indicator_code=EAST.code, sex=s, figure=Decimal(n)) for s, n in figures]
    record(town, editor, TOWN, [USERS, EAST], [*whole, *own], seen=0)
    users = (ServiceIndicator("users", IndicatorRole.USERS),)
    define(town, editor, TOWN, Service("care", "Care", indicators=users))
    return build_report(
        town, "service_sheet", {"municipality": TOWN, "year": "2024", "service": "care"}
    )


def test_a_place_is_shown_beside_the_whole_and_never_added_to_it(town, editor):
    """Eighty of the hundred women live in the east: the service has a hundred."""
    sheet = at_east(town, editor, ("female", 80), ("male", 90))
    assert 200 == sheet.facts["users"]
    assert [("East", 80, 90, 170, "A")] == [
        tuple(row[name] for name in ("place", "female", "male", "users", "grade"))
        for row in sheet.tables["places"].rows.to_pylist()
    ]
    sources = sheet.tables["sources"].rows["indicator"].to_pylist()
    assert {"Users", "Users, East"} == set(sources)


def test_few_persons_at_a_place_are_hidden_with_those_elsewhere(town, editor):
    """Of three men in the east nothing exact is shown, nor of the 97 elsewhere."""
    sheet = at_east(town, editor, ("female", 80), ("male", 3))
    row = sheet.tables["places"].rows.to_pylist()[0]
    assert (None, None) == (row["male"], row["users"])
    assert "1" in row["hidden"]
    told = [row["figure"] for row in sheet.tables["sources"].rows.to_pylist()]
    assert not {"3", "97", "83"} & set(told)


def test_a_service_of_which_only_a_place_is_counted_has_no_known_users(town, editor):
    """What is counted in the east says nothing of the whole town."""
    figure = replace(WOMEN, indicator_code=EAST.code, figure=Decimal(80))
    record(town, editor, TOWN, [USERS, EAST], [figure], seen=0)
    users = (ServiceIndicator("users", IndicatorRole.USERS),)
    define(town, editor, TOWN, Service("care", "Care", indicators=users))
    asked = {"municipality": TOWN, "year": "2024", "service": "care"}
    sheet = build_report(town, "service_sheet", asked)
    assert sheet.facts["users"] is None
    assert [80] == sheet.tables["places"].rows["female"].to_pylist()


@pytest.mark.parametrize(
    ("spelled", "is_same"), [("EAST ", True), ("east", True), ("Easton", False)]
)
def test_a_place_is_found_however_it_is_spelled(spelled, is_same):
    """A stored place is not stored a second time under other letters; another one is another."""
    assert is_same == (placed(USERS, spelled, [USERS, EAST]) == EAST)


def test_the_same_place_of_something_else_is_something_else():
    """Hours in the east are not users in the east."""
    hours = Indicator("hours", "Hours", Unit.HOURS)
    assert "hours@East" == placed(hours, "East", [USERS, EAST]).code


@pytest.mark.parametrize(
    ("total", "women", "is_possible"),
    [(100, 60, True), (99, 60, False), (None, 60, True), (100, None, True), (39, None, False)],
)
def test_parts_do_not_exceed_their_total(total, women, is_possible):
    """Forty men and sixty women are at least a hundred; what is not known contradicts nothing."""
    given = {"female": women, "male": 40, "all": total}
    by_sex = {sex: None if n is None else Decimal(n) for sex, n in given.items()}
    assert is_possible == (contradicted_total(by_sex) is None)
