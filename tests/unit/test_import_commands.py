"""Import commands: several files are one import, questions are answered, imports are taken back."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fixtures.import_command_line import (
    BAD,
    GOOD,
    LATER,
    LEDGER,
    MAPPING,
    NEW,
    file,
    told,
    two_mappings,
    verdict,
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with two_mappings(tmp_path, monkeypatch) as folder:
        yield folder


# several files


def two_years(home: Path) -> tuple[object, ...]:
    first, second = file(home, "a.csv", GOOD), file(home, "b.csv", LATER)
    return first, second, "--year", "a.csv=2024", "--year", f"{second}=2025"


def test_files_are_one_table(home: Path) -> None:
    """Each file is a line of one table, with its own year, rows, totals and state."""
    found = verdict(*two_years(home))
    assert [
        ("a.csv", "2024", "3000.10", "acceptable"),
        ("b.csv", "2025", "3300.10", "acceptable"),
    ] == [
        (line["file"], year, by["expenditure"]["approved"], line["state"])
        for line in found["table"]
        for year, by in line["totals"].items()
    ]
    assert found["summary"]["rows"] == {"read": 4, "accepted": 4, "skipped": 0, "rejected": 0}
    words = told("import", *two_years(home)).stdout
    assert "a.csv" in words.splitlines()[-4]
    assert "3,300.10" in words.splitlines()[-3]


def test_files_are_stored_together(home: Path) -> None:
    """All files are stored in one transaction, with one event of the audit trail."""
    found = verdict(*two_years(home), "--accept")
    assert [1, 2] == [one["import_id"] for one in found["files"]]
    assert [[1], [2]] == [one["source_file_ids"] for one in found["files"]]
    assert "1 audit event." in told("audit").stdout


def test_one_bad_file_keeps_all_out(home: Path) -> None:
    """Where one of several files is refused, none is stored."""
    good, bad = file(home, "a.csv", GOOD), file(home, "b.csv", BAD)
    arguments = (good, bad, "--year", "a.csv=2024", "--year", "b.csv=2025", "--accept")
    found = verdict(*arguments)
    assert ["acceptable", "refused"] == [line["state"] for line in found["table"]]
    assert not found["summary"]["accepted"]
    assert told("import", *arguments).exit_code == 1
    assert "0 audit events" in told("audit").stdout


def test_a_file_given_twice(home: Path) -> None:
    """The very same file under two names is told, also before anything is stored."""
    found = verdict(file(home, "a.csv", GOOD), file(home, "b.csv", GOOD), "--year", 2024)
    assert ["same-file"] == [one["check"] for one in found["findings"]["list"]]
    assert not found["summary"]["acceptable"]


def test_two_files_that_state_the_same_lines(home: Path) -> None:
    """Lines that two of the files state are an error between the files."""
    found = verdict(file(home, "a.csv", GOOD), file(home, "b.csv", LATER), "--year", 2024)
    message = found["findings"]["list"][0]["message"]
    assert "2 budget lines stand in both “a.csv” and “b.csv”" in message
    assert not found["summary"]["acceptable"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--year", "next"), "cannot be read"),
        (("--year", "2024", "--year", "2025"), "given twice"),
        (("--stage", "final"), "One of: proposed"),
        (("--as-of", "yesterday"), "cannot be read"),
        (("--group", "point"), "--group needs --decimal"),
        (("--decimal", "point", "--group", "point"), "the same mark"),
        (("--delimiter", "ab"), "not one character"),
        (("--name", "New Town"), "A new municipality needs"),
        (("--printed-total", "approved=1.000,00"), "decimal point"),
        (("--printed-total", "final=1"), "not a stage"),
        (("--acknowledge", "printed-total"), "CHECK=REASON"),
    ],
)
def test_wrong_usage(home: Path, arguments: tuple[str, ...], words: str) -> None:
    """Options that cannot be meant end with exit code 2 and say why."""
    result = told("import", file(home, "a.csv", GOOD), *arguments)
    assert (2, True) == (result.exit_code, words in result.stderr), result.stderr


def test_options_for_one_file(home: Path) -> None:
    """What belongs to one file is refused for several."""
    both = (file(home, "a.csv", GOOD), file(home, "b.csv", LATER))
    for option in (("--rejected", "r.xlsx"), ("--save-mapping", "x"), ("--corrections", both[0])):
        result = told("import", *both, *option)
        assert (2, True) == (result.exit_code, "one file at a time" in result.stderr)


# which mapping


def test_the_mapping_that_fits(home: Path) -> None:
    """Without a name the only mapping that fits is taken, and the answer says so."""
    found = verdict(file(home, "a.csv", GOOD), "--year", 2024)
    assert ("testville", "fitting") == (found["mapping"]["name"], found["mapping"]["source"])
    assert "has all 3 columns" in found["mapping"]["reason"]
    named = verdict(file(home, "a.csv", GOOD), "--year", 2024, "--mapping", "testville")
    assert named["mapping"]["source"] == "named"


def test_two_mappings_that_fit(home: Path) -> None:
    """Where two mappings fit, neither is taken for the other."""
    copy = MAPPING.replace("expenditure", "revenue")
    (home / "mappings_of_paritet" / "testville_revenue.toml").write_text(copy, encoding="utf-8")
    result = told("import", file(home, "a.csv", GOOD), "--year", 2024)
    assert "testville, testville_revenue" in result.stdout + result.stderr


def test_a_guess_is_saved_and_fits(home: Path) -> None:
    """A guessed mapping says that it is one; saved, it fits the next file of the municipality."""
    ledger = file(home, "ledger.csv", LEDGER)
    found = verdict(ledger, *NEW, "--year", 2024, "--save-mapping", "novi")
    assert "guessed" == found["mapping"]["source"]
    assert "326200.60" in json.dumps(found["totals"]) or "326201.00" in json.dumps(found["totals"])
    assert (home / "live" / "mappings" / "novi.toml").is_file()
    again = verdict(ledger, "--year", 2024)
    assert ("novi", "fitting") == (again["mapping"]["name"], again["mapping"]["source"])
    assert {"novi"} == {one["municipality"] for one in again["statements"]}


SILENT = "Konto;Opis;Plan\n411;Alfa;1200,50\n421;Beta;85000,50\n"
TOWNS = (
    "Opština;Konto;Naziv konta;Plan 2024\n"
    "Novi Grad;411;Plate;1200,50\nNovi Grad;421;Stalni troškovi;85000,50\n"
    "Stari Grad;411;Plate;1300,50\nStari Grad;421;Stalni troškovi;95000,50\n"
    "Donji Grad;411;Plate;1400,50\nDonji Grad;421;Stalni troškovi;75000,50\n"
)


def test_a_direction_that_is_not_known_is_asked(home: Path) -> None:
    """A guess that cannot tell refuses until --direction says it; the saved mapping says it, too."""
    ledger = (file(home, "silent.csv", SILENT), "--year", 2024, "--stage", "approved", *NEW)
    assert "State --direction" in told("inspect", ledger[0]).stdout
    asked = told("import", *ledger, "--accept")
    assert (1, True) == (asked.exit_code, "--direction" in asked.stdout)
    assert not verdict(*ledger)["acceptable"]
    found = verdict(*ledger, "--direction", "revenue", "--save-mapping", "novi", "--accept")
    assert found["accepted"]
    assert {"revenue"} == {one["direction"] for one in found["statements"]}
    saved = home / "live" / "mappings" / "novi.toml"
    assert 'direction = "revenue"' in saved.read_text(encoding="utf-8")


def test_a_direction_is_one_of_two(home: Path) -> None:
    """Another word is refused with the two that there are."""
    refused = told("import", file(home, "a.csv", GOOD), "--direction", "income")
    assert (2, True) == (refused.exit_code, "expenditure, revenue" in refused.stderr)


def test_country_and_currency_of_many_are_asked(home: Path) -> None:
    """A file of many towns needs a real country and currency; the saved mapping has them."""
    towns = (file(home, "towns.csv", TOWNS), "--year", 2024, "--stage", "approved")
    seen = told("inspect", towns[0]).stdout
    assert "State --country" in seen
    assert "State --currency" in seen
    assert not verdict(*towns)["acceptable"]
    assert not verdict(*towns, "--country", "XX", "--currency", "XXX")["acceptable"]
    said = ("--country", "rs", "--currency", "rsd", "--save-mapping", "towns")
    assert verdict(*towns, *said)["acceptable"]
    saved = (home / "live" / "mappings" / "towns.toml").read_text(encoding="utf-8")
    assert 'country_code = "RS"' in saved
    assert 'currency_code = "RSD"' in saved


def test_mappings_beside_the_database(home: Path) -> None:
    """A mapping is saved beside the database that is named, and found there."""
    other = home / "other" / "q.duckdb"
    arguments = (file(home, "ledger.csv", LEDGER), *NEW, "--year", 2024, "--database", other)
    verdict(*arguments, "--save-mapping", "novi")
    assert (home / "other" / "mappings" / "novi.toml").is_file()
    assert not (home / "live" / "mappings").exists()
