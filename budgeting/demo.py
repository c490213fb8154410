"""The demo: three fictional towns from ``data/demo``, brought in through the importer itself."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv

from budgeting.access import Identity, Role
from budgeting.audit import Change
from budgeting.imports.acceptance import Question, accept, examine
from budgeting.imports.mapping import Mapping, MunicipalityRule, mapping_named
from budgeting.imports.readers import SourceFile
from budgeting.settings import DATA
from budgeting.store import Store

FOLDER = DATA / "demo"
BUILDER = Identity("demo", Role.ADMINISTRATOR)
STATEMENT_OF_2026 = date(2026, 11, 20)
CONTEXT_TABLES = ("populations", "deflators")


def build_demo(store: Store) -> None:
    """Fill an empty store with the demo towns: 4 fiscal years each, residents, price index."""
    for path in sorted(FOLDER.glob("*/*_*.csv")):
        year, _, direction = path.stem.partition("_")
        mapping = _of_town(mapping_named(f"demo_{direction}"), path.parent.name)
        stated = STATEMENT_OF_2026 if year == "2026" else date(int(year), 12, 31)
        source = SourceFile(f"{path.parent.name}/{path.name}", path.read_bytes())
        verdict = examine(store, source, mapping, Question(path.parent.name, int(year), stated))
        accept(store, verdict, BUILDER)
    add_context(store, "populations", FOLDER / "population.csv", BUILDER)
    add_context(store, "deflators", FOLDER / "deflators.csv", BUILDER)


def _of_town(mapping: Mapping, code: str) -> Mapping:
    """Return the mapping with the town as its municipality, as if it were written into the file."""
    from dataclasses import replace

    town = towns()[code]
    return replace(mapping, municipality=town)


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


def add_context(store: Store, table: str, path: Path, identity: Identity) -> int:
    """Add residents or price indices from a CSV file with the columns of `core.<table>`."""
    rows: pa.Table = pacsv.read_csv(path)
    with store.transaction(identity, Change(f"add-{table}", path.name)) as transaction:
        transaction.run(f"add_{table}", batch_rows=rows)
        transaction.details = {"rows": rows.num_rows}
    return int(rows.num_rows)
