"""What an address or a command may ask of the reports on who benefits."""

from decimal import Decimal

import pytest

from budgeting.errors import UnknownReport
from budgeting.incidence.shared import Treatment
from budgeting.model import Sex
from budgeting.reports.beneficiaries.kinds import read_benefit_view

PLACE = {"municipality": "smallton", "year": "2024"}


def asked(**given):
    return read_benefit_view(PLACE | given)


def test_everything_that_can_be_chosen_is_read():
    """Each word of an address becomes what it means."""
    found = asked(treatment="survey", sex="female", ages="65-", fee="-5", elasticity_men="-0.3")
    assert (Treatment.SURVEY, Sex.FEMALE, (65, None)) == (found.treatment, found.sex, found.ages)
    assert (Decimal("-0.05"), None, Decimal("-0.3")) == (
        *(found.fee.change, found.fee.women),
        found.fee.men,
    )


def test_what_is_left_out_is_the_usual():
    """No narrowing, each service's own treatment, a fee that rises by a tenth, no effect on use."""
    found = asked(sex="", ages="", treatment="", fee="")
    assert (None, None, None) == (found.sex, found.ages, found.treatment)
    assert (Decimal("0.10"), None, None) == (found.fee.change, found.fee.women, found.fee.men)


@pytest.mark.parametrize("ages", ["0-0", "17-17", "0-17", "65-"])
def test_ages_that_can_be(ages):
    """One year, several, or all from one on."""
    assert asked(ages=ages).ages is not None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("ages", words) for words in ("17", "-17", "18-17", "a-b", "-1-5", "65–")),
        *(("fee", words) for words in ("-100.1", "1000.1", "nan", "a lot", "1e9", "inf")),
        *(("elasticity_women", words) for words in ("-10.1", "10.1", "nan")),
        ("sex", "women"),
        ("treatment", "half and half"),
    ],
)
def test_what_cannot_be_is_named(name, value):
    """The refusal says which parameter has which value."""
    with pytest.raises(UnknownReport, match=name):
        asked(**{name: value})


@pytest.mark.parametrize("fee", ["-100", "1000"])
def test_a_fee_may_fall_to_nothing_and_rise_tenfold(fee):
    """Both ends of what may be asked belong to it."""
    assert Decimal(fee) / 100 == asked(fee=fee).fee.change
