"""The real tables with what each is known to hold, for reading them without any mapping.

Known totals are the published ones. Where a sheet contradicts what it prints, it is said here, with
what its lines add up to; where nothing is printed, what the mapping of data/mappings makes of it.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from fixtures.prepared import store_after
from published.every_total import published_totals

from budgeting.imports.answers import Answers
from budgeting.imports.mappings.mapping_file import mapping_named
from budgeting.imports.readers import source_from_path
from budgeting.imports.verdict import examine

OUT, IN = "expenditure", "revenue"
APPROVED, REVISED, EXECUTED = "approved", "revised", "executed"
Statements = dict[tuple[int, str, str], Decimal]

UTF8, ANY = "utf-8-sig", ""
SERBIAN_SHEETS = {
    "Нови Београд": ("novi_beograd", "novi-beograd", "Novi Beograd"),
    "Звездара": ("zvezdara", "zvezdara", "Zvezdara"),
    "Пријепоље": ("prijepolje", "prijepolje", "Prijepolje"),
    "Инђија": ("indjija", "indjija", "Inđija"),
    "Краљево": ("krajlevo", "kraljevo", "Kraljevo"),
    "Ваљево": ("valjevo", "valjevo", "Valjevo"),
    "Сомбор": ("sombor", "sombor", "Sombor"),
    "Врање": ("vranje", "vranje", "Vranje"),
    "Чачак": ("cacak", "chachak", "Čačak"),
    "Лозница": ("loznica", "loznitsa", ""),
}
SERBIAN_REVENUE = {
    "Инђија": "3031518000", "Краљево": "3494127167", "Сомбор": "2842122000", "Ваљево": "2449462000",
    "Врање": "2709292000", "Чачак": "2990819506",
    "Лозница": "2268039886",  # printed by source only: 1,979,794,886 and 288,245,000
}  # fmt: skip
# What lines add up to where the sheet prints something else, and why.
CONTRADICTING = {
    "Нови Београд": "631629832",  # prints 632,461,000; two fines stand in thousands
    "Звездара": "460047069",  # prints 536,454,470; four rows have no figure, one stands below it
    "Пријепоље": "987018517",  # prints 987,008,517; a new line is missing in its group's sum
}


@dataclass(frozen=True)
class Case:
    """A table, how it is written, what a person who knows it answers, and what it holds.

    ``totals`` are known statements; empty for a table that is no budget. ``people`` are residents.
    ``is_contradicting`` says that the sheet prints another total, ``bodies`` how many municipalities a
    column names.
    """

    file: str
    totals: Statements
    sheet: str = ""
    encoding: str = UTF8
    delimiter: str = ";"
    header_row: int = 1
    year: int = 2015
    people: dict[str, int] = field(default_factory=dict)
    is_contradicting: bool = False
    bodies: int = 1

    @property
    def name(self) -> str:
        return f"{self.file} {self.sheet}".strip()


def cases(folder: Path) -> Iterator[Case]:
    published = published_totals(folder)
    yield from _serbia(folder, published)
    yield from _madrid(folder, published)
    yield from _bosnia(published)
    yield from _croatia(folder, published)
    yield from _others(folder, published)


def _serbia(folder: Path, published: dict) -> Iterator[Case]:
    of_town = published["rs_municipal 2015 expenditure RSD"]
    loznica = _by_mapping(folder, "rs_municipal/raw/Rashodi2015.xlsx", "rs_municipal", 2015)
    for sheet, (out, revenue, name) in SERBIAN_SHEETS.items():
        spent = of_town[name] if name else loznica["Лозница"]
        got = Decimal(CONTRADICTING.get(sheet) or SERBIAN_REVENUE[sheet])
        for file, total, way in (
            (f"rashodi/{out}.csv", spent, OUT),
            ("raw/Rashodi2015.xlsx", spent, OUT),
            (f"prihodi/{revenue}.csv", got, IN),
            ("raw/Prihodi2015.xlsx", got, IN),
        ):
            yield Case(
                f"rs_municipal/{file}",
                {(2015, way, APPROVED): total},
                sheet if file.endswith("xlsx") else "",
                delimiter=",",
                is_contradicting=way == IN and sheet in CONTRADICTING,
            )


def _by_mapping(folder: Path, file: str, mapping: str, year: int) -> dict[str, Decimal]:
    """Return the sum of each municipality as a committed mapping reads it."""
    source, known = source_from_path(folder / file), mapping_named(mapping)
    verdict = examine(store_after(), source, known, Answers(fiscal_year=year))
    return {one.municipality.name: one.amount for one in verdict.statements}


def _statements(folder: Path, file: str, mapping: str, year: int) -> Statements:
    source, known = source_from_path(folder / file), mapping_named(mapping)
    verdict = examine(store_after(), source, known, Answers(fiscal_year=year))
    return {
        (year, way, stage): amount
        for year, ways in verdict.totals.items()
        for way, stages in ways.items()
        for stage, amount in stages.items()
    }


def _madrid(folder: Path, published: dict) -> Iterator[Case]:
    plans = published["es_madrid (gastos, CRED_INICIAL EUR)"]
    spent = published["es_madrid (gastos, OBL_RECONOC EUR)"]
    for key, plan in plans.items():
        year = int(key)
        mapping = "es_madrid_2016" if year == 2016 else "es_madrid"
        file = f"es_madrid/{year}_gastos.csv"
        totals = _statements(folder, file, mapping, year)
        assert totals[year, OUT, APPROVED], totals[year, OUT, EXECUTED] == (plan, spent[key])
        yield Case(file, totals, encoding="cp1252", year=year, header_row=0 if year == 2016 else 1)
    for year in (2021, 2022, 2023):
        file = f"es_madrid/{year}_ingresos.csv"
        totals = _statements(folder, file, "es_madrid_revenue", year)
        yield Case(file, totals, encoding="cp1252", year=year)
    eliminated = {APPROVED: "4000", REVISED: "4000", "committed": "1689.72", EXECUTED: "1689.72"}
    totals = {(2022, OUT, stage): Decimal(amount) for stage, amount in eliminated.items()}
    yield Case("es_madrid/2022_gastos_eliminaciones.csv", totals, year=2022)
    for file, header in (
        ("areas_funcionales", 1), ("clasificacion_economica", 0), ("clasificacion_organica", 1),
    ):  # fmt: skip
        yield Case(f"es_madrid/{file}.csv", {}, header_row=header)
    pairs = "es_madrid/derived_sex_pairs_by_programme_2016_2023.csv"
    yield Case(pairs, {}, delimiter=",")


def _bosnia(published: dict) -> Iterator[Case]:
    for file, way, cities in (
        ("rashodi", OUT, {"ALL": "", "Bihać": "upload_rashodi"}),
        ("prihodi", IN, {"ALL": "", "Gradiška": "upload_prihodi"}),
    ):
        sums = published[f"ba_fiskalni_monitor 2011 {way} BAM"]
        for city, upload in cities.items():
            yield Case(
                f"ba_fiskalni_monitor/{upload or file}.csv",
                {(2011, way, EXECUTED): sums[city]},
                delimiter=";" if upload else ",",
                year=2011,
                bodies=1 if upload else 9,
            )


def _croatia(folder: Path, published: dict) -> Iterator[Case]:
    """Give the tables of 555 towns and municipalities, published together, and of 21 counties."""
    file = "hr_jls/proracuni_jls_cp1250.csv"
    towns = published[file]["ukupni_prihodi_i_primici grop"]
    totals = {int(year): total + _counties(folder / file)[year] for year, total in towns.items()}
    yield Case(
        file,
        {(year, IN, EXECUTED): total for year, total in totals.items()},
        encoding="cp1250",
        bodies=555 + 21,
    )
    for book, year in (
        ("Izvorni_Prihodi_2016", 2016),
        ("Izvorni_prihodi_JLS_u_Republici_Hrvatskoj_2018", 2018),
        ("IZVORNI_PRIHODI_2019_FINAL", 2019),
    ):
        yield Case(
            f"hr_jls/{book}.xlsx",
            {(year, IN, EXECUTED): totals[year]},
            header_row=4,
            year=year,
            bodies=555 + 21,
        )


def _counties(path: Path) -> dict[str, Decimal]:
    """Return the revenue of the counties by year, added up without the importer."""
    found: dict[str, Decimal] = {}
    with path.open(encoding="cp1250", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            if row["vrsta_jedinice"] == "zup":
                amount = Decimal(row["ukupni_prihodi_i_primici"])
                found[row["godina"]] = found.get(row["godina"], Decimal(0)) + amount
    return found


def _others(folder: Path, published: dict) -> Iterator[Case]:
    file = "in_gbs/MRF_13_Union_Budget.csv"
    grand = published[file]["Grand"]
    totals = {
        (2021, OUT, EXECUTED): grand["2021-22 A"], (2022, OUT, APPROVED): grand["2022-23 BE"],
        (2022, OUT, REVISED): grand["2022-23 RE"], (2023, OUT, APPROVED): grand["2023-24 BE"],
    }  # fmt: skip
    yield Case(file, totals, delimiter=",")
    days = published["fdp_macedonia"]
    totals = {
        (2014, OUT, APPROVED): days["2014-01-01"], (2014, OUT, REVISED): days["2014-09-09"],
        (2015, OUT, APPROVED): days["2015-01-01"],
    }  # fmt: skip
    for file in ("fdp_macedonia", "fdp_macedonia/MFBudzetIRebalansNaRMmk-MK.csv"):
        yield Case(file, totals)
    for plan, mapping in (
        ("gesamtergebnisplan", "de_koeln_source"), ("teilergebnisplan", "de_koeln_source_parts"),
    ):  # fmt: skip
        original = f"de_koeln/{plan}/_source/{plan}.csv"
        totals = _statements(folder, original, mapping, 2015)
        yield Case(original, totals)
        yield Case(f"de_koeln/{plan}/{plan}.csv", totals, delimiter=",")
    people = published["lt_population_sex"]
    counted = {"female": int(people["women"]), "male": int(people["men"])}
    file = "lt_population_sex/lt-age-sex-dist10-level3.csv"
    yield Case(file, {}, delimiter=",", people=counted)
