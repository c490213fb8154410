"""Import properties: whatever is dropped in, money is neither lost nor invented, and nothing raises."""

import csv
import io
from decimal import Decimal
from functools import cache

import pytest
from fixtures.prepared import store_after
from fixtures.small_budget import cube_totals
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.access import Identity, Role
from budgeting.imports.answers import Answers
from budgeting.imports.mappings.mapping_file import mapping_from_text, mapping_named, mapping_names
from budgeting.imports.population import examine_population
from budgeting.imports.source import FileLayout, NumberStyle, SourceFile
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.verdict import examine
from budgeting.model import Stage

EDITOR = Identity("tester", Role.EDITOR)
STYLES = [
    NumberStyle(",", "."),
    NumberStyle(".", ","),
    NumberStyle(",", " "),
    NumberStyle(".", "'"),
    NumberStyle(","),
    NumberStyle("."),
]
MAPPING = """
title = "Any"
[municipality]
code = "anyton"
name = "Anyton"
country_code = "ME"
currency_code = "EUR"
[line]
direction = "expenditure"
label = "label"
[[classification]]
dimension = "organisation"
levels = [{ code = "org" }]
[[classification]]
dimension = "economic_class"
levels = [{ code = "econ" }]
[[row]]
kind = "skip"
where = { org = '^note$' }
reason = "a remark"
[[total]]
column = "org"
matches = '^total$'
plus = '.'
[[amount]]
column = "approved"
stage = "approved"
[[amount]]
column = "executed"
stage = "executed"
"""
HEADER = ["org", "econ", "label", "approved", "executed"]


@cache
def empty():
    return store_after()


def written(cents, style):
    """Return an amount as a ledger writes it in a style."""
    if cents is None:
        return ""
    plain = f"{Decimal(cents).scaleb(-2):,.2f}"
    return plain.translate({ord(","): style.group, ord("."): style.decimal})


CENTS = st.none() | st.integers(-(10**11), 10**11)
LINES = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "03", "note"]),
        st.sampled_from(["411", "4111", "512", "61"]),
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12),
        CENTS,
        CENTS,
    ),
    min_size=1,
    max_size=15,
)


def table_of(lines, style, *, has_total):
    rows = [[*line[:3], *(written(cents, style) for cents in line[3:])] for line in lines]
    if has_total:
        sums = [sum(line[place] or 0 for line in lines if line[0] != "note") for place in (3, 4)]
        rows.append(["total", "", "", *(written(cents, style) for cents in sums)])
    memory = io.StringIO()
    csv.writer(memory, delimiter=";", lineterminator="\n").writerows([HEADER, *rows])
    return SourceFile("any.csv", memory.getvalue().encode())


def sums_of(lines):
    found = {}
    for place, stage in ((3, "approved"), (4, "executed")):
        known = [line[place] for line in lines if line[0] != "note" and line[place] is not None]
        if known:
            found[stage] = Decimal(sum(known)).scaleb(-2)
    return found


def verdict_on(lines, style, *, has_total):
    layout = FileLayout(delimiter=";", encoding="utf-8", header_row=1, header_rows=1, style=style)
    source = table_of(lines, style, has_total=has_total)
    mapping = mapping_from_text("any", MAPPING)
    return examine(empty(), source, mapping, Answers(fiscal_year=2024, layout=layout))


@settings(max_examples=60, deadline=None)
@given(lines=LINES, style=st.sampled_from(STYLES), has_total=st.booleans())
def test_totals_are_those_of_the_file_in_every_style(lines, style, has_total):
    """Whatever marks the numbers have, the sum of each stage is that of its lines, to the cent."""
    verdict = verdict_on(lines, style, has_total=has_total)
    found = verdict.totals.get(2024, {}).get("expenditure", {})
    assert sums_of(lines) == found
    assert not [one for one in verdict.findings if one.check == "printed-total"]


@settings(max_examples=60, deadline=None)
@given(lines=LINES, style=st.sampled_from(STYLES), has_total=st.booleans())
def test_what_is_read_is_accepted_skipped_or_rejected(lines, style, has_total):
    """In rows and in money: nothing of a file is without a fate."""
    verdict = verdict_on(lines, style, has_total=has_total)
    rows = verdict.rows
    assert rows["read"] == rows["accepted"] + rows["skipped"] + rows["rejected"]
    assert min(rows.values()) >= 0
    assert len(lines) + has_total == rows["read"]
    by_fate = [money for _, _, money in verdict.fates]
    for place, name in ((3, "approved"), (4, "executed")):
        total = sum(money.get(name, Decimal(0)) for money in by_fate)
        expected = sum(line[place] or 0 for line in lines)
        if has_total:
            expected += sum(line[place] or 0 for line in lines if line[0] != "note")
        assert Decimal(expected).scaleb(-2) == total


@settings(max_examples=12, deadline=None)
@given(lines=LINES, style=st.sampled_from(STYLES))
def test_what_is_stored_is_what_the_file_adds_up_to(lines, style):
    """After accepting, the cube has the sum of the lines, to the cent; or nothing was accepted."""
    verdict = verdict_on(lines, style, has_total=True)
    if not verdict.is_acceptable:
        assert not sums_of(lines) or verdict.findings
        return
    store = store_after()
    accept(store, verdict, EDITOR)
    stored = {stage: total for (_, _, stage, _), total in cube_totals(store, "anyton").items()}
    store.close()
    assert sums_of(lines) == stored


@settings(max_examples=40, deadline=None)
@given(
    amounts=st.lists(st.integers(0, 10**9), min_size=1, max_size=8),
    style=st.sampled_from(STYLES),
)
def test_a_style_that_is_not_stated_is_found_or_asked_for(amounts, style):
    """Without a stated style the total is right, or there is an error that asks: never another."""
    lines = [("1", "411", f"line {n}", cents, None) for n, cents in enumerate(amounts)]
    source = table_of(lines, style, has_total=False)
    mapping = mapping_from_text("any", MAPPING)
    verdict = examine(empty(), source, mapping, Answers(fiscal_year=2024))
    if verdict.is_acceptable:
        found = verdict.totals[2024]["expenditure"]["approved"]
        assert sums_of(lines)["approved"] == found


# --- nothing raises -------------------------------------------------------

WORDS = st.sampled_from(
    [
        "",
        "1",
        "1.234,56",
        "-",
        "A",
        "total",
        "2024",
        "#REF!",
        "ž",
        '"',
        "\x00",
        "9" * 30,
        "01.02.2024",
        "1e400",
        "Ukupno",
        "٣",
        "=1+1",
        "-(5)",
        "NaN",
        "'",
    ]
)
TABLES = st.lists(st.lists(WORDS, max_size=8), max_size=8)


def read_with(name, content, file_name="x.csv"):
    mapping = mapping_named(name)
    examining = examine_population if mapping.population else examine
    answers = Answers("anyton", 2024, stage=Stage.APPROVED)
    return examining(empty(), SourceFile(file_name, content), mapping, answers)


@pytest.mark.parametrize("name", mapping_names())
@settings(max_examples=15, deadline=None)
@given(content=st.binary(max_size=300))
def test_no_bytes_make_the_importer_raise(name, content):
    """Random bytes end in a verdict with findings, with every committed mapping."""
    verdict = read_with(name, content)
    assert verdict.findings or verdict.is_acceptable


@pytest.mark.parametrize("name", mapping_names())
@settings(max_examples=25, deadline=None)
@given(
    body=TABLES,
    data=st.data(),
    mark=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "cp1252"]),
)
def test_no_table_makes_the_importer_raise(name, body, data, mark, encoding):
    """Random cells below the columns that the mapping asks for, some of them missing, never raise."""
    wanted = list(mapping_named(name).columns)
    header = data.draw(st.permutations(wanted)) if wanted else ["a", "b"]
    if header and data.draw(st.booleans()):
        header = header[:-1]
    width = max(len(header), 1)
    rows = [header, *[[*row, *[""] * width][:width] for row in body]]
    memory = io.StringIO()
    csv.writer(memory, delimiter=mark, lineterminator="\n").writerows(rows)
    verdict = read_with(name, memory.getvalue().encode(encoding, "replace"))
    rows_of = verdict.rows
    assert rows_of["read"] == rows_of["accepted"] + rows_of["skipped"] + rows_of["rejected"]
    assert min(rows_of.values()) >= 0
