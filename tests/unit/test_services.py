"""Services: defining them, what they take of budget lines, and taking changes back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from fixtures.small_budget import CARE, ROADS, SCHOOLS, accept_rows, ask

from budgeting.access import Identity, Role
from budgeting.errors import NotAllowed, NotFound, ServiceChanged, ServiceInvalid
from budgeting.imports.stored.undo import undo as undo_import
from budgeting.incidence.shared import ServiceKind, Treatment
from budgeting.methodologies.model import Subject
from budgeting.model import Direction, Sex
from budgeting.services import defining, registering
from budgeting.services.defining import change, define, withdraw
from budgeting.services.model import (
    Answer,
    DataNeed,
    NeedState,
    Service,
    ServiceLine,
    StoredService,
)
from budgeting.services.stored import services_of
from budgeting.services.suggesting import suggested_lines
from budgeting.store import Store

TOWN = "smallton"
HALF = Decimal("0.5")
EDUCATION = ServiceLine(Subject.ORGANISATION, "1")


@pytest.fixture
def town(prepared, editor: Identity) -> Store:
    return prepared(accept_rows, editor, SCHOOLS, CARE, ROADS)


def line_code(store: Store, label: str) -> str:
    rows = ask(
        store,
        "select line_code from core.budget_lines join core.line_years using (line_id) where label = $label",
        label=label,
    )
    return rows[0]["line_code"]


def line(store: Store, label: str, share: Decimal = Decimal(1)) -> ServiceLine:
    return ServiceLine(Subject.LINE, line_code(store, label), share)


def money(store: Store, service_id: int, stage: str = "approved") -> Decimal:
    rows = store.query("service_money", municipality_code=TOWN, fiscal_year=2024).to_pylist()
    return sum(
        row["amount"] for row in rows if row["service_id"] == service_id and row["stage"] == stage
    )


def test_a_service_has_the_money_of_its_lines(town, editor):
    """An organisation brings its lines with it, at every stage."""
    stored = define(town, editor, TOWN, Service("edu", "Education", lines=(EDUCATION,)))
    assert Decimal("1500.00") == money(town, stored.service_id)
    assert Decimal("900.50") == money(town, stored.service_id, "executed")


def test_a_line_without_an_amount_is_not_known(town, editor):
    """A service whose line has no executed amount has no row for it, and no 0."""
    stored = define(
        town, editor, TOWN, Service("care", "Care", lines=(line(town, "Care of children"),))
    )
    rows = town.query("service_money", municipality_code=TOWN, fiscal_year=2024).to_pylist()
    assert {(stored.service_id, "approved")} == {(r["service_id"], r["stage"]) for r in rows}


def test_the_most_detailed_subject_decides(town, editor):
    """Of an organisation one line can be left out, or given in part."""
    lines = (EDUCATION, line(town, "Care of children", Decimal(0)), line(town, "Schools", HALF))
    stored = define(town, editor, TOWN, Service("edu", "Education", lines=lines))
    assert Decimal("500.00") == money(town, stored.service_id)


def test_an_organisation_can_be_narrowed_to_an_economic_class(town, editor):
    """Only lines of the class count, here none of two."""
    pay = replace(EDUCATION, economic_code="611")
    stored = define(town, editor, TOWN, Service("pay", "Pay", lines=(pay,)))
    assert Decimal("1500.00") == money(town, stored.service_id)
    with pytest.raises(NotFound, match="821000"):
        define(
            town,
            editor,
            TOWN,
            Service("x", "X", lines=(replace(EDUCATION, economic_code="821000"),)),
        )


def test_shared_lines_add_up_to_the_cent(town, editor):
    """Three services with a part each of 2,345.67 have exactly that together."""
    third = Decimal("0.333333")
    shares = (third, third, 1 - 2 * third)
    numbers = [
        define(
            town, editor, TOWN, Service(f"r{n}", f"R{n}", lines=(line(town, "Roads", share),))
        ).service_id
        for n, share in enumerate(shares)
    ]
    assert Decimal("2345.67") == sum(money(town, number) for number in numbers)


def test_money_is_never_counted_twice(town, editor):
    """A line of which two services take more than the whole is refused, naming the other service."""
    define(town, editor, TOWN, Service("edu", "Education", lines=(EDUCATION,)))
    with pytest.raises(ServiceInvalid, match=r"“Schools”.*“Education”"):
        define(town, editor, TOWN, Service("s", "Schools", lines=(line(town, "Schools", HALF),)))
    assert ["edu"] == [one.service.code for one in services_of(town, TOWN)]


def test_the_whole_of_a_line_may_be_shared(town, editor):
    """Half and half is the whole, and not more."""
    define(town, editor, TOWN, Service("a", "A", lines=(line(town, "Schools", HALF),)))
    define(town, editor, TOWN, Service("b", "B", lines=(line(town, "Schools", HALF),)))
    with pytest.raises(ServiceInvalid):
        define(
            town,
            editor,
            TOWN,
            Service("c", "C", lines=(line(town, "Schools", Decimal("0.000001")),)),
        )


def test_a_later_year_with_money_counted_twice_is_told(town, editor):
    """What a new year brings into two services at once cannot be refused; the question for it finds it."""
    bought = replace(EDUCATION, economic_code="821")
    define(town, editor, TOWN, Service("buy", "Purchases", lines=(bought,)))
    unit = ServiceLine(Subject.ORGANISATION, "1/11")
    define(town, editor, TOWN, Service("unit", "Schools", lines=(unit,)))
    accept_rows(town, editor, "1;Education;11;821;09.1;Desks;10,00;", year=2025, name="next.csv")
    found = town.query("service_overlaps", municipality_code=TOWN, fiscal_year=None).to_pylist()
    assert [("Desks", 2025, ["Purchases", "Schools"])] == [
        (row["label"], row["fiscal_year"], row["service_names"]) for row in found
    ]


def test_what_no_budget_has_is_refused(town, editor):
    """A line, programme or organisation must stand in a stored budget."""
    with pytest.raises(NotFound, match="“9”"):
        define(
            town,
            editor,
            TOWN,
            Service("x", "X", lines=(ServiceLine(Subject.ORGANISATION, "9"),)),
        )


@pytest.mark.parametrize(
    "service",
    [
        Service("", "No code"),
        Service("x", " "),
        Service("x", "X", treatment=Treatment.EXCLUDE),
        Service("x", "X", ServiceKind.OVERHEAD),
        Service("x", "X", sex=Sex.UNKNOWN),
        Service("x", "X", ages=(65, 64)),
        Service("x", "X", ages=(-1, None)),
        Service("x", "X", capital_life=0),
        Service("x", "X", capital_rate=Decimal(1)),
        Service("x", "X", lines=(EDUCATION, EDUCATION)),
        Service("x", "X", lines=(replace(EDUCATION, amount_share=Decimal("1.01")),)),
        Service(
            "x", "X", lines=(replace(EDUCATION, direction=Direction.REVENUE, is_capital=True),)
        ),
    ],
)
def test_a_service_that_contradicts_itself_is_refused(town, editor, service):
    """Each impossible thing is told in a sentence."""
    with pytest.raises(ServiceInvalid):
        define(town, editor, TOWN, service)


def test_a_code_is_given_once(town, editor):
    """A second service of the same code is refused; the service itself keeps its own."""
    first = define(town, editor, TOWN, Service("edu", "Education"))
    with pytest.raises(ServiceInvalid, match="Education"):
        define(town, editor, TOWN, Service("edu", "Another"))
    change(town, editor, TOWN, first.service_id, Service("edu", "Schools"), seen=first.version)
    assert ["Schools"] == [one.service.name for one in services_of(town, TOWN)]


def test_a_line_that_left_the_budget_may_stay_in_its_service(town, editor):
    """A service can be changed while one of its lines waits for its code; a new one must be there."""
    roads = line(town, "Roads")
    first = define(town, editor, TOWN, Service("r", "Roads", lines=(roads,)))
    undo_import(town, 1, "wrong file", editor)
    accept_rows(town, editor, SCHOOLS, name="other.csv")
    changed = Service("r", "Roads and bridges", lines=(roads,))
    second = change(town, editor, TOWN, first.service_id, changed, seen=first.version)
    assert [] == town.query("service_money", municipality_code=TOWN, fiscal_year=2024).to_pylist()
    more = replace(changed, lines=(roads, ServiceLine(Subject.LINE, "organisation=1/12")))
    with pytest.raises(NotFound):
        change(town, editor, TOWN, first.service_id, more, seen=second.version)


def test_a_viewer_defines_nothing(town, viewer):
    """The role editor is the first that may."""
    with pytest.raises(NotAllowed):
        define(town, viewer, TOWN, Service("edu", "Education"))


def test_who_is_slower_writes_nothing(town, editor):
    """A change on a version that is not the newest is refused and says who was faster."""
    first = define(town, editor, TOWN, Service("edu", "Education"))
    other = Identity("other@example.org", Role.EDITOR)
    change(town, other, TOWN, first.service_id, Service("edu", "Theirs"), seen=first.version)
    with pytest.raises(ServiceChanged, match=r"other@example\.org"):
        change(town, editor, TOWN, first.service_id, Service("edu", "Mine"), seen=first.version)
    assert ["Theirs"] == [one.service.name for one in services_of(town, TOWN)]


def test_a_change_is_taken_back_and_then_the_one_before(town, editor):
    """Undo brings back the version before, and at last there is no service."""
    service = Service("edu", "Education", lines=(EDUCATION,))
    first = define(town, editor, TOWN, service)
    change(town, editor, TOWN, first.service_id, Service("edu", "Other"), seen=first.version)
    defining.undo(town, editor, TOWN)
    assert [service] == [one.service for one in services_of(town, TOWN)]
    defining.undo(town, editor, TOWN)
    assert () == services_of(town, TOWN)
    with pytest.raises(NotFound):
        defining.undo(town, editor, TOWN)


def test_a_withdrawn_service_comes_back(town, editor):
    """Withdrawal needs a reason; undo brings the service back with its lines."""
    service = Service("edu", "Education", lines=(EDUCATION,))
    first = define(town, editor, TOWN, service)
    with pytest.raises(ServiceInvalid):
        withdraw(town, editor, TOWN, first.service_id, " ", seen=first.version)
    withdraw(town, editor, TOWN, first.service_id, "closed", seen=first.version)
    assert () == services_of(town, TOWN)
    defining.undo(town, editor, TOWN)
    assert [service] == [one.service for one in services_of(town, TOWN)]


def test_nobody_takes_back_what_somebody_has_built_on(town, editor):
    """Undo is refused where another person has changed the service since."""
    first = define(town, editor, TOWN, Service("edu", "Education"))
    other = Identity("other@example.org", Role.EDITOR)
    change(town, other, TOWN, first.service_id, Service("edu", "Theirs"), seen=first.version)
    with pytest.raises(ServiceChanged):
        defining.undo(town, editor, TOWN)


def test_every_change_is_in_the_audit_chain(town, editor):
    """Definition, change and undo each leave an event with the service's number."""
    first = define(town, editor, TOWN, Service("edu", "Education"))
    change(town, editor, TOWN, first.service_id, Service("edu", "Other"), seen=first.version)
    defining.undo(town, editor, TOWN)
    actions = ask(town, "select action from core.audit_events order by sequence")
    assert ["define-service", "change-service", "undo-service"] == [r["action"] for r in actions][
        -3:
    ]


def test_lines_are_suggested_by_the_name(town):
    """A service called like an organisation or a line finds them, the most alike first."""
    found = suggested_lines(town, TOWN, "Care of children", 2024)
    assert ("Care of children", Decimal("1.00")) == (found[0].label, found[0].similarity)
    assert () == suggested_lines(town, TOWN, "Zoo", 2024)


# --- answers and needs ----------------------------------------------------


@pytest.fixture
def education(town, editor) -> StoredService:
    return define(town, editor, TOWN, Service("edu", "Education"))


def answers(store: Store) -> list[str]:
    rows = store.query("service_answers", municipality_code=TOWN).to_pylist()
    return [row["answer"] for row in rows]


def test_the_newest_answer_counts_and_can_be_taken_away(town, editor, education):
    """Answers are appended; an empty one takes the last away."""
    given = Answer(education.service_id, 2024, "reality_why", "Shifts.")
    seen = registering.answer(town, editor, TOWN, given, seen=0)
    with pytest.raises(ServiceChanged):
        registering.answer(town, editor, TOWN, given, seen=0)
    seen = registering.answer(town, editor, TOWN, replace(given, words="Buses."), seen=seen)
    assert ["Buses."] == answers(town)
    registering.answer(town, editor, TOWN, replace(given, words=""), seen=seen)
    assert [] == answers(town)


def test_a_question_must_be_known(town, editor, education):
    """Answers are given to the questions of the file."""
    with pytest.raises(NotFound):
        registering.answer(town, editor, TOWN, Answer(education.service_id, 2024, "x", "y"), seen=0)


def test_a_need_is_recorded_and_followed(town, editor, education):
    """What is missing has an owner, a date and a state, and its newest version counts."""
    need = DataNeed(education.service_id, "users_by_sex", "Schools", date(2025, 3, 1))
    number = registering.record_need(town, editor, TOWN, need)
    row = town.query("data_needs", municipality_code=TOWN).to_pylist()[0]
    asked = replace(need, state=NeedState.ASKED)
    registering.change_need(town, editor, TOWN, number, asked, seen=row["version"])
    after = town.query("data_needs", municipality_code=TOWN).to_pylist()
    assert [("asked", date(2025, 3, 1))] == [(r["state"], r["due_date"]) for r in after]
    with pytest.raises(ServiceChanged):
        registering.change_need(town, editor, TOWN, number, asked, seen=row["version"])


def test_a_need_belongs_to_a_service(town, editor):
    """There is no need of a service that is not kept."""
    with pytest.raises(NotFound):
        registering.record_need(town, editor, TOWN, DataNeed(99, "fees"))
