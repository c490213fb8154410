"""Every real table through the page Import in a real browser, as a new user goes.

``python tests/published/every_file.py`` (with PARITET_TEST_DATA) drops the file in a new browser, takes
what the page proposes, answers what it asks, and stores it. A row is printed for each table: how the
file was detected, what was asked, the clicks, the total that is in the database afterwards, and the
known one. Words after it pick tables. Where PARITET_PICTURES names a folder, pictures of the questions
and of the verdict are left there.

Every table is that of a new municipality, and no mapping is kept. A new Paritet is started where a file
comes a second time, as those with a sheet for each town do: it would be refused as stored already.

Clicks are counted as in every_guess.py, which goes the same steps without a browser. Nothing is
corrected: where the total is not the known one, the last column says so.
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

HERE = Path(__file__).parent.parent
sys.path[:0] = [path for path in (str(HERE.parent), str(HERE)) if path not in sys.path]

import duckdb  # noqa: E402
from playwright.sync_api import Browser, Page, expect, sync_playwright  # noqa: E402
from playwright.sync_api import Error as PlaywrightError  # noqa: E402
from published.guess_cases import Case, Statements, cases  # noqa: E402

from tests.browser.import_steps import main, picture  # noqa: E402
from tests.browser.live_site import launch, serving, visit  # noqa: E402
from tests.browser.stranger import LONG, Knowledge, Stranger  # noqa: E402

MAPPING, PROPOSED = "Mapping: what the columns mean", "Proposed from the file itself"
MONEY = {
    "rs_municipal": ("RS", "RSD"), "es_madrid": ("ES", "EUR"), "ba_fiskalni_monitor": ("BA", "BAM"),
    "hr_jls": ("HR", "HRK"), "in_gbs": ("IN", "INR"), "fdp_macedonia": ("MK", "MKD"),
    "de_koeln": ("DE", "EUR"), "lt_population_sex": ("LT", "EUR"),
}  # fmt: skip
_AT_ONCE = 6
STOPPED = "STOPPED"
STORED = """
select f.import_id, v.fiscal_year, v.direction, v.stage, sum(a.amount)::varchar
from core.budget_amounts as a
join core.vintages as v using (vintage_id)
join core.source_files as f using (source_file_id)
group by all
"""
COUNTED = "select sex, sum(people)::bigint from core.populations group by all"


@dataclass(frozen=True)
class Clicked:
    """What happened to one table in the browser; `number` is that of its import, 0 where it has none."""

    case: Case
    detected: tuple[str, ...]
    asked: tuple[str, ...]
    clicks: int
    number: int

    def row(self, stored: Sequence[tuple], people: dict[str, int]) -> tuple[str, bool]:
        """Return the row of the table in words, and whether what is stored is right."""
        reached, known, is_right = self._judged(stored, people)
        is_right &= not any("WRONG" in part or part == STOPPED for part in self.detected)
        asked = ", ".join(dict.fromkeys(self.asked))
        cells = (self.case.name, " · ".join(self.detected), asked, str(self.clicks))
        verdict = "right" if is_right else "CORRECT"
        return f"| {' | '.join(cells)} | {reached} | {known} | {verdict} |", is_right

    def _judged(self, stored: Sequence[tuple], people: dict[str, int]) -> tuple[str, str, bool]:
        case = self.case
        if not self.number:
            is_none = not case.totals and not case.people
            return "not offered", "no budget" if is_none else "", is_none
        if case.people:
            found = {sex: people.get(sex) for sex in case.people}
            return str(found), str(case.people), found == case.people
        sums = {key: Decimal(amount) for one, key, amount in _keyed(stored) if one == self.number}
        return _compared(case, sums)


def _keyed(stored: Sequence[tuple]) -> Iterator[tuple[int, tuple[int, str, str], str]]:
    for number, year, way, stage, amount in stored:
        yield number, (year, way, stage), amount


def _compared(case: Case, sums: Statements) -> tuple[str, str, bool]:
    known = next(iter(case.totals), None)
    if known is None:
        return "stored", "no budget", False
    reached = f"{sums[known]:,}" if known in sums else "another statement"
    is_right = all(sums.get(key) == amount for key, amount in case.totals.items())
    return reached, f"{case.totals[known]:,}", is_right


@dataclass
class Installation:
    """A Paritet that tables are stored in, one after the other."""

    address: str
    folder: Path
    accepted: int = 0

    def tried(self, browser: Browser, case: Case, file: Path) -> Clicked:
        """Go through the page with one table; where it does not go on, the other tables do."""
        try:
            return self.take(browser, case, file)
        except (PlaywrightError, AssertionError) as error:
            print(f"{case.name}: {error}", file=sys.stderr)
            return Clicked(case, (STOPPED,), (), 0, 0)

    def take(self, browser: Browser, case: Case, file: Path) -> Clicked:
        """Go through the page with one table, in a new browser."""
        with opened(browser) as page:
            visit(page, f"{self.address}/import_data?lang=en")
            page.locator("input[type=file]").set_input_files(_one_file(file, self.folder))
            who = Stranger(page, knowledge_of(case, self.accepted + 1))
            who.settle()
            _take_proposal(who, page)
            if case.sheet:
                who.choose("Sheet", re.compile(f"^{case.sheet}"))
            picture(page, f"{_short(case)}_asked")
            who.answer_everything()
            detected = tuple(_detected(case, file, page))
            picture(page, f"{_short(case)}_answered")
            number = self._store(who)
            page.goto("about:blank")
        return Clicked(case, detected, tuple(who.asked), who.clicks, number)

    def _store(self, who: Stranger) -> int:
        if not who.can_accept():
            return 0
        who.accept()
        self.accepted += 1
        for mapping in (self.folder / "mappings").glob("*.toml"):
            mapping.unlink()
        return self.accepted


@contextmanager
def opened(browser: Browser) -> Iterator[Page]:
    """Open a page in a browser without history."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, locale="en-GB")
    context.set_default_timeout(LONG)
    try:
        yield context.new_page()
    finally:
        context.close()


def _one_file(path: Path, made: Path) -> Path:
    """Return a file; a data package as the zip that a reader would drop."""
    if path.is_file():
        return path
    packed = made / f"{path.name}.zip"
    with ZipFile(packed, "w") as book:
        for part in sorted(path.rglob("*")):
            if part.is_file():
                book.write(part, part.relative_to(path))
    return packed


def _take_proposal(who: Stranger, page: Page) -> None:
    """Take what the file itself proposes: a new user has no mapping of theirs."""
    chosen = page.get_by_role("combobox", name=MAPPING)
    chosen.wait_for()
    if chosen.input_value() != PROPOSED:
        who.choose(MAPPING, PROPOSED)
        who.clicks -= 1  # Paritet knows the published file already; no click of a new user


def knowledge_of(case: Case, number: int) -> Knowledge:
    """Return what somebody knows who has the file before them."""
    country, currency = MONEY[case.file.split("/", maxsplit=1)[0]]
    _year, direction, stage = next(iter(case.totals), (0, "expenditure", "approved"))
    name = {"approved": "Approved", "executed": "Executed", "revised": "Revised"}[stage]
    return Knowledge(
        f"Exampletown {number}", country, currency, case.year, direction.capitalize(), name
    )


def _detected(case: Case, path: Path, page: Page) -> Iterator[str]:
    """Yield how the page says that it read the file, and what of it is wrong."""
    line = main(page).get_by_text(re.compile(r"header in row|no header")).first.inner_text()
    encoding = re.search(r"encoding (\S+)", line)
    if encoding and path.is_file() and path.suffix == ".csv":
        content = path.read_bytes()
        is_same = content.decode(encoding[1]).lstrip("\ufeff") == content.decode(case.encoding)
        yield encoding[1] if is_same else f"WRONG {encoding[1]}"
    mark = re.search(r"columns between (\S)", line)
    if mark and path.is_file():
        yield mark[1] if mark[1] == case.delimiter else f"WRONG {mark[1]}"
    header = re.search(r"header in rows? (\d+)", line)
    row = int(header[1]) if header else 0
    yield f"header {row}" if row == case.header_row else f"WRONG header {row}"


def _rows(database: Path, query: str) -> list[tuple]:
    with closing(duckdb.connect(str(database), read_only=True)) as stored:
        return stored.execute(query).fetchall()


def batches(found: Iterable[Case]) -> Iterator[list[Case]]:
    """Yield tables that one Paritet can take: a few, and no file twice."""
    batch: list[Case] = []
    for case in found:
        if len(batch) == _AT_ONCE or any(case.file == other.file for other in batch):
            yield batch
            batch = []
        batch.append(case)
    yield batch


def walked(browser: Browser, batch: Sequence[Case], folder: Path) -> Iterator[tuple[str, bool]]:
    """Take tables through the page of one Paritet; yield their rows, and whether they are right."""
    with tempfile.TemporaryDirectory() as made:
        database = Path(made) / "paritet.duckdb"
        with serving(database) as address:
            paritet = Installation(address, Path(made))
            walks = [paritet.tried(browser, case, folder / case.file) for case in batch]
        stored, people = _rows(database, STORED), dict(_rows(database, COUNTED))
    for walk in walks:
        yield walk.row(stored, people)


def _short(case: Case) -> str:
    return re.sub(r"\W+", "_", case.name).strip("_")


def run() -> None:
    """Print the table."""
    folder, picked = Path(os.environ["PARITET_TEST_DATA"]), sys.argv[1:]
    chosen = [
        case for case in cases(folder) if not picked or any(word in case.name for word in picked)
    ]
    print("| table | detected | asked | clicks | total stored | known | verdict |")
    print("|---|---|---|---:|---:|---:|---|", flush=True)
    expect.set_options(timeout=LONG)
    right = 0
    with sync_playwright() as playwright, closing(launch(playwright)) as browser:
        for batch in batches(chosen):
            for row, is_right in walked(browser, batch, folder):
                print(row, flush=True)
                right += is_right
    print(f"\n{right} of {len(chosen)} tables are stored right without a correction")


if __name__ == "__main__":
    run()
