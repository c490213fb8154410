"""Part: several people at once who try amounts on the page Reallocate, each on a budget of their own.

Without a pause, it is how many steps the server finishes in a second; with five seconds to think
between two steps, it is how long one waits in a room of fifty.
"""

import asyncio
import time
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random

from tests.bench.client import Session
from tests.bench.figures import Figure, figure
from tests.bench.servers import PARITET, running
from tests.bench.simulator import GIVER, PAGE, SLIDER, TAKER, TOWN, expect

PART = "Several people trying amounts on the page Reallocate, demo database"
THINKING = 5.0  # seconds between two steps of one person
MANY = 50
AT_ONCE = 10
LONGER = 4.0  # the 95th percentile of many, at most, in those of one
SEED = 20_261_123


async def measure(demo: Path, folder: Path, seconds: float) -> list[Figure]:
    """Return steps of one and of ten without a pause, and of one and of fifty who think."""
    path = folder / "simulator_crowd.duckdb"
    path.write_bytes(demo.read_bytes())
    with running(PARITET, path) as server:
        one, rate = await _crowd(server.port, 1, seconds)
        ten, rate_of_ten = await _crowd(server.port, AT_ONCE, seconds)
        alone, _ = await _crowd(server.port, 1, 4 * seconds, THINKING / MANY)
        fifty, _ = await _crowd(server.port, MANY, 4 * seconds, THINKING)
    path.unlink()
    single = figure(PART, "1 person, p95", [figure(PART, "", alone).p95])
    return [
        figure(PART, "1 person without a pause", one, remark=f"{rate:.0f} steps/s"),
        figure(PART, f"{AT_ONCE} people without a pause", ten, remark=f"{rate_of_ten:.0f} steps/s"),
        figure(
            PART,
            f"seconds for a step, {AT_ONCE} people",
            [1000 / rate_of_ten],
            against="1 person",
            against_middle=1000 / rate,
            target=1.0,
        ),
        single,
        figure(
            PART,
            f"{MANY} people who think for {THINKING:g} s, p95",
            [figure(PART, "", fifty).p95],
            against=single.name,
            against_middle=single.middle,
            target=LONGER,
        ),
    ]


async def _crowd(
    port: int, size: int, seconds: float, thinking: float = 0.0
) -> tuple[list[float], float]:
    """Let `size` people try amounts; return the milliseconds of all steps and the steps a second."""
    async with AsyncExitStack() as tabs:
        people = [await tabs.enter_async_context(Session(port, PAGE, **TOWN)) for _ in range(size)]
        for person in people:
            await person.load()
            await person.choose("From", GIVER)
            await person.choose("To", TAKER)
            await person.slide(SLIDER, 500.0)
        begin = time.perf_counter()
        measured = await asyncio.gather(
            *(
                _until(begin + seconds, person, Random(SEED + number), thinking)
                for number, person in enumerate(people)
            )
        )
        spent = time.perf_counter() - begin
    everything = [value for values in measured for value in values]
    return everything, len(everything) / spent


async def _until(end: float, person: Session, random: Random, thinking: float) -> list[float]:
    """Try amounts until `end`; people begin to think at different moments and not for equally long."""
    measured: list[float] = []
    while time.perf_counter() < end:
        if thinking:
            await asyncio.sleep(thinking * 2 * random.random())
        shown = await person.slide(SLIDER, 1_000.0 * random.randrange(1, 100))
        expect(shown, "preparing")
        measured.append(shown.milliseconds)
    return measured
