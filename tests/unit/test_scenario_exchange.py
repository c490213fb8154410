"""Scenarios as files: they reopen exactly, and what is not as in the file is told."""

import json
from decimal import Decimal

import pytest
from fixtures.moving_town import (
    ANA,
    BEN,
    CARE,
    EDUCATION,
    GRANTS,
    ROADS,
    RUTH,
    TOWN,
    begun,
    build_ruled_town,
    build_town,
    more,
    roads_to_care,
)
from fixtures.prepared import store_after
from fixtures.small_batches import batch, file_of
from fixtures.small_budget import count

from budgeting.errors import MoveInvalid, NotAllowed, NotFound, ScenarioInvalid
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.stored.comparison import findings_of
from budgeting.imports.stored.undo import undo as undo_import
from budgeting.scenarios.exchange import open_scenario, written_scenario
from budgeting.scenarios.kept import kept_baseline
from budgeting.scenarios.rules import save_rules
from budgeting.scenarios.saving import add_moves, undo
from budgeting.scenarios.stored import scenario
from budgeting.simulation.model import Subject, SubjectKind
from budgeting.simulation.moves import Move, MoveKind
from budgeting.simulation.rules import Rule, RuleKind

RULES = (
    Rule("balance", RuleKind.BALANCED, Subject(SubjectKind.ALL), reason='so; "it" is č'),
    Rule("tenth", RuleKind.LIMIT, EDUCATION, percent=Decimal("7.5")),
)
MOVES = (
    roads_to_care("10.00", 'because "č"'),
    more(CARE, "-1.50"),
    Move(MoveKind.USERS, service="care", sex="female", people=Decimal("3.5")),
    Move(MoveKind.LEVEL, EDUCATION, Decimal("15.00"), percent=Decimal("1.25")),
)


@pytest.fixture
def town(prepared):
    return prepared(build_ruled_town, RULES)


def made(store):
    return add_moves(store, ANA, begun(store).scenario_id, MOVES, seen=0)


def another(store):
    """Build the same town elsewhere, with another history."""
    import_id = build_town(store)
    undo_import(store, import_id, "to try", RUTH)
    build_town(store)
    save_rules(store, RUTH, TOWN, RULES, seen=0)


def test_a_file_reopens_exactly(town):
    """Moves, rules, lines and versions; nothing differs. It is a draft of who opened it."""
    of = made(town)
    opened = open_scenario(town, BEN, "more care.json", written_scenario(town, of.scenario_id))
    assert ((), of.moves, of.footing, of.name, "ben") == (
        opened.differences,
        opened.scenario.moves,
        opened.scenario.footing,
        opened.scenario.name,
        opened.scenario.author,
    )
    assert written_scenario(town, of.scenario_id).replace(b'"ana"', b'"ben"') == written_scenario(
        town, opened.scenario.scenario_id
    )


def test_a_file_reopens_exactly_in_another_installation(town):
    """The lines are told by their amounts and not by numbers of the database."""
    of = made(town)
    with_other_numbers = store_after()
    another(with_other_numbers)
    opened = open_scenario(
        with_other_numbers, BEN, "a.json", written_scenario(town, of.scenario_id)
    )
    assert ((), of.moves, of.footing.baseline) == (
        opened.differences,
        opened.scenario.moves,
        opened.scenario.footing.baseline,
    )
    with_other_numbers.close()


def corrected(store):
    rows = (
        ("1/11", "611", "Schools", "1000.00"),
        ("1/12", "612", "Care of children", "500.00"),
        ("2/21", "821", "Roads", "5.00"),
    )
    batches = (batch(*rows), batch(GRANTS, direction="revenue"))
    seen = tuple(findings_of(store, *batches))
    reasons = {finding.check: "corrected" for finding in seen}
    accept(store, file_of(*batches, findings=seen, reasons=reasons), RUTH)


def test_lines_that_are_kept_here_are_those_of_then(town):
    """The budget was corrected since; the scenario still is what it was, and that is told."""
    of = made(town)
    written = written_scenario(town, of.scenario_id)
    corrected(town)
    opened = open_scenario(town, BEN, "a.json", written)
    assert ["The budget has changed since; the lines are those of then."] == [
        str(one) for one in opened.differences
    ]
    assert of.moves == opened.scenario.moves
    amounts = [line.amount for line in kept_baseline(town, opened.scenario.footing).lines]
    assert Decimal("2345.67") in amounts


def test_on_other_lines_what_cannot_be_made_is_left_out_and_told(town, tmp_path):
    """Nothing of it is guessed: the other moves stand."""
    of = made(town)
    elsewhere = store_after()
    another(elsewhere)
    corrected(elsewhere)
    opened = open_scenario(elsewhere, BEN, "a.json", written_scenario(town, of.scenario_id))
    assert [
        "The budget is another one than then; the lines are today’s.",
        "1 move cannot be made in this budget and was left out.",
    ] == [str(one) for one in opened.differences]
    assert of.moves[1:] == opened.scenario.moves
    elsewhere.close()


def test_rules_of_an_earlier_version_are_found_again(town):
    """The municipality has others by now; the scenario keeps those that it had."""
    of = made(town)
    save_rules(town, RUTH, TOWN, [], seen=1)
    opened = open_scenario(town, BEN, "a.json", written_scenario(town, of.scenario_id))
    assert ((), 1) == (opened.differences, opened.scenario.footing.rules_version)


def test_other_rules_are_told(town):
    """A file does not bring rules into a municipality."""
    told = json.loads(written_scenario(town, made(town).scenario_id))
    told["rules"][1]["percent"] = "99"
    opened = open_scenario(town, BEN, "a.json", json.dumps(told).encode())
    assert ["The rules in the file are not those of “smallton”."] == [
        str(one) for one in opened.differences
    ]
    assert 1 == opened.scenario.footing.rules_version


def test_another_version_of_a_methodology_is_told(town):
    """Marks would be read otherwise."""
    told = json.loads(written_scenario(town, made(town).scenario_id))
    told["methodologies"][0]["rule_fingerprint"] = "x"
    opened = open_scenario(town, BEN, "a.json", json.dumps(told).encode())
    assert ["Marks were read under oecd_dac 2016 then, and are not read so here."] == [
        str(one) for one in opened.differences
    ]


def test_only_what_stands_is_written(town):
    """What was taken back stays behind."""
    of = made(town)
    undo(town, ANA, of.scenario_id, seen=of.sequence)
    assert [] == json.loads(written_scenario(town, of.scenario_id))["moves"]


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.pop("moves"),
        lambda told: told.update(format="another"),
        lambda told: told.update(format_version=2),
        lambda told: told.update(stage="soon"),
        lambda told: told.update(fiscal_year="next"),
        lambda told: told.update(name=7),
        lambda told: told.update(municipality=None),
        lambda told: told.update(moves=7),
        lambda told: told["moves"][0].update(amount="much"),
        lambda told: told["moves"][0].update(kind="gift"),
        lambda told: told["moves"][0]["from"].update(kind="planet"),
        lambda told: told["rules"][0].pop("subject"),
        lambda told: told["statement"].update(as_of="soon"),
        lambda told: told.update(methodologies=[{}]),
    ],
)
def test_a_file_that_is_none_is_refused_and_nothing_is_stored(town, change):
    """The sentence names the file."""
    told = json.loads(written_scenario(town, made(town).scenario_id))
    change(told)
    with pytest.raises(ScenarioInvalid, match=r"The file a\.json cannot be used"):
        open_scenario(town, BEN, "a.json", json.dumps(told).encode())
    assert 1 == count(town, "core.scenarios")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"7", b"\xff", b"[" * 100_000, b" " * 1_000_001]
)
def test_other_bytes_are_refused(town, content):
    """Empty, cut off, of another kind, nested without end, or far too large."""
    with pytest.raises(ScenarioInvalid, match=r"The file a\.json cannot be used"):
        open_scenario(town, BEN, "a.json", content)


def test_a_figure_that_cannot_be_kept_is_refused(town):
    """No amount is rounded on the way in."""
    told = json.loads(written_scenario(town, made(town).scenario_id))
    told["moves"][0]["amount"] = "0.001"
    with pytest.raises(MoveInvalid, match="decimals"):
        open_scenario(town, BEN, "a.json", json.dumps(told).encode())


def test_a_budget_that_is_not_here_is_named(town, store):
    """Municipality, year and stage."""
    told = json.loads(written_scenario(town, made(town).scenario_id))
    told["fiscal_year"] = 2031
    with pytest.raises(NotFound, match="“smallton”, 2031, approved"):
        open_scenario(town, BEN, "a.json", json.dumps(told).encode())


def test_who_only_looks_opens_no_file(town, viewer):
    """A viewer is told which role it takes."""
    written = written_scenario(town, made(town).scenario_id)
    with pytest.raises(NotAllowed):
        open_scenario(town, viewer, "a.json", written)
    assert ROADS == scenario(town, 1).moves[0].giver
