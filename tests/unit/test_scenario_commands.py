"""Scenarios and rules on the command line: listed, written, opened again, set from a file."""

import json
import shutil

import pytest
from fixtures.command_line import command_line
from fixtures.moving_town import ANA, TOWN, begun, build_town, roads_to_care

from budgeting.scenarios.consequences import consequences
from budgeting.scenarios.rules import rule_set
from budgeting.scenarios.saving import add_moves
from budgeting.scenarios.stored import scenario
from budgeting.store import connect

RULES = """
[[rule]]
code = "schools"
kind = "protected"
organisation = "1/11"
reason = "A right by law"

[[consequence]]
organisation = "1/12"
movement = "less"
type = "gender"
words = "Daughters do it unpaid."
source = "Survey"
"""


@pytest.fixture
def town(tmp_path):
    """A database file with one scenario; closed, as the command line finds it."""
    path = tmp_path / "paritet.duckdb"
    store = connect(path)
    build_town(store)
    add_moves(store, ANA, begun(store).scenario_id, [roads_to_care()], seen=0)
    store.close()
    return path


def test_scenarios_are_listed_with_their_state(town):
    """Number, name, author, what it stands on, where it stands."""
    told = command_line("scenarios", "--municipality", TOWN, "--database", town)
    assert (0, "1: “More care” of ana, 2024, approved: draft, 1 move\n") == (
        told.exit_code,
        told.output,
    )


def test_a_scenario_is_written_and_opened_again(town, tmp_path):
    """The file is small JSON; opened, it is another draft with the same moves."""
    file = tmp_path / "more.json"
    command_line("scenarios", "--write", 1, "--output", file, "--database", town)
    assert "More care" == json.loads(file.read_bytes())["name"]
    told = command_line("scenarios", file, "--database", town)
    assert (0, "Scenario 2, “More care”, was opened with 1 move.\n") == (
        told.exit_code,
        told.output,
    )
    store = connect(town)
    assert scenario(store, 1).moves == scenario(store, 2).moves
    store.close()


def test_rules_are_set_from_a_file_and_written_as_one(town, tmp_path):
    """What is written is what was read, with its consequences."""
    file = tmp_path / "rules.toml"
    file.write_text(RULES, encoding="utf-8")
    told = command_line("rules", file, "--municipality", TOWN, "--note", "7/26", "--database", town)
    assert (0, "1 rule was set: version 1.\n1 consequence was recorded.\n") == (
        told.exit_code,
        told.output,
    )
    store = connect(town)
    assert ("7/26", 1, 1) == (
        rule_set(store, TOWN).note,
        len(rule_set(store, TOWN).rules),
        len(consequences(store, TOWN)),
    )
    store.close()
    again = command_line("rules", "--municipality", TOWN, "--database", town)
    file.write_text(again.output, encoding="utf-8")
    command_line("rules", file, "--municipality", TOWN, "--database", town)
    assert again.output == command_line("rules", "--municipality", TOWN, "--database", town).output


@pytest.mark.parametrize("content", [b"[[rule]]\ncode = 'a'", b"\xff\xfe"])
def test_a_file_that_is_none_is_told_by_its_name(town, tmp_path, content):
    """Nothing is set."""
    file = tmp_path / "rules.toml"
    file.write_bytes(content)
    told = command_line("rules", file, "--municipality", TOWN, "--database", town)
    assert 1 == told.exit_code
    assert "rules.toml cannot be used" in told.output + (told.stderr or "")


def test_one_thing_at_a_time(town):
    """None, or two, is wrong usage."""
    for arguments in ((), ("--municipality", TOWN, "--write", 1)):
        assert 2 == command_line("scenarios", *arguments, "--database", town).exit_code


def test_what_is_not_there_is_refused(town):
    """No scenario of that number, none of that municipality."""
    for arguments in (("--write", 9), ("--municipality", "elsewhere")):
        assert 1 == command_line("scenarios", *arguments, "--database", town).exit_code


def test_the_reports_are_there_for_the_command_line(town, tmp_path):
    """Compared as JSON; a draft has no order."""
    compared = command_line(
        "report", "scenario_comparison", "--param", "scenarios=1", "--database", town
    )
    assert (0, "scenario_comparison") == (
        compared.exit_code,
        json.loads(compared.output)["report"],
    )
    order = command_line("report", "virement_order", "--param", "scenario=1", "--database", town)
    assert 1 == order.exit_code


def test_a_reallocation_is_found_on_the_command_line(demo_file, tmp_path):
    """As the page finds it: home care alone gets money; a part that is none is wrong usage."""
    path = shutil.copy(demo_file, tmp_path / "town.duckdb")
    asked = ("municipality=demo_vrbograd", "year=2026", "objective=unmet_need")

    def told(*further):
        given = [word for one in (*asked, *further) for word in ("--param", one)]
        return command_line("report", "optimisation", *given, "--database", path)

    found = json.loads(told("to=home_care", "source=any").output)
    takers = {row["taker"] for row in found["tables"]["moves"]}
    assert {"Home carers, paid by the hour"} == takers
    for wrong in ("most=0", "most=101", "most=nan", "next=never", "source=loans", "to"):
        assert 0 != told(wrong).exit_code
