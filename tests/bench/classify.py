"""Part: one visitor's clicks in Classify, against the empty page, with a long queue.

A mark is a change: the first look afterwards asks everything of the page anew.
"""

import shutil
from collections import defaultdict
from pathlib import Path

from tests.bench.client import Page, Session, WrongPage
from tests.bench.explorer import REFERENCE, Reference
from tests.bench.figures import Figure, figure
from tests.bench.ledger import LAST_YEAR, Size, build, town_code
from tests.bench.servers import EMPTY, PARITET, running

PAGE = "classify"
LIST, SHOW = "List", "Show"
KINDS = {LIST: "another list", SHOW: "another part of the queue"}
MARK = "Mark"
FIRST, MARKED = "the first look at a queue", "mark a line and see the next one"


async def measure(ledgers: Path, folder: Path, size: Size, wanted: int) -> list[Figure]:
    """Return the figures of a ledger without marks whose lines are all in the queue.

    Parameters
    ----------
    ledgers
        Where generated ledgers are or come to be; they stay as they are.
    folder
        Where a copy is marked.
    size
        Of the ledger.
    wanted
        How often each kind of click is made at least.
    """
    ledger = ledgers / f"{size.towns}-{size.years}-{size.lines}.duckdb"
    build(ledger, size)
    path = Path(shutil.copyfile(ledger, folder / "classify.duckdb"))
    taken: dict[str, list[float]] = defaultdict(list)
    view = {"municipality": town_code(0), "year": str(LAST_YEAR)}
    with running(EMPTY, path.with_name("empty.duckdb")) as empty, running(PARITET, path) as ours:
        async with Session(empty.port) as tab, Session(ours.port, PAGE, **view) as session:
            await tab.load()
            reference = Reference(tab)
            await _begin(session, reference, taken)
            for _ in range(wanted):
                await _pass(session, reference, taken)
    path.unlink()
    return _figures(f"Clicks in Classify, one visitor, {size.lines:,} lines", taken, reference)


async def _begin(session: Session, reference: Reference, taken: dict[str, list[float]]) -> None:
    taken[FIRST].append((await session.load()).milliseconds)
    for _ in range(4):  # pages, like engines, are measured warm
        _expect(await session.load(), "not screened")
        await reference.click()
    reference.measured.clear()


async def _pass(session: Session, reference: Reference, taken: dict[str, list[float]]) -> None:
    """Make every click once as a new one and once as a known one: the mark before made all new."""
    for kind in KINDS:
        here = session.chosen(kind)
        other = next(option for option in session.page.options(kind) if option != here)
        for times in (kind, f"{kind} again"):
            shown = await session.choose(kind, other)
            if session.chosen(kind) != other:
                raise WrongPage(f"{kind} is not {other}")
            taken[times].append(shown.milliseconds)
            await reference.click()
            await session.choose(kind, here)
    before = _answer(session.page)
    button = next(label for label in session.page.buttons if label.startswith(MARK))
    shown = await session.press(button)
    if _answer(shown) == before:
        raise WrongPage(f"nothing was marked: {before}")
    taken[MARKED].append(shown.milliseconds)
    await reference.click()


def _answer(page: Page) -> str:
    """Return the sentence that says how many lines are left."""
    return next((words for words in page.texts if "lines are left" in words), "")


def _expect(page: Page, words: str) -> None:
    if not any(words in text for text in page.texts):
        raise WrongPage(f"the page Classify says {page.texts[:4]}")


def _figures(part: str, taken: dict[str, list[float]], reference: Reference) -> list[Figure]:
    empty = figure(part, REFERENCE, reference.measured)
    named = {
        **{kind: f"{name}, never asked before" for kind, name in KINDS.items()},
        **{f"{kind} again": f"{name}, asked before" for kind, name in KINDS.items()},
        MARKED: MARKED,
        FIRST: FIRST,
    }
    figures = [
        figure(part, name, taken[kind], against=REFERENCE, against_middle=empty.middle)
        for kind, name in named.items()
    ]
    return [*figures, empty]
