"""Choices: which methodologies a municipality uses, decided with a reason."""

import pytest
from fixtures.small_budget import count

from budgeting.access import Identity, Role
from budgeting.errors import EvidenceInvalid, NotAllowed, UnknownMethodology
from budgeting.marks.choices import Choice, choices, choose
from budgeting.methodologies import methodology

ANA = Identity("ana", Role.REVIEWER)
WHY = "council decision 12"


def test_until_somebody_decides_it_is_the_oecd_marker(store):
    """Without a decision: the newest version with its own coefficients."""
    found, convention = choices(store, "smallton")[0].read()
    assert ("oecd_dac", found.convention()) == (found.code, convention)


def test_what_was_decided_is_kept_with_the_main_one_first(store):
    """The order says which is shown first; a new decision takes the place of the old one."""
    last = list(methodology("india_gbs", "2005").conventions)[-1]
    wanted = (Choice("un_gem"), Choice("india_gbs", "2005", last))
    choose(store, ANA, "smallton", [Choice("oecd_dac")], WHY)
    choose(store, ANA, "smallton", wanted, WHY)
    assert wanted == choices(store, "smallton")
    assert 2 == count(store, "core.audit_events")
    assert (Choice("oecd_dac"),) == choices(store, "othertown")


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        ([], NotAllowed),
        ([Choice("oecd_dac"), Choice("oecd_dac", "2016")], NotAllowed),
        ([Choice("nowhere")], UnknownMethodology),
        ([Choice("oecd_dac", "1")], UnknownMethodology),
        ([Choice("oecd_dac", "", "nothing")], EvidenceInvalid),
    ],
)
def test_what_cannot_be_used_is_not_chosen(store, wanted, error):
    """Nothing, the same twice, and what the files do not have."""
    with pytest.raises(error):
        choose(store, ANA, "smallton", wanted, WHY)
    assert 0 == count(store, "core.methodology_choices")


def test_a_decision_takes_a_reviewer_and_a_reason(store, editor):
    """An editor decides nothing, and nobody without a reason."""
    with pytest.raises(NotAllowed):
        choose(store, editor, "smallton", [Choice("un_gem")], WHY)
    with pytest.raises(NotAllowed):
        choose(store, ANA, "smallton", [Choice("un_gem")], " ")
