"""Languages: numbers against Babel, Serbian in two scripts, plural forms."""

from datetime import date
from decimal import Decimal

import pytest
from babel import Locale
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from budgeting.model import Money, Share, plural_text, text
from budgeting.translations import (
    LANGUAGES,
    MINUS,
    NO_BREAK_SPACE,
    language,
    supported_language,
    to_latin,
)

BABEL = {"en": "en", "sr": "sr_Cyrl", "sr-Latn": "sr_Latn"}
AMOUNTS = st.decimals(min_value=-(10**16), max_value=10**16, places=4)


def as_babel_writes(number, digits, code):
    """Return Babel's writing with a real minus sign, and no sign on what rounds to zero."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    written = format_decimal(number, pattern, Locale.parse(BABEL[code]))
    written = written.replace("-", MINUS)
    return written if any(digit in written for digit in "123456789") else written.strip(MINUS)


@pytest.mark.parametrize("code", LANGUAGES)
@given(number=AMOUNTS, digits=st.integers(0, 4))
def test_a_decimal_is_written_as_babel_writes_it(code, number, digits):
    """Our fast writing equals Babel's for every amount, language and number of decimals."""
    assert as_babel_writes(number, digits, code) == language(code).number(number, digits)


@pytest.mark.parametrize("code", LANGUAGES)
@given(number=st.integers(-(10**15), 10**15))
def test_a_whole_number_is_written_as_babel_writes_it(code, number):
    """Our fast writing equals Babel's for whole numbers."""
    assert as_babel_writes(number, 0, code) == language(code).number(number)


@pytest.mark.parametrize("number", [2**53 + 1, 123_456_789_012_345_679, -(10**16) - 1])
def test_a_whole_number_keeps_every_digit(number):
    """A whole number is written digit by digit, also where a float could not hold it."""
    assert f"{number:,}".replace("-", MINUS) == language("en").number(number)


@pytest.mark.parametrize(
    ("code", "number", "digits", "written"),
    [
        ("en", Decimal("1234567.895"), 2, "1,234,567.90"),
        ("sr", Decimal("1234567.895"), 2, "1.234.567,90"),
        ("sr-Latn", Decimal("-1234.5"), 2, "\u22121.234,50"),
        ("en", Decimal("0.125"), 2, "0.12"),  # half to even
        ("en", Decimal("0.135"), 2, "0.14"),
        ("en", 999, 0, "999"),
        ("en", 1000, 0, "1,000"),
        ("en", Decimal("-0.004"), 2, "0.00"),
        ("en", Decimal("-0.006"), 2, "\u22120.01"),
        ("en", -1, 0, "\u22121"),
    ],
)
def test_numbers_at_the_boundaries(code, number, digits, written):
    """Grouping, half to even, a real minus sign, and no minus before what rounds to zero."""
    assert written == language(code).number(number, digits)


def test_money_and_shares_are_kept_together_by_a_space_that_does_not_break():
    """The currency code, and in Serbian the percent sign, never starts a line of its own."""
    money, share = Money(Decimal("1234.50"), "BAM"), Share(0.125)
    assert [
        f"1,234.50{NO_BREAK_SPACE}BAM",
        "12.5%",
        f"1.234,50{NO_BREAK_SPACE}BAM",
        f"12,5{NO_BREAK_SPACE}%",
    ] == [language(code).value(item) for code in ("en", "sr") for item in (money, share)]


# --- scripts --------------------------------------------------------------

CYRILLIC = "а б в г д ђ е ж з и ј к л љ м н њ о п р с т ћ у ф х ц ч џ ш"
LATIN = "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š"
ALPHABET = dict(zip(CYRILLIC.split(), LATIN.split(), strict=True))


@pytest.mark.parametrize(("cyrillic", "latin"), ALPHABET.items())
def test_each_of_the_thirty_letters_has_its_latin_letter(cyrillic, latin):
    """Small letters become small, a capital becomes a capital followed by a small letter."""
    assert (latin, latin[0].upper() + latin[1:]) == (to_latin(cyrillic), to_latin(cyrillic.upper()))


def test_latin_letters_numbers_and_placeholders_stay():
    """What is not Serbian Cyrillic is not touched: placeholders and Latin words survive."""
    assert "Šume {count} – COFOG 10.4%\u00a0ų" == to_latin("Šume {count} – COFOG 10.4%\u00a0ų")


@pytest.mark.parametrize(
    ("wish", "answer"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("EN_us", "en"),
        ("sr", "sr"),
        ("sr-RS", "sr"),
        ("sr-Cyrl-RS", "sr"),
        ("sr-Latn", "sr-Latn"),
        ("sr_Latn_RS", "sr-Latn"),
        ("SR-LATN", "sr-Latn"),
        ("bs", "sr-Latn"),
        ("bs-BA", "sr-Latn"),
        ("hr-HR", "sr-Latn"),
        ("cnr", "sr-Latn"),
        ("sh", "sr-Latn"),
        ("fi", None),
        ("english", None),
        ("e", None),
        ("", None),
        (None, None),
        ("../en", None),
    ],
)
def test_a_wish_becomes_a_language_that_there_is(wish, answer):
    """Tags of any spelling find their language; the languages next door get Latin Serbian."""
    assert answer == supported_language(wish)


@pytest.mark.parametrize("wish", ["bsk-PK", "shn", "hrx"])
def test_a_language_whose_tag_only_begins_alike_is_another_language(wish):
    """Burushaski (bsk) and Shan (shn) are not Bosnian and Serbo-Croatian."""
    assert supported_language(wish) is None


def test_the_tag_for_the_page_says_the_script():
    """Screen readers are told Cyrillic or Latin."""
    assert {"en": "en", "sr": "sr-Cyrl", "sr-Latn": "sr-Latn"} == {
        code: language(code).tag for code in LANGUAGES
    }


# --- sentences ------------------------------------------------------------

LINES = ("{count} budget line", "{count} budget lines")


def test_a_sentence_without_translation_stays_english():
    """A message that no catalogue has is said as it is, its numbers in the reader's way."""
    sentence = text("Zzz {amount} of {day}", amount=Decimal("1234.5"), day=date(2026, 11, 20))
    assert "Zzz 1.234,50 of 20. 11. 2026." == language("sr-Latn").say(sentence)


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 xs"), (1, "1 x"), (2, "2 xs"), (21, "21 xs"), (1234, "1,234 xs")]
)
def test_english_has_two_plural_forms(count, said):
    """One is singular, everything else plural."""
    assert said == language("en").say(plural_text("{count} x", "{count} xs", count))


def test_the_english_sentence_of_a_log_needs_no_catalogue():
    """`str` gives the English sentence, in the form that its count asks for."""
    said = [str(plural_text(*LINES, count)) for count in (0, 1, 2)]
    assert ["0 budget lines", "1 budget line", "2 budget lines"] == said


def test_a_plain_string_is_said_unchanged():
    """Words that come from data are not looked up, not even when they hold braces."""
    assert "100 {count} %" == language("en").say("100 {count} %")


def test_a_value_with_braces_is_not_filled_in():
    """What a file holds cannot pull other values into a sentence."""
    assert "“{b}” and 2" == language("en").say(text("“{a}” and {b}", a="{b}", b=2))
