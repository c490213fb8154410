"""Languages: gettext catalogues, Serbian in two scripts, and numbers as each language writes them.

Inside the package numbers stay numbers and sentences stay `model.Text`; this module is the edge.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from io import BytesIO
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from budgeting.model import Exact, ExactMoney, Labels, Money, MoneyChange, Share, Text, text
from budgeting.settings import DATA, LANGUAGES

LOCALES = DATA / "locales"
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"

_MILLION = Decimal(10) ** 6
_UNITS = (
    (Decimal(10) ** 9, text("{number} billion {currency}")),
    (Decimal(10) ** 6, text("{number} million {currency}")),
    (Decimal(10) ** 4, text("{number} {currency}")),
)

_CYRILLIC = "абвгдђежзијклмнопрстћуфхцчшАБВГДЂЕЖЗИЈКЛМНОПРСТЋУФХЦЧШ"
_LATIN = "abvgdđežzijklmnoprstćufhcčšABVGDĐEŽZIJKLMNOPRSTĆUFHCČŠ"
_TO_LATIN = str.maketrans(
    dict(zip(_CYRILLIC, _LATIN, strict=True))
    | {"љ": "lj", "њ": "nj", "џ": "dž", "Љ": "Lj", "Њ": "Nj", "Џ": "Dž"}
)
_BABEL_NAMES = {"sr": "sr_Cyrl", "sr-Latn": "sr_Latn"}


def to_latin(words: str) -> str:
    """Write Serbian Cyrillic in Latin letters; the table of 30 letters is exact.

    Examples
    --------
    >>> to_latin("Љубав и џез")
    'Ljubav i džez'
    """
    return words.translate(_TO_LATIN)


def supported_language(wish: str | None) -> str | None:
    """Return the interface language for a BCP 47 tag, None where there is none.

    Bosnian, Croatian and Montenegrin readers get Serbian in Latin script.

    Examples
    --------
    >>> supported_language("sr-Latn-RS"), supported_language("bs-BA"), supported_language("fi")
    ('sr-Latn', 'sr-Latn', None)
    """
    tag = (wish or "").replace("_", "-").lower()
    primary = tag.partition("-")[0]
    if tag.startswith("sr-latn") or primary in ("bs", "hr", "cnr", "sh"):
        return "sr-Latn"
    return primary if primary in LANGUAGES else None


@dataclass(frozen=True)
class Language:
    """One interface language: sentences, numbers, money and dates. Get it from `language`."""

    code: str
    locale: Locale
    catalogue: Translations

    @property
    def tag(self) -> str:
        """Tag for the page's ``lang`` attribute and the browser's number formats."""
        return "sr-Cyrl" if self.code == "sr" else self.code

    def say(self, sentence: Text | Labels | str) -> str:
        """Return a sentence in this language, its values written as the language writes them."""
        if isinstance(sentence, str):
            return sentence
        if isinstance(sentence, Labels):
            return self.labels(sentence)
        if sentence.plural is None:
            template = self.catalogue.gettext(sentence.msgid)
        else:
            template = self.catalogue.ngettext(sentence.msgid, sentence.plural, sentence.count)
        if not sentence.values:
            return template
        return template.format_map(
            {name: self.value(item) for name, item in sentence.values.items()}
        )

    def value(self, item: Any) -> str:
        """Return one value as a reader writes it: text as it is, numbers and dates by locale."""
        writers: tuple[tuple[type | tuple[type, ...], Any], ...] = (
            ((Text, Labels), self.say),
            (tuple, lambda items: "; ".join(self.value(item) for item in items)),
            (Exact, self.exact),
            (bool, str),
            (int, self.number),
            (MoneyChange, self.money_change),
            (ExactMoney, self.money),
            (Money, self.round_money),
            (Share, self.share),
            (Decimal, lambda number: self.number(number, 2)),
            (float, lambda number: self.number(number, 1)),
            (datetime, self.moment),
            (date, self.day),
        )
        for kind, write in writers:
            if isinstance(item, kind):
                written: str = write(item)
                return written
        return str(item)

    def number(self, number: int | float | Decimal, digits: int = 0) -> str:
        """Return a number with this language's marks and `digits` decimals.

        Babel's own formatting reads a pattern at each call, a table has a thousand numbers; this
        writes Python's digits with Babel's marks, and a test holds the two against each other.
        """
        if isinstance(number, Decimal):
            number = number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)
        is_exact = isinstance(number, int) and digits == 0  # a float would round large ones
        plain = f"{abs(number):,}" if is_exact else f"{abs(number):,.{digits}f}"
        is_negative = number < 0 and any(digit in plain for digit in "123456789")
        return (MINUS if is_negative else "") + plain.translate(_marks(self.code))

    def exact(self, exact: Exact) -> str:
        """Return a number with all its decimals that count."""
        return self.number(exact.value, len(str(exact).partition(".")[2]))

    def labels(self, labels: Labels) -> str:
        """Return words of a data file in this language; Serbian in Latin letters from Cyrillic."""
        if self.code == "sr-Latn" and not labels.words.get(self.code) and labels.words.get("sr"):
            return to_latin(labels.words["sr"])
        return labels.written(self.code)

    def money(self, money: Money) -> str:
        """Return an amount to the cent with its currency code behind it."""
        return f"{self.number(money.amount, 2)}{NO_BREAK_SPACE}{money.currency_code}"

    def money_change(self, change: MoneyChange) -> str:
        """Return a difference as a sentence has it: with its sign, also where it is more."""
        sign = "+" if change.amount > 0 else ""
        return sign + self.round_money(change)

    def round_money(self, money: Money) -> str:
        """Return an amount as a sentence has it.

        Exact below 10 000, then without cents, and from a million on in millions or billions with
        at least three digits that count.
        """
        size = abs(money.amount)
        for limit, unit in _UNITS:
            if size >= limit:
                shown = money.amount if limit < _MILLION else money.amount / limit
                number = self.number(shown, _digits(size, limit))
                return self.say(unit.with_values(number=number, currency=money.currency_code))
        return self.money(money)

    def share(self, share: Share | Decimal | float, digits: int = 1) -> str:
        """Return a share as a percentage."""
        value = share.value if isinstance(share, Share) else share
        gap = "" if self.code == "en" else NO_BREAK_SPACE
        return f"{self.number(value * 100, digits)}{gap}%"

    def day(self, day: date) -> str:
        """Return a date."""
        return format_date(day, "medium", self.locale)

    def moment(self, moment: datetime) -> str:
        """Return a date with its time."""
        return format_datetime(moment, "medium", locale=self.locale)


def _digits(size: Decimal, limit: Decimal) -> int:
    if limit < _MILLION:
        return 0
    return 2 if size < limit * 100 else 1


@cache
def language(code: str) -> Language:
    """Return the language with a code of `LANGUAGES`; loads its catalogue at the first call."""
    return Language(code, Locale.parse(_BABEL_NAMES.get(code, code)), _catalogue(code))


@cache
def _marks(code: str) -> dict[int, str]:
    symbols = language(code).locale.number_symbols["latn"]
    return {ord(","): symbols["group"], ord("."): symbols["decimal"]}


def _catalogue(code: str) -> Translations:
    """Compile ``data/locales/<code>.po`` in memory: a translator edits the text, nothing is built."""
    path = LOCALES / ("sr.po" if code.startswith("sr") else f"{code}.po")
    if not path.is_file():
        return Translations()
    with path.open("rb") as lines:
        messages = read_po(lines, locale=code.partition("-")[0])
    if code == "sr-Latn":
        for message in messages:
            if isinstance(message.string, tuple):
                message.string = tuple(to_latin(form) for form in message.string)
            elif message.id:
                message.string = to_latin(str(message.string))
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled)
