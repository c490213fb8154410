"""The virement order: from which line to which an adopted scenario moves money, line by line."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgeting.errors import ScenarioInvalid
from budgeting.model import Direction, text
from budgeting.scenarios.model import Scenario, ScenarioState
from budgeting.scenarios.writing import made
from budgeting.simulation.model import ZERO, Baseline, Line, Subject
from budgeting.simulation.moves import Move
from budgeting.simulation.outcome import Outcome
from budgeting.store import Store


@dataclass(frozen=True, slots=True)
class Transfer:
    """One row of an order: ``amount`` goes from a line to a line.

    ``giver`` may be a line of revenue that brings more, ``taker`` one that brings less. None stands
    for the balance of the budget, where the rules let it change.
    """

    giver: Line | None
    taker: Line | None
    amount: Decimal
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """What an adopted scenario demands of the ledger.

    ``transfers`` add up to what each line changes by, and to nothing over all.
    """

    scenario: Scenario
    found: Outcome
    transfers: tuple[Transfer, ...]


def virement_order(store: Store, of: Scenario) -> Order:
    """Return the order of an adopted scenario, on the lines that it was adopted on.

    Raises
    ------
    ScenarioInvalid
        It is not adopted: an order is entered into the ledger.
    """
    if of.state is not ScenarioState.ADOPTED:
        raise ScenarioInvalid(
            text("“{scenario}” is not adopted, so there is no order yet.", scenario=of.name)
        )
    found = made(store, of)
    return Order(of, found, transfers(found, of.moves))


def transfers(found: Outcome, moves: Sequence[Move] = ()) -> tuple[Transfer, ...]:
    """Return who gives what to whom so that each line changes by what it changes.

    Money goes within a fund and programme first, then within a fund, then anywhere; the largest
    parts first. What one line gives to another and gets back is left out.
    """
    by_id = found.baseline.by_id
    sources: dict[int, Decimal] = {}
    uses: dict[int, Decimal] = {}
    for line_id, change in found.changes.items():
        is_source = (change < 0) is (by_id[line_id].direction is Direction.EXPENDITURE)
        (sources if is_source else uses)[line_id] = abs(change)
    rows: list[tuple[int, int, Decimal]] = []
    for near in _NEARNESS:
        places = {line_id: near(by_id[line_id]) for line_id in (*sources, *uses)}
        rows += _matched(sources, uses, places)
    reasons = _reasons(found.baseline, moves)
    told = [
        Transfer(by_id[giver], by_id[taker], amount, _of_both(reasons, giver, taker))
        for giver, taker, amount in rows
    ]
    told += [
        Transfer(by_id[one], None, amount, reasons.get(one, ()))
        for one, amount in sources.items()
        if amount
    ]
    told += [
        Transfer(None, by_id[one], amount, reasons.get(one, ()))
        for one, amount in uses.items()
        if amount
    ]
    return tuple(told)


def _matched(
    sources: dict[int, Decimal], uses: dict[int, Decimal], near: Mapping[int, Hashable | None]
) -> Iterator[tuple[int, int, Decimal]]:
    """Yield what goes between lines that are near each other, and take it off both."""
    for giver in sorted(sources, key=lambda one: (-sources[one], one)):
        place = near[giver]
        if place is None:
            continue
        for taker in sorted(uses, key=lambda one: (-uses[one], one)):
            amount = min(sources[giver], uses[taker])
            if amount and near[taker] == place:
                sources[giver] -= amount
                uses[taker] -= amount
                yield giver, taker, amount


def _fund(line: Line) -> Hashable | None:
    return line.members.get("fund")


def _fund_and_programme(line: Line) -> Hashable | None:
    programme = line.members.get("programme")
    return (line.members.get("fund"), programme[0]) if programme else None


_NEARNESS: tuple[Callable[[Line], Hashable | None], ...] = (
    _fund_and_programme,
    _fund,
    lambda _line: True,
)


def _reasons(baseline: Baseline, moves: Iterable[Move]) -> dict[int, tuple[str, ...]]:
    """Return why lines change: the reasons of the moves that name them, in their order."""
    found: dict[int, tuple[str, ...]] = {}
    for number, move in enumerate(moves, 1):
        for line_id in (*_lines(baseline, move.giver), *_lines(baseline, move.subject), -number):
            if move.reason and move.reason not in found.get(line_id, ()):
                found[line_id] = (*found.get(line_id, ()), move.reason)
    return found


def _lines(baseline: Baseline, subject: Subject | None) -> tuple[int, ...]:
    return baseline.lines_of(subject) if subject else ()


def _of_both(reasons: dict[int, tuple[str, ...]], giver: int, taker: int) -> tuple[str, ...]:
    """Return the reasons that both lines have; where they share none, those of either."""
    mine, theirs = reasons.get(giver, ()), reasons.get(taker, ())
    both = tuple(one for one in mine if one in theirs)
    return both or tuple(dict.fromkeys((*mine, *theirs)))


def is_closed(order: Order) -> bool:
    """Return whether the transfers give every line exactly its change, and no more."""
    left = dict(order.found.changes)
    for one in order.transfers:
        for line, sign in ((one.giver, -1), (one.taker, 1)):
            if line is not None:
                turned = sign if line.direction is Direction.EXPENDITURE else -sign
                left[line.line_id] = left.get(line.line_id, ZERO) - turned * one.amount
    return not any(left.values())
