"""The demo: three fictional towns from ``data/demo``, brought in through the importer itself."""

from dataclasses import replace
from datetime import date

import pyarrow.csv as pacsv

from budgeting.access import Identity, Role
from budgeting.imports.answers import Answers
from budgeting.imports.context import add_context
from budgeting.imports.mappings.mapping import Mapping, MunicipalityRule
from budgeting.imports.mappings.mapping_file import mapping_named
from budgeting.imports.source import SourceFile
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.verdict import examine
from budgeting.settings import DATA
from budgeting.store import Store

FOLDER = DATA / "demo"
BUILDER = Identity("demo", Role.ADMINISTRATOR)
STATEMENT_OF_2026 = date(2026, 11, 20)


def build_demo(store: Store) -> None:
    """Fill an empty store with the demo towns: 4 fiscal years each, residents, price index."""
    for path in sorted(FOLDER.glob("*/*_*.csv")):
        year, _, direction = path.stem.partition("_")
        mapping = _of_town(mapping_named(f"demo_{direction}"), path.parent.name)
        stated = STATEMENT_OF_2026 if year == "2026" else date(int(year), 12, 31)
        source = SourceFile(f"{path.parent.name}/{path.name}", path.read_bytes())
        verdict = examine(store, source, mapping, Answers(path.parent.name, int(year), stated))
        accept(store, verdict, BUILDER)
    for table, name in (("populations", "population.csv"), ("deflators", "deflators.csv")):
        add_context(store, table, SourceFile(name, (FOLDER / name).read_bytes()), BUILDER)


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
