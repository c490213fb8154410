"""Methodologies of one's own: broken files beside others, and one that a municipality adds."""

import os
import re
import shutil
from decimal import Decimal

import pytest
from fixtures.small_methodologies import (
    installation,
    small,
    told,
)

from budgeting.errors import UnknownMethodology
from budgeting.methodologies import (
    Evidence,
    classify,
    faults,
    methodologies,
    methodology,
)
from budgeting.methodologies.files import FOLDER
from budgeting.settings import ROOT
from budgeting.translations import language


@pytest.fixture
def beside(tmp_path, monkeypatch):
    with installation(tmp_path, monkeypatch) as folder:
        yield folder


PACKAGE = ROOT / "budgeting" / "methodologies"


# --- broken files beside others -------------------------------------------


def test_a_broken_file_does_not_stop_the_others(beside):
    """Whatever is wrong with one, all that came with Paritet can be used."""
    before = methodologies()
    told(beside, "code =")
    assert before == methodologies()
    with pytest.raises(UnknownMethodology, match=r"small_1\.toml"):
        methodology("small")


def test_a_methodology_that_fails_its_own_case_is_refused(beside):
    """Where file and case contradict each other, neither is believed."""
    case = '[[case]]\nscore = {score}\ngives = "yes"\n'
    cases = beside / "cases" / "small_1.toml"
    cases.write_text(case.format(score=5), encoding="utf-8")
    assert set() == told(beside, small())
    cases.write_text(case.format(score=4.99), encoding="utf-8")
    (fault,) = faults()
    assert ("cases/small_1.toml", "case[1]") == (fault.file, fault.key)
    assert "The case says “yes”, the methodology gives “no”." == str(fault.reason)
    for wrong, key in (
        ('[[case]]\nscore = 11\ngives = "yes"\n', "case[1]"),
        ('[[case]]\nscore = 5\ngives = "yes"\ncoefficient = 0.5\n', "case[1]"),
        ('[[case]]\nscor = 5\ngives = "yes"\n', "case[1].scor"),
        ('[[target_case]]\ntarget = "x"\ncounted = 1\nbudget = 1\nmet = true\n', "target_case[1]"),
    ):
        cases.write_text(wrong, encoding="utf-8")
        assert key in {fault.key for fault in faults()}


def test_a_broken_version_of_ones_own_does_not_fall_back_in_silence(beside):
    """A file of the same name stands for the one that came with Paritet, broken or not."""
    (beside / "oecd_dac_2016.toml").write_text("code =", encoding="utf-8")
    with pytest.raises(UnknownMethodology, match=r"oecd_dac_2016\.toml"):
        methodology("oecd_dac")
    (beside / "oecd_dac_2016.toml").unlink()
    assert "2016" == methodology("oecd_dac").version


# --- one's own ------------------------------------------------------------


OWN = """
# Our town: two steps.
code = "our_town"
version = "1"
valid_from = 2025-01-01
source = "Decision of the town council of 12 March 2025"
measures = "intent"
subjects = ["line", "programme"]
rule = "checklist"

[label]
en = "Our town's marker"
sr = "Маркер нашег града"

[[criterion]]
id = "goal"
label.en = "There is an equality goal"
label.sr = "Постоји циљ равноправности"

[[category]]
code = "yes"
stance = "principal"
requires = ["goal"]
label.en = "With a goal"
label.sr = "Са циљем"

[[category]]
code = "no"
stance = "none"
label.en = "Without a goal"
label.sr = "Без циља"

[[convention]]
name = "full"
coefficients = { yes = 0.75, no = 0 }
label.en = "Three quarters count"
label.sr = "Рачунају се три четвртине"
"""


def test_a_methodology_of_ones_own_is_used_at_once(beside):
    """A text file beside the database is enough: labels, criteria, coefficients, without a restart."""
    with pytest.raises(UnknownMethodology):
        methodology("our_town")
    (beside / "our_town_1.toml").write_text(OWN, encoding="utf-8")
    own = methodology("our_town")
    assert () == faults()
    outcome = classify(own, Evidence(ticks={"goal": Decimal(1)}))
    assert ("yes", Decimal("0.75")) == (outcome.category, outcome.amount_coefficient)
    assert "Маркер нашег града" == language("sr").say(own.labels)
    assert "Marker našeg grada" == language("sr-Latn").say(own.labels)
    assert "Постоји циљ равноправности" in language("sr").say(outcome.why)


def test_a_changed_file_is_read_anew(beside):
    """What was edited counts from the next question on, and its fingerprint tells that it was."""
    path = beside / "our_town_1.toml"
    path.write_text(OWN, encoding="utf-8")
    before = methodology("our_town")
    path.write_text(OWN.replace("yes = 0.75", "yes = 0.50"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    after = methodology("our_town")
    assert (Decimal("0.75"), Decimal("0.50")) == (
        before.convention().coefficients["yes"],
        after.convention().coefficients["yes"],
    )
    assert before.fingerprint != after.fingerprint
    path.unlink()
    with pytest.raises(UnknownMethodology):
        methodology("our_town")


def test_a_copy_can_be_kept_as_ones_own_version(beside):
    """Copied, renamed and changed, a methodology stands beside the one it came from."""
    written = (FOLDER / "uganda_certificate_2015.toml").read_text(encoding="utf-8")
    written = written.replace('version = "2015"', 'version = "2015-town"')
    name = "uganda_certificate_2015-town.toml"
    assert set() == told(beside, written.replace("from = 50", "from = 65"), name)
    score = Evidence(score=Decimal(60))
    assert "certified" == classify(methodology("uganda_certificate", "2015"), score).category
    assert (
        "not_certified" == classify(methodology("uganda_certificate", "2015-town"), score).category
    )
    shutil.rmtree(beside)
    assert 1 == sum(one.code == "uganda_certificate" for one in methodologies())


def test_the_example_of_the_guide_works(beside):
    """What docs/methodologies.md tells a municipality to write can be used as it stands, with its cases."""
    guide = (ROOT / "docs" / "methodologies.md").read_text(encoding="utf-8")
    written, cases = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    (beside / "cases" / "zelengrad_2026.toml").write_text(cases, encoding="utf-8")
    assert set() == told(beside, written, "zelengrad_2026.toml")
    own = methodology("zelengrad")
    outcome = classify(own, Evidence(ticks={"goal": Decimal(1)}))
    assert ("partial", Decimal("0.4")) == (outcome.category, outcome.amount_coefficient)
    (beside / "cases" / "zelengrad_2026.toml").write_text(
        cases.replace("coefficient = 0.4", "coefficient = 0.5"), encoding="utf-8"
    )
    assert ["case[2]"] == [fault.key for fault in faults()]


def test_every_entry_is_in_the_guide():
    """What a file may hold is named in docs/methodologies.md."""
    guide = (ROOT / "docs" / "methodologies.md").read_text(encoding="utf-8")
    written = "\n".join(
        path.read_text(encoding="utf-8") for path in (PACKAGE / "reading.py", PACKAGE / "cases.py")
    )
    entries = set(
        re.findall(
            r'\.(?:written|flag|number|numbers|names|tables?|day|labels|one_of|some_of|has)\("(\w+)"',
            written,
        )
    )
    assert {"code", "met_from", "of_score", "counted"} <= entries
    assert [] == sorted(entry for entry in entries if not re.search(rf"[`\[]{entry}\b", guide))
