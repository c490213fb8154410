"""Whatever people confirm of lines that continue others: every comparison closes to the cent."""

from contextlib import suppress
from decimal import Decimal

from fixtures.prepared import store_after
from fixtures.small_batches import batch, file_of
from fixtures.small_budget import ask
from fixtures.went_on import IVO, code_of, succession, went_on
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.access import Identity, Role
from budgeting.errors import SuccessionInvalid
from budgeting.imports.stored.acceptance import accept
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, MarkedSubject, Part
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Subject
from budgeting.reports import build_report

ANA = Identity("ana", Role.ADMINISTRATOR)
LINES = tuple(range(6))
AMOUNTS = st.integers(-10_000, 10_000_000).map(lambda cents: f"{cents / 100:.2f}")
YEARS = st.dictionaries(st.sampled_from(LINES), AMOUNTS, min_size=2)
SHARES = st.lists(st.integers(1, 500_000), min_size=2, max_size=3)
PARTS = ("price", "volume", "reclassification", "new_lines", "ended_lines")


def row(line, amount="0.00"):
    return (f"1/{line}", f"6{line}", f"Line {line}", amount)


@st.composite
def successions(draw):
    codes = [code_of(row(line)) for line in draw(st.permutations(LINES))]
    match draw(st.sampled_from(["renamed", "split", "merged"])):
        case "renamed":
            return succession("renamed", codes[:1], codes[1:2])
        case "merged":
            later = draw(st.sampled_from(codes))
            return succession("merged", codes[:2], [later])
        case _:
            shares = [Decimal(share) / 1_000_000 for share in draw(SHARES)]
            later = draw(st.permutations(codes))[: len(shares)]
            return succession("split", codes[:1], later, shares)


@settings(max_examples=25, deadline=None)
@given(YEARS, YEARS, st.lists(successions(), max_size=4), st.sets(st.sampled_from(LINES)))
def test_comparisons_close_whatever_is_confirmed(before, after, said, marked):
    """Parts tile every line; the explorer's year before and the parts of the change sum to the whole."""
    store = store_after()
    for year, lines in ((2024, before), (2025, after)):
        rows = [row(line, amount) for line, amount in lines.items()]
        accept(store, file_of(batch(*rows, year=year)), IVO)
    for one in said:
        with suppress(SuccessionInvalid):
            went_on(store, one)
    tiles = ask(
        store,
        "select line_id, list(share_before order by share_before) as froms, "
        "list(share_to order by share_before) as tos from mart.carried_lines(1, 2) group by line_id",
    )
    for tile in tiles:
        assert [0, *tile["tos"]] == [*tile["froms"], 1]
    asked = {"municipality": "smallton", "year": "2025"}
    shown = build_report(store, "budget_explorer", {**asked, "by": "line", "stage": "approved"})
    previous = [one["previous"] or 0 for one in shown.tables["groups"].rows.to_pylist()]
    assert sum(map(Decimal, before.values())) == sum(previous) == shown.facts["total_previous"]
    subjects = [
        MarkedSubject(Subject.LINE, code_of(row(line)))
        for line in sorted(marked & {*before, *after})
    ]
    if subjects:
        rules = methodology("india_gbs", "2005")
        said_so = Classification(rules, (Part(Evidence(score=Decimal(100)), Decimal("0.5")),), "x")
        mark(store, ANA, "smallton", subjects, said_so, seen=0)
        report = build_report(store, "gender_overview", {**asked, "methodology": "india_gbs"})
        for one in report.tables["change"].rows.to_pylist():
            parts = sum(one[part] or 0 for part in PARTS)
            assert parts == one["change"] == one["after"] - one["before"]
    store.close()
