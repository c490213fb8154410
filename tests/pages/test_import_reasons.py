"""Why a mapping is proposed: the reasons stand on the page, and what should be checked is counted."""

import pytest
from pages.importing import CSV, dropped

from budgeting.ui.importing import work


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Let every task finish within the run that began it."""
    monkeypatch.setattr(work, "PATIENCE", 60)


def reasons(at) -> dict[str, list[str]]:
    """Return the lists of reasons by their titles."""
    return {
        part.label: [line.value for line in part.markdown]
        for part in at.expander
        if part.label.startswith("Why it is proposed so")
    }


def test_the_reasons_of_a_proposal_stand_on_the_page(visit):
    """Each decision is told with its column."""
    found = reasons(dropped(visit, ("ledger.csv", CSV)))
    assert 1 == len(found)
    assert "- Approved\\: It holds the amounts approved." in next(iter(found.values()))


def test_what_should_be_checked_is_counted_and_stands_first(visit):
    """A unit by which every amount is multiplied is a point to check."""
    found = reasons(dropped(visit, ("ledger.csv", CSV.replace("Approved", "Approved (thousands)"))))
    assert ["Why it is proposed so, with one point to check"] == list(found)
    assert "every amount is multiplied by it" in next(iter(found.values()))[0]
