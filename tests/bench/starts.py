"""Part: visitors of a server that has just started."""

import asyncio
import time
from pathlib import Path

from tests.bench.clicks import EXPLORER
from tests.bench.client import Page, Session, WrongPage
from tests.bench.figures import Figure, figure
from tests.bench.servers import PARITET, Server, running, started

PART = "Cold server: a new process, the demo database"
OVERVIEW = ""
SIMULTANEOUS = 3
PAGES = {OVERVIEW: "overview", EXPLORER: "explorer"}


async def measure(database: Path, starts: int) -> list[Figure]:
    """Return the figures of `starts` starts with one visitor after the other, and of a rush."""
    ready: list[float] = []
    figures = []
    for page, name in PAGES.items():
        first: list[float] = []
        second: list[float] = []
        for _ in range(starts):
            begin = time.perf_counter()
            with running(PARITET, database) as server:
                ready.append(time.perf_counter() - begin)
                first.append((await _visit(server, page)).milliseconds)
                second.append((await _visit(server, page)).milliseconds)
        figures.append(
            figure(
                PART,
                f"first visitor, {name}",
                first,
                against="second visitor",
                against_middle=figure(PART, name, second).middle,
            )
        )
    figures.append(figure(PART, "from start to the first answer", ready, unit="s"))
    return [*figures, await _rush(database, starts)]


async def _rush(database: Path, starts: int) -> Figure:
    """Let visitors in while the server is still warming up; each must get its page."""
    waited: list[float] = []
    for _ in range(starts):
        with started(PARITET, database) as server:
            await asyncio.to_thread(server.wait_for_port)
            begin = time.perf_counter()
            await asyncio.gather(*(_visit(server, EXPLORER) for _ in range(SIMULTANEOUS)))
            waited.append(time.perf_counter() - begin)
            if faults := server.faults():
                raise WrongPage(f"the server's log tells of faults: {faults[:5]}")
    name = f"{SIMULTANEOUS} visitors before it is ready, until the last has the page"
    remark = f"all {SIMULTANEOUS * starts} got the explorer"
    return figure(PART, name, waited, unit="s", remark=remark)


async def _visit(server: Server, page: str) -> Page:
    async with Session(server.port, page) as session:
        shown = await session.load()
    if page == EXPLORER:
        shown.table  # noqa: B018  # raises where the page has none
    elif not shown.texts:
        raise WrongPage("the overview is empty")
    return shown
