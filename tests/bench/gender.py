"""Part: one visitor's clicks in the gender overview, against the empty page.

Never asked before means: a choice that no visitor of this server has made, in a year whose marks
have been looked at once, for as long as a reader needs to find what to click on: meanwhile the
server finds out what the next clicks may ask. The first look after a change of marks is a figure of
its own.
"""

import asyncio
import shutil
from collections import defaultdict
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from budgeting.access import Identity, Role
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, MarkedSubject, Part
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Subject
from budgeting.store import Store, connect
from tests.bench.client import Page, Session, WrongPage
from tests.bench.explorer import ASKED_BEFORE, NEVER_ASKED, REFERENCE, Reference
from tests.bench.figures import Figure, figure
from tests.bench.ledger import LAST_YEAR, Size, build, town_code
from tests.bench.servers import EMPTY, PARITET, running

PAGE = "gender_overview"
BREAKDOWN, STAGE, COUNTS = "Break down by", "Stage", "convention="  # the last are buttons in HTML
KINDS = {BREAKDOWN: "another breakdown", STAGE: "another stage", COUNTS: "another rule of counting"}
TABLE = "Show"  # what the choice of a table is called
TABS = {  # what each must say, so that no other one is measured
    "Year by year": "meant for equality, and screened",
    "Why it changed": "counts for equality",
    "Categories": "What each category holds",
    "Largest lines": "The three largest lines",
    "Methodologies": "Methodologies side by side",
    "Lines and reasons": "in all",
}
CLOSED = "Planned and spent"  # the tab that is open at first
FIRST = "the first look at a year"
READING = 1.5  # seconds that a reader looks at a page before the first click
EDITOR = Identity("benchmark", Role.ADMINISTRATOR)
SAID = ("2", "1", "0")  # categories of the OECD marker, in turn
LEFT_OUT = 4  # every fourth programme stays without a mark


async def measure(demo: Path, ledgers: Path, folder: Path, size: Size, wanted: int) -> list[Figure]:
    """Return the figures of the demo and of a ledger, most of whose programmes are marked.

    Parameters
    ----------
    ledgers
        Where generated ledgers are or come to be; they stay without marks.
    folder
        Where copies of both get their marks.
    size
        Of the ledger.
    wanted
        How often each kind of click is made at least.
    """
    ledger = ledgers / f"{size.towns}-{size.years}-{size.lines}.duckdb"
    build(ledger, size)
    copies = {
        "demo database": (demo, "demo_topolnica", "2026"),
        f"{size.lines:,} lines a year": (ledger, town_code(0), str(LAST_YEAR)),
    }
    figures = []
    for name, (source, town, year) in copies.items():
        path = Path(shutil.copyfile(source, folder / "gender.duckdb"))
        figures += await _of_database(name, path, {"municipality": town, "year": year}, wanted)
        path.unlink()
    return figures


async def _of_database(
    name: str, database: Path, view: dict[str, str], wanted: int
) -> list[Figure]:
    part = f"Clicks in the gender overview, one visitor, {name}"
    mark_programmes(database, view["municipality"])
    taken: dict[str, list[float]] = defaultdict(list)
    with running(EMPTY, database.with_name("empty.duckdb")) as empty:
        async with Session(empty.port) as tab:
            await tab.load()
            reference = Reference(tab)
            while min((len(taken[kind]) for kind in KINDS), default=0) < wanted:
                with running(PARITET, database) as ours:
                    await _pass(ours.port, view, reference, taken)
    return _figures(part, taken, reference.measured)


def mark_programmes(database: Path, town: str) -> None:
    """Give most top programmes of a town a mark under the OECD marker."""
    method = methodology("oecd_dac")
    with closing(connect(database)) as store:
        for place, code in enumerate(_programmes(store, town)):
            if place % LEFT_OUT == 0:
                continue
            required = method.category(SAID[place % len(SAID)]).requires
            ticks = {one.id: Decimal(one.id in required) for one in method.criteria}
            said = Classification(method, (Part(Evidence(ticks)),), "benchmark")
            subject = MarkedSubject(Subject.PROGRAMME, code)
            mark(store, EDITOR, town, [subject], said, seen=10**9)


def _programmes(store: Store, town: str) -> list[str]:
    """Return the codes of the top programmes of expenditure."""
    sql = """
        select distinct path_code from core.members
        where municipality_code = ? and dimension = 'programme' and direction = 'expenditure'
            and depth = 1
        order by path_code
    """
    cursor = store._connection.cursor()
    return [code for (code,) in cursor.execute(sql, [town]).fetchall()]


async def _pass(
    port: int, view: dict[str, str], reference: Reference, taken: dict[str, list[float]]
) -> None:
    """Make every click of a new server once as a new one and once as a known one."""
    async with Session(port, PAGE, **view) as session:
        page = await session.load()
        taken[FIRST].append(page.milliseconds)
        _expect(page, "Between")
        await asyncio.sleep(READING)
        for _ in range(4):  # pages, like engines, are measured warm
            await session.load()
            await reference.click()
        reference.measured[:] = reference.measured[: len(taken[BREAKDOWN])]
        for kind in KINDS:
            here = _chosen(session, kind)
            others = [option for option in _options(page, kind) if option != here]
            for times in (kind, f"{kind} again"):
                for option in others:
                    shown = await _choose(session, kind, option)
                    _expect(shown, "Between")
                    if _chosen(session, kind) != option:
                        raise WrongPage(f"{kind} is not {option}")
                    taken[times].append(shown.milliseconds)
                    await reference.click()
                await _choose(session, kind, here)
        for times in ("", " again"):
            for tab, words in TABS.items():
                shown = await session.open(TABLE, tab)
                _expect(shown, words)
                taken[f"{tab}{times}"].append(shown.milliseconds)
                await reference.click()
        await session.open(TABLE, CLOSED)


def _options(page: Page, kind: str) -> list[str]:
    if kind == COUNTS:
        return [option for option in page.choices if option.startswith(COUNTS)]
    return page.options(kind)


def _chosen(session: Session, kind: str) -> str:
    if kind == COUNTS:
        return next(one for one in _options(session.page, kind) if session.page.choices[one])
    return session.chosen(kind)


async def _choose(session: Session, kind: str, option: str) -> Page:
    if kind == COUNTS:
        return await session.press_choice(option)
    return await session.choose(kind, option)


def _expect(page: Page, words: str) -> None:
    if not any(words in text for text in page.texts):
        raise WrongPage(f"the gender overview says {page.texts[:4]}")


def _figures(part: str, taken: dict[str, list[float]], empty: list[float]) -> list[Figure]:
    reference = figure(part, REFERENCE, empty)
    against = {"against": REFERENCE, "against_middle": reference.middle}
    figures = []
    for again, title, target in (
        ("", "never asked before", NEVER_ASKED),
        (" again", "asked before", ASKED_BEFORE),
    ):
        figures += [
            figure(part, f"{name}, {title}", taken[f"{kind}{again}"], target=target, **against)
            for kind, name in (KINDS | {tab: f"tab “{tab}”" for tab in TABS}).items()
        ]
    return [*figures, figure(part, FIRST, taken[FIRST], **against), reference]
