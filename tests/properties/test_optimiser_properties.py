"""Laws of the optimiser, on any small budget with any rules."""

from decimal import Decimal
from itertools import product
from random import Random

import numpy as np
import pytest
from fixtures.small_problem import problem, rule, town
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from budgeting.model import Direction
from budgeting.optimiser import Conflict, TaggedShare, conflict, optimise, relaxed
from budgeting.optimiser.curves import Curve
from budgeting.optimiser.frontier import frontier
from budgeting.optimiser.optimum import Optimiser
from budgeting.optimiser.rounding import rounded
from budgeting.optimiser.transfers import transfers
from budgeting.simulation.rules import bounds, breaches

CENT = Decimal("0.01")
STEP = Decimal(10)
SOME = settings(max_examples=60, deadline=None)
FEW = settings(max_examples=15, deadline=None)

_WEIGHTS = st.sampled_from([0.0, 0.25, 0.5, 1.0, -0.5])
_AMOUNTS = st.integers(0, 40).map(lambda tens: str(Decimal(tens * 10)))


@st.composite
def curves(draw, lines):
    """Up to three concave curves of some lines."""
    found = []
    for at in range(draw(st.integers(1, 3))):
        weights = {line: draw(_WEIGHTS) for line in lines}
        pieces = draw(st.integers(1, 3))
        slopes = sorted((draw(st.integers(-3, 8)) / 4 for _ in range(pieces)), reverse=True)
        breaks = sorted(float(draw(st.integers(-60, 60))) for _ in range(pieces - 1))
        found.append(Curve(str(at), weights, tuple(slopes), tuple(breaks)))
    return tuple(found)


@st.composite
def rules(draw, lines):
    """Some rules: most of them leave the budget as it is allowed."""
    found = [rule("balanced")] if draw(st.booleans()) else [rule("within", amount=50)]
    if draw(st.booleans()):
        found.append(rule("limit_each", "programme", percent=draw(st.sampled_from([5, 10, 33]))))
    if draw(st.booleans()):
        found.append(rule("limit_each", percent=draw(st.sampled_from([10, 25, 50]))))
    if draw(st.booleans()):
        found.append(rule("earmarked", "fund", "own"))
    if draw(st.booleans()):
        found.append(rule("protected", "line", f"line {draw(st.sampled_from(lines))}"))
    return tuple(found)


@st.composite
def problems(draw, most=6):
    """A problem with its curves."""
    lines = list(range(1, draw(st.integers(2, most)) + 1))
    amounts = {line: draw(_AMOUNTS) for line in lines}
    programmes = {line: draw(st.sampled_from("pq")) for line in lines}
    funds = {line: draw(st.sampled_from(["own", "state"])) for line in lines}
    revenue = {101: draw(_AMOUNTS)} if draw(st.booleans()) else {}
    baseline = town(amounts, programmes, funds, revenue)
    share = draw(st.sampled_from(["0", "0.02", "0.1", "0.5"]))
    opened = frozenset([*lines, *revenue])
    return problem(draw(rules(lines)), share, baseline, opened), draw(curves([*lines, *revenue]))


def gain(of_curves, changes):
    """The gain, piece by piece: written without the code that is tested."""
    total = 0.0
    for curve in of_curves:
        reached = sum(curve.weights.get(line, 0) * change for line, change in changes.items())
        begins = [-np.inf, *curve.breaks]
        ends = [*curve.breaks, np.inf]
        for begin, end, slope in zip(begins, ends, curve.slopes, strict=True):
            total += slope * (np.clip(reached, begin, end) - np.clip(0.0, begin, end))
    return total


def is_kept(of, changes, tolerance=Decimal(0)):
    """Whether a scenario keeps all rules and the limit, by the simulator's own sums."""
    for bound in of.bounds:
        reached = bound.reached(changes)
        if bound.low is not None and reached < bound.low - tolerance:
            return False
        if bound.high is not None and reached > bound.high + tolerance:
            return False
    amounts = of.baseline.by_id
    spent = {at: change * sign_of(amounts[at]) for at, change in changes.items()}
    ups = sum(change for change in spent.values() if change > 0)
    downs = -sum(change for change in spent.values() if change < 0)
    is_above = all(amounts[at].amount + change >= -tolerance for at, change in changes.items())
    return max(ups, downs) <= of.limit + tolerance and is_above


@FEW
@given(problems(most=8), st.integers(0, 10_000))
def test_the_optimum_is_as_good_as_a_thousand_scenarios(made, seed):
    """Nothing that random moves reach under the rules is better, nor is the baseline."""
    of, of_curves = made
    found = Optimiser(of, of_curves).optimum()
    assert found.gain >= -1e-9
    for changes in scenarios(of, seed, attempts=5000):
        assert gain(of_curves, changes) <= found.gain + 1e-6


@FEW
@given(st.integers(0, 10_000))
def test_no_thousand_of_scenarios_has_less(seed):
    """Where rules leave room there are a thousand, nearly all different, and the optimum is above them all."""
    of = problem((rule("balanced"), rule("limit_each", percent=20)))
    counted = TaggedShare({1: Decimal(1), 2: Decimal("0.5"), 4: Decimal("0.4")})
    found = Optimiser(of, counted.curves()).optimum()
    tried = list(scenarios(of, seed, attempts=20_000))
    assert 1000 == len(tried)
    assert 900 < len({tuple(sorted(one.items())) for one in tried})
    gains = [gain(counted.curves(), one) for one in tried]
    assert max(gains) <= found.gain + 1e-6
    assert max(gains) > 0.5 * found.gain  # they come near enough to tell a bad optimum


def scenarios(of, seed, attempts):
    """Yield up to a thousand scenarios that keep all rules: a random walk by moves."""
    random, lines = Random(seed), list(of.baseline.by_id)
    at, tried = {}, 0
    for _ in range(attempts):
        following = dict(at)
        giver, taker = random.choice(lines), random.choice(lines)
        amount = Decimal(1 + round(5000 * random.random() ** 4)) / 100
        following[giver] = following.get(giver, Decimal(0)) - amount
        if random.random() < 0.9:
            sign = sign_of(of.baseline.by_id[giver]) * sign_of(of.baseline.by_id[taker])
            following[taker] = following.get(taker, Decimal(0)) + sign * amount
        if tried < 1000 and following != at and is_kept(of, following):
            at, tried = following, tried + 1
            yield {line: float(change) for line, change in at.items()}


@FEW
@given(problems())
def test_no_scenario_in_steps_is_better_than_the_optimum(made):
    """On up to six lines every scenario in steps is tried: two steps are all that may move."""
    of, of_curves = made
    found = Optimiser(of, of_curves).optimum()
    lines = list(of.baseline.by_id)
    step = max(int(of.limit * 100 / 2), 1)  # cents; three of them are more than may move
    assert 3 * step > int(of.limit * 100)
    grid = np.array(list(product(range(-2, 3), repeat=len(lines))), np.int64) * step
    kept = grid[_are_kept(of, lines, grid)]
    best = max(gain(of_curves, dict(zip(lines, row / 100, strict=True))) for row in kept[:400])
    reached = np.zeros(len(kept))
    for curve in of_curves:
        weighted = kept @ np.array([curve.weights[line] for line in lines]) / 100
        reached += np.array([curve.gain(one) for one in weighted.tolist()])
    assert max(best, reached.max()) <= found.gain + 1e-6


def _are_kept(of, lines, grid):
    """Tell which rows of cents keep all rules and the limit."""
    amounts = np.array([int(of.baseline.by_id[line].amount * 100) for line in lines])
    is_kept_by = np.all(grid >= -amounts, axis=1)
    signs = np.array([sign_of(of.baseline.by_id[line]) for line in lines])
    for way in (1, -1):
        is_kept_by &= np.clip(grid * signs * way, 0, None).sum(axis=1) <= int(of.limit * 100)
    for bound in of.bounds:
        sign = np.array([(line in bound.plus) - int(line in bound.minus) for line in lines])
        reached = int(bound.base * 100) + grid @ sign
        is_kept_by &= (reached >= int(bound.low * 100)) & (reached <= int(bound.high * 100))
    return is_kept_by


def sign_of(line):
    return 1 if line.direction is Direction.EXPENDITURE else -1


@SOME
@given(problems())
def test_every_rule_holds_in_every_answer(made):
    """To the cent in the optimum, exactly in steps; each line within one step of the optimum."""
    of, of_curves = made
    found = Optimiser(of, of_curves).optimum()
    assert is_kept(of, found.changes, CENT * len(of.baseline.lines))
    in_steps = rounded(found, STEP)
    assume(in_steps is not None)
    changes = in_steps.found.changes
    assert is_kept(of, changes)
    assert all(change % STEP == 0 for change in changes.values())
    for line in of.baseline.by_id:
        assert abs(changes.get(line, 0) - found.changes.get(line, 0)) <= STEP + CENT
    assert in_steps.cost >= -1e-6


@SOME
@given(problems())
def test_cents_can_always_be_had(made):
    """In steps of a cent there is an answer that keeps all rules, and costs next to nothing."""
    of, of_curves = made
    in_cents = rounded(Optimiser(of, of_curves).optimum(), CENT)
    assert in_cents is not None
    assert in_cents.cost <= 0.1


@SOME
@given(problems())
def test_the_frontier_rises_and_bends_down(made):
    """More money moved never brings less, and each further unit at most as much as the last."""
    of, of_curves = made
    optimiser = Optimiser(of, of_curves)
    optimum = optimiser.optimum()
    points = frontier(optimiser)
    gains = np.array([point.gain for point in points])
    assert optimum.gain == pytest.approx(gains[-1], abs=1e-6)
    limits, places = np.unique([float(point.limit) for point in points], return_index=True)
    steps = np.diff(gains[places])
    assert np.all(steps >= -1e-6)
    rates = steps / np.diff(limits)
    assert np.all(np.diff(rates) <= 1e-4)


@SOME
@given(problems())
def test_of_equally_good_answers_the_one_that_moves_least(made):
    """No point of the frontier has the gain of the optimum with a thousandth less moved."""
    of, of_curves = made
    assume(of.bounds[0].rule.kind == "balanced")
    optimiser = Optimiser(of, of_curves)
    optimum = optimiser.optimum()
    for point in frontier(optimiser, 60):
        if point.gain >= optimum.gain - 1e-9:
            assert float(point.limit) >= float(optimum.moved) * 0.999 - 0.02


@SOME
@given(problems())
def test_the_same_problem_has_the_same_answer(made):
    """Asked twice it is the same to the cent; after other questions as good, and moves as little."""
    of, of_curves = made
    optimiser = Optimiser(of, of_curves)
    first = optimiser.optimum()
    assert first.changes == Optimiser(of, of_curves).optimum().changes
    frontier(optimiser)
    later = optimiser.optimum()
    assert first.gain == pytest.approx(later.gain, abs=1e-6)
    assert first.moved == pytest.approx(later.moved, abs=CENT)


@SOME
@given(problems())
def test_transfers_are_the_answer(made):
    """Their amounts are the changes of lines, their gains its gain; no fund pays for another."""
    of, of_curves = made
    found = Optimiser(of, of_curves).optimum()
    reached = {}
    moves = transfers(of, found.curves, found.changes)
    for one in moves:
        for line, sign in ((one.giver, -1), (one.taker, 1)):
            if line is not None:
                change = sign * sign_of(of.baseline.by_id[line]) * one.amount
                reached[line] = reached.get(line, 0) + change
    assert found.changes == reached
    assert found.gain == pytest.approx(sum(one.gain for one in moves), abs=0.2)
    assert [one.rate for one in moves] == pytest.approx(
        sorted((m.rate for m in moves), reverse=True)
    )
    if any(bound.rule.kind == "earmarked" for bound in of.bounds):
        is_own = {
            at: ("own",) == line.members.get("fund") for at, line in of.baseline.by_id.items()
        }
        assert all(
            is_own[one.giver] == is_own[one.taker]
            for one in moves
            if one.giver and one.taker and one.amount > CENT * len(is_own)
        )


@FEW
@given(problems())
def test_what_relaxing_brings_is_what_it_brings(made):
    """Solving the relaxed problem anew gives the gain that was told."""
    of, of_curves = made
    has_gains_of_binding(of, of_curves)


@FEW
@given(st.data())
def test_what_relaxing_brings_where_lines_must_move(data):
    """The same with floors and ceilings."""
    of = data.draw(impossible())
    assume(Optimiser(of, ()).optimum() is not None)
    has_gains_of_binding(of, data.draw(curves(list(of.baseline.by_id))))


def has_gains_of_binding(of, of_curves):
    answer = optimise(of, _Given(of_curves), CENT)
    for one in answer.binding:
        if one.bound is None or one.gain is None:
            continue
        again = Optimiser(relaxed(of, [_relaxation(one)]), of_curves).optimum()
        assert again.gain - answer.optimum.gain == pytest.approx(one.gain, abs=1e-5)


class _Given(TaggedShare):
    """An objective of any curves."""

    def __init__(self, of_curves):
        object.__setattr__(self, "counted", of_curves)

    def curves(self):
        return self.counted


def _relaxation(one):
    from budgeting.optimiser import Relaxation

    return Relaxation(one.bound, one.side, one.amount)


@st.composite
def impossible(draw):
    """Floors and ceilings that the limits may not allow."""
    lines = list(range(1, draw(st.integers(2, 6)) + 1))
    baseline = town(
        {line: draw(_AMOUNTS) for line in lines},
        {line: draw(st.sampled_from("pq")) for line in lines},
        dict.fromkeys(lines, "own"),
    )
    own = list(draw(rules(lines)))
    for at in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["floor", "ceiling"]))
        of = draw(st.sampled_from([("programme", "p"), ("programme", "q"), ("line", "line 1")]))
        amount = draw(st.integers(0, 60)) * 10
        own.append(rule(kind, *of, amount=amount))
        del at
    return problem(tuple(own), draw(st.sampled_from(["0.02", "0.1", "0.5"])), baseline)


@SOME
@given(impossible())
def test_conflicts_are_irreducible_and_relaxations_end_them(of):
    """Without any one of the rules named, the others can be kept; relaxed, all can."""
    found = conflict(of)
    if found is None:
        assert Optimiser(of, ()).optimum() is not None
        return
    assert Optimiser(of, ()).optimum() is None
    members = [*range(len(found.bounds)), *([-1] if found.with_limit else [])]
    assert Optimiser(_only(of, found, members), ()).optimum() is None
    for member in members:
        rest = [one for one in members if one != member]
        assert Optimiser(_only(of, found, rest), ()).optimum() is not None
    assert conflict(relaxed(of, found.relaxations)) is None
    assert found.total > 0


@SOME
@given(impossible())
def test_rules_can_always_be_kept_no_worse(of):
    """Leaving all as it is breaks nothing more: there is an answer, and the simulator finds no breach."""
    found = Optimiser(of.no_worse(), ()).optimum()
    assert {} == found.changes
    assert () == breaches(of.bounds, found.changes)


def _only(of, found, members):
    from dataclasses import replace

    kept = tuple(found.bounds[at] for at in members if at >= 0)
    return replace(of, bounds=kept, more_moved=Decimal(0 if -1 in members else 10**9))


def test_bounds_are_those_of_the_simulator():
    """The optimiser has no reading of rules of its own."""
    assert problem().bounds == bounds(problem_rules(), problem().baseline)


def problem_rules():
    from fixtures.small_problem import RULES

    return RULES


def test_an_answer_or_a_conflict():
    """Where rules cannot be kept there is no half answer."""
    impossible_rules = (rule("balanced"), rule("floor", amount=2000))
    assert isinstance(optimise(problem(impossible_rules), TaggedShare({}), Decimal(1)), Conflict)
