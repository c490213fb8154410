"""Suppression: small counts, their complements, and all that would give them away."""

from decimal import Decimal

import pytest
from fixtures.attack import Fact, attack

from budgeting.incidence import Use, incidence
from budgeting.model import Text
from budgeting.suppression import (
    Bracket,
    Count,
    Joint,
    Rule,
    Sum,
    benefits_shown,
    bracket_words,
    joint,
    over,
    protected,
    rule,
    sum_of,
)

WOMEN, MEN, ALL, UNKNOWN = ("female",), ("male",), ("all",), ("unknown",)
BY_SEX = Sum(ALL, (WOMEN, MEN))
SMALL = Bracket(Decimal(1), Decimal(4), is_small=True)


def bracket(low, high, is_small=False):
    return Bracket(Decimal(low), None if high is None else Decimal(high), is_small)


def counts(**values):
    return {
        (name,): one if isinstance(one, Count) else Count(None if one is None else Decimal(one))
        for name, one in values.items()
    }


def shown(given, *sums, under=None):
    """What is shown, after an attack that must not succeed."""
    used = under or Rule()
    found = protected(given, sums, used)
    assert {} == attack(given, sums, found, used)
    return found


# --- the rule -------------------------------------------------------------


def test_the_rule_is_a_file():
    """data/suppression.toml says from where on counts are shown."""
    assert Rule(5, is_zero_small=False) == rule()


@pytest.mark.parametrize(
    ("value", "is_hidden"), [(0, False), (1, True), (4, True), (5, False), ("4.5", True)]
)
def test_small_is_from_one_to_below_the_threshold(value, is_hidden):
    """Nobody is a finding and no person; five are many."""
    assert is_hidden is isinstance(shown(counts(all=value))[ALL], Bracket)


@pytest.mark.parametrize("value", [0, 1, 4])
def test_zero_is_small_where_the_rule_says_so(value):
    """Then nobody is shown like one to four."""
    given = counts(all=value)
    assert bracket(0, 4, True) == shown(given, under=Rule(is_zero_small=True))[ALL]


def test_what_is_not_known_is_not_hidden():
    """None stays None."""
    assert shown(counts(all=None))[ALL] is None


def test_persons_of_unknown_group_are_told():
    """A count that says nothing of anybody is shown, however small."""
    given = counts(unknown=Count(Decimal(2), is_sensitive=False))
    assert Decimal(2) == shown(given)[UNKNOWN]


# --- how a table closes ---------------------------------------------------


def test_a_small_count_takes_its_complement_along():
    """Three of 103 are men: the women are hidden too, and both are together 103."""
    found = shown(counts(female=100, male=3, all=103), BY_SEX)
    assert (bracket(99, 102), SMALL, Decimal(103)) == tuple(found[c] for c in (WOMEN, MEN, ALL))
    assert Joint((WOMEN, MEN), Decimal(103)) == joint(found, BY_SEX)
    assert {WOMEN, MEN} == found.hidden


def test_a_table_without_small_counts_is_shown():
    """Nothing is hidden without need, and nothing closes around it."""
    found = shown(counts(female=5, male=0, all=5), BY_SEX)
    assert frozenset() == found.hidden
    assert joint(found, BY_SEX) is None


def test_five_men_cannot_protect_three_women():
    """Of eight, three or five: the total goes, too, else the women were at most three."""
    found = shown(counts(female=3, male=5, all=8), BY_SEX)
    assert SMALL == found[WOMEN]
    assert {WOMEN, MEN, ALL} == found.hidden


def test_a_small_total_is_not_broken_down():
    """Three women and no men: a zero would tell that all three are women."""
    found = shown(counts(female=3, male=0, all=3), BY_SEX)
    assert [bracket(0, 4, True)] * 2 == [found[WOMEN], found[MEN]]
    assert SMALL == found[ALL]


def test_two_small_parts_of_a_shown_total():
    """Two and three of five: each could be one to four."""
    found = shown(counts(female=2, male=3, all=5), BY_SEX)
    assert (SMALL, SMALL, Decimal(5)) == tuple(found[c] for c in (WOMEN, MEN, ALL))


def test_public_figures_are_never_hidden():
    """Residents stand in other tables: where they give a count away whatever we do, we say so."""
    given = counts(female=2, male=Count(Decimal(90), is_public=True), all=92)
    found = shown(given, BY_SEX)
    assert Decimal(90) == found[MEN]
    assert {WOMEN, ALL} == found.hidden
    betrayed = counts(
        female=2, male=Count(Decimal(90), is_public=True), all=Count(Decimal(92), is_public=True)
    )
    assert {WOMEN} == protected(betrayed, [BY_SEX], Rule()).unprotected


def test_a_public_total_of_few_does_not_tell_which_are_small():
    """Three and five of public eight: neither is told to be the small one."""
    found = shown(counts(female=3, male=5, all=Count(Decimal(8), is_public=True)), BY_SEX)
    assert [bracket(0, 8)] * 2 == [found[WOMEN], found[MEN]]


def test_those_who_are_not_in_a_group_are_a_count_too():
    """98 of 100 users live in a village: two do not, and total and group would tell."""
    given = counts(all=100, villages=98, elsewhere=2)
    found = shown(given, Sum(ALL, (("villages",), ("elsewhere",))))
    assert {("villages",), ("elsewhere",)} == found.hidden


def test_what_a_sum_leaves_is_counted():
    """A part that is not known but follows from the others hides and betrays like one that is."""
    found = shown(counts(female=3, male=None, all=100), BY_SEX)
    assert (SMALL, None, Decimal(100)) == tuple(found[c] for c in (WOMEN, MEN, ALL))
    tight = shown(counts(female=6, male=None, other=2, all=8), Sum(ALL, (WOMEN, MEN, ("other",))))
    assert len(tight.hidden) > 1


def test_a_contradicted_sum_is_closed_as_it_is():
    """A reader who sees that a source is one off may know by how much."""
    found = shown(counts(female=100, male=3, all=104), BY_SEX)
    assert {WOMEN, MEN} == found.hidden


# --- hours and percentages ------------------------------------------------


def test_hours_go_with_the_hidden_users():
    """Hours of two men, divided by usual hours, would tell how many they are."""
    given = {
        **counts(female=100, male=2, all=102),
        ("hours", "male"): Count(Decimal(20), follows=MEN),
        ("hours", "female"): Count(Decimal(1000), follows=WOMEN),
        ("hours", "all"): Count(Decimal(1020), follows=ALL),
    }
    hours = Sum(("hours", "all"), (("hours", "female"), ("hours", "male")))
    found = shown(given, BY_SEX, hours)
    assert {WOMEN, MEN, ("hours", "female"), ("hours", "male")} == found.hidden
    assert Decimal(1020) == found["hours", "all"]
    low, high = found["hours", "male"].low, found["hours", "male"].high
    assert low <= 10
    assert high >= 40


def test_hours_of_shown_users_are_shown():
    """Nothing is hidden for a count that is shown."""
    given = {**counts(male=7), ("hours", "male"): Count(Decimal(3), follows=MEN)}
    assert frozenset() == shown(given).hidden


def test_a_chain_of_followers_is_refused():
    """A figure follows a count, not another figure; nothing is negative; sums are of what is there."""
    chain = {
        **counts(male=2),
        ("hours",): Count(Decimal(1), follows=MEN),
        ("days",): Count(Decimal(1), follows=("hours",)),
    }
    with pytest.raises(ValueError, match="follows"):
        protected(chain, [], Rule())
    with pytest.raises(ValueError, match="negative"):
        protected(counts(all=-1), [], Rule())
    with pytest.raises(KeyError):
        protected(counts(all=9), [BY_SEX], Rule())


# --- money and everything that is computed --------------------------------


def test_money_is_divided_by_what_is_shown():
    """A benefit by unit cost would be a count: it goes as far as the count, to the cent outwards."""
    found = shown(counts(female=100, male=3, all=103), BY_SEX)
    by_group = {"female": found[WOMEN], "male": found[MEN]}
    money = benefits_shown(Decimal("10000.00"), by_group, found[ALL])
    assert bracket("97.08", "388.35") == money["male"]
    assert bracket("9611.65", "9902.92") == money["female"]
    assert Decimal("0.00") == money["unknown"]
    given = counts(female=100, male=3, all=103)
    unit = 10_000 / 103
    facts = [
        Fact({cell: unit}, float(money[group].low), float(money[group].high))
        for group, cell in (("male", MEN), ("female", WOMEN))
    ]
    assert {} == attack(given, [BY_SEX], found, Rule(), facts)


def test_the_attack_finds_what_exact_money_would_tell():
    """Shown to the cent, the benefit of three men is three men: the attack is worth something."""
    given = counts(female=100, male=3, all=103)
    found = protected(given, [BY_SEX], Rule())
    money = 10_000 * 3 / 103
    fact = Fact({MEN: 10_000 / 103}, money - 0.01, money + 0.01)
    assert {MEN: [3]} == attack(given, [BY_SEX], found, Rule(), [fact])


def test_the_attack_finds_a_complement_that_was_forgotten():
    """A table that hides only its small cell is solved."""
    given = counts(female=100, male=3, all=103)
    careless = {WOMEN: Decimal(100), MEN: SMALL, ALL: Decimal(103)}
    assert {MEN: [3]} == attack(given, [BY_SEX], careless, Rule())


def test_money_of_a_table_that_is_shown_is_exact():
    """Nothing hidden: the benefits are those of the incidence."""
    exact = benefits_shown(Decimal("100.00"), {"female": Decimal(10), "male": Decimal(20)}, None)
    use = Use({"female": Decimal(10), "male": Decimal(20)})
    parts = incidence(Decimal("100.00"), use).groups
    assert {group: part.benefit for group, part in parts.items()} == exact
    assert {"male": None, "unknown": None} == benefits_shown(None, {"male": SMALL})


def test_money_where_the_total_is_hidden():
    """Each part goes from its least beside the most of the others to the opposite."""
    hidden = {"female": bracket(5, 15), "male": SMALL}
    found = benefits_shown(Decimal("1600.00"), hidden, bracket(6, 19))
    assert bracket("100.00", "711.12") == found["male"]
    unbounded = benefits_shown(Decimal("1600.00"), {"female": bracket(5, None), "male": SMALL})
    assert Bracket(None, None) == unbounded["male"]


def test_a_derived_value_goes_over_its_corners():
    """Exact from exact; between the corners from brackets; unbounded or not known stays so."""

    def share(part, whole):
        return part / whole if whole else None

    assert Decimal("0.5") == over(share, Decimal(1), Decimal(2))
    assert bracket("0.1", "0.4") == over(share, SMALL, Decimal(10))
    assert bracket("0.1", "0.8") == over(share, SMALL, bracket(5, 10))
    assert Bracket(None, None) == over(share, SMALL, bracket(5, None))
    assert Bracket(None, None) == over(share, SMALL, bracket(0, 5))
    assert over(share, None, SMALL) is None


def test_a_sum_of_shown_values():
    """Brackets add their ends; one without a bound has none; not known is not known."""
    assert Decimal(3) == sum_of([Decimal(1), Decimal(2)])
    assert bracket(3, 6) == sum_of([Decimal(2), SMALL])
    assert Bracket(None, None) == sum_of([bracket(5, None), SMALL])
    assert sum_of([SMALL, None]) is None


@pytest.mark.parametrize(
    ("hidden", "words"),
    [(SMALL, "1–4"), (bracket(5, None), "at least 5"), (Bracket(None, None), "not shown")],
)
def test_words_of_hidden_figures(hidden, words):
    """A reader is told the bounds."""
    told = bracket_words(hidden)
    assert isinstance(told, Text)
    assert words == str(told)
