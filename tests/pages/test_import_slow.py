"""Files that take long to read: what is asked stays on the page meanwhile, and nothing is asked twice."""

import threading

import pytest
from pages.importing import CSV, answered, buttons, dropped, labelled

from budgeting.ui.importing import work

YEAR = "Fiscal year of the amounts"
LONG, SHORT = 100, 0.1  # seconds: within them a file is read, or not


class Reading:
    """Whether reading goes on, or is held up for as long as a test looks at the page."""

    def __init__(self, monkeypatch) -> None:
        self._patch = monkeypatch
        self._goes_on = threading.Event()
        self.go_on()

    def go_on(self) -> None:
        self._goes_on.set()
        self._patch.setattr(work, "PATIENCE", LONG)

    def hold_up(self) -> None:
        self._goes_on.clear()
        self._patch.setattr(work, "PATIENCE", SHORT)

    def wait(self) -> None:
        self._goes_on.wait(LONG)


@pytest.fixture
def reading(monkeypatch) -> Reading:
    held, run = Reading(monkeypatch), work.Work._run

    def held_up(self, task):
        held.wait()
        run(self, task)

    monkeypatch.setattr(work.Work, "_run", held_up)
    yield held
    held.go_on()


def test_what_is_asked_stays_while_the_file_is_read_anew(visit, reading):
    """The year can be typed in while the file is read with the municipality."""
    at = dropped(visit, ("ledger.csv", CSV))
    labelled(at.selectbox, "Municipality").select("+").run()
    labelled(at.text_input, "Name of the municipality").set_value("Vran").run()
    labelled(at.text_input, "Country, two letters").set_value("RS").run()
    reading.hold_up()
    labelled(at.text_input, "Currency, three letters").set_value("RSD").run()
    assert "Cancel" in buttons(at)
    labelled(at.number_input, YEAR).set_value(2025).run()
    reading.go_on()
    at.run()
    assert 2025 == labelled(at.number_input, YEAR).value
    assert "Accept and store" in buttons(at)


def test_a_verdict_of_before_is_not_shown(visit, reading):
    """While the file is read anew there are no sums, and nothing can be stored."""
    at = answered(dropped(visit, ("ledger.csv", CSV)))
    assert at.metric
    assert "Accept and store" in buttons(at)
    reading.hold_up()
    labelled(at.number_input, YEAR).set_value(2024).run()
    assert not at.metric
    assert "Accept and store" not in buttons(at)


def test_several_files_are_read_without_a_fault(visit, reading):
    """Each shows once how far it is, the one in view as well."""
    reading.hold_up()
    at = dropped(visit, ("ledger.csv", CSV), ("other.csv", CSV.replace("1200", "1300")))
    assert not at.exception
    assert 2 == buttons(at).count("Cancel")
    reading.go_on()
    at.run()
    assert not at.exception
