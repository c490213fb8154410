"""Who benefits in a browser: answers that are kept, requests that are printed, and a service of one's own."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.import_steps import accept, choose, drop, fill, main, metric, picture
from tests.browser.live_site import PATIENCE, serving, settle, visit

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)

TOWN = "municipality=demo_topolnica&year=2025&lang=en"
REACHED = "Who would need it and does not use it?"
COUNTS = (
    "year;indicator;unit;sex;figure\n"
    "2025;Users of the mountain pasture;persons;women;212\n"
    "2025;Users of the mountain pasture;persons;men;-70\n"
)
_ROW, _TICK = 35, 48  # pixels of a table on a canvas: a row, and where its first tick is


@pytest.fixture
def own_demo(browser, demo_file, tmp_path) -> Iterator[str]:
    """The address of a server with demo towns of the test's own."""
    path = tmp_path / "paritet.duckdb"
    shutil.copy(demo_file, path)
    with serving(path) as address:
        yield address


def tick(page: Page, table: int, row: int = 0) -> None:
    """Tick a row of a table that is drawn on a canvas."""
    drawn = page.get_by_test_id("stDataFrame").nth(table).locator(".dvn-scroller")
    drawn.scroll_into_view_if_needed()
    drawn.click(position={"x": _TICK, "y": _ROW * (row + 1) + _ROW // 2})
    page.wait_for_timeout(1000)  # a table on a canvas tells the server a moment later
    settle(page)


def saved(page: Page, button: str | re.Pattern, folder: Path) -> Path:
    """Press the last download button of that name and return the file that comes."""
    with page.expect_download() as coming:
        page.get_by_role("button", name=button).last.click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def test_an_answer_to_the_four_questions_is_kept(own_demo, page):
    """It stands there after the page was loaded anew, with who gave it."""
    address = f"{own_demo}/who_benefits?{TOWN}&service=home_care&part=questions"
    visit(page, address)
    page.get_by_role("textbox", name=REACHED).fill("Men who live alone on farms.")
    page.get_by_role("button", name="Keep the answers").click()
    settle(page)
    visit(page, address)
    expect(page.get_by_role("textbox", name=REACHED)).to_have_value("Men who live alone on farms.")


@pytest.mark.parametrize(
    ("lang", "asked"),
    [("en", "among the users: Roma, by sex"), ("sr", "међу корисницима: Роми, по полу")],
)
def test_a_department_is_asked_in_its_language(demo_site, page, tmp_path, lang, asked):
    """The request of one department is downloaded in the language of the page, with room to answer."""
    where = "municipality=demo_jasenik&year=2025&owner=Agency for care"
    visit(page, f"{demo_site}/data_register?{where}&lang={lang}")
    book = load_workbook(saved(page, re.compile("XLSX"), tmp_path))
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert asked in cells


def test_a_service_is_described_counted_and_seen(own_demo, page, tmp_path):
    """A suggested line pays for it, a file counts its users after a row was corrected; money goes to them."""
    visit(page, f"{own_demo}/import_data?lang=en")
    file = tmp_path / "pasture.csv"
    file.write_text(COUNTS, encoding="utf-8")
    drop(page, file)
    choose(page, "Municipality", re.compile("demo_topolnica"))
    choose(page, "How good are the figures?", re.compile("^A:"))
    expect(metric(page, "Rejected")).to_contain_text("1")
    for panel in ("Columns: 5 of 5 are used", "Rows of the file, and what becomes of them"):
        page.get_by_text(panel).click()
        settle(page)
    picture(page, "use_rejected")
    path = saved(page, "Download the rejected rows", tmp_path)
    book = load_workbook(path)
    header, row = list(book["rows 1"].iter_rows())
    cell = next(own for name, own in zip(header, row, strict=True) if name.value == "figure")
    assert "-70" == cell.value
    cell.value = 70
    book.save(path)
    drop(page, path)
    expect(metric(page, "Rejected")).to_contain_text("0")
    expect(metric(page, "Figures")).to_contain_text("2")
    accept(page, file.name)

    page.get_by_role("link", name="Say which services it counts").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What does the money pay for")
    visit(page, f"{own_demo}/services?{TOWN}&service=~")
    fill(page, "Name of the service", "Mountain pasture")
    expect(main(page)).to_contain_text("Tick what pays for it")
    picture(page, "use_service")
    tick(page, 0)
    tick(page, 1)
    page.get_by_role("button", name="Save the service").click()
    expect(page.get_by_test_id("stAlert").first).to_contain_text("“Mountain pasture” is saved")
    settle(page)

    visit(page, f"{own_demo}/who_benefits?{TOWN}&service=mountain_pasture&stage=approved")
    picture(page, "use_seen")
    expect(main(page)).to_contain_text("Mountain pasture")
    expect(main(page)).to_contain_text(re.compile(r"75[.,]\d ?%"))
