"""Part: many visitors at once, each clicking again as soon as the answer is there."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from functools import cache, partial
from itertools import count
from pathlib import Path

from tests.bench.clicks import EXPLORER, STAGE, YEAR, back, chosen, opened, searched
from tests.bench.client import Page, Session, WrongPage
from tests.bench.explorer import REFERENCE, words_of
from tests.bench.figures import Figure, figure
from tests.bench.servers import EMPTY, PARITET, running

PART = "Many visitors, clicks asked before, no pause between them"
TOWNS = ("demo_vrbograd", "demo_jasenik", "demo_topolnica")
YEARS = ("2025", "2024")
Round = Callable[[Session], AsyncIterator[Page]]


async def measure(database: Path, crowds: tuple[int, ...], seconds: float) -> list[Figure]:
    """Return median, p95 and clicks per second of crowds of several sizes, the empty page beside."""
    figures = []
    with (
        running(EMPTY, database.with_name("empty.duckdb")) as empty,
        running(PARITET, database) as ours,
    ):
        await _ask_everything(ours.port)
        for size in crowds:
            reference, empty_rate = await _crowd(_empty_tabs(empty.port, size), slide, seconds)
            measured, rate = await _crowd(_explorer_tabs(ours.port, size), clicks, seconds)
            entry = figure(PART, REFERENCE, reference)
            remark = f"{rate:.0f} clicks/s; empty page {empty_rate:.0f}/s, p95 {entry.p95:.0f} ms"
            figures.append(
                figure(
                    PART,
                    f"{size} visitors",
                    measured,
                    against=REFERENCE,
                    against_middle=entry.middle,
                    remark=remark,
                )
            )
    return figures


def _empty_tabs(port: int, size: int) -> list[Session]:
    return [Session(port) for _ in range(size)]


def _explorer_tabs(port: int, size: int) -> list[Session]:
    return [
        Session(
            port,
            EXPLORER,
            municipality=TOWNS[number % len(TOWNS)],
            year=YEARS[number // len(TOWNS) % len(YEARS)],
        )
        for number in range(size)
    ]


async def _ask_everything(port: int) -> None:
    for tab in _explorer_tabs(port, len(TOWNS) * len(YEARS)):
        async with tab as session:
            await session.load()
            async for _ in clicks(session):
                pass


async def _crowd(tabs: list[Session], act: Round, seconds: float) -> tuple[list[float], float]:
    """Let all tabs click for `seconds`; return the milliseconds of all clicks and their rate."""
    async with AsyncExitStack() as open_tabs:
        sessions = [await open_tabs.enter_async_context(tab) for tab in tabs]
        await asyncio.gather(*(session.load() for session in sessions))
        begin = time.perf_counter()
        measured = await asyncio.gather(
            *(_until(begin + seconds, act, session) for session in sessions)
        )
        spent = time.perf_counter() - begin
    everything = [value for values in measured for value in values]
    return everything, len(everything) / spent


async def _until(end: float, act: Round, session: Session) -> list[float]:
    measured: list[float] = []
    while time.perf_counter() < end:
        async for page in act(session):
            measured.append(page.milliseconds)
            if time.perf_counter() >= end:
                break
    return measured


async def clicks(session: Session) -> AsyncIterator[Page]:
    """Do one of each kind of click and come back to where it began."""
    year, stage = session.chosen(YEAR), session.chosen(STAGE)
    other = next(option for option in YEARS if option != year)
    for act in (
        partial(opened, session.page.table["rows"][0]),
        back,
        partial(chosen, STAGE, "Executed"),
        partial(chosen, STAGE, stage),
        partial(chosen, YEAR, other),
        partial(chosen, YEAR, year),
        partial(searched, common_word()),
        partial(searched, ""),
    ):
        yield await act(session)


@cache
def common_word() -> str:
    """Return a word that lines of every town and year have."""
    found = [set(words_of(town, year)) for town in TOWNS for year in YEARS]
    return min(set.intersection(*found))


_NUMBERS = count(1)


async def slide(session: Session) -> AsyncIterator[Page]:
    """Move the slider of the empty page."""
    number = next(_NUMBERS)
    page = await session.slide("Number", number)
    if page.texts != [f"Chosen: {number}"]:
        raise WrongPage(f"the empty page says {page.texts}")
    yield page
