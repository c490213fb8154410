"""Journeys: what a budget officer does from beginning to end, in a real browser."""

import csv
import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.live_site import PATIENCE, settle, visit

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)

TOPOLNICA = "municipality=demo_topolnica&year=2026"
SITES = ("demo_site", "empty_site")
PAGES = (
    *("", "budget_explorer", "gender_overview", "statements", "classify"),
    *("who_benefits", "gaps", "leave_no_one_behind", "data_register"),
    *("simulator", "optimiser", "scenarios", "ceilings", "rules"),
    *("import_data", "services", "data_dictionary", "methods"),
)


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a selectbox and wait for what follows."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()
    expect(page.get_by_role("option")).to_have_count(0)
    settle(page)


def divide(page: Page, dimension: str) -> None:
    """Break the view down by a dimension and wait until the table does."""
    choose(page, "Break down by", dimension)
    expect(page.locator("thead button").first).to_contain_text(dimension)
    settle(page)


def trail(page: Page) -> list[str]:
    return page.locator("nav.trail > :is(button, .here)").all_inner_texts()


def rows(page: Page) -> list[str]:
    return page.locator("tbody tr").all_inner_texts()


def expect_view(page: Page, view: tuple[list[str], list[str]]) -> None:
    """Wait until the page shows this trail and these rows."""
    expect(page.locator("nav.trail > :is(button, .here)")).to_have_text(view[0])
    expect(page.locator("tbody tr")).to_have_count(len(view[1]))
    settle(page)
    assert (trail(page), rows(page)) == view


def open_row(page: Page, number: int = 0) -> str:
    """Open a group by its name; return the name, which then ends the trail."""
    link = page.locator("tbody button.link").nth(number)
    link.wait_for()
    name = " ".join(link.locator("span").all_inner_texts())
    link.click()
    expect(page.locator("nav.trail .here")).to_have_text(name)
    settle(page)
    return name


# --- a new installation ---------------------------------------------------


def test_an_empty_paritet_takes_madrids_budget(new_site, page, test_data):
    """From nothing to a printed figure on the screen: import, year asked for, explore, find."""
    visit(page, new_site)
    expect(page.get_by_role("heading", level=1)).to_contain_text("There is no budget here yet")
    assert page.get_by_test_id("stVegaLiteChart").count() == 0
    page.get_by_test_id("stMain").get_by_role("button", name="Import a budget").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What does this file mean")

    file = test_data / "es_madrid" / "2022_gastos.csv"
    page.locator("input[type=file]").set_input_files(file)
    mapping = page.get_by_role("combobox", name="Mapping: what the columns mean")
    expect(mapping).to_have_value(re.compile(r"\(es_madrid\)$"))
    expect(page.get_by_test_id("stAlert")).to_contain_text("fiscal year")
    assert page.get_by_role("button", name="Accept and store").count() == 0

    year = page.get_by_label("Fiscal year of the amounts")
    year.fill("2022")
    year.press("Enter")
    page.get_by_role("button", name="Accept and store").click()
    expect(page.get_by_test_id("stAlert")).to_contain_text("2022_gastos.csv is stored")

    page.get_by_role("link", name="Explore it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Where does the money go")
    settle(page)
    choose(page, "Stage", "Executed")
    divide(page, "Programme")
    search = page.get_by_placeholder("Words or codes")
    search.fill("23103")
    search.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody")).to_contain_text("261,982,669.61")


# --- finding one's way ----------------------------------------------------


def test_three_levels_down_and_back_again(demo_site, page, browser):
    """Three dimensions deep, Back, Forward, reload and the address elsewhere show the same view."""
    visit(page, f"{demo_site}/budget_explorer?{TOPOLNICA}")
    expect(page.locator("nav.trail .here")).to_have_text("All")
    views = [(trail(page), rows(page))]
    for dimension in ("Function (COFOG)", "Economic class", "Programme"):
        divide(page, dimension)
        open_row(page)
        views.append((trail(page), rows(page)))
    assert [len(steps) for steps, _ in views] == [1, 2, 3, 4]
    assert len({tuple(shown) for _, shown in views}) == 4

    reopened = browser.new_context(locale="en-GB").new_page()
    expect_view(visit(reopened, page.url), views[3])
    reopened.context.close()
    page.reload()
    expect_view(page, views[3])
    page.go_back()
    expect(page.locator("nav.trail > :is(button, .here)")).to_have_text(views[2][0])
    page.go_forward()
    expect_view(page, views[3])


def test_a_step_of_the_trail_leads_back_to_it(demo_site, page):
    """Choosing a step of the breadcrumb drops the steps after it."""
    visit(page, f"{demo_site}/budget_explorer?{TOPOLNICA}")
    open_row(page)
    one_deep = trail(page)
    divide(page, "Organisation")
    open_row(page)
    page.locator("nav.trail button").last.click()
    expect(page.locator("nav.trail > :is(button, .here)")).to_have_text(one_deep)
    page.locator("nav.trail button").first.click()
    expect(page.locator("nav.trail > :is(button, .here)")).to_have_text(["All"])
    expect(page).not_to_have_url(re.compile("within="))  # written after what is shown


# --- nothing else happens -------------------------------------------------


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_nobody_else(site, path, page, request):
    """Every page is complete by itself; at its end `page` finds other hosts and logged errors."""
    visit(page, f"{request.getfixturevalue(site)}/{path}")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"\w"))
    assert page.get_by_test_id("stException").count() == 0


# --- without a mouse ------------------------------------------------------


def tab_to(page: Page, selector: str, limit: int = 80) -> None:
    """Press Tab until what has the focus matches; open shadow roots are looked into."""
    reached = """(selector) => {
        let found = document.activeElement
        while (found.shadowRoot?.activeElement) found = found.shadowRoot.activeElement
        return found.matches(selector)
    }"""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate(reached, selector):
            return
    raise AssertionError(f"{limit} times Tab do not lead to {selector}")


def test_a_folded_choice_is_made_with_the_keyboard(demo_site, page):
    """The line opens, an option is chosen, and the focus stays at it for the next one."""
    visit(page, f"{demo_site}/gender_overview?{TOPOLNICA}")
    line = page.locator("details.choices .said")
    expect(line).to_contain_text("OECD-DAC gender equality marker · Focused on gender equality")
    line.locator("..").focus()
    page.keyboard.press("Enter")
    tab_to(page, "[data-choose='convention=eu_funds']")
    page.keyboard.press("Enter")
    expect(line).to_contain_text("As in EU funds: significant counts 40 %")
    chosen = page.locator("[data-choose='convention=eu_funds']")
    expect(chosen).to_be_focused()
    expect(chosen).to_have_attribute("aria-pressed", "true")
    settle(page)
    expect(page).to_have_url(re.compile("convention=eu_funds"))
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(line).to_contain_text("principal and significant count in full")


def test_the_keyboard_is_enough(demo_site, page):
    """Without a mouse a column is sorted and a group opened."""
    visit(page, f"{demo_site}/budget_explorer?{TOPOLNICA}")
    expect(page.locator("nav.trail .here")).to_have_text("All")
    unsorted = rows(page)
    tab_to(page, "thead th:nth-child(1) button")
    page.keyboard.press("Enter")
    expect(page.locator("thead th").first).to_have_attribute("aria-sort", "ascending")
    names = page.locator("tbody th .link span:last-child").all_inner_texts()
    assert names == sorted(names, key=str.casefold)
    assert sorted(rows(page)) == sorted(unsorted)
    assert rows(page) != unsorted
    page.locator("thead button").first.focus()
    tab_to(page, "tbody tr:nth-child(2) button.link")
    page.keyboard.press("Enter")
    expect(page.locator("nav.trail .here")).to_contain_text(names[1])
    expect(page).to_have_url(re.compile("within=function"))


# --- languages ------------------------------------------------------------


def amounts(page: Page) -> list[list[str]]:
    """Return the digits of every amount in the table: the same in every language."""
    return [
        [re.sub(r"\D", "", cell) for cell in row.locator("td.money").all_inner_texts()]
        for row in page.locator("tbody tr").all()
    ]


def test_another_language_shows_the_same_view(demo_site, page):
    """The language changes the words, the navigation's too; place, codes and amounts stay."""
    visit(page, f"{demo_site}/budget_explorer?{TOPOLNICA}&stage=executed&within=function:09")
    expect(page.locator("nav.trail .here")).to_contain_text("Education")
    address, shown = page.url, amounts(page)
    assert shown
    choose(page, "Language", "Српски")
    expect(page.locator("nav.trail .here")).to_contain_text("Образовање")
    expect(page.get_by_test_id("stHeader")).to_contain_text("Буџет")
    assert amounts(page) == shown
    assert page.url.replace("lang=sr&", "") == address.replace("lang=en&", "")


# --- downloads ------------------------------------------------------------


def on_screen(page: Page) -> list[dict[str, str]]:
    """Return the table as a reader sees it, by heading; the mark below a share left out."""
    headings = page.locator("thead button").all_inner_texts()
    table = []
    for row in page.locator("tbody tr").all():
        name = " ".join(row.locator("th .link span").all_inner_texts())
        cells = row.locator("td").evaluate_all(
            "cells => cells.map((cell) => cell.firstChild?.textContent ?? '')"
        )
        table.append(dict(zip(headings, [name, *cells], strict=True)))
    return table


def downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=f"Download {name}").click()
    return Path(waiting.value.path()).read_bytes()


def as_screen(row: dict[str, object]) -> dict[str, str]:
    """Return the row of a file as the screen writes it: names, amounts, counts; no shares."""
    named = {"Function (COFOG)": " ".join(filter(None, [row["code"], row["function (COFOG)"]]))}
    for heading, value in row.items():
        if heading.endswith(" (BAM)"):
            label = heading.removesuffix(" (BAM)")
            sign = "+" if label == "change" and value and Decimal(str(value)) > 0 else ""
            shown = f"{sign}{Decimal(str(value)):,.2f}" if value not in (None, "") else "–"
            named[label[0].upper() + label[1:]] = shown
    return named


@pytest.mark.parametrize("kind", ["CSV", "XLSX"])
def test_a_download_is_what_is_shown(demo_site, page, kind):
    """The file has the rows of the screen in their order, to the cent, and says where it comes from."""
    visit(page, f"{demo_site}/budget_explorer?{TOPOLNICA}&stage=executed&prices=nominal")
    expect(page.locator("nav.trail .here")).to_have_text("All")
    content = downloaded(page, kind)
    if kind == "CSV":
        about = content.decode("utf-8-sig")
        lines = [line for line in content.decode("utf-8-sig").splitlines() if line[:1] != "#"]
        table = list(csv.reader(lines[: lines.index("")]))
    else:
        book = load_workbook(BytesIO(content))
        table = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
        about = "\n".join(f"{name}: {said}" for name, said in book.worksheets[-1].values)
    for stamped in ("municipality: demo_topolnica", "year: 2026", "stage: executed"):
        assert stamped in about
    version = re.search(r"Data version (\d+)", page.get_by_test_id("stMain").inner_text()).group(1)
    assert f"Data version: {version}" in about
    written = [as_screen(dict(zip(table[0], row, strict=True))) for row in table[1:]]
    shown = on_screen(page)
    known = [heading for heading in written[0] if heading in shown[0]]
    assert {"Function (COFOG)", "Approved", "Revised", "Executed"} <= set(known)
    assert [{name: row[name] for name in known} for row in written] == [
        {name: row[name].replace("\u2212", "-") for name in known} for row in shown
    ]


# --- for everyone ---------------------------------------------------------

SERIOUS = ("serious", "critical")
# rule -> parts of the page that Streamlit colours itself: captions, the words below a figure, and
# a button's shortcut
# are its text colour at 60 per cent, 4.2 to 1 on white, and no theme option changes that
STREAMLITS_OWN = {
    "color-contrast": "[data-testid=stCaptionContainer], [data-testid=stMetric], "
    "[data-testid=stMarkdownBadge], kbd",
}
_WITHIN = """([target, part]) => {
    const found = typeof target === 'string' && document.querySelector(target)
    return Boolean(found && found.closest(part))
}"""


def is_streamlits_own(page: Page, rule: str, node: dict) -> bool:
    part = STREAMLITS_OWN.get(rule)
    return bool(part) and page.evaluate(_WITHIN, [node["target"][0], part])


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible(site, path, page, request):
    """axe-core finds nothing serious or critical, apart from what Streamlit itself brings."""
    visit(page, f"{request.getfixturevalue(site)}/{path}")
    found = [
        f"{violation['id']}: {node['target']} {node['html'][:120]}"
        for violation in Axe().run(page).response["violations"]
        for node in violation["nodes"]
        if violation["impact"] in SERIOUS and not is_streamlits_own(page, violation["id"], node)
    ]
    assert found == []
