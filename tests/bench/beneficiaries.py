"""Part: one visitor's clicks in who benefits, against the empty page; a town's report with its draws.

Never asked before means: a choice that no visitor of this server has made. A report is computed cold:
from a database that was just opened, of which nothing is kept.
"""

import time
from collections import defaultdict
from contextlib import closing
from pathlib import Path

from budgeting.model import Stage
from budgeting.reports.beneficiaries import who_benefits
from budgeting.reports.beneficiaries.view import BenefitView
from budgeting.store import connect
from tests.bench.client import Page, Session, WrongPage
from tests.bench.explorer import ASKED_BEFORE, NEVER_ASKED, REFERENCE, Reference
from tests.bench.figures import Figure, figure
from tests.bench.servers import EMPTY, PARITET, running

PAGE = "who_benefits"
PART = "Clicks in who benefits, one visitor, demo database"
TOWN = {"municipality": "demo_topolnica", "year": "2025"}
YEAR, STAGE, SERVICE = "Fiscal year", "Stage", "Service"
KINDS = {YEAR: "another year", STAGE: "another stage", SERVICE: "open a service"}
SERVICES = 4  # opened on a server
REPORT_MS = 300.0


async def measure(demo: Path, wanted: int, passes: int) -> list[Figure]:
    """Return the figures of `wanted` clicks of each kind at least, and of `passes` cold reports."""
    taken: dict[str, list[float]] = defaultdict(list)
    with running(EMPTY, demo.with_name("empty.duckdb")) as empty:
        async with Session(empty.port) as tab:
            await tab.load()
            reference = Reference(tab)
            while min((len(taken[kind]) for kind in KINDS), default=0) < wanted:
                with running(PARITET, demo) as ours:
                    await _pass(ours.port, reference, taken)
    return [*_figures(taken, reference.measured), cold_report(demo, passes)]


async def _pass(port: int, reference: Reference, taken: dict[str, list[float]]) -> None:
    """Make every click of a new server once as a new one and once as a known one."""
    async with Session(port, PAGE, **TOWN) as session:
        page = await session.load()
        _expect(page, "Women have")
        known = len(reference.measured)
        for _ in range(4):  # pages, like engines, are measured warm
            await session.load()
            await reference.click()
        del reference.measured[known:]
        for kind in KINDS:
            here = session.chosen(kind)
            others = [option for option in page.options(kind) if option != here][:SERVICES]
            for times in (kind, f"{kind} again"):
                for option in others:
                    shown = await session.choose(kind, option)
                    _expect(shown, "Women have" if kind != SERVICE else option)
                    if session.chosen(kind) != option:
                        raise WrongPage(f"{kind} is not {option}")
                    taken[times].append(shown.milliseconds)
                    await reference.click()
                await session.choose(kind, here)


def _expect(page: Page, words: str) -> None:
    if not any(words in text for text in page.texts):
        raise WrongPage(f"who benefits says {page.texts[:4]}")


def _figures(taken: dict[str, list[float]], empty: list[float]) -> list[Figure]:
    reference = figure(PART, REFERENCE, empty)
    against = {"against": REFERENCE, "against_middle": reference.middle}
    figures = [
        figure(PART, f"{name}, {title}", taken[f"{kind}{again}"], target=target, **against)
        for again, title, target in (
            ("", "never asked before", NEVER_ASKED),
            (" again", "asked before", ASKED_BEFORE),
        )
        for kind, name in KINDS.items()
    ]
    return [*figures, reference]


def cold_report(demo: Path, passes: int) -> Figure:
    """Return how long a town's report takes with its draws, where nothing of it is kept."""
    view = BenefitView("demo_topolnica", 2025, Stage.EXECUTED)
    measured = []
    for _ in range(passes):
        with closing(connect(demo)) as store:  # what is kept is kept by the store
            begin = time.perf_counter()
            who_benefits.build(store, view)
            measured.append((time.perf_counter() - begin) * 1000)
    return figure(
        "Who benefits in one town, with its draws",
        "the report, nothing kept",
        measured,
        against="0.3 s",
        against_middle=REPORT_MS,
        target=1.0,
    )
