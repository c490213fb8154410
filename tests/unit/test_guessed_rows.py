"""What the guess promises of rows that are neither lines nor totals: each is known for what it is."""

from decimal import Decimal

import pytest
from fixtures.reading_guesses import answered, statements_of

from budgeting.imports.guessing.guess import guess
from budgeting.imports.readers import read
from budgeting.imports.source import SourceFile

HEADER = "Konto;Opis;Plan 2024"
PAY = ("411;Plate;1000,50", "412;Doprinosi;200,25")
GOODS = ("421;Stalni troškovi;300,00", "423;Usluge;400,10")
RESERVE = ";Tekuća rezerva;150,40"
TOTAL = ";UKUPNO RASHODI;2051,25"


def total_of(*rows: str) -> Decimal:
    table = read(SourceFile("any.csv", "\n".join([HEADER, *rows]).encode()))
    sums = statements_of(answered(table, guess(table), 2024, "approved", "expenditure"))
    return sums[2024, "expenditure", "approved"]


@pytest.mark.parametrize(
    "rows",
    [
        (*PAY, *GOODS, RESERVE),
        (*PAY, ";Ukupno 41;1200,75", *GOODS, ";Ukupno 42;700,10", RESERVE),
        ("41;Zaposleni;1200,75", *PAY, "42;Robe i usluge;700,10", *GOODS, RESERVE),
        (";Zaposleni;1200,75", *PAY, ";Robe i usluge;700,10", *GOODS, RESERVE),
        (RESERVE, *PAY, ";Svega;1200,75", *GOODS, ";Svega;700,10"),
    ],
    ids=["alone", "after subtotals", "after groups", "after words", "before all"],
)
def test_a_line_without_a_code_counts(rows):
    """A line without a code between the last subtotal and the grand total is part of it."""
    assert Decimal("2051.25") == total_of(*rows, TOTAL)


@pytest.mark.parametrize("begin", ["- ", ""])
def test_details_of_a_line_do_not_count_twice(begin):
    """Lines of the same code below “od čega” are some of it, with a dash or without."""
    services = "423;Usluge, od čega:;400,10"
    details = (f"423;{begin}Revizija;100,00", f"423;{begin}Prevod;50,10")
    rows = (PAY[0], services, *details, "426;Materijal;150,40")
    assert Decimal("1551.00") == total_of(*rows, ";UKUPNO RASHODI;1551,00")


def test_a_summary_with_broken_formulas_is_not_added():
    """Rows whose formula ended in an error are left out where the printed total shows that."""
    rows = (
        "411;Plate;#REF!;5,25;#REF!",
        "421;Stalni troškovi;#REF!;2,10;#REF!",
        ";SKUPŠTINA;;;",
        "411;Plate;1000,50;5,25;1005,75",
        "421;Stalni troškovi;300,00;2,10;302,10",
        ";UKUPNO RASHODI;1300,50;7,35;1307,85",
    )
    header = "Konto;Opis;Iz budžeta;Iz ostalih izvora;Ukupno"
    table = read(SourceFile("any.csv", "\n".join([header, *rows]).encode()))
    meaning = answered(table, guess(table), 2024, "approved", "expenditure")
    assert {Decimal("1307.85")} == set(statements_of(meaning).values())
    asked = [found for found in meaning.findings if found.check == "formula-error"]
    assert 4 == len(asked)
