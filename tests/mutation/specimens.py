"""Specimens: files that are right, as cells, so that a single thing can be made wrong with them."""

import csv
import io
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

import python_calamine
import xlsxwriter

from budgeting.demo import FOLDER as DEMO
from budgeting.demo import towns
from budgeting.imports.answers import Answers
from budgeting.imports.mappings.mapping import Mapping
from budgeting.imports.mappings.mapping_file import mapping_named
from budgeting.imports.readers import source_from_path
from budgeting.imports.source import SourceFile
from budgeting.model import Stage

_LITHUANIA = date(2021, 1, 1)
Cells = list[list]  # rows of texts; a workbook has floats among them


@dataclass(frozen=True)
class Specimen:
    """A file as cells, with the mapping and the answers that belong to it.

    ``header`` is how many rows stand above the first row of the table. ``weight`` is its share of
    the mutations: a file with redundancy, or with a shape of its own, gets more.
    """

    name: str
    file_name: str
    mapping: Mapping
    answers: Answers
    cells: Cells
    header: int = 1
    encoding: str = "utf-8"
    delimiter: str = ";"
    line_end: str = "\n"
    sheet: str | None = None
    beside: dict[str, bytes] = field(default_factory=dict)  # other files of a package
    weight: float = 1

    @property
    def is_workbook(self) -> bool:
        return self.sheet is not None

    def text_of(self, cells: Cells) -> str:
        memory = io.StringIO()
        writer = csv.writer(memory, delimiter=self.delimiter, lineterminator=self.line_end)
        writer.writerows(cells)
        return memory.getvalue()

    def content(self, cells: Cells) -> bytes:
        """Return the bytes of a file with these cells."""
        if self.is_workbook:
            return workbook(self.sheet, cells)
        return self.text_of(cells).encode(self.encoding, "replace")

    def source(self, content: bytes) -> SourceFile:
        """Return the file as it is dropped in; a package with its descriptor."""
        if self.beside:
            content = packed({**self.beside, self.file_name: content})
            return SourceFile("package.zip", content)
        return SourceFile(self.file_name, content)


def workbook(sheet: str | None, cells: Cells) -> bytes:
    memory = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(memory, options) as book:
        page = book.add_worksheet(sheet)
        for row, values in enumerate(cells):
            for column, value in enumerate(values):
                if isinstance(value, float):
                    page.write_number(row, column, value)
                elif value != "":
                    page.write_string(row, column, str(value))
    return memory.getvalue()


def packed(files: dict[str, bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content)
    return memory.getvalue()


def test_data() -> Path | None:
    """Return the folder of real budgets, where there is one."""
    folder = os.environ.get("PARITET_TEST_DATA")
    return Path(folder) if folder and Path(folder).is_dir() else None


@cache
def specimens() -> tuple[Specimen, ...]:
    """Return the real files, cut to some hundred rows; without them the demo's."""
    folder = test_data()
    return tuple(_real(folder) if folder else _demo())


def specimen_named(name: str) -> Specimen:
    return next(specimen for specimen in specimens() if specimen.name == name)


def _real(folder: Path) -> list[Specimen]:
    return [
        *_madrid(folder / "es_madrid"),
        *_others(folder),
        _macedonia(folder / "fdp_macedonia"),
        *_sheets(folder / "rs_municipal" / "raw" / "Rashodi2015.xlsx"),
    ]


def _text_specimen(path: Path, mapping: str, *, keep: Callable | None = None, **how) -> Specimen:
    encoding, delimiter = how.get("encoding", "utf-8"), how.get("delimiter", ";")
    text = path.read_bytes().decode(encoding)
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if row]
    header = how.get("header", 1)
    body = keep(rows[header:]) if keep else rows[header:]
    name = how.pop("name", f"{mapping}/{path.stem}")
    answers = how.pop("answers", Answers())
    cells = rows[:header] + body
    return Specimen(name, path.name, mapping_named(mapping), answers, cells, **how)


def every(step: int, first: int = 0) -> Callable[[Cells], Cells]:
    return lambda rows: rows[first::step]


def _madrid(folder: Path) -> list[Specimen]:
    how = {"encoding": "cp1252", "line_end": "\r\n"}
    found = [
        _text_specimen(
            folder / f"{year}_gastos.csv",
            "es_madrid",
            keep=every(23, year % 7),
            answers=Answers(fiscal_year=year),
            weight=1.5,
            **how,
        )
        for year in (2021, 2022, 2023)
    ]
    path = folder / "2023_gastos.csv"
    answers = Answers(fiscal_year=2023)
    found.append(
        _text_specimen(
            path, "es_madrid", answers=answers, name="es_madrid/whole", weight=0.25, **how
        )
    )
    found.append(
        _text_specimen(
            folder / "2016_gastos.csv",
            "es_madrid_2016",
            keep=every(20),
            answers=Answers(fiscal_year=2016),
            encoding="cp1252",
            header=0,
        )
    )
    return found


def _others(folder: Path) -> list[Specimen]:
    koeln = folder / "de_koeln"
    comma = {"delimiter": ","}
    return [
        _text_specimen(
            folder / "in_gbs" / "MRF_13_Union_Budget.csv", "in_gbs", weight=1.5, **comma
        ),
        _text_specimen(
            folder / "ba_fiskalni_monitor" / "rashodi.csv", "ba_fiskalni_monitor", **comma
        ),
        _text_specimen(
            folder / "hr_jls" / "proracuni_jls_cp1250.csv",
            "hr_jls",
            keep=every(60),
            encoding="cp1250",
        ),
        _text_specimen(
            koeln / "gesamtergebnisplan" / "_source" / "gesamtergebnisplan.csv",
            "de_koeln_source",
            weight=1.5,
        ),
        _text_specimen(
            koeln / "teilergebnisplan" / "_source" / "teilergebnisplan.csv",
            "de_koeln_source_parts",
            keep=lambda rows: rows[: 28 * 12],
        ),
        _text_specimen(
            folder / "lt_population_sex" / "lt-age-sex-dist10-level3.csv",
            "lt_population",
            keep=every(5),
            answers=Answers(as_of=_LITHUANIA),
            **comma,
        ),
    ]


def _macedonia(folder: Path) -> Specimen:
    packed_files = zipfile.ZipFile(io.BytesIO(source_from_path(folder).content))
    files = {name: packed_files.read(name) for name in packed_files.namelist()}
    name = next(name for name in files if name.endswith(".csv"))
    text = files.pop(name).decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=";") if row]
    return Specimen(
        "fdp/macedonia",
        name,
        mapping_named("fdp"),
        Answers(stage=Stage.APPROVED),
        [rows[0], *rows[1::35]],
        encoding="utf-8-sig",
        line_end="\r\n",
        beside=files,
    )


def _sheets(path: Path) -> list[Specimen]:
    """Return the sheets with a formula error as they are; their errors are findings from the start."""
    book = python_calamine.CalamineWorkbook.from_path(path)
    found = []
    for place, sheet in enumerate(book.sheet_names):
        cells = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        weight = 1.5 if len(cells) < 100 else 0.5
        found.append(
            Specimen(
                f"rs_municipal/{place}",
                "budget.xlsx",
                mapping_named("rs_municipal"),
                Answers(fiscal_year=2015),
                cells,
                sheet=sheet,
                weight=weight,
            )
        )
    return found


def _demo() -> list[Specimen]:
    found = []
    for path in sorted(DEMO.glob("*/202[56]_*.csv")):
        town, year, direction = path.parent.name, *path.stem.split("_")
        mapping = replace(mapping_named(f"demo_{direction}"), municipality=towns()[town])
        specimen = _text_specimen(path, mapping.name, keep=every(2), delimiter=",")
        answers = Answers(town, int(year))
        found.append(
            replace(specimen, name=f"{town}/{path.stem}", mapping=mapping, answers=answers)
        )
    return found
