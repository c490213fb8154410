"""Folding: one spelling for words that differ only in script, case, accents or layout."""

import re
import unicodedata
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

_CYRILLIC = (
    "а a б b в v г g д d ђ dj е e ж z з z и i ј j к k л l љ lj м m н n њ nj о o п p р r с s т t "
    "ћ c у u ф f х h ц c ч c џ dz ш s й j ё e ѓ dj ќ c ѕ dz щ st ъ a ы i ь _ э e ю ju я ja "
    "і i ї i є e ґ g ѐ e ѝ i"
)
_LATIN = "đ dj ð d ø o ł l ı i æ ae œ oe þ th ß ss ħ h ŧ t"
# what neither script writes: joiners, byte order marks, soft hyphens, combining accents
_INVISIBLE = [0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF, *range(0x300, 0x370)]
_ACCENTED = [
    *range(0xAA, 0x250),
    *range(0x1E00, 0x1F00),
    *range(0x2100, 0x2150),
    *range(0xFF01, 0xFF5F),
]


def _spellings() -> dict[int, str]:
    """Return what each letter beyond ASCII becomes, capitals as capitals."""
    spellings = {code: _without_accent(chr(code)) for code in _ACCENTED}
    pairs = f"{_CYRILLIC} {_LATIN}".split()
    for letter, latin in zip(pairs[::2], pairs[1::2], strict=True):
        plain = latin.strip("_")
        spellings[ord(letter)] = plain
        spellings[ord(letter.upper()[0])] = plain.upper()
    # the capital of ı is I and that of ß is SS: plain letters stay what they are
    spellings |= {code: chr(code) for code in (ord("I"), ord("S"))}
    return spellings | dict.fromkeys(_INVISIBLE, "")


def _without_accent(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))


_SPELLINGS = _spellings()

# letters that look the same in both scripts, and how a reader of the other script says them
_LATIN_TWINS = set("ABEKMHOPCTXYJSIaeopcxyjksmti")
_CYRILLIC_TWINS = set("АВЕКМНОРСТХУЈЅІаеорсхујкѕмті")
_SAID_IN_CYRILLIC = str.maketrans("BHPCXYpcxy", "VNRSHUrshu")
_SAID_IN_LATIN = str.maketrans("ВНРСХУрсху", "BHPCXYpcxy")

_LOWER = "".join(chr(code) for code in range(0x250) if chr(code).islower())
_UPPER = "".join(chr(code) for code in range(0x250) if chr(code).isupper())
_INNER_CAPITAL = re.compile(
    f"([{_LOWER}]{{2}}(?=[{_UPPER}][{_LOWER}{_UPPER}])|[{_UPPER}]{{2}}(?=[{_UPPER}][{_LOWER}]{{2}}))"
)
_CONJUNCTION = r"(?:und|oder|bzw|och|eller|og|ja|i|ili|a|y|e|et|ou|o|ir|ar|oraz|lub)\b"
_HYPHENATED = re.compile(rf"(?<=[{_LOWER}а-ћ])-[ \t]+(?!{_CONJUNCTION})(?=[{_LOWER}а-ћ])")
_TWO_SCRIPTS = re.compile("[A-Za-zÀ-ɏ][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-zÀ-ɏ]")
_MIXED_WORD = re.compile(r"\w*(?:[A-Za-zÀ-ɏ][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-zÀ-ɏ])\w*")
_NO_WORD = re.compile(r"[^\w\n \t]|_")
_DIGIT_AFTER_WORD = re.compile(r"([^\W\d_]{2})(?=\d)")
_WORD_AFTER_DIGIT = re.compile(r"(\d)(?=[^\W\d_]{2})")
_LETTER_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?!\S)")
_SPACES = re.compile(r"[^\S\n]+")
_EDGES = re.compile(r"^ | $", re.MULTILINE)


@lru_cache(maxsize=2**16)
def fold(text: str) -> str:
    """Return `text` in the one spelling in which words are compared: plain lower-case Latin.

    Case, accents, script, punctuation and repeated spaces make no difference, nor do Latin letters
    in a Cyrillic word and the reverse, l e t t e r  s p a c i n g, CamelCase and snake_case. đ is
    dj, ß is ss, ø is o. What has no letter and no digit folds to "".

    Examples
    --------
    >>> fold("Економ.класификација"), fold("У к у п н о :"), fold("CRED_INICIAL")
    ('ekonom klasifikacija', 'ukupno', 'cred inicial')
    """
    return _folded_lines(_one_line(text))


def folded(array: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return `fold` of every text of a column; null stays null. Equal texts are folded once."""
    column = array.cast(pa.string()).combine_chunks()
    encoded = pc.dictionary_encode(column)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    texts = [_one_line(text) for text in encoded.dictionary.to_pylist()]
    spellings = _folded_lines("\n".join(texts)).split("\n") if texts else []
    return pa.chunked_array([pa.array(spellings, pa.string()).take(encoded.indices)])


def _one_line(text: str) -> str:
    return " ".join(text.splitlines()) if not text.isprintable() else text


def _folded_lines(lines: str) -> str:
    """Return lines folded one by one; all at once, because each step costs more to start than to run."""
    lines = _INNER_CAPITAL.sub(r"\1 ", _HYPHENATED.sub("", lines))
    if not lines.isascii():
        lines = _in_plain_latin(lines)
    lines = _NO_WORD.sub(" ", lines.lower())
    lines = _LETTER_SPACED.sub(lambda found: found[0].replace(" ", ""), lines)
    lines = _WORD_AFTER_DIGIT.sub(r"\1 ", _DIGIT_AFTER_WORD.sub(r"\1 ", lines))
    lines = _SPACES.sub(" ", lines)
    return _EDGES.sub("", lines)


def _in_plain_latin(text: str) -> str:
    if _TWO_SCRIPTS.search(text):
        text = _MIXED_WORD.sub(lambda found: _in_one_script(found[0]), text)
    text = text.translate(_SPELLINGS)
    return text if text.isascii() else _without_accent(text)


def _in_one_script(word: str) -> str:
    """Return a word of both scripts with its look-alikes said as the rest of the word is written."""
    cyrillic = {letter for letter in word if "Ѐ" <= letter <= "ӿ"}
    latin = {letter for letter in word if letter.isalpha()} - cyrillic
    only_cyrillic, only_latin = cyrillic - _CYRILLIC_TWINS, latin - _LATIN_TWINS
    if only_cyrillic and only_latin:
        return word
    if only_latin or (not only_cyrillic and len(latin) > len(cyrillic)):
        return word.translate(_SAID_IN_LATIN)
    return word.translate(_SAID_IN_CYRILLIC)
