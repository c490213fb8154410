"""Part: one visitor's steps on the page Reallocate, against the empty page.

A step is an amount that nobody has tried before: the page works out and draws what it would change.
Making a move and taking it back are stored, too.
"""

import shutil
from collections import defaultdict
from pathlib import Path

from tests.bench.client import Page, Session, WrongPage
from tests.bench.explorer import REFERENCE, Reference
from tests.bench.figures import Figure, figure
from tests.bench.servers import EMPTY, PARITET, running

PAGE, PART = "simulator", "Steps on the page Reallocate, one visitor, demo database"
TOWN = {"municipality": "demo_vrbograd", "year": "2026", "stage": "revised"}
GIVER, TAKER = "Grants to sports clubs", "Home care for older people"
SLIDER, MAKE, UNDO = "or with the slider", "Make this move", "Undo"
STEP, MADE, UNDONE = "try another amount", "make a move", "take it back"
AT_MOST = 3.0


async def measure(demo: Path, folder: Path, wanted: int) -> list[Figure]:
    """Return the figures of `wanted` steps, moves made and moves taken back, on a copy of the demo."""
    path = Path(shutil.copyfile(demo, folder / "simulator.duckdb"))
    taken: dict[str, list[float]] = defaultdict(list)
    with running(EMPTY, path.with_name("empty.duckdb")) as empty, running(PARITET, path) as ours:
        async with Session(empty.port) as tab, Session(ours.port, PAGE, **TOWN) as session:
            await tab.load()
            await session.load()
            reference = Reference(tab)
            for number in range(wanted + 3):
                if number == 3:  # pages, like engines, are measured warm
                    taken.clear()
                    reference.measured.clear()
                await _pass(session, reference, taken, number)
    path.unlink()
    return _figures(taken, reference.measured)


async def _pass(
    session: Session, reference: Reference, taken: dict[str, list[float]], number: int
) -> None:
    await session.choose("From", GIVER)
    await session.choose("To", TAKER)
    for further in range(3):
        shown = await session.slide(SLIDER, 1_000.0 * (1 + number * 3 + further))
        expect(shown, "preparing")
        taken[STEP].append(shown.milliseconds)
        await reference.click()
    for kind, button, words in ((MADE, MAKE, "is moved"), (UNDONE, UNDO, "Nothing is moved yet")):
        shown = await session.press(button)
        expect(shown, words)
        taken[kind].append(shown.milliseconds)
        await reference.click()


def expect(page: Page, words: str) -> None:
    """Raise where the page does not say so, so that no other one is measured."""
    if not any(words in text for text in page.texts):
        raise WrongPage(f"the page Reallocate says {page.texts[:6]}")


def _figures(taken: dict[str, list[float]], empty: list[float]) -> list[Figure]:
    reference = figure(PART, REFERENCE, empty)
    return [
        *(
            figure(
                PART,
                kind,
                taken[kind],
                against=REFERENCE,
                against_middle=reference.middle,
                target=AT_MOST,
            )
            for kind in (STEP, MADE, UNDONE)
        ),
        reference,
    ]
