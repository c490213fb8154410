"""Large files through a real browser, step by step: ``python -m tests.browser.large_files``.

A text file of 500,000 lines (more than 100 MB) and a workbook of 100,000 go the whole way of a new
user: dropped, read and checked with the share watched, cancelled and read again, the questions
answered, storing cancelled and begun again, stored. What is in the database afterwards must be the sum
of the file to the cent. A row is printed for each step: seconds until the page shows it, and the
server's memory. A file above the limit is refused.
"""

import argparse
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from playwright.sync_api import Page, expect, sync_playwright

from budgeting.settings import Settings
from tests.bench.import_files import GROUPED, STAGES, write_text, write_workbook
from tests.browser.import_steps import main, metric
from tests.browser.live_site import launch, serving, visit
from tests.browser.stranger import LONG, Knowledge, Stranger

ROWS, WORKBOOK_ROWS = 500_000, 100_000
YEAR = 2025
KNOWN = Knowledge("Large", "ME", "EUR", YEAR)
STORED = """
select v.stage, sum(a.amount)::varchar
from core.budget_amounts as a
join core.vintages as v using (vintage_id)
group by all
"""
MEBIBYTE = 1 << 20
_STARTED = Path("/proc/self/task")


@dataclass
class Watched:
    """A page whose steps are timed, and the process that serves it."""

    page: Page
    server: int
    name: str
    began: float = field(default_factory=time.monotonic)

    def done(self, step: str) -> None:
        """Print what a step took, and the memory of the server now and at most."""
        seconds, self.began = time.monotonic() - self.began, time.monotonic()
        now, most = memory_of(self.server)
        print(f"| {self.name} | {step} | {seconds:.1f} | {now} | {most} |", flush=True)

    def begin(self) -> None:
        """Begin to count the seconds of the next step."""
        self.began = time.monotonic()


def memory_of(process: int) -> tuple[int, int]:
    """Return the memory of a process now and at most, in MiB."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    kib = {line.split(":")[0]: line.split()[1] for line in lines if line.startswith("Vm")}
    return int(kib["VmRSS"]) // 1024, int(kib["VmHWM"]) // 1024


def children() -> set[int]:
    """Return the processes that this one has started."""
    found = (task / "children" for task in _STARTED.iterdir())
    return {int(number) for file in found for number in file.read_text().split()}


@contextmanager
def served(database: Path) -> Iterator[tuple[str, int]]:
    """Serve a database; yield the address and the process."""
    before = children()
    with serving(database) as address:
        (process,) = children() - before
        yield address, process


def is_under_way(page: Page, task: str) -> None:
    """Wait until the page says how far a task is."""
    expect(main(page)).to_contain_text(re.compile(rf"{task}: .+, \d+ % \(\d+ s\)"))


def stop(page: Page) -> None:
    """Cancel what is under way."""
    page.get_by_role("button", name="Cancel", exact=True).click()


def drop(watched: Watched, file: Path) -> None:
    """Drop a file, cancel its checking once, and read it again."""
    page = watched.page
    watched.begin()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Cancel", exact=True).wait_for()
    watched.done("dropped, until it can be cancelled")
    stop(page)
    expect(main(page)).to_contain_text("Reading was stopped. Nothing was stored.")
    watched.done("cancelled")
    page.get_by_role("button", name="Read it again").click()
    page.get_by_role("combobox", name="Municipality").wait_for()
    watched.done("read again, until the first questions")


def answer(watched: Watched) -> None:
    """Answer what the file does not say."""
    who = Stranger(watched.page, KNOWN)
    who.answer_everything()
    watched.done(f"answered: {', '.join(who.asked)}")
    expect(metric(watched.page, "Rejected")).to_contain_text("0")


def cancel_storing(watched: Watched) -> None:
    """Begin to store, cancel it, and see that nothing was stored and the file is still there."""
    page = watched.page
    page.get_by_role("button", name="Accept and store").click()
    is_under_way(page, "Storing")
    watched.done("storing, its share is shown")
    stop(page)
    expect(main(page)).to_contain_text("nothing was stored")
    watched.done("storing cancelled")
    page.get_by_role("button", name="Accept and store").wait_for()
    watched.done("it can be stored again")
    assert "Accepted files" not in main(page).inner_text()


def store(watched: Watched, name: str) -> None:
    """Store, and look at what was stored."""
    page = watched.page
    page.get_by_role("button", name="Accept and store").click()
    expect(main(page)).to_contain_text(f"{name} is stored")
    watched.done("stored")
    page.get_by_role("link", name="Explore it").click()
    page.get_by_test_id("stBidiComponentIsolated").first.wait_for()
    watched.done("the explorer shows it")


def journey(page: Page, folder: Path, file: Path, sums: dict[str, str]) -> None:
    """Take a file the whole way, and compare what is stored with the sums of the file."""
    database = folder / f"{file.suffix[1:]}.duckdb"
    with served(database) as (address, process):
        visit(page, f"{address}/import_data?lang=en")
        watched = Watched(page, process, file.suffix[1:])
        drop(watched, file)
        answer(watched)
        cancel_storing(watched)
        store(watched, file.name)
        page.goto("about:blank")
    with closing(duckdb.connect(str(database), read_only=True)) as opened:
        found = dict(opened.execute(STORED).fetchall())
    assert sums == found, (sums, found)
    print(f"| {file.suffix[1:]} | stored: {found}, right to the cent | | | |", flush=True)


def sums_of(file: Path) -> dict[str, str]:
    """Return the exact sum of each stage, as DuckDB adds up the text."""
    amounts = ", ".join(
        f"""sum(replace(replace("{name}", '.', ''), ',', '.')::decimal(18, 2))::varchar"""
        for name in STAGES
    )
    query = f"select {amounts} from read_csv(?, delim=';', header=true, all_varchar=true)"
    with closing(duckdb.connect()) as maker:
        return dict(zip(STAGES, maker.execute(query, [str(file)]).fetchone(), strict=True))


def refused(page: Page, folder: Path) -> None:
    """A file above the limit is refused with a sentence."""
    limit = Settings.__dataclass_fields__["upload_limit_mb"].default
    file = folder / "too_large.csv"
    with file.open("wb") as out:
        out.truncate((limit + 1) * MEBIBYTE)
    with serving(folder / "refused.duckdb") as address:
        visit(page, f"{address}/import_data?lang=en")
        page.locator("input[type=file]").set_input_files(file)
        expect(main(page)).to_contain_text("or smaller")
        print(f"| {limit + 1} MB | {page.get_by_text('or smaller').first.inner_text()} | | | |")
        page.goto("about:blank")
    file.unlink()


def run(rows: int, workbook_rows: int, folder: Path) -> None:
    text, same, book = (folder / name for name in ("ledger.csv", "same.csv", "ledger.xlsx"))
    write_text(text, GROUPED, rows, YEAR)
    write_text(same, GROUPED, workbook_rows, YEAR)
    write_workbook(book, workbook_rows, YEAR)
    expect.set_options(timeout=LONG)
    print("| file | step | seconds | MiB | MiB at most |\n|---|---|---:|---:|---:|")
    with sync_playwright() as playwright, closing(launch(playwright)) as browser:
        page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
        page.set_default_timeout(LONG)
        journey(page, folder, text, sums_of(text))
        journey(page, folder, book, sums_of(same))
        refused(page, folder)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--workbook-rows", type=int, default=WORKBOOK_ROWS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        run(given.rows, given.workbook_rows, Path(made))
