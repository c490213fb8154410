"""Part: one visitor's clicks in the explorer, never asked before and asked before."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from budgeting.settings import DATA
from tests.bench.clicks import EXPLORER, KINDS, NAMES, SEARCH, YEAR, steps
from tests.bench.client import Session, WrongPage
from tests.bench.figures import Figure, figure
from tests.bench.servers import EMPTY, PARITET, running

PART = "Clicks in the explorer, one visitor, demo database"
REFERENCE = "empty page"
NEVER_ASKED, ASKED_BEFORE = 6.0, 3.0  # targets: ratio of medians to the empty page
DEMO = DATA / "demo"
CLICKS_A_VIEW = 4


class Reference:
    """The empty page: a session that moves its slider to where it has never been."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._numbers = count(1)
        self.measured: list[float] = []

    async def click(self) -> None:
        """Move the slider once and keep the time."""
        number = next(self._numbers)
        page = await self._session.slide("Number", number)
        if page.texts != [f"Chosen: {number}"]:
            raise WrongPage(f"the empty page says {page.texts}")
        self.measured.append(page.milliseconds)


class Samples:
    """Milliseconds by kind of click, and of the empty page beside them."""

    def __init__(self) -> None:
        self.never_asked: dict[str, list[float]] = defaultdict(list)
        self.asked_before: dict[str, list[float]] = defaultdict(list)
        self.empty: dict[str, list[float]] = defaultdict(list)


async def measure(database: Path, wanted: int, passes: int) -> list[Figure]:
    """Return the figures of all kinds, at least `wanted` clicks of each where there are as many.

    Every pass begins with a new server, which has never been asked anything.
    """
    samples = Samples()
    for _ in range(passes):
        with running(EMPTY, database.with_name("empty.duckdb")) as empty:
            async with Session(empty.port) as tab:
                await tab.load()
                with running(PARITET, database) as ours:
                    await _pass(ours.port, Reference(tab), samples, -(-wanted // passes))
    return list(_figures(samples))


async def _pass(port: int, reference: Reference, samples: Samples, wanted: int) -> None:
    await _warm(port, reference)
    for kind in KINDS:
        target = len(samples.never_asked[kind]) + wanted
        for address, words in views(kind):
            if len(samples.never_asked[kind]) >= target:
                break
            async with Session(port, EXPLORER, **address) as session:
                await session.load()
                await _click(session, kind, words, reference, samples)


async def _warm(port: int, reference: Reference) -> None:
    """Run both pages a few times, of a view that is not measured."""
    async with Session(port, EXPLORER, stage="committed", by="fund") as session:
        for _ in range(8):
            await session.load()
            await reference.click()
    reference.measured.clear()


async def _click(
    session: Session, kind: str, words: list[str], reference: Reference, samples: Samples
) -> None:
    """Do every step of a view twice: the first time is new, the second is asked before.

    Clicks follow each other without a pause, on our page and then on the empty one: Streamlit
    sends what it has every 5 ms, so that a page that was left alone for a while answers faster.
    """
    planned = steps(kind, session, words, CLICKS_A_VIEW)
    for measured in (samples.never_asked[kind], samples.asked_before[kind]):
        for step in planned:
            measured.append((await step.click(session)).milliseconds)
            if step.undo:
                await step.undo(session)
        for _ in range(len(planned) + 1):
            await reference.click()
        samples.empty[kind] += reference.measured[1:]  # the first one came after a pause
        reference.measured.clear()


def views(kind: str) -> Iterator[tuple[dict[str, str], list[str]]]:
    """Return the views of the demo to click in, each with words that its lines hold.

    A year is new once for a town and direction only: there each view is one of those.
    """
    towns = sorted(path.name for path in DEMO.iterdir() if path.is_dir())
    for year in ("2026",) if kind == YEAR else ("2026", "2025", "2024", "2023"):
        for direction in ("expenditure", "revenue"):
            for town in towns:
                address = {"municipality": town, "year": year, "direction": direction}
                words = words_of(town, year, direction) if kind == SEARCH else []
                yield address, words[:: max(1, len(words) // CLICKS_A_VIEW)]


def words_of(town: str, year: str, direction: str = "expenditure") -> list[str]:
    """Return the words of the descriptions of a demo file, in the order of the alphabet."""
    with (DEMO / town / f"{year}_{direction}.csv").open(encoding="utf-8") as lines:
        descriptions = " ".join(row["description"] for row in csv.DictReader(lines)).lower()
    return sorted(set(re.findall(r"[a-z]{5,}", descriptions)))


def _figures(samples: Samples) -> Iterator[Figure]:
    for title, taken, target in (
        ("never asked before", samples.never_asked, NEVER_ASKED),
        ("asked before", samples.asked_before, ASKED_BEFORE),
    ):
        for kind in KINDS:
            reference = figure(PART, REFERENCE, samples.empty[kind])
            yield figure(
                PART,
                f"{NAMES[kind]}, {title}",
                taken[kind],
                against=REFERENCE,
                against_middle=reference.middle,
                target=target,
            )
    everything = [value for measured in samples.empty.values() for value in measured]
    yield figure(PART, REFERENCE, everything)
