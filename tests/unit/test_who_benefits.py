"""Who benefits, gaps, further groups and the data register, on the demo towns."""

import re
from decimal import Decimal

import pytest

from budgeting.errors import NotFound, UnknownReport
from budgeting.reports import build_report
from budgeting.settings import ROOT

TOWNS = ("demo_jasenik", "demo_topolnica", "demo_vrbograd")
JASENIK = {"municipality": "demo_jasenik", "year": "2025"}


def rows(report, table):
    return report.tables[table].rows.to_pylist()


def known(amounts):
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


@pytest.fixture(params=TOWNS)
def town(request):
    return {"municipality": request.param, "year": "2025"}


# --- who benefits ---------------------------------------------------------


def test_each_service_closes_to_the_cent(demo_store, town):
    """Women, men, others, not known and not attributable are the net cost of a service."""
    services = rows(build_report(demo_store, "who_benefits", town), "services")
    assert len(services) > 10
    for row in services:
        if row["net"] is not None:
            parts = ("women", "men", "other", "not_known", "not_attributable")
            assert row["net"] == known(row[part] for part in parts), row["name"]


def test_the_groups_are_the_sum_over_services(demo_store, town):
    """What groups have together is the net cost of all services that are attributable."""
    report = build_report(demo_store, "who_benefits", town)
    services, groups = rows(report, "services"), rows(report, "groups")
    attributable = [row for row in services if row["not_attributable"] is None]
    assert known(row["net"] for row in attributable) == known(row["benefit"] for row in groups)
    assert report.facts["net"] == known(row["benefit"] for row in groups)
    assert 1 == pytest.approx(sum(row["share"] or 0 for row in groups))


def test_the_budget_closes_with_what_is_in_no_service(demo_store, town):
    """Explained, assumed, not attributable, not known and outside are the whole statement."""
    report = build_report(demo_store, "who_benefits", town | {"stage": "revised"})
    overview = build_report(demo_store, "overview", town)
    parts = {row["standing"]: row["amount"] for row in rows(report, "coverage")}
    assert overview.facts["revised"] == sum(parts.values())
    assert {"explained", "assumed", "not_attributable", "not_known", "outside"} == set(parts)
    assert all(amount >= 0 for amount in parts.values())


def test_the_change_is_the_sum_of_its_effects(demo_store, town):
    """Moved money, other users, both together and other records are the change of a share."""
    changes = rows(build_report(demo_store, "who_benefits", town | {"stage": "approved"}), "change")
    assert {"female", "male"} <= {row["sex"] for row in changes}
    for row in changes:
        effects = sum(row[name] for name in ("allocation", "use", "interaction", "recording"))
        assert row["after"] - row["before"] == pytest.approx(effects, abs=1e-12)


def test_a_range_holds_its_share_and_assumptions_have_none(demo_store):
    """Grades A to C have a range around the share; D and E have none."""
    services = rows(build_report(demo_store, "who_benefits", JASENIK), "services")
    graded = [row for row in services if row["grade"] and row["women_share"] is not None]
    assert {"A", "D"} <= {row["grade"] for row in graded}
    for row in graded:
        if row["grade"] in ("D", "E"):
            assert (None, None) == (row["low"], row["high"])
            assert "assumption" == row["range_kind"]
        elif row["low"] is not None:
            assert row["low"] - 1e-6 <= row["women_share"] <= row["high"] + 1e-6


def test_the_same_question_has_the_same_answer(demo_store):
    """Bounds that were drawn stand on a stated seed."""
    once, again = (build_report(demo_store, "who_benefits", JASENIK).facts for _ in range(2))
    assert once == again


def test_a_town_without_services_says_so(store, editor):
    """Nothing is divided by nobody."""
    from fixtures.small_budget import SCHOOLS, accept_rows

    accept_rows(store, editor, SCHOOLS)
    where = {"municipality": "smallton", "year": "2024"}
    for name in ("who_benefits", "groups", "data_register"):
        assert "No service" in str(build_report(store, name, where).answer)
    assert "nobody has said" in str(build_report(store, "gaps", where).answer)


# --- service sheet --------------------------------------------------------


def test_the_lines_of_a_service_are_its_expenditure(demo_store):
    """The budget lines of the sheet add up to expenditure and capital; revenue lines to fees."""
    sheet = build_report(demo_store, "service_sheet", JASENIK | {"service": "preschool"})
    money = {row["what"]: row["amount"] for row in rows(sheet, "money")}
    lines = rows(sheet, "lines")
    spent = known(row["amount"] for row in lines if row["direction"] == "expenditure")
    assert money["expenditure"] + money["capital expenditure"] == spent
    assert money["fees"] == known(row["amount"] for row in lines if row["direction"] == "revenue")
    assert money["net cost"] == money["expenditure"] - money["fees"]


def test_a_service_that_is_not_there_is_named(demo_store):
    with pytest.raises(NotFound, match="nothing-like-it"):
        build_report(demo_store, "service_sheet", JASENIK | {"service": "nothing-like-it"})


# --- gaps -----------------------------------------------------------------


def test_assumptions_are_not_ranked(demo_store, town):
    """What nobody counted stands below what is ranked, without a place in the band."""
    gaps = rows(build_report(demo_store, "gaps", town), "gaps")
    assert gaps
    assert {None} >= {row["parity"] for row in gaps if row["grade"] in ("D", "E")}
    indices = [row["index"] for row in gaps if row["parity"] is not None]
    assert sorted(indices) == indices


def test_planned_use_stands_beside_actual_use(demo_store):
    """The difference is actual less planned, and not known where one of them is."""
    plans = rows(build_report(demo_store, "gaps", JASENIK), "plans")
    assert plans
    for row in plans:
        if row["actual"] is not None:
            assert row["difference"] == row["actual"] - row["planned"]


# --- further groups -------------------------------------------------------


@pytest.mark.parametrize(
    "who", [{"group": "minority/roma"}, {"group": "rural", "sex": "female", "ages": "65-"}]
)
def test_each_service_tells_of_a_group_or_is_listed_as_missing(demo_store, town, who):
    """No service falls out of the picture; only administration, which nobody uses, is in neither."""
    services = {
        row["code"] for row in rows(build_report(demo_store, "who_benefits", town), "services")
    }
    report = build_report(demo_store, "groups", town | who)
    members = [row["code"] for row in rows(report, "members")]
    missing = [row["code"] for row in rows(report, "missing") if row["role"] == "users"]
    assert sorted(services - {"administration"}) == sorted(members + missing)


def test_a_small_count_is_told_as_from_to(demo_store):
    """Three Roma girls in preschool are “1–4”, and so is what would give them away."""
    report = build_report(demo_store, "groups", JASENIK | {"group": "minority/roma"})
    preschool = next(row for row in rows(report, "members") if row["code"] == "preschool")
    assert "women: 1–4; men: 1–4" == preschool["hidden"]
    assert {None} == {preschool[name] for name in ("members", "women", "men", "share", "benefit")}


def test_a_group_that_is_not_there_is_refused(demo_store):
    with pytest.raises(UnknownReport):
        build_report(demo_store, "groups", JASENIK | {"group": "everybody"})


def test_reports_never_read_a_count_that_may_be_hidden():
    """Only the module that protects counts reads them; all others read what may be shown."""
    folder = ROOT / "budgeting" / "reports" / "beneficiaries"
    for path in sorted(folder.glob("*.py")):
        if path.stem != "protection":
            found = re.findall(r'\["figure"\](?! is (?:not )?None)', path.read_text("utf-8"))
            assert not found, path.name


# --- data register --------------------------------------------------------


def test_the_register_lists_every_service_and_asks_its_owner(demo_store):
    """What a department is asked for is what is missing of its services, no more and no less."""
    register = build_report(demo_store, "data_register", JASENIK)
    missing = rows(register, "missing")
    assert register.facts["missing_count"] == len(missing)
    counted = {row["name"]: row["missing_count"] for row in rows(register, "register")}
    assert sum(counted.values()) == len(missing)
    asked = [
        row
        for owner in register.facts["owners"]
        for row in rows(
            build_report(demo_store, "data_request", JASENIK | {"owner": owner}), "request"
        )
    ]
    assert len(asked) == sum(bool(row["owner"]) for row in missing)


def test_money_on_each_grade_is_money_of_its_services(demo_store):
    """The grades have the money of the services whose users have them."""
    services = rows(build_report(demo_store, "who_benefits", JASENIK), "services")
    graded = {
        row["grade"]: row["amount"]
        for row in rows(build_report(demo_store, "data_register", JASENIK), "grades")
        if row["grade"]
    }
    for grade, amount in graded.items():
        assert amount == known(row["gross"] for row in services if row["grade"] == grade)


def test_what_the_budget_rests_on_is_the_whole_budget(demo_store, town):
    """Grades, what is not known or left out, and what is in no service are all of the statement."""
    register = build_report(demo_store, "data_register", town | {"stage": "revised"})
    parts = rows(register, "grades")
    assert build_report(demo_store, "overview", town).facts["revised"] == sum(
        row["amount"] for row in parts
    )
    weak = [row["share"] for row in parts if row["grade"] in ("C", "D", "E")]
    assert register.facts["weak_share"] == pytest.approx(sum(weak))
