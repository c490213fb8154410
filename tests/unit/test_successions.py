"""Successions: what may be said of lines that continue others, who said it, and how it is taken back."""

from decimal import Decimal

import pytest
from fixtures.small_batches import CARE, ROADS, ROWS, SCHOOLS, batch, file_of, town
from fixtures.small_budget import ask
from fixtures.went_on import IVO, code_of, succession, went_on, year_of

from budgeting.errors import NotAllowed, NotFound, SuccessionInvalid
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.stored.undo import undo, what_hangs_on
from budgeting.model import Direction
from budgeting.successions.confirming import confirm, withdraw
from budgeting.successions.model import require_sound, shares_by_amount
from budgeting.successions.proposing import candidates

PARK = ("3/31", "911", "Park", "7.00")
SQUARE = ("3/32", "912", "Square", "8.00")
RENAMED = succession("renamed", [code_of(CARE)], [code_of(PARK)])


def build_two_years(store, editor):
    """2024: schools, care, roads. 2025: schools, park, square."""
    accept(store, file_of(batch(*ROWS)), editor)
    accept(store, file_of(batch(SCHOOLS, PARK, SQUARE, year=2025)), editor)


@pytest.fixture
def two_years(prepared, editor):
    return prepared(build_two_years, editor)


def counting(store):
    rows = ask(
        store,
        "select change, old.line_code as earlier, new.line_code as later, amount_share, confirmed_by "
        "from mart.line_successors as link "
        "inner join core.budget_lines as old on old.line_id = link.line_id "
        "inner join core.budget_lines as new on new.line_id = link.successor_line_id order by all",
    )
    return [tuple(row.values()) for row in rows]


def events(store):
    return ask(store, "select action, details from core.audit_events order by sequence")


# --- what may be said -----------------------------------------------------


@pytest.mark.parametrize(
    "sound",
    [
        succession("renamed", "a", "b"),
        succession("moved", "a", "b"),
        succession("split", "a", "bc", ("0.5", "0.5")),
        succession("split", "a", "ab", ("0.5", "0.000001")),
        succession("merged", "ab", "c"),
        succession("merged", "ab", "b"),
    ],
)
def test_what_can_be_true_passes(sound):
    """Parts may go on as the line itself, and parts of a split line may end."""
    require_sound([sound])


@pytest.mark.parametrize(
    "wrong",
    [
        succession("renamed", "a", "a"),
        succession("renamed", "a", "bc"),
        succession("moved", "ab", "c"),
        succession("renamed", "a", "b", ("1",)),
        succession("split", "a", "b", ("1",)),
        succession("split", "ab", "cd", ("0.5", "0.5")),
        succession("split", "a", "bc"),
        succession("split", "a", "bc", ("0.5",)),
        succession("split", "a", "bc", ("0.5", "0.500001")),
        succession("split", "a", "bc", ("1", "0")),
        succession("split", "a", "bb", ("0.5", "0.5")),
        succession("merged", "a", "b"),
        succession("merged", "ab", "cd"),
    ],
)
def test_what_cannot_be_true_is_refused(wrong):
    """Wrong numbers of lines, shares that are missing, zero or more than the whole."""
    with pytest.raises(SuccessionInvalid):
        require_sound([wrong])


def test_a_line_has_one_fate_and_one_origin():
    """No line is in two successions on the same side; it may be earlier in one and later in another."""
    require_sound([succession("renamed", "a", "b"), succession("renamed", "b", "c")])
    for second in (succession("renamed", "a", "c"), succession("renamed", "c", "b")):
        with pytest.raises(SuccessionInvalid):
            require_sound([succession("renamed", "a", "b"), second])
    with pytest.raises(SuccessionInvalid):
        require_sound([])


@pytest.mark.parametrize(
    ("amounts", "shares"),
    [
        (["30", "60"], ["0.333333", "0.666667"]),
        (["1", "1", "1"], ["0.333333", "0.333333", "0.333334"]),
        (["5", None], ["0.500000", "0.500000"]),
        (["5", "-5"], ["0.500000", "0.500000"]),
    ],
)
def test_shares_follow_the_new_amounts_and_are_the_whole(amounts, shares):
    """In proportion where all are positive, equal otherwise; nothing is left over."""
    found = shares_by_amount([None if one is None else Decimal(one) for one in amounts])
    assert shares == [str(share) for share in found]
    assert 1 == sum(found)


# --- confirming -----------------------------------------------------------


def test_what_is_confirmed_is_stored_with_who_and_in_the_audit(two_years):
    """Each link has its share; one audit event tells all lines."""
    parts = succession("split", [code_of(ROADS)], [code_of(PARK), code_of(SQUARE)], ("0.7", "0.3"))
    number = went_on(two_years, parts)
    assert [
        ("split", code_of(ROADS), code_of(PARK), Decimal("0.7"), "ivo"),
        ("split", code_of(ROADS), code_of(SQUARE), Decimal("0.3"), "ivo"),
    ] == counting(two_years)
    last = events(two_years)[-1]
    assert "confirm-successors" == last["action"]
    assert all(
        words in last["details"]
        for words in (code_of(ROADS), code_of(SQUARE), "0.7", f'"succession_id": {number}')
    )


@pytest.mark.parametrize(
    ("earlier", "later", "year"),
    [
        (CARE, PARK, 2024),  # care is in no year before
        (CARE, ROADS, 2025),  # roads are not in 2025
        (CARE, ("9/9", "9", "", ""), 2025),  # no such line
        (("9/9", "9", "", ""), PARK, 2025),
    ],
)
def test_lines_that_are_not_there_are_refused(two_years, earlier, later, year):
    """The earlier line is in a year before, the later one in the year itself."""
    with pytest.raises(SuccessionInvalid):
        went_on(two_years, succession("renamed", [code_of(earlier)], [code_of(later)]), year=year)
    assert [] == counting(two_years)


def test_lines_of_another_direction_or_place_are_refused(two_years, editor):
    """The same codes in revenue, or in another town, are other lines."""
    accept(two_years, file_of(batch(SCHOOLS, place=town("other")), name="o"), editor)
    for where in ({"direction": "revenue"}, {"place": "other"}):
        with pytest.raises(SuccessionInvalid):
            confirm(two_years, IVO, year_of(RENAMED, **where))


def test_the_second_to_confirm_something_of_a_line_is_told_who_was_first(two_years):
    """Nothing of the second is written; the same lines in another year are another matter."""
    went_on(two_years, RENAMED)
    for other in (
        succession("renamed", [code_of(CARE)], [code_of(SQUARE)]),
        succession("merged", [code_of(ROADS), code_of(SCHOOLS)], [code_of(PARK)]),
    ):
        with pytest.raises(SuccessionInvalid, match="ivo confirmed on"):
            went_on(two_years, other)
    assert 1 == len(counting(two_years))


def test_a_viewer_confirms_and_withdraws_nothing(two_years, viewer):
    """It takes the role that may classify."""
    with pytest.raises(NotAllowed):
        confirm(two_years, viewer, year_of(RENAMED))
    with pytest.raises(NotAllowed):
        withdraw(two_years, viewer, "smallton", [went_on(two_years, RENAMED)])


# --- taking back ----------------------------------------------------------


def test_what_is_taken_back_counts_no_more_and_stays_on_record(two_years):
    """Who took it back, and why, is kept; the lines can be confirmed anew."""
    number = went_on(two_years, RENAMED)
    assert 1 == withdraw(two_years, IVO, "smallton", [number], "it is another park")
    assert [] == counting(two_years)
    kept = ask(two_years, "from core.line_successors")[0]
    assert ("ivo", "it is another park", "renamed") == tuple(
        kept[name] for name in ("withdrawn_by", "withdrawn_reason", "change")
    )
    assert "withdraw-successors" == events(two_years)[-1]["action"]
    assert number < went_on(two_years, RENAMED)


def test_what_was_taken_back_or_is_of_another_town_is_not_taken_back(two_years):
    """All or none: one that does not count refuses the others."""
    number = went_on(two_years, RENAMED)
    for place, numbers in (("other", [number]), ("smallton", [number, 99]), ("smallton", [])):
        with pytest.raises(NotFound):
            withdraw(two_years, IVO, place, numbers)
    assert 1 == len(counting(two_years))
    withdraw(two_years, IVO, "smallton", [number])
    with pytest.raises(NotFound):
        withdraw(two_years, IVO, "smallton", [number])


# --- with an import -------------------------------------------------------


def test_an_import_stores_what_was_confirmed_before_it_in_its_own_transaction(store, editor):
    """The new lines exist from the import on; its audit event tells what they continue."""
    accept(store, file_of(batch(*ROWS)), editor)
    said = (year_of(RENAMED),)
    accept(store, file_of(batch(SCHOOLS, PARK, year=2025), successions=said), editor)
    assert [("renamed", code_of(CARE), code_of(PARK), 1, editor.name)] == counting(store)
    last = events(store)[-1]
    assert "accept-import" == last["action"]
    assert code_of(CARE) in last["details"]


def test_an_import_whose_successions_cannot_be_is_not_stored(store, editor):
    """Nothing of the file is stored either."""
    accept(store, file_of(batch(*ROWS)), editor)
    said = (year_of(succession("renamed", [code_of(CARE)], [code_of(SQUARE)])),)
    with pytest.raises(SuccessionInvalid):
        accept(store, file_of(batch(SCHOOLS, PARK, year=2025), successions=said), editor)
    assert [2024] == [row["fiscal_year"] for row in ask(store, "from core.fiscal_years")]


def test_an_undone_import_lets_its_successions_wait(store, editor):
    """They are told before, kept, propose and compare nothing, and count again with the same codes."""
    accept(store, file_of(batch(*ROWS)), editor)
    file = file_of(batch(SCHOOLS, PARK, year=2025))
    import_id = accept(store, file, editor).import_id
    went_on(store, RENAMED)
    assert 1 == what_hangs_on(store, import_id).succession_count
    undo(store, import_id, "wrong", editor)
    links = store.query(
        "line_links", municipality_code="smallton", direction="expenditure", fiscal_year=2025
    ).to_pylist()
    assert [(True, None)] == [(row["is_waiting"], row["later_label"]) for row in links]
    again = accept(store, file, editor).import_id
    found = candidates(store, "smallton", Direction.EXPENDITURE, 2025)
    assert ["Roads"] == found.gone["label"].to_pylist()
    assert [] == found.new["label"].to_pylist()
    assert 1 == what_hangs_on(store, again).succession_count


def test_an_earlier_line_that_stays_in_another_year_does_not_wait(two_years, editor):
    """Care of 2023 is still there when 2024 is taken back."""
    accept(two_years, file_of(batch(CARE, year=2023)), editor)
    went_on(two_years, RENAMED)
    first = ask(two_years, "select min(import_id) as id from core.imports")[0]["id"]
    assert 0 == what_hangs_on(two_years, first).succession_count


# --- proposing ------------------------------------------------------------


def test_lines_of_two_stored_years_are_proposed_until_they_are_confirmed(store, editor):
    """The pair that is alike; afterwards neither line is new or gone."""
    accept(store, file_of(batch(*ROWS)), editor)
    child_care = ("1/12", "613", "Care for children", "620.00")
    accept(store, file_of(batch(SCHOOLS, child_care, PARK, year=2026)), editor)
    found = candidates(store, "smallton", Direction.EXPENDITURE, 2026)
    assert (2024, 2026) == (found.earlier_year, found.later_year)
    assert [("Care of children", "Care for children")] == [
        (row["gone_label"], row["new_label"]) for row in found.renames.to_pylist()
    ]
    pair = succession("renamed", [code_of(CARE)], [code_of(child_care)])
    went_on(store, pair, year=2026)
    found = candidates(store, "smallton", Direction.EXPENDITURE, 2026)
    assert (["Roads"], ["Park"], ["Schools"], 0) == (
        *(side["label"].to_pylist() for side in (found.gone, found.new, found.both)),
        found.renames.num_rows,
    )


def test_the_first_year_has_no_candidates(two_years):
    """There is no year before it."""
    assert candidates(two_years, "smallton", Direction.EXPENDITURE, 2024) is None
    assert candidates(two_years, "smallton", Direction.REVENUE, 2025) is None


def test_amounts_are_of_a_stage_that_both_years_have(store, editor):
    """The executed amounts of both years, not the approved ones of one."""
    accept(store, file_of(batch((*CARE[:3], "1.00"), stage="approved")), editor)
    accept(store, file_of(batch((*CARE[:3], "2.00"), stage="executed"), name="b"), editor)
    accept(store, file_of(batch((*PARK[:3], "3.00"), stage="executed", year=2025)), editor)
    found = candidates(store, "smallton", Direction.EXPENDITURE, 2025)
    assert (Decimal("2.00"), Decimal("3.00")) == (
        found.gone["amount"][0].as_py(),
        found.new["amount"][0].as_py(),
    )
