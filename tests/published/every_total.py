"""Every published total, with the file and the mapping that reproduce it.

``python tests/published/every_total.py`` (with PARITET_TEST_DATA) prints the table: file, mapping,
printed, computed, difference, finding.
"""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow.compute as pc

from budgeting.imports.answers import Answers
from budgeting.imports.mappings.mapping_file import mapping_named
from budgeting.imports.population import examine_population
from budgeting.imports.readers import source_from_path
from budgeting.imports.verdict import Verdict, examine
from budgeting.model import Stage
from budgeting.store import Store, connect

CRORE = 10_000_000


@dataclass(frozen=True)
class Row:
    """One total: as published, and as the file's lines add up."""

    name: str
    file: str
    mapping: str
    published: Decimal
    computed: Decimal
    told: tuple[str, ...]

    @property
    def difference(self) -> Decimal:
        return self.published - self.computed


def published_totals(folder: Path) -> dict:
    path = folder / "expected_totals.json"
    text = path.read_text(encoding="utf-8")
    return json.loads(text, parse_float=Decimal, parse_int=Decimal)


def _examined(store: Store, folder: Path, file: str, mapping: str, **said) -> Verdict:
    source = source_from_path(folder / file)
    return examine(store, source, mapping_named(mapping), Answers(**said))


def _told(verdict: Verdict, *checks: str) -> tuple[str, ...]:
    return tuple(str(found.message) for found in verdict.findings if found.check in checks)


def madrid(store: Store, folder: Path, published: dict) -> Iterator[Row]:
    for stage, key in (("approved", "CRED_INICIAL"), ("executed", "OBL_RECONOC")):
        for year, total in published[f"es_madrid (gastos, {key} EUR)"].items():
            file = f"es_madrid/{year}_gastos.csv"
            mapping = "es_madrid_2016" if year == "2016" else "es_madrid"
            verdict = _examined(store, folder, file, mapping, fiscal_year=int(year))
            computed = verdict.totals[int(year)]["expenditure"][stage]
            yield Row(f"{year} {stage}", file, mapping, total, computed, _told(verdict, "change"))


def india(store: Store, folder: Path, published: dict) -> Iterator[Row]:
    file = "in_gbs/MRF_13_Union_Budget.csv"
    verdict = _examined(store, folder, file, "in_gbs")
    columns = {
        "2021-22 A": (2021, "executed"),
        "2022-23 BE": (2022, "approved"),
        "2022-23 RE": (2022, "revised"),
        "2023-24 BE": (2023, "approved"),
    }
    assert published[file]["scheme_rows"] == verdict.rows["accepted"]
    for part, category in (("Part A", "A"), ("Part B", "B"), ("Grand", None)):
        for column, total in published[file][part].items():
            year, stage = columns[column]
            computed = _of_category(verdict, year, stage, category)
            yield Row(f"{part} {column}", file, "in_gbs", total * CRORE, computed, ())


def _of_category(verdict: Verdict, year: int, stage: str, category: str | None) -> Decimal:
    batch = next(batch for batch in verdict.batches if batch.fiscal_year == year)
    column = next(amount.column for amount in batch.amounts if amount.stage == stage)
    lines = batch.lines
    if category:
        lines = lines.filter(pc.equal(lines["category"], category))
    return pc.sum(lines[column]).as_py()


def macedonia(store: Store, folder: Path, published: dict) -> Iterator[Row]:
    expected = published["fdp_macedonia"]
    verdict = _examined(store, folder, "fdp_macedonia", "fdp", stage=Stage.APPROVED)
    assert expected["rows"] == verdict.rows["read"]
    sums = {total.as_of.isoformat(): total.amount for total in verdict.statements}
    assert len(sums) == len(verdict.statements), "a vintage stands in two statements"
    for day, total in expected.items():
        if day[:2] == "20":
            told = _told(verdict, "descriptor")
            yield Row(day, "fdp_macedonia", "fdp", total, sums[day], told)


def bosnia(store: Store, folder: Path, published: dict) -> Iterator[Row]:
    for direction, file, mapping in (
        ("expenditure", "rashodi", "ba_fiskalni_monitor"),
        ("revenue", "prihodi", "ba_fiskalni_monitor_revenue"),
    ):
        path = f"ba_fiskalni_monitor/{file}.csv"
        verdict = _examined(store, folder, path, mapping)
        sums = {total.municipality.name: total.amount for total in verdict.statements}
        sums["ALL"] = sum(sums.values())
        for name, total in published[f"ba_fiskalni_monitor 2011 {direction} BAM"].items():
            yield Row(f"{name} {direction}", path, mapping, total, sums[name], ())


def croatia(store: Store, folder: Path, published: dict) -> Iterator[Row]:
    file = "hr_jls/proracuni_jls_cp1250.csv"
    verdict = _examined(store, folder, file, "hr_jls")
    assert published[file]["rows"] == verdict.rows["read"]
    for year, total in published[file]["ukupni_prihodi_i_primici grop"].items():
        computed = verdict.totals[int(year)]["revenue"]["executed"]
        yield Row(year, file, "hr_jls", total, computed, ())


def serbia(store: Store, folder: Path, published: dict) -> Iterator[Row]:
    """The totals that the sheets print, beside the sum of the leaf rows."""
    file = "rs_municipal/raw/Rashodi2015.xlsx"
    reasons = dict.fromkeys(("rejected-rows",), "read for the table")
    verdict = _examined(store, folder, file, "rs_municipal", fiscal_year=2015, reasons=reasons)
    names = {_fold(batch.municipality.name): batch for batch in verdict.batches}
    for name, total in published["rs_municipal 2015 expenditure RSD"].items():
        batch = names[_fold(name)]
        computed = sum(pc.sum(batch.lines[one.column]).as_py() for one in batch.amounts)
        printed = [
            one.printed
            for sheet, one in verdict.printed_totals
            if sheet == batch.sheet and one.is_grand
        ]
        told = _of_sheet(verdict, batch.sheet)
        assert total in printed, f"{name}: {total} is not among the printed totals {printed}"
        yield Row(name, f"{file} {batch.sheet}", "rs_municipal", total, computed, told)


def _of_sheet(verdict: Verdict, sheet: str) -> tuple[str, ...]:
    wanted = ("printed-total", "formula-error", "sum-of-row", "number")
    return tuple(
        str(found.message)
        for found in verdict.findings
        if found.sheet == sheet and found.check in wanted
    )


def _fold(name: str) -> str:
    from budgeting.imports.words.vocabulary import fold

    return fold(name)


def koeln(store: Store, folder: Path, published: dict) -> Iterator[Row]:
    """Line 17, printed and added up; of the product groups the sum of their own lines 11 to 16."""
    expected = published["de_koeln line 17 (ordentliche Aufwendungen) EUR, gesamtergebnisplan"]
    for plan, mapping in (
        ("gesamtergebnisplan", "de_koeln_source"),
        ("teilergebnisplan", "de_koeln_source_parts"),
    ):
        file = f"de_koeln/{plan}/_source/{plan}.csv"
        verdict = _examined(store, folder, file, mapping)
        for year, total in expected.items():
            if year == "note":
                continue
            computed = sum(
                one.computed
                for _, one in verdict.printed_totals
                if "17 = " in one.label and year[:4] in one.column
            )
            yield Row(
                f"{plan} {year}", file, mapping, total, computed, _told(verdict, "printed-total")
            )


def lithuania(store: Store, folder: Path, published: dict) -> Iterator[Row]:
    file = "lt_population_sex/lt-age-sex-dist10-level3.csv"
    mapping = mapping_named("lt_population")
    answers = Answers(as_of=date(2021, 1, 1))
    verdict = examine_population(store, source_from_path(folder / file), mapping, answers)
    expected = published["lt_population_sex"]
    assert expected["rows"] == verdict.rows["accepted"]
    names = {"women": "female", "men": "male", "total": "total"}
    for name, ours in names.items():
        computed = Decimal(verdict.totals[ours])
        yield Row(name, file, mapping.name, expected[name], computed, ())


CASES = (madrid, india, macedonia, bosnia, croatia, serbia, koeln, lithuania)


def main() -> None:
    folder = Path(os.environ["PARITET_TEST_DATA"])
    store, published = connect(None), published_totals(folder)
    print("| total | file | mapping | printed | computed | difference | findings |")
    print("|---|---|---|---:|---:|---:|---|")
    for case in CASES:
        for row in case(store, folder, published):
            told = f"{len(row.told)}: {row.told[0][:90]}" if row.told else ""
            figures = f"{row.published:,} | {row.computed:,} | {row.difference:,}"
            print(f"| {row.name} | {row.file} | {row.mapping} | {figures} | {told} |")


if __name__ == "__main__":
    sys.exit(main())
