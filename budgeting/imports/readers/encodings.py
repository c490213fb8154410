"""Encodings: bytes to text, and how sure that is."""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import log

import pyarrow as pa

from budgeting.imports.readers.faults import Unreadable, unreadable
from budgeting.model import Finding, Severity, text

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The letters beyond ASCII of the languages that are written in each encoding, frequent ones first.
_WESTERN = (
    "óíáéñúüç",  # Spanish
    "ãçáéíóõâêàúôü",  # Portuguese
    "éèàêçâôùîûëïœüÿ",  # French
    "àèùòìé",  # Italian
    "üäöß",  # German
    "äåöé",  # Swedish, Finnish
    "åøæé",  # Danish, Norwegian
    "ëéïöü",  # Dutch
    "ëç",  # Albanian
    "áíðéúóöþæý",  # Icelandic
)
_LANGUAGES = {
    "cp1250": (
        "šćčžđ",  # Bosnian, Croatian, Serbian, Slovene
        "íáěéčřžýšůúďťňó",  # Czech
        "áíéčšúľžýťňäôďĺŕó",  # Slovak
        "łęąóżśćńź",  # Polish
        "áéöóőüíúű",  # Hungarian
        "ăîţşâ",  # Romanian
    ),
    "cp1252": _WESTERN,
    "cp1251": (
        "аоиенрјстувкдпмлзгбчцшњжћљхђфџ",  # Serbian
        "аоиентрсвдкпмлјузгбчцшжќфњхџѓљѕ",  # Macedonian
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",  # Russian, Bulgarian
        "оанивтерсклмдпуязьгбчйхіїжюцшєщфґ",  # Ukrainian
    ),
    "cp1257": (
        "ėšųūįčžąę",  # Lithuanian
        "āīēšņūļķžģč",  # Latvian
        "äõüöšž",  # Estonian
    ),
    "cp850": _WESTERN,
}
# What decides where nothing else does: how frequent the letters are in the language, and that
# most files come from the countries where Paritet is used.
_FREQUENCY_WEIGHT = 0.05
_HEAD_START = {"cp1250": 0.03}
_WORD = re.compile(rb"[0-9A-Za-z\x80-\xff]*[\x80-\xff][0-9A-Za-z\x80-\xff]*")
_MOST_WORDS = 20_000
_PUNCTUATION = frozenset("–—„“”‚‘’«»‹›…•€§°ºª²³%\u00a0·")
_CLOSE = 0.15
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f]")
_SAMPLE = 1 << 16


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text in UTF-8 without byte order mark, the encoding it had, and what is not sure about it."""

    content: bytes
    encoding: str
    findings: tuple[Finding, ...] = ()


def decoded(content: bytes, stated: str | None) -> Decoded:
    """Return the text of `content`, in the `stated` encoding or the one that it shows.

    Raises
    ------
    Unreadable
        The content is no text, or not all of it in this encoding.
    """
    if stated is not None:
        return _as_stated(content, stated)
    encoding = _marked(content) or _wide(content)
    if encoding is None and _is_not_text(content):
        raise _not_text()
    if encoding is None and _is_utf8(content):
        return Decoded(content, "utf-8")
    if encoding is None and _is_nearly_utf8(content):
        encoding = "utf-8"
    if encoding is not None:
        return Decoded(_transcoded(content, encoding, None), encoding)
    words = _words(content)
    ranked = _ranked(words)
    encoding = ranked[0][0]
    return Decoded(
        _transcoded(content, encoding, None), encoding, tuple(_alternatives(words, ranked))
    )


def _as_stated(content: bytes, stated: str) -> Decoded:
    try:
        codecs.lookup(stated).encode("")
    except (LookupError, TypeError, ValueError):
        message = text("There is no encoding called “{encoding}”.", encoding=stated)
        raise unreadable("encoding", message, text("Write for example utf-8 or cp1250.")) from None
    body = _transcoded(content, stated, stated)
    is_mistaken = not codecs.lookup(stated).name.startswith("utf") and _is_utf8(content)
    return Decoded(
        body, stated, (_looks_like_utf8(stated),) if is_mistaken and not content.isascii() else ()
    )


def _transcoded(content: bytes, encoding: str, stated: str | None) -> bytes:
    if codecs.lookup(encoding).name in ("utf-8", "utf-8-sig") and _is_utf8(content):
        return content.removeprefix(codecs.BOM_UTF8)
    try:
        body = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _broken(content, encoding, stated, error) from None
    except (ValueError, LookupError):  # a codec that is none for text, such as "hex"
        raise _not_text() from None
    return body.removeprefix("\ufeff").encode("utf-8", "replace")


def _marked(content: bytes) -> str | None:
    return next((name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)), None)


def _wide(content: bytes) -> str | None:
    """Return the UTF-16 that a text without byte order mark is written in."""
    sample = content[:_SAMPLE]
    high, low = sample[::2].count(0), sample[1::2].count(0)
    if len(content) % 2 or high + low < len(sample) / 40:
        return None
    encoding = "utf-16-be" if high > low else "utf-16-le"
    is_clear = max(high, low) > 20 * min(high, low)
    return encoding if is_clear and _decodes(content, encoding) else None


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_not_text(content: bytes) -> bool:
    sample = content[:_SAMPLE]
    return len(_NOT_TEXT.findall(sample)) > len(sample) / 200


def _is_utf8(content: bytes) -> bool:
    """Return whether all of the content is UTF-8; Arrow checks it without a copy."""
    offsets = pa.array([0, len(content)], pa.int64()).buffers()[1]
    whole = pa.Array.from_buffers(pa.large_binary(), 1, [None, offsets, pa.py_buffer(content)])
    try:
        whole.cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def _is_nearly_utf8(content: bytes) -> bool:
    """Return whether letters in UTF-8 outnumber the bytes that are none."""
    body = b" ".join(_words(content)).decode("utf-8", "replace")
    wrong = body.count("\ufffd")
    return len(re.findall(r"[^\x00-\x7f\ufffd]", body)) >= 3 * wrong


@dataclass(frozen=True, slots=True)
class _Fit:
    """How an encoding reads words: the letters in place, and the rest as points."""

    letters: Counter[str]
    points: float
    marks: int

    def score(self, alphabet: str) -> float:
        """Return how well the words fit a language; 1 is nearly perfect."""
        at_home = {letter: count for letter, count in self.letters.items() if letter in alphabet}
        abroad = self.letters.total() - sum(at_home.values())
        ranks = sum(1 / place for place in range(1, len(alphabet) + 1))
        rarity = sum(
            count * log((alphabet.index(letter) + 1) * ranks) for letter, count in at_home.items()
        )
        points = sum(at_home.values()) - abroad / 2 + self.points - _FREQUENCY_WEIGHT * rarity
        return points / max(self.marks, 1)


def _ranked(words: set[bytes]) -> list[tuple[str, str, float]]:
    """Return the encodings with their best language and how well it fits, best first."""
    found = []
    for encoding, alphabets in _LANGUAGES.items():
        fit = _fit(words, encoding)
        best = max(alphabets, key=fit.score)
        found.append((encoding, best, fit.score(best) + _HEAD_START.get(encoding, 0)))
    return sorted(found, key=lambda entry: -round(entry[2], 3))


def _words(content: bytes) -> set[bytes]:
    return {found.group() for found in islice(_WORD.finditer(content), _MOST_WORDS)}


def _fit(words: set[bytes], encoding: str) -> _Fit:
    letters: Counter[str] = Counter()
    points, marks = 0.0, 0
    for word in words:
        reading = _reading(word, encoding)
        is_mixed = bool(re.search("[A-Za-z]", reading))
        for place, letter in enumerate(reading):
            if letter.isascii():
                continue
            marks += 1
            value = _points(reading, place, is_mixed)
            if value is None:
                letters[letter.lower()] += 1
            else:
                points += value
    return _Fit(letters, points, marks)


def _points(word: str, place: int, has_latin: bool) -> float | None:
    """Return the points of a mark that is no letter or one out of place; None for a letter."""
    letter = word[place]
    before, after = word[place - 1 : place], word[place + 1 : place + 2]
    if not letter.isalpha() or letter in "ªº":
        is_inside = before.isalpha() and after.isalpha()
        return -1.0 if is_inside or letter == "\ufffd" else 0.5 if letter in _PUNCTUATION else -0.5
    if (letter.isupper() and before.islower()) or before.isdigit() or after.isdigit():
        return -0.5
    return -1.0 if has_latin and "\u0400" <= letter <= "\u04ff" else None


def _alternatives(words: set[bytes], ranked: list[tuple[str, str, float]]) -> Iterator[Finding]:
    """Yield a finding for the other encodings that fit as well where they give other letters."""
    encoding, language, _ = ranked[0]
    for other, other_language, _ in ranked[1:]:
        differing = {
            word
            for word in words
            if _reading(word, encoding).lower() != _reading(word, other).lower()
        }
        score = _fit(differing, encoding).score(language)
        if differing and _fit(differing, other).score(other_language) >= score - _CLOSE:
            yield _other_encoding(encoding, other, max(sorted(differing), key=len))


def _reading(word: bytes, encoding: str) -> str:
    return word.decode(encoding, "replace")


def _other_encoding(encoding: str, other: str, word: bytes) -> Finding:
    message = text(
        "The file was read in the encoding {encoding}, but {other} is possible too: "
        "“{word}” would then be “{reading}”.",
        encoding=encoding,
        other=other,
        word=_reading(word, encoding),
        reading=_reading(word, other),
    )
    suggestion = text("Look at the labels; if letters are wrong, state the other encoding.")
    return Finding("encoding", Severity.NOTE, message, suggestion, value=_reading(word, encoding))


def _looks_like_utf8(stated: str) -> Finding:
    return Finding(
        "encoding",
        Severity.WARNING,
        text(
            "The file is read in the encoding {encoding} as stated, but it is written in UTF-8.",
            encoding=stated,
        ),
        text("Look at the labels; if letters are wrong, state utf-8."),
    )


def _not_text() -> Unreadable:
    return unreadable(
        "not-text",
        text("This is neither a text file nor a workbook that Paritet knows."),
        text("Save it as CSV, XLSX or ODS, and import that file."),
    )


def _broken(
    content: bytes, encoding: str, stated: str | None, error: UnicodeDecodeError
) -> Unreadable:
    row = content[: error.start].count(b"\n") + 1
    value = " ".join(f"0x{byte:02X}" for byte in content[error.start : error.end][:4])
    if stated:
        message = text(
            "The file is not written in the encoding {encoding} that the mapping states.",
            encoding=encoding,
        )
        return unreadable("encoding", message, row_number=row, value=value)
    message = text(
        "The file is written in the encoding {encoding}, but a byte in it has no meaning there.",
        encoding=encoding,
    )
    suggestion = text("Correct the letter in this row, or state the encoding of the file.")
    return unreadable("encoding", message, suggestion, row_number=row, value=value)
