"""Catalogues: every sentence of the code has its Serbian, in Cyrillic, with its placeholders."""

import ast
import re
from string import Formatter

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po

from budgeting.model import Text, plural_text
from budgeting.settings import ROOT
from budgeting.translations import LOCALES, language, to_latin

KEYWORDS = parse_keywords(["text:1", "plural_text:1,2", "_:1"])  # as in the Makefile
SOURCES = sorted({ROOT / "app.py", *ROOT.glob("pages/*.py"), *ROOT.glob("budgeting/**/*.py")})
MAKE = "run `make messages`, then translate what is empty in data/locales/sr.po"

# What stays in Latin letters: names, codes, files and what a reader types. A new one is added here.
CODES = re.compile(
    r"\b(COFOG|PEFA|PI-1|CSV|XLSX?|ODS|TOML|MB|UTC|DuckDB|UTF-8|utf-8|cp1250)\b"
    r"|\b(Kolada|JSON|PS|MOOE|CO|4R|disability|rural|minority/roma|actual|planned)\b"
    r"|\b[A-E]\b|(?<=сваки са )kpi, municipality, period\b"  # data grades; Kolada's names
    r"|sum s'u' - sum su = .*|S'u' - Su = .*|\b(GPI|ln|[rnpLtxT])\b"  # formulas
    r"|\b(OECD|GAD|HGDG|ISO|RSD?|true|false|HiGHS|QuickXplain)\b"
    r"|\b(cofog|prefix|row_number|date_style|datapackage\.json)\b|\[line\]"
    r"|(?<=„)(values|nesting|complete|verified|term|percent|points)(?=“)"
    r"|(?<=\()(proposed|approved|revised|committed|executed)(?=\))"
    r"|PARITET_[A-Z]+=?|--[a-z]+(-[a-z]+)*"
    r"|python -m budgeting [a-z]+( FILE)?|\b(data|sql)/([\w./]*\w)?"
)
PLACEHOLDER = re.compile(r"\{\w+\}")


def catalogue(name):
    with (LOCALES / name).open("rb") as lines:
        return read_po(lines, locale="sr")


def messages(name):
    """Return the messages of a catalogue by msgid; with plural, by both."""
    return {as_key(message.id): message for message in catalogue(name) if message.id}


def as_key(msgid):
    return msgid if isinstance(msgid, str) else tuple(msgid)


def forms(message):
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def placeholders(words):
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


def calls(path):
    """Yield the calls of gettext keywords in a file, also those that stand inside f-strings."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            count = {"text": 1, "_": 1, "plural_text": 2}.get(node.func.id)
            if count:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.args[:count]


def in_source():
    found = set()
    for path in SOURCES:
        for _, arguments in calls(path):
            words = [argument.value for argument in arguments if isinstance(argument, ast.Constant)]
            found.add(words[0] if len(words) == 1 else tuple(words))
    return found


def found_by_babel():
    return {
        as_key(msgid)
        for path in SOURCES
        for _, msgid, _, _ in extract_from_file("python", path, KEYWORDS)
    }


IN_SOURCE = in_source()
SERBIAN = messages("sr.po")
ALL_FORMS = [(msgid, form) for msgid, message in SERBIAN.items() for form in forms(message)]


# --- complete -------------------------------------------------------------


def is_literal(argument):
    return isinstance(argument, ast.Constant) and isinstance(argument.value, str)


def test_every_message_is_written_where_it_is_said():
    """A message is a literal: Babel reads neither variables nor what f-strings hold in braces."""
    assert [] == [
        place
        for path in SOURCES
        for place, arguments in calls(path)
        if not all(map(is_literal, arguments))
    ]


def test_babel_finds_every_message():
    """Also those of several lines; a call inside an f-string is not found: take it out of there."""
    assert set() == IN_SOURCE - found_by_babel()


def test_every_message_is_translated():
    """Each message of the code has a Serbian translation that is not empty and not a guess."""
    missing = {
        msgid
        for msgid in IN_SOURCE
        if msgid not in SERBIAN or SERBIAN[msgid].fuzzy or not all(forms(SERBIAN[msgid]))
    }
    assert set() == missing, MAKE


def test_nothing_is_translated_that_the_code_does_not_say():
    """Neither catalogue keeps a message that left the code."""
    assert set() == set(SERBIAN) - IN_SOURCE, MAKE
    assert {} == dict(catalogue("sr.po").obsolete), MAKE


def test_the_template_lists_the_messages_of_the_code():
    """A translator of another language begins with every message."""
    assert IN_SOURCE == set(messages("paritet.pot")), MAKE


# --- right in form --------------------------------------------------------


def has_its_placeholders(msgid, form):
    ids = [msgid] if isinstance(msgid, str) else msgid
    return placeholders(form) in [placeholders(words) for words in ids]


def test_placeholders_are_those_of_the_message():
    """No value is lost or asked for that is not there; a plural form may be like either message."""
    assert [] == [form for msgid, form in ALL_FORMS if not has_its_placeholders(msgid, form)]


def test_serbian_has_three_plural_forms():
    """gettext reads three forms from the header, and every plural message has them."""
    assert 3 == catalogue("sr.po").num_plurals
    plural = [message for message in SERBIAN.values() if message.pluralizable]
    assert {3} == {len(message.string) for message in plural}


@pytest.mark.parametrize(
    ("form", "counts"),
    [(0, (1, 21, 101, 1001)), (1, (2, 3, 4, 22, 34)), (2, (0, 5, 11, 12, 14, 25, 111))],
)
def test_the_form_follows_the_count(form, counts):
    """1 and 21 take the first form; 2 to 4 and 22 the second; 0, 5, 11 to 14 and 25 the third."""
    singular, plural = "{count} file was accepted.", "{count} files were accepted."
    written = SERBIAN[singular, plural].string[form]
    for count in counts:
        said = language("sr").say(plural_text(singular, plural, count))
        assert written.format(count=language("sr").number(count)) == said


# --- right in script ------------------------------------------------------


def out_of_script(msgid, form):
    """Return the Latin words of a translation that are no code, or no code of the message."""
    codes = [match.group() for match in CODES.finditer(form)]
    words = CODES.sub("", PLACEHOLDER.sub("", form))
    english = msgid if isinstance(msgid, str) else " ".join(msgid)
    return [
        *re.findall(r"[A-Za-z\u00c0-\u024f]+", words),
        *(code for code in codes if code not in english),
    ]


def test_words_are_in_serbian_cyrillic():
    """Latin letters only in placeholders and `CODES`, and those are in the message as well."""
    assert [] == [
        (form, found) for msgid, form in ALL_FORMS if (found := out_of_script(msgid, form))
    ]


def test_every_letter_has_its_latin_letter():
    """No Cyrillic is left after transliteration: no letter of another alphabet slipped in."""
    assert [] == [form for _, form in ALL_FORMS if re.search(r"[\u0400-\u052f]", to_latin(form))]


def test_a_reader_of_each_language_gets_theirs():
    """English says the message itself, Serbian its translation, in the script of the reader."""
    for msgid in (key for key in SERBIAN if isinstance(key, str)):
        said = [language(code).say(Text(msgid)) for code in ("en", "sr", "sr-Latn")]
        translation = SERBIAN[msgid].string or msgid
        assert [msgid, translation, to_latin(translation)] == said


PLURALS = [key for key in SERBIAN if isinstance(key, tuple)]


@pytest.mark.parametrize(("count", "form"), [(1, 0), (3, 1), (7, 2)])
def test_a_reader_of_each_language_gets_their_plural(count, form):
    """The same for messages that depend on a number."""
    assert PLURALS
    for key in PLURALS:
        says_the_plural(key, count, form)


def says_the_plural(key, count, form):
    values = dict.fromkeys(placeholders(" ".join(key)) - {"count"}, "x")
    sentence = plural_text(*key, count, **values)
    serbian = SERBIAN[key].string[form].format(**values, count=count)
    english = key[min(count - 1, 1)].format(**values, count=count)
    assert english == language("en").say(sentence)
    assert [serbian, to_latin(serbian)] == [
        language(code).say(sentence) for code in ("sr", "sr-Latn")
    ]
