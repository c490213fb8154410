"""Marks under every order of acts: what counts is what the rule says, and money closes to the cent."""

from decimal import Decimal

import pytest
from fixtures.prepared import store_after
from fixtures.small_batches import batch, file_of, town
from fixtures.small_budget import ask, count
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.access import Identity, Role
from budgeting.errors import BudgetingError
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.stored.undo import undo as undo_import
from budgeting.marks import refreshing
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, MarkedSubject, Part
from budgeting.marks.reviewing import approve, review, send_back, undo, withdraw
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Subject
from budgeting.model import Stage

ANA, BOB = Identity("ana", Role.REVIEWER), Identity("bob", Role.REVIEWER)
SCHEMES = methodology("india_gbs", "2005")
LINES = (("1/11", "611"), ("1/12", "612"), ("2/21", "821"))
MEMBERS = ("1", "1/11", "2")
YEARS, STAGES = (2023, 2024), ("approved", "executed")
NEWEST = 10**9

CENTS = st.integers(-(10**7), 10**7)
AMOUNTS = st.fixed_dictionaries(
    {
        (year, stage): st.lists(CENTS, min_size=len(LINES), max_size=len(LINES))
        for year in YEARS
        for stage in STAGES
    }
)
SUBJECTS = st.one_of(
    st.sampled_from(LINES).map(
        lambda line: (Subject.LINE, f"organisation={line[0]};economic_class={line[1]}")
    ),
    st.sampled_from(MEMBERS).map(lambda code: (Subject.ORGANISATION, code)),
)
SHARES = st.sampled_from([("1",), ("0.5",), ("0.333333",), ("0.2", "0.8"), ("0.1", "0.333", "0.5")])
MARKING = st.tuples(
    st.just("mark"),
    st.lists(SUBJECTS, min_size=1, max_size=3, unique=True),
    SHARES,
    st.tuples(st.sampled_from((0, *YEARS)), st.sampled_from((None, *STAGES))),
)
ACTS = st.lists(
    st.one_of(
        MARKING,
        MARKING,
        st.tuples(
            st.sampled_from(["review", "approve", "send back", "withdraw", "undo"]),
            st.integers(0, 5),
            st.sampled_from((None, *YEARS)),
        ),
    ),
    max_size=6,
)


@pytest.fixture(scope="module")
def one_store():
    """One database for all examples: each is a town of its own."""
    opened = store_after()
    yield opened
    opened.close()


def a_town(store, amounts):
    """Return a new town with the amounts of every year and stage."""
    place = town(f"town-{count(store, 'core.audit_events')}")
    for (year, stage), cents in amounts.items():
        rows = [
            (*line, f"Line {line[1]}", str(Decimal(one).scaleb(-2)))
            for line, one in zip(LINES, cents, strict=True)
        ]
        accept(store, file_of(batch(*rows, year=year, stage=stage, place=place)), ANA)
    return place.code


def do(store, code, act):
    """Act, or be refused: both are allowed, and both must leave what counts consistent."""
    kind, *rest = act
    try:
        if kind == "mark":
            marked(store, code, *rest)
        elif kind == "undo":
            undo(store, ANA, code)
        else:
            revised(store, code, kind, *rest)
    except BudgetingError:
        return


def marked(store, code, subjects, shares, limits):
    from_year, stage = limits
    scores = (100, 40, 30)
    parts = tuple(
        Part(Evidence(score=Decimal(score)), Decimal(share))
        for score, share in zip(scores, shares, strict=False)
    )
    mark(
        store,
        ANA,
        code,
        [MarkedSubject(kind, name) for kind, name in subjects],
        Classification(SCHEMES, parts, "because"),
        seen=NEWEST,
        from_year=from_year,
        stage=stage and Stage(stage),
    )


def revised(store, code, kind, place, from_year):
    ids = ask(
        store,
        "select distinct mark.classification_id from mart.line_year_marks as mark "
        "inner join core.line_years using (line_year_id) where municipality_code = $code order by 1",
        code=code,
    )
    if ids:
        named = [ids[place % len(ids)]["classification_id"]]
        if kind == "withdraw":
            withdraw(store, BOB, code, named, "wrong", from_year=from_year)
        else:
            {"review": review, "approve": approve, "send back": send_back}[kind](
                store, BOB, code, named, "read"
            )


def same_as_from_scratch(store, code):
    """Assert it of one town: the others have been looked at, and take time."""
    cursor = store._connection.cursor()
    town_years = cursor.sql(
        "select line_year_id from core.line_years where municipality_code = $code",
        params={"code": code},
    ).to_arrow_table()
    cursor.register("town_years", town_years)
    kept = cursor.sql(
        "from mart.line_year_marks where line_year_id in (from town_years) order by all"
    )
    derived = cursor.sql("from mart.marks_of('town_years', null) order by all")
    assert derived.to_arrow_table().to_pylist() == kept.to_arrow_table().to_pylist()
    gone = cursor.sql(
        "from mart.line_year_marks where line_year_id not in (select line_year_id from core.line_years)"
    )
    assert [] == gone.fetchall()
    same_money_as_from_scratch(cursor, code)
    cursor.close()


TOWN_STATEMENTS = (
    "vintage_id in (select vintage_id from core.vintages where municipality_code = $code)"
)


def same_money_as_from_scratch(cursor, code):
    """Assert that cube and totals are what `town_years` say, added up."""
    of_town = {"params": {"code": code}}
    waiting = f"select count(*) from mart.statements_to_add_up where {TOWN_STATEMENTS}"
    assert (0,) == cursor.sql(waiting, **of_town).fetchone()
    derived = cursor.sql("from mart.marked_cells('town_years') order by all").to_arrow_table()
    cube = cursor.sql(
        f"from mart.marked_cube where {TOWN_STATEMENTS} order by all", **of_town
    ).to_arrow_table()
    assert derived.to_pylist() == cube.to_pylist()
    cursor.register("derived", derived)
    summed = cursor.sql(
        "select vintage_id, methodology, methodology_version, category, confidence, state, score, "
        "sum(line_count)::integer, sum(whole_line_count)::integer, sum(part_count)::integer, "
        "sum(amount)::decimal(18, 2) from derived group by all order by all"
    )
    totals = cursor.sql(f"from mart.marked_totals where {TOWN_STATEMENTS} order by all", **of_town)
    assert summed.fetchall() == totals.fetchall()
    for table in ("mart.marked_cube", "mart.marked_totals"):
        gone = f"from {table} where vintage_id not in (select vintage_id from core.vintages)"
        assert [] == cursor.sql(gone).fetchall()


@settings(max_examples=20, deadline=None)
@given(amounts=AMOUNTS, acts=ACTS)
def test_what_is_kept_is_what_is_derived_from_scratch(one_store, amounts, acts):
    """After every act, kept rows and the view from all changes are the same rows."""
    code = a_town(one_store, amounts)
    for act in acts:
        do(one_store, code, act)
        same_as_from_scratch(one_store, code)


# --- the rule once more, in Python ----------------------------------------


def newest_of(rows):
    """Return the rows of the newest change of each key, and none where it is undone."""
    by_key = {}
    for row in rows:
        key = (row["subject"], row["subject_code"], row["from_year"], row["stage"])
        by_key.setdefault(key, []).append(row)
    newest = {}
    for key, changes in by_key.items():
        last = max(row["mark_id"] for row in changes)
        kept = [row for row in changes if row["mark_id"] == last]
        if kept[0]["state"] != "undone":
            newest[key] = kept
    return newest


def counting(newest, line, year, stage):
    """Return the parts that count for a line in a year and stage: nearest subject, latest year."""
    organisation, economic = line
    above = organisation.split("/")[0]
    nearest = [
        ("line", f"organisation={organisation};economic_class={economic}"),
        ("organisation", organisation),
        ("organisation", above),
    ]
    for subject in nearest:
        keys = [
            key
            for key in newest
            if key[:2] == subject and key[2] <= year and key[3] in (None, stage)
        ]
        if keys:
            best = max(keys, key=lambda key: (key[2], key[3] is not None))
            if newest[best][0]["state"] != "withdrawn":
                return newest[best]
    return []


@settings(max_examples=20, deadline=None)
@given(amounts=AMOUNTS, acts=ACTS)
def test_categories_and_not_screened_are_the_budget(one_store, amounts, acts):
    """For every statement: each category is what its marks say, and with the rest it is the total."""
    code = a_town(one_store, amounts)
    for act in acts:
        do(one_store, code, act)
    newest = newest_of(
        ask(one_store, "from core.classifications where municipality_code = $code", code=code)
    )
    for (year, stage), cents in amounts.items():
        expected, total = {}, Decimal(0)
        for line, one in zip(LINES, cents, strict=True):
            amount = Decimal(one).scaleb(-2)
            total += amount
            for part in counting(newest, line, year, stage):
                up_to = part["share_before"] + part["amount_share"]
                money = cut(amount, up_to) - cut(amount, part["share_before"])
                expected[part["category"]] = expected.get(part["category"], Decimal(0)) + money
        found = {
            row["category"]: row["amount"]
            for row in ask(
                one_store,
                """
                select category, sum(amount)::decimal(18, 2) as amount
                from mart.marked_amounts inner join core.vintages using (vintage_id)
                where municipality_code = $code and fiscal_year = $year and stage = $stage
                group by category
                """,
                code=code,
                year=year,
                stage=stage,
            )
        }
        assert expected == found
        rest = ask(
            one_store,
            """
            select coalesce(sum(not_screened), 0)::decimal(18, 2) as amount from mart.screening(
                (select vintage_id from core.vintages where municipality_code = $code
                    and fiscal_year = $year and stage = $stage), 'india_gbs')
            """,
            code=code,
            year=year,
            stage=stage,
        )
        assert total == sum(found.values()) + rest[0]["amount"]


def cut(amount, share):
    """Return a share of an amount, rounded to the cent as the database rounds: half away from 0."""
    return (amount * share).quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")


@settings(max_examples=8, deadline=None)
@given(amounts=AMOUNTS, acts=ACTS)
def test_what_is_left_to_the_first_look_is_added_up_by_it(one_store, amounts, acts):
    """A change that bears on many lines leaves its statements; the first look finds the same money."""
    code = a_town(one_store, amounts)
    for many in (-1, refreshing.MANY):  # everything is many at first, then what follows is not
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(refreshing, "MANY", many)
            for act in acts:
                do(one_store, code, act)
        statements = ask(one_store, "from core.vintages where municipality_code = $code", code=code)
        refreshing.add_up(one_store, [row["vintage_id"] for row in statements])
        same_as_from_scratch(one_store, code)


@settings(max_examples=8, deadline=None)
@given(amounts=AMOUNTS, acts=ACTS)
def test_marks_survive_an_undone_import(one_store, amounts, acts):
    """Undone and imported again, every line has the marks that it had."""
    code = a_town(one_store, amounts)
    for act in acts:
        do(one_store, code, act)
    before = counted(one_store, code)
    numbers = ask(
        one_store,
        "select distinct import_id from core.source_files where municipality_code = $code "
        "order by 1 desc",
        code=code,
    )
    for row in numbers:
        undo_import(one_store, row["import_id"], "again", ANA)
        same_as_from_scratch(one_store, code)
    place = town(code)
    for (year, stage), cents in amounts.items():
        rows = [
            (*line, f"Line {line[1]}", str(Decimal(one).scaleb(-2)))
            for line, one in zip(LINES, cents, strict=True)
        ]
        accept(one_store, file_of(batch(*rows, year=year, stage=stage, place=place)), ANA)
        same_as_from_scratch(one_store, code)
    assert before == counted(one_store, code)


def counted(store, code):
    return ask(
        store,
        """
        select line_code, fiscal_year, mark.* exclude (line_year_id)
        from mart.line_year_marks as mark
        inner join core.line_years as line_year using (line_year_id)
        inner join core.budget_lines using (line_id)
        where line_year.municipality_code = $code order by all
        """,
        code=code,
    )
