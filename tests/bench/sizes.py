"""Part: the same clicks in ledgers of different sizes, never asked before."""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from itertools import product
from pathlib import Path

from tests.bench.clicks import BREAKDOWN, EXPLORER, KINDS, LINES, NAMES, SEARCH, STAGE, YEAR, steps
from tests.bench.client import Session
from tests.bench.figures import Figure, figure
from tests.bench.ledger import FUNDS, LAST_YEAR, OBJECTS, PLACES, Size, build, town_code
from tests.bench.servers import PARITET, running

SMALL, LARGE = Size(1, 2, 5_000), Size(60, 10, 5_000)
ONE_YEAR, HUGE_YEAR = Size(1, 1, 300_000), Size(1, 1, 3_000_000)
PART = "Ledger size, the same clicks, never asked before"
BUILDING = "Building ledgers by the store's commands"
TARGETS = dict.fromkeys(KINDS, 1.3) | {SEARCH: 3.0}
STAGES = ("revised", "approved", "executed")
BREAKDOWNS = ("function", "programme", "economic_class", "organisation")
CLICKS_A_VIEW = 3
Measured = dict[str, dict[str, list[float]]]  # by ledger, then by kind of click


async def measure(folder: Path, wanted: int, bound: float, sizes: Sequence[Size]) -> list[Figure]:
    """Return the figures of `sizes` against the small ledger.

    Parameters
    ----------
    folder
        Where the ledgers are or come to be.
    wanted
        Clicks of each kind.
    bound
        Seconds that a kind of click may take in one ledger.
    """
    figures = []
    paths = {}
    for size in (SMALL, *sizes):
        paths[size] = folder / f"{size.towns}-{size.years}-{size.lines}.duckdb"
        begin = time.perf_counter()
        if build(paths[size], size):
            figures.append(_built(size, paths[size], time.perf_counter() - begin))
    for size in sizes:
        with _both(paths[SMALL], paths[size]) as ports:
            measured = await _pairs(ports, wanted, bound, has_years=size.years > 1)
        figures += _figures(size, measured)
    return figures


def _built(size: Size, path: Path, seconds: float) -> Figure:
    remark = f"{size.line_years / seconds:,.0f} lines/s, {path.stat().st_size / 2**20:,.0f} MiB"
    return figure(BUILDING, f"{_name(size)}", [seconds], unit="s", remark=remark)


@contextmanager
def _both(small: Path, large: Path) -> Iterator[dict[str, int]]:
    with running(PARITET, small) as one, running(PARITET, large) as other:
        yield {"small": one.port, "large": other.port}


async def _pairs(ports: dict[str, int], wanted: int, bound: float, *, has_years: bool) -> Measured:
    """Do each click in both ledgers, one right after the other."""
    measured: Measured = {name: defaultdict(list) for name in ports}
    for name, port in ports.items():  # what a process does at its first click is no one's size
        await _visit({name: port}, {}, SEARCH, ["clinic"], {name: defaultdict(list)})
    for kind in KINDS:
        if kind == YEAR and not has_years:
            continue
        words = iter([*OBJECTS, *PLACES] * 2)
        end = time.monotonic() + bound * len(ports)
        for address in _views(kind):
            if len(measured["large"][kind]) >= wanted or time.monotonic() > end:
                break
            chosen = [next(words).split()[0].lower() for _ in range(CLICKS_A_VIEW)]
            await _visit(ports, address, kind, chosen, measured)
    return measured


def _views(kind: str) -> Iterator[dict[str, str]]:
    """Return the addresses to click from: no two clicks of a kind lead to the same view."""
    town = {"municipality": town_code(0), "year": str(LAST_YEAR)}
    funds = [f"fund:{number:02d}" for number in range(1, len(FUNDS) + 1)]
    if kind == STAGE:
        for by, within in product(BREAKDOWNS, funds[:3]):
            yield town | {"by": by, "within": within}
    elif kind in (BREAKDOWN, LINES):
        for stage, within in product(STAGES, funds):
            yield town | {"stage": stage, "within": within}
    else:
        for stage, by in product(STAGES, BREAKDOWNS):
            yield town | {"stage": stage, "by": by}


async def _visit(
    ports: dict[str, int],
    address: dict[str, str],
    kind: str,
    words: list[str],
    measured: Measured,
) -> None:
    async with AsyncExitStack() as tabs:
        planned = {}
        sessions = {}
        for name, port in ports.items():
            session = await tabs.enter_async_context(Session(port, EXPLORER, **address))
            await session.load()
            sessions[name], planned[name] = (
                session,
                steps(kind, session, words, CLICKS_A_VIEW),
            )
        for pair in zip(*planned.values(), strict=False):
            for name, step in zip(planned, pair, strict=True):
                page = await step.click(sessions[name])
                measured[name][kind].append(page.milliseconds)
                if step.undo:
                    await step.undo(sessions[name])


def _figures(size: Size, measured: Measured) -> Iterator[Figure]:
    part = f"{PART}: {_name(size)} against {_name(SMALL)}"
    for kind, taken in measured["large"].items():
        small = figure(part, kind, measured["small"][kind])
        yield figure(
            part,
            NAMES[kind],
            taken,
            against=f"{SMALL.line_years:,} lines",
            against_middle=small.middle,
            target=TARGETS[kind] if size == LARGE else None,
        )


def _name(size: Size) -> str:
    towns = f"{size.towns} towns" if size.towns > 1 else "1 town"
    years = f"{size.years} years" if size.years > 1 else "1 year"
    return f"{size.line_years:,} lines ({towns} x {years} x {size.lines:,})"
