"""What holds for every scenario: virements sum to zero, order of undoing restores, nothing below zero."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from budgeting.errors import MoveInvalid
from budgeting.incidence import Use
from budgeting.simulation.effects import (
    Part,
    ServiceState,
    benefit_change,
    line_effects,
    service_effects,
)
from budgeting.simulation.model import Baseline, Line, Subject, SubjectKind
from budgeting.simulation.moves import Move, changes, virement
from budgeting.simulation.outcome import outcome
from budgeting.simulation.rules import Rule, RuleKind, bounds, breaches

CENTS = st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)
PROGRAMMES = ("a", "b", "c")


@st.composite
def baselines(draw: st.DrawFn) -> Baseline:
    """Return up to twelve lines in three programmes."""
    amounts = draw(st.lists(CENTS, min_size=3, max_size=12))
    return Baseline(
        tuple(
            Line(
                number,
                str(number),
                str(number),
                amount,
                members={"programme": (PROGRAMMES[number % 3],)},
            )
            for number, amount in enumerate(amounts)
        )
    )


def subjects(baseline: Baseline) -> st.SearchStrategy[Subject]:
    """Return any line or programme."""
    lines = [Subject(SubjectKind.LINE, line.code) for line in baseline.lines]
    return st.sampled_from(lines + [Subject(SubjectKind.PROGRAMME, code) for code in PROGRAMMES])


@st.composite
def scenarios(draw: st.DrawFn) -> tuple[Baseline, list[Move]]:
    """Return a baseline and virements that it allows."""
    baseline = draw(baselines())
    moves: list[Move] = []
    for _ in range(draw(st.integers(0, 6))):
        one = virement(draw(subjects(baseline)), draw(subjects(baseline)), draw(CENTS))
        try:
            changes(baseline, [*moves, one])
        except MoveInvalid:
            continue
        moves.append(one)
    return baseline, moves


@given(scenarios())
def test_virements_sum_to_zero(scenario: tuple[Baseline, list[Move]]) -> None:
    assert sum(changes(*scenario).values(), Decimal(0)) == 0


@given(scenarios())
def test_no_line_falls_below_zero(scenario: tuple[Baseline, list[Move]]) -> None:
    baseline, moves = scenario
    found = changes(baseline, moves)
    assert all(baseline.by_id[line].amount + change >= 0 for line, change in found.items())


@given(scenarios())
def test_leaving_out_the_last_move_restores_the_state_before(
    scenario: tuple[Baseline, list[Move]],
) -> None:
    baseline, moves = scenario
    states = [changes(baseline, moves[:count]) for count in range(len(moves) + 1)]
    assert states[0] == {}
    assert [
        changes(baseline, moves[:count]) for count in reversed(range(len(moves) + 1))
    ] == states[::-1]


@given(scenarios())
def test_virements_keep_the_balance(scenario: tuple[Baseline, list[Move]]) -> None:
    baseline, moves = scenario
    balance = bounds([Rule("b", RuleKind.BALANCED, Subject(SubjectKind.ALL))], baseline)
    assert breaches(balance, changes(baseline, moves)) == ()


@given(scenarios())
def test_a_bound_reached_is_the_sum_of_its_lines(scenario: tuple[Baseline, list[Move]]) -> None:
    baseline, moves = scenario
    found = changes(baseline, moves)
    each = Rule("p", RuleKind.LIMIT_EACH, Subject(SubjectKind.PROGRAMME), percent=Decimal(10))
    for bound in bounds([each], baseline):
        amounts = (baseline.by_id[line].amount + found.get(line, Decimal(0)) for line in bound.plus)
        assert bound.reached(found) == sum(amounts, Decimal(0))


@given(scenarios())
def test_only_bounds_of_lines_that_change_are_broken_anew(
    scenario: tuple[Baseline, list[Move]],
) -> None:
    baseline, moves = scenario
    rules = (
        Rule("b", RuleKind.BALANCED, Subject(SubjectKind.ALL)),
        Rule("p", RuleKind.LIMIT_EACH, Subject(SubjectKind.PROGRAMME), percent=Decimal(10)),
        Rule("l", RuleKind.LIMIT_EACH, Subject(SubjectKind.LINE), percent=Decimal(5)),
        Rule("f", RuleKind.FLOOR, Subject(SubjectKind.PROGRAMME, "a"), Decimal(10**7)),
    )
    found = outcome(baseline, moves, rules)
    assert found.breaches == breaches(bounds(rules, baseline), changes(baseline, moves))


SHARES = st.integers(0, 10**6).map(lambda one: Decimal(one) / 10**6)


@st.composite
def marked(
    draw: st.DrawFn,
) -> tuple[dict[int, tuple[Part, ...]], dict[int, Decimal], dict[int, Decimal]]:
    """Return lines with up to three parts that cover them, their amounts, and some changes."""
    amounts = dict(enumerate(draw(st.lists(CENTS, min_size=1, max_size=6))))
    parts = {}
    for line in amounts:
        cuts = [Decimal(0), *sorted(draw(st.sets(SHARES, max_size=2)) - {Decimal(0)}), Decimal(1)]
        parts[line] = tuple(
            Part(str(number), low, high - low) for number, (low, high) in enumerate(pairwise(cuts))
        )
    changes = {line: draw(CENTS) - amounts[line] for line in amounts}
    return parts, amounts, changes


@given(marked())
def test_parts_of_changes_sum_to_the_changes(found) -> None:
    parts, amounts, moved = found
    assert sum(line_effects(parts, amounts, moved).values()) == sum(moved.values())


@given(marked())
def test_effects_are_zero_without_changes_and_additive_for_different_lines(found) -> None:
    parts, amounts, moved = found
    assert line_effects(parts, amounts, {}) == {}
    summed: dict[str, Decimal] = {}
    for line, change in moved.items():
        for name, part in line_effects(parts, amounts, {line: change}).items():
            summed[name] = summed.get(name, Decimal(0)) + part
    assert summed == line_effects(parts, amounts, moved)


MEANT = {"female": Decimal(900), "male": Decimal(900)}


@st.composite
def serving(draw: st.DrawFn) -> tuple[list[ServiceState], dict[str, Decimal]]:
    """Return up to four services with users and net cost, and money that some of them get or lose."""
    services = [
        ServiceState(
            name,
            name,
            "A",
            draw(CENTS),
            Use({sex: Decimal(draw(st.integers(0, 999))) for sex in MEANT}),
            MEANT,
        )
        for name in "abcd"[: draw(st.integers(1, 4))]
    ]
    money = {one.code: draw(CENTS) - draw(CENTS) for one in services if draw(st.booleans())}
    return services, money


@given(serving())
def test_effects_on_services_are_zero_without_changes_and_additive_for_different_ones(
    found,
) -> None:
    """What two scenarios on different services do together is what each does: money, benefit, people."""
    services, money = found
    assert service_effects(services, {}) == ()
    alone = [service_effects(services, {name: amount}) for name, amount in money.items()]
    each = {effect.service.code: effect for effects in alone for effect in effects}
    both = {effect.service.code: effect for effect in service_effects(services, money)}
    assert both == each
    summed: dict[str, Decimal] = {}
    for effects in alone:
        for sex, change in benefit_change(effects).items():
            summed[sex] = summed.get(sex, Decimal(0)) + change
    together = benefit_change(tuple(both.values()))
    assert {sex: one for sex, one in summed.items() if one} == {
        sex: one for sex, one in together.items() if one
    }


COUNTS = st.fixed_dictionaries({"female": st.integers(0, 999), "male": st.integers(0, 999)})


@given(CENTS, CENTS, COUNTS)
def test_changes_of_benefit_sum_to_the_change_of_money(net, money, counts) -> None:
    use = Use({sex: Decimal(count) for sex, count in counts.items()})
    service = ServiceState("s", "S", "A", net, use)
    for effect in service_effects([service], {"s": money}):
        assert sum(benefit_change([effect]).values()) == money
