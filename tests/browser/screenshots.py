"""Pictures of every page: ``python -m tests.browser.screenshots [--out screenshots]``."""

import argparse
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from budgeting.settings import DATA
from budgeting.store import connect
from tests.browser.import_steps import choose, drop, fill, speak
from tests.browser.live_site import NO_CHROMIUM, chromium_path, launch, serving, settle, visit
from tests.browser.marked_demo import build_marked_demo

WIDTHS, SCHEMES, LANGUAGES = (1280, 390), ("light", "dark"), {"en": "English", "sr": "Српски"}
HEIGHTS = {1280: 800, 390: 844}
LARGEST = 6000
ROW = "the first row of the table"
TOWN = "municipality=demo_topolnica&year=2026"
USED = "municipality=demo_topolnica&year=2025"  # the newest year that is executed
DRILLED = f"budget_explorer?{TOWN}&within=function:09~programme:2002&by=line"
FILE = DATA / "demo" / "demo_topolnica" / "2026_expenditure.csv"
UNKNOWN = "\n".join(
    (
        "Sifra;Opis;Plan 2026;Izvrsenje 2026",
        "611100;Bruto plate;100.000,00;48.500,25",
        "613200;Energija;25.300,50;11.020,10",
        "821300;Oprema;40.000,00;0,00",
        "UKUPNO;;165.300,50;59.520,35",
    )
)  # a file for which there is no mapping, and that leaves questions open
STATEMENTS = (
    ("india_gbs", "india"),
    ("oecd_dac", "oecd"),
    ("oecd_dac", "mexico"),
    ("eu_budget", "eu"),
    ("cpr_eige", "cpr"),
    ("ph_gad", "gad"),
    ("canada_gba", "canada"),
    ("rs_programme", "serbia"),
)
PICTURE_SIZE = {"width": 1280, "height": 860}


@dataclass(frozen=True)
class View:
    """A page to take a picture of, and what is done on it first.

    Parameters
    ----------
    is_empty
        Whether the database is.
    opened
        What opens something on it: the first row of a table, or expanders by their words.
    file
        A file that is dropped; one with a mapping is described as well.
    """

    name: str
    path: str
    is_empty: bool = False
    opened: str = ""
    file: Path | str | None = None


VIEWS = (
    View("overview", f"?{TOWN}"),
    View("overview_revenue", f"?{TOWN}&direction=revenue"),
    View("explorer", f"budget_explorer?{TOWN}"),
    View("explorer_line", DRILLED, opened=ROW),
    View("explorer_search", f"budget_explorer?{TOWN}&words=heating"),
    View("gender_overview", f"gender_overview?{TOWN}"),
    View("gender_overview_programmes", f"gender_overview?{TOWN}&by=programme"),
    View("gender_overview_unmarked", "gender_overview?municipality=demo_jasenik&year=2025"),
    *(
        View(f"statement_{layout}", f"statements?{TOWN}&methodology={code}&layout={layout}")
        for code, layout in STATEMENTS
    ),
    View("statement_unmarked", "statements?municipality=demo_jasenik&year=2025"),
    View("classify", f"classify?{TOWN}"),
    View("classify_programmes", f"classify?{TOWN}&by=programme&show=draft"),
    View("classify_canada", f"classify?{TOWN}&by=programme&methodology=canada_gba"),
    View("classify_hgdg", f"classify?{TOWN}&methodology=ph_hgdg"),
    View("who_benefits", f"who_benefits?{USED}"),
    View("who_benefits_service", f"who_benefits?{USED}&service=home_care"),
    View("gaps", f"gaps?{USED}"),
    View("leave_no_one_behind", f"leave_no_one_behind?{USED}&group=disability"),
    View("data_register", f"data_register?{USED}"),
    View("meetings", "meetings?municipality=demo_vrbograd&year=2026"),
    View("services", f"services?{USED}&service=home_care"),
    View("import", "import_data"),
    View("import_verdict", "import_data", file=FILE),
    View("simulator", "simulator?municipality=demo_vrbograd&year=2026"),
    View("optimiser", "optimiser?municipality=demo_vrbograd&year=2026&objective=parity"),
    View("scenarios", "scenarios?municipality=demo_vrbograd"),
    View("ceilings", "ceilings?municipality=demo_jasenik&year=2027"),
    View("rules", "rules?municipality=demo_vrbograd&year=2026"),
    View("import_unknown", "import_data", file=UNKNOWN),
    View("dictionary", "data_dictionary"),
    View("methods", "methods"),
    View("methods_canada", "methods", opened="GBA"),
    View("methods_gad", "methods", opened="GAD"),
    View("empty_overview", "", is_empty=True),
    View("empty_budget_explorer", "budget_explorer", is_empty=True),
    View("empty_gender_overview", "gender_overview", is_empty=True),
    View("empty_statements", "statements", is_empty=True),
    View("empty_classify", "classify", is_empty=True),
    View("empty_who_benefits", "who_benefits", is_empty=True),
    View("empty_import_data", "import_data", is_empty=True),
)


def in_language(path: str, language: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


def open_view(page: Page, address: str, view: View, language: str) -> None:
    """Bring the page into the state that the view describes."""
    # the steps with a file are in English, and a language in the address would stay
    path = view.path if view.file else in_language(view.path, language)
    visit(page, f"{address}/{path}")
    if view.opened == ROW:
        page.locator("tbody button.link").first.click()
        page.wait_for_url("**line=*")
        settle(page)
    elif view.opened:
        page.locator("summary").filter(has_text=view.opened).first.click()
    if view.file:
        with_file(page, view.file)
        speak(page, LANGUAGES[language])


def with_file(page: Page, file: Path | str) -> None:
    """Drop a file, in English; say of one that has a mapping whose and of which year it is."""
    if isinstance(file, str):
        content = {"name": "izvrsenje.csv", "mimeType": "text/csv", "buffer": file.encode()}
        page.locator("input[type=file]").set_input_files(content)
        page.get_by_test_id("stFileChip").first.wait_for()
        settle(page)
        return
    drop(page, file)
    choose(page, "Municipality", re.compile("demo_jasenik"))
    fill(page, re.compile("^Fiscal year"), "2026")
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
    """Take every picture in whose name the pattern `only` is found."""
    for view, scheme, width, language in product(VIEWS, SCHEMES, WIDTHS, LANGUAGES):
        path = out / f"{view.name}_{scheme}_{width}_{language}.png"
        if not re.search(only, path.name):
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
    reader.add_argument(
        "--only", default="", help="only pictures in whose name this pattern is found"
    )
    asked = reader.parse_args()
    if chromium_path() is None:
        raise SystemExit(NO_CHROMIUM)
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        full, empty = Path(folder) / "demo.duckdb", Path(folder) / "empty.duckdb"
        store = connect(full)
        build_marked_demo(store)
        store.close()
        with serving(full) as demo, serving(empty) as new, sync_playwright() as playwright:
            browser = launch(playwright)
            for path in take(browser, {False: demo, True: new}, asked.out, asked.only):
                print(path)
            if re.search(asked.only, "picture.png"):
                print(take_picture(browser, demo, asked.out / "picture.png"))
            browser.close()


if __name__ == "__main__":
    main()
