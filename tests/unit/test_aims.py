"""What a reallocation is for: objectives with weights, as the address and the command line write them."""

from decimal import Decimal

import pytest

from budgeting.errors import UnknownReport
from budgeting.reports import build_report
from budgeting.reports.scenarios.objectives import (
    GROUPS,
    OBJECTIVES,
    Aim,
    weights_in,
    written_weights,
)

TOWN = {"municipality": "demo_vrbograd", "year": "2026", "most": "1"}


def test_weights_are_read_as_they_are_written():
    written = "use_gaps:2,parity:0.5,tagged:0"
    assert written == written_weights(weights_in(written, OBJECTIVES))
    assert () == weights_in("", OBJECTIVES)


@pytest.mark.parametrize(
    "wrong", ["x:1", "parity", "parity:-1", "parity:10.1", "parity:a", "female:1"]
)
def test_a_weight_of_nothing_known_or_out_of_range_is_refused(wrong):
    with pytest.raises(ValueError, match=wrong):
        weights_in(wrong, OBJECTIVES)
    assert (("female", Decimal(10)),) == weights_in("female:10", GROUPS)


def test_what_is_not_named_counts_one_and_where_nothing_counts_all_do():
    assert {"use_gaps": 2, "unmet_need": 1, "tagged": 1} == dict(
        Aim("all", weights=weights_in("use_gaps:2,parity:0", OBJECTIVES)).listed
    )
    nothing = ",".join(f"{one}:0" for one in OBJECTIVES if one != "all")
    assert {1} == {
        weight for _, weight in Aim("all", weights=weights_in(nothing, OBJECTIVES)).listed
    }


def test_a_weight_of_all_but_one_is_that_one(demo_store):
    """Weighed alone, need is what it is by itself: the same moves."""
    alone = build_report(demo_store, "optimisation", TOWN | {"objective": "unmet_need"})
    weights = "use_gaps:0,parity:0,tagged:0"
    weighed = build_report(
        demo_store, "optimisation", TOWN | {"objective": "all", "weights": weights}
    )
    moves = [
        [
            (row["giver_code"], row["taker_code"], row["amount"])
            for row in one.tables["moves"].rows.to_pylist()
        ]
        for one in (alone, weighed)
    ]
    assert moves[0] == moves[1] != []


def test_what_women_in_need_count_changes_the_gain(demo_store):
    """Twice as much for women alone is at most twice the gain, and more than before."""
    asked = TOWN | {"objective": "unmet_need"}
    alike = build_report(demo_store, "optimisation", asked).facts["gain"]
    double = build_report(demo_store, "optimisation", asked | {"groups": "female:2"}).facts["gain"]
    assert alike < double <= 2 * alike


def test_the_command_line_refuses_weights_that_cannot_be(demo_store):
    with pytest.raises(UnknownReport):
        build_report(demo_store, "optimisation", TOWN | {"objective": "all", "weights": "x:1"})
