"""Import by hand: rows corrected, files together, lines removed, codes added; each a short journey."""

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.import_steps import (
    accept,
    answer_reasons,
    describe_town,
    drop,
    fill,
    main,
    metric,
    picture,
    speak,
)
from tests.browser.live_site import PATIENCE, serving, settle, visit

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)

HEADER = "Economic code,Economic class,Approved\n"
LINES = [("411", "Wages", "1200.00"), ("421", "Energy", "800.50"), ("424", "Culture", "300.00")]
MAPPING = """
title = { en = "Ledger of Vran", sr = "Књига Врана" }
[municipality]
code = "rs_vran"
name = "Vran"
country_code = "RS"
currency_code = "RSD"
[line]
direction = "expenditure"
label = "Economic class"
[[classification]]
dimension = "economic_class"
levels = [{ code = "Economic code", label = "Economic class" }]
known = "rs_economic"
[[amount]]
column = "Approved"
stage = "approved"
"""


def ledger(folder: Path, name: str, lines) -> Path:
    """Write a ledger of a few lines."""
    path = folder / name
    path.write_text(HEADER + "".join(f"{','.join(line)}\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def import_page(new_site, page, tmp_path) -> Page:
    """The import page of a new installation that knows the ledger of Vran."""
    saved = tmp_path / "mappings"
    saved.mkdir(exist_ok=True)
    (saved / "rs_vran.toml").write_text(MAPPING, encoding="utf-8")
    return visit(page, f"{new_site}/import_data?lang=en")


def test_rejected_rows_are_corrected_in_a_workbook_and_only_they_are_read(import_page, tmp_path):
    """The row with an error comes as XLSX, is corrected, dropped beside the file, and all are accepted."""
    wrong = [*LINES, ("425", "Repairs", "four hundred")]
    file = ledger(tmp_path, "vran_2025.csv", wrong)
    drop(import_page, file)
    fill(import_page, "Fiscal year of the amounts", "2025")
    expect(metric(import_page, "Rejected")).to_contain_text("1")
    picture(import_page, "rejected")
    with import_page.expect_download() as coming:
        import_page.get_by_role("button", name="Download the rejected rows").click()
    path = tmp_path / coming.value.suggested_filename
    coming.value.save_as(path)
    book = load_workbook(path)
    rows = list(book["rows 1"].iter_rows())
    assert [cell.value for cell in rows[1]][:3] == ["425", "Repairs", "four hundred"]
    rows[1][2].value = 400
    book.save(path)
    drop(import_page, path)
    expect(metric(import_page, "Expenditure · 2025")).to_contain_text("2,700.50")
    expect(metric(import_page, "Rejected")).to_contain_text("0")
    picture(import_page, "corrected")
    accept(import_page, file.name)


def test_several_files_are_one_batch(import_page, tmp_path):
    """Two years have one table of verdicts, a year for each, and are accepted in one go."""
    later = [*LINES[:2], ("424", "Culture", "350.00")]
    files = [ledger(tmp_path, "vran_2024.csv", LINES), ledger(tmp_path, "vran_2025.csv", later)]
    drop(import_page, *files)
    for year in ("2024", "2025"):
        fill(import_page, re.compile(rf"Fiscal year of vran.?_{year}"), year)
    answer_reasons(import_page)
    expect(main(import_page)).to_contain_text("2 files, accepted together or not at all")
    picture(import_page, "several")
    import_page.get_by_role("button", name="Accept and store all").click()
    expect(import_page.get_by_test_id("stAlert").first).to_contain_text("is stored: 6 rows")
    settle(import_page)
    expect(main(import_page)).to_contain_text("Accepted files")
    picture(import_page, "accepted")


def test_an_upload_above_the_limit_is_refused_with_a_sentence(browser, page, tmp_path):
    """The page says how large a file may be, and a larger one is not taken."""
    with serving(tmp_path / "paritet.duckdb", PARITET_UPLOAD_LIMIT_MB="1") as address:
        visit(page, f"{address}/import_data?lang=en")
        expect(main(page)).to_contain_text("up to 1 MB")
        file = tmp_path / "large.csv"
        file.write_text(HEADER + "411,Wages,1.00\n" * 100_000, encoding="utf-8")
        page.locator("input[type=file]").set_input_files(file)
        expect(main(page)).to_contain_text("must be 1.0MB or smaller")
        expect(main(page)).to_contain_text("A file that turns red was not taken")
        picture(page, "too_large")
        page.goto("about:blank")  # before its server goes


def test_lines_that_are_gone_are_removed_with_a_reason(import_page, tmp_path):
    """The corrected budget has a line less: it stays until a reason is given, and then it goes."""
    first = ledger(tmp_path, "vran_2025.csv", LINES)
    drop(import_page, first)
    fill(import_page, "Fiscal year of the amounts", "2025")
    accept(import_page, first.name)
    corrected = ledger(tmp_path, "vran_2025_corrected.csv", LINES[:2])
    drop(import_page, corrected)
    fill(import_page, "Fiscal year of the amounts", "2025")
    expect(main(import_page)).to_contain_text("Beside what is stored")
    picture(import_page, "gone")
    fill(import_page, "Remove these lines from what is stored, for this reason", "Not adopted.")
    answer_reasons(import_page)
    accept(import_page, corrected.name)
    import_page.get_by_role("link", name="Explore it").click()
    expect(main(import_page)).to_contain_text("2,000.50")


def test_an_unknown_code_is_added_as_the_municipalitys_own(import_page, tmp_path):
    """The warning names the code and the nearest known; added with its name, it is known from then on."""
    first = ledger(tmp_path, "vran_2024.csv", LINES)
    drop(import_page, first)
    fill(import_page, "Fiscal year of the amounts", "2024")
    accept(import_page, first.name)
    drop(import_page, ledger(tmp_path, "vran_2025.csv", [*LINES, ("999", "Odd things", "5.00")]))
    fill(import_page, "Fiscal year of the amounts", "2025")
    expect(main(import_page)).to_contain_text("has no code “999”")
    import_page.get_by_text("Add a code as the municipality's own").click()
    picture(import_page, "own_code")
    import_page.get_by_label("What it is called").fill("Odd things")
    import_page.get_by_role("button", name="Add the code").click()
    expect(main(import_page)).not_to_contain_text("has no code “999”")
    settle(import_page)


def test_another_language_keeps_what_was_answered(new_site, page, tmp_path):
    """Whoever changes the language in the middle keeps mapping, columns and answers, there and back."""
    visit(page, f"{new_site}/import_data?lang=en")
    drop(page, ledger(tmp_path, "ledger.csv", LINES))
    describe_town(page, "Vran")
    fill(page, "Fiscal year of the amounts", "2025")
    for language, words in (("Српски", "2.300,50"), ("English", "2,300.50")) * 2:
        speak(page, language)
        expect(page.get_by_test_id("stMetric").last).to_contain_text(words)
    accept(page, "ledger.csv")


def test_a_new_town_without_a_mapping(new_site, page, tmp_path):
    """What a reader meets first: a proposal, the open questions, columns, and the printed totals."""
    visit(page, f"{new_site}/import_data?lang=en")
    picture(page, "empty")
    drop(page, ledger(tmp_path, "ledger.csv", LINES))
    picture(page, "asked")
    describe_town(page, "Vran")
    fill(page, "Fiscal year of the amounts", "2025")
    page.get_by_text("Change what they mean").click()
    settle(page)
    fill(page, "Printed total: Expenditure 2025, approved", "2,300.50")
    picture(page, "proposed")
    accept(page, "ledger.csv")
