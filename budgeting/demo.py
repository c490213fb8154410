"""The demo: three fictional towns from ``data/demo``, brought in through the importer itself."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.csv as pacsv

from budgeting.access import Identity, Role
from budgeting.imports.answers import Answers
from budgeting.imports.context import add_context
from budgeting.imports.mappings.mapping import AmountRule, Mapping, MunicipalityRule
from budgeting.imports.mappings.mapping_file import mapping_named
from budgeting.imports.source import SourceFile
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.use.storing import accept_use
from budgeting.imports.use.verdict import examine_use
from budgeting.imports.verdict import examine
from budgeting.model import Stage
from budgeting.scenarios.consequences import record_consequences
from budgeting.scenarios.files import rules_in
from budgeting.scenarios.rules import save_rules
from budgeting.services.defining import define_all
from budgeting.services.files import services_in
from budgeting.services.registering import answer, record_need
from budgeting.settings import DATA
from budgeting.store import Store

FOLDER = DATA / "demo"
BUILDER = Identity("demo", Role.ADMINISTRATOR)
STATEMENT_OF_2026 = date(2026, 11, 20)


def build_demo(store: Store) -> None:
    """Fill an empty store with the demo towns: 4 fiscal years each, requests for a fifth, services, rules."""
    for path in sorted(FOLDER.glob("*/20*_*.csv")):
        year, _, direction = path.stem.partition("_")
        mapping = _of_town(mapping_named(f"demo_{direction}"), path.parent.name)
        stated = STATEMENT_OF_2026 if year == "2026" else date(int(year), 12, 31)
        source = SourceFile(f"{path.parent.name}/{path.name}", path.read_bytes())
        verdict = examine(store, source, mapping, Answers(path.parent.name, int(year), stated))
        accept(store, verdict, BUILDER)
    for path in sorted(FOLDER.glob("*/requests_*.csv")):
        _add_requests(store, path)
    for table, name in (("populations", "population.csv"), ("deflators", "deflators.csv")):
        add_context(store, table, SourceFile(name, (FOLDER / name).read_bytes()), BUILDER)
    for folder in sorted(FOLDER.glob("*/")):
        _add_use(store, folder)
        _add_services(store, folder)
        _add_rules(store, folder)


def _add_requests(store: Store, path: Path) -> None:
    """Import what the organisations of a town ask for next year, or what it expects to receive."""
    _, year, direction = path.stem.split("_")
    asked = (AmountRule("proposed", Stage.PROPOSED),)
    mapping = replace(mapping_named(f"demo_{direction}"), amounts=asked)
    source = SourceFile(f"{path.parent.name}/{path.name}", path.read_bytes())
    answers = Answers(path.parent.name, int(year), date(int(year) - 1, 9, 1))
    accept(store, examine(store, source, _of_town(mapping, path.parent.name), answers), BUILDER)


def _add_use(store: Store, folder: Path) -> None:
    """Import the figures of use of a town, as a person would."""
    source = SourceFile(f"{folder.name}/use.csv", (folder / "use.csv").read_bytes())
    mapping = _of_town(mapping_named("demo_use"), folder.name)
    accept_use(store, examine_use(store, source, mapping, Answers(folder.name)), BUILDER)


def _add_services(store: Store, folder: Path) -> None:
    """Define the services of a town, with what is missing of them and what was answered."""
    path = folder / "services.toml"
    found = services_in(path.name, path.read_text(encoding="utf-8"))
    defined = define_all(store, BUILDER, folder.name, [one.service for one in found])
    for written, stored in zip(found, defined, strict=True):
        for need in written.needs:
            record_need(store, BUILDER, folder.name, replace(need, service_id=stored.service_id))
        for given in written.answers:
            one = replace(given, service_id=stored.service_id)
            answer(store, BUILDER, folder.name, one, seen=0)


def _add_rules(store: Store, folder: Path) -> None:
    """Set the rules of a town for moving money, with what moves bring about."""
    path = folder / "rules.toml"
    rules, consequences = rules_in(path.name, path.read_text(encoding="utf-8"))
    save_rules(store, BUILDER, folder.name, rules, seen=0)
    record_consequences(store, BUILDER, folder.name, consequences)


def _of_town(mapping: Mapping, code: str) -> Mapping:
    """Return the mapping with the town as its municipality, as if it were written into the file."""
    return replace(mapping, municipality=towns()[code])


def towns() -> dict[str, MunicipalityRule]:
    """Return the demo towns by code."""
    rows = pacsv.read_csv(FOLDER / "municipalities.csv").to_pylist()
    return {
        row["municipality_code"]: MunicipalityRule(
            row["municipality_code"],
            row["name"],
            row["country_code"],
            row["currency_code"],
            is_fictional=True,
        )
        for row in rows
    }
