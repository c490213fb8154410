"""Pictures of every page: ``python -m tests.browser.screenshots [--out screenshots]``."""

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from budgeting.demo import build_demo
from budgeting.settings import DATA
from budgeting.store import connect
from tests.browser.live_site import NO_CHROMIUM, chromium_path, launch, serving, settle, visit

WIDTHS, SCHEMES, LANGUAGES = (1280, 390), ("light", "dark"), ("en", "sr")
HEIGHTS = {1280: 800, 390: 844}
LARGEST = 6000
TOWN = "municipality=demo_topolnica&year=2026"
DRILLED = f"budget_explorer?{TOWN}&within=function:09~programme:2002&by=line"
FILE = DATA / "demo" / "demo_topolnica" / "2026_expenditure.csv"
PICTURE_SIZE = {"width": 1280, "height": 860}


@dataclass(frozen=True)
class View:
    """A page to take a picture of; `opened` is a row whose name is chosen first."""

    name: str
    path: str
    is_empty: bool = False
    opened: bool = False
    file: Path | None = None


VIEWS = (
    View("overview", f"?{TOWN}"),
    View("overview_revenue", f"?{TOWN}&direction=revenue"),
    View("explorer", f"budget_explorer?{TOWN}"),
    View("explorer_line", DRILLED, opened=True),
    View("explorer_search", f"budget_explorer?{TOWN}&words=heating"),
    View("gender_overview", f"gender_overview?{TOWN}"),
    View("statements", f"statements?{TOWN}"),
    View("classify", f"classify?{TOWN}"),
    View("import", "import_data"),
    View("import_verdict", "import_data", file=FILE),
    View("dictionary", "data_dictionary"),
    View("methods", "methods"),
    View("empty_overview", "", is_empty=True),
    View("empty_explorer", "budget_explorer", is_empty=True),
)


def in_language(path: str, language: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


def open_view(page: Page, address: str, view: View, language: str) -> None:
    """Bring the page into the state that the view describes."""
    visit(page, f"{address}/{in_language(view.path, language)}")
    if view.opened:
        page.locator("tbody button.link").first.click()
        page.wait_for_url("**line=*")
        settle(page)
    if view.file:
        page.locator("input[type=file]").set_input_files(view.file)
        page.get_by_test_id("stMetric").first.wait_for()
        page.locator("[class*=st-key-import_][class*=_municipality] input").first.click()
        page.get_by_role("option").filter(has_text="demo_jasenik").click()
        settle(page)
        year = page.locator("[class*=st-key-import_][class*=_fiscal_year] input").first
        year.fill("2026")
        year.press("Enter")
        page.get_by_test_id("stMetric").first.wait_for()
        settle(page)


def full_height(page: Page, width: int) -> None:
    """Make the window as high as the page, because Streamlit scrolls inside it."""
    for _ in range(2):
        height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": width, "height": min(max(height, 600) + 60, LARGEST)})
        settle(page)
    page.wait_for_timeout(700)  # tables and charts are drawn on canvases; nothing says when


def take(browser: Browser, sites: dict[bool, str], out: Path, only: str) -> Iterator[Path]:
    """Take every picture whose name contains `only`."""
    for view, scheme, width, language in product(VIEWS, SCHEMES, WIDTHS, LANGUAGES):
        path = out / f"{view.name}_{scheme}_{width}_{language}.png"
        if only not in path.name:
            continue
        size = {"width": width, "height": HEIGHTS[width]}
        context = browser.new_context(viewport=size, color_scheme=scheme)
        page = context.new_page()
        open_view(page, sites[view.is_empty], view, language)
        full_height(page, width)
        page.screenshot(path=path)
        context.close()
        yield path


def take_picture(browser: Browser, address: str, path: Path) -> Path:
    """Take the picture of the README: the explorer, twice as fine as a screen."""
    context = browser.new_context(viewport=PICTURE_SIZE, device_scale_factor=2)
    page = visit(context.new_page(), f"{address}/budget_explorer?{TOWN}&lang=en")
    page.wait_for_timeout(700)
    page.screenshot(path=path)
    context.close()
    return path


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--out", type=Path, default=Path("screenshots"))
    reader.add_argument("--only", default="", help="only pictures whose name contains this")
    asked = reader.parse_args()
    if chromium_path() is None:
        raise SystemExit(NO_CHROMIUM)
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        full, empty = Path(folder) / "demo.duckdb", Path(folder) / "empty.duckdb"
        store = connect(full)
        build_demo(store)
        store.close()
        with serving(full) as demo, serving(empty) as new, sync_playwright() as playwright:
            browser = launch(playwright)
            for path in take(browser, {False: demo, True: new}, asked.out, asked.only):
                print(path)
            if asked.only in "picture.png":
                print(take_picture(browser, demo, asked.out / "picture.png"))
            browser.close()


if __name__ == "__main__":
    main()
