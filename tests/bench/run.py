"""The benchmark: ratios against named references, all measured in one run on this machine.

``python -m tests.bench.run`` prints a table; ``--json FILE`` also writes it, ``--quick`` only tries
every part out, ``--keep DIR`` keeps the generated ledgers for the next run. Nothing fails because it
is slow; it fails where a page is not the one that was asked for.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from budgeting.demo import build_demo
from budgeting.store import connect
from tests.bench import (
    beneficiaries,
    classify,
    crowd,
    explorer,
    gender,
    imports,
    incidence,
    marks,
    optimiser,
    queries,
    simulator,
    simulator_crowd,
    sizes,
    starts,
)
from tests.bench.figures import Figure, machine, table, write_json
from tests.bench.ledger import Size


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured."""

    clicks: int
    passes: int
    crowds: tuple[int, ...]
    crowd_seconds: float
    size_clicks: int
    kind_seconds: float
    sizes: tuple[Size, ...]
    starts: int
    questions: int
    import_rows: int
    workbook_rows: int
    import_passes: int
    marked: Size
    gender_clicks: int
    queue: Size
    marks: Size
    mark_passes: int
    drawn_towns: int
    draws: int
    draw_passes: int
    benefit_clicks: int
    reports: int
    optimised: tuple[int, ...]
    frontiers: tuple[int, ...]
    optimiser_passes: int


FULL = Extent(
    clicks=40,
    passes=2,
    crowds=(10, 50, 100),
    crowd_seconds=6,
    size_clicks=30,
    kind_seconds=15,
    sizes=(sizes.LARGE, sizes.ONE_YEAR, sizes.HUGE_YEAR),
    starts=4,
    questions=120,
    import_rows=500_000,
    workbook_rows=100_000,
    import_passes=3,
    marked=Size(1, 2, 300_000),
    gender_clicks=20,
    queue=Size(1, 2, 10_000),
    marks=sizes.ONE_YEAR,
    mark_passes=3,
    drawn_towns=60,
    draws=10_000,
    draw_passes=7,
    benefit_clicks=20,
    reports=7,
    optimised=(1_000, 10_000, 100_000),
    frontiers=(1_000, 10_000, 100_000),
    optimiser_passes=3,
)
QUICK = Extent(
    clicks=6,
    passes=1,
    crowds=(10,),
    crowd_seconds=2,
    size_clicks=3,
    kind_seconds=5,
    sizes=(Size(3, 4, 5_000), Size(1, 1, 30_000)),
    starts=1,
    questions=20,
    import_rows=20_000,
    workbook_rows=5_000,
    import_passes=1,
    marked=Size(1, 2, 10_000),
    gender_clicks=4,
    queue=Size(1, 2, 10_000),
    marks=Size(1, 1, 30_000),
    mark_passes=1,
    drawn_towns=4,
    draws=1_000,
    draw_passes=1,
    benefit_clicks=4,
    reports=2,
    optimised=(1_000,),
    frontiers=(1_000,),
    optimiser_passes=1,
)
Part = Callable[[], list[Figure]]


def main(given: Sequence[str] | None = None) -> int:
    """Measure what was asked for and print it."""
    options = _options(given)
    extent = QUICK if options.quick else FULL
    begin = time.perf_counter()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="paritet-bench-") as temporary:
        folder = Path(temporary)
        ledgers = options.keep or folder
        ledgers.mkdir(parents=True, exist_ok=True)
        demo = _demo(folder)
        for name, part in _parts(extent, demo, ledgers, folder).items():
            if options.only and name not in options.only:
                continue
            print(f"... {name} ({time.perf_counter() - begin:.0f} s)", file=sys.stderr, flush=True)
            measured = part()
            print(table(measured), flush=True)
            figures += measured
    facts = {**machine(), "seconds": f"{time.perf_counter() - begin:.0f}"}
    print("\n" + "; ".join(f"{name} {value}" for name, value in facts.items()))
    if options.json:
        write_json(options.json, figures, facts)
    return 0


def _options(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.bench.run", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="a smoke run: every part, a little of it"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep generated ledgers there")
    parser.add_argument(
        "--only",
        action="append",
        choices=(
            "queries",
            "clicks",
            "crowd",
            "starts",
            "sizes",
            "imports",
            "gender",
            "classify",
            "marks",
            "incidence",
            "beneficiaries",
            "simulator",
            "simulator_crowd",
            "optimiser",
        ),
        help="measure this part only; may be repeated",
    )
    return parser.parse_args(given)


def _demo(folder: Path) -> Path:
    path = folder / "demo.duckdb"
    store = connect(path)
    build_demo(store)
    store.close()
    return path


def _parts(extent: Extent, demo: Path, ledgers: Path, folder: Path) -> dict[str, Part]:
    """Return the parts by name, in the order in which they run."""
    return {
        "queries": partial(queries.measure, {"demo": demo}, extent.questions),
        "clicks": lambda: asyncio.run(explorer.measure(demo, extent.clicks, extent.passes)),
        "crowd": lambda: asyncio.run(crowd.measure(demo, extent.crowds, extent.crowd_seconds)),
        "starts": lambda: asyncio.run(starts.measure(demo, extent.starts)),
        "sizes": lambda: asyncio.run(
            sizes.measure(ledgers, extent.size_clicks, extent.kind_seconds, extent.sizes)
        ),
        "imports": partial(
            imports.measure, folder, extent.import_rows, extent.workbook_rows, extent.import_passes
        ),
        "gender": lambda: asyncio.run(
            gender.measure(demo, ledgers, folder, extent.marked, extent.gender_clicks)
        ),
        "classify": lambda: asyncio.run(
            classify.measure(ledgers, folder, extent.queue, extent.gender_clicks)
        ),
        "marks": partial(marks.measure, ledgers, folder, extent.marks, extent.mark_passes),
        "incidence": partial(
            incidence.measure, extent.drawn_towns, extent.draws, extent.draw_passes
        ),
        "beneficiaries": lambda: asyncio.run(
            beneficiaries.measure(demo, extent.benefit_clicks, extent.reports)
        ),
        "simulator": lambda: asyncio.run(simulator.measure(demo, folder, extent.benefit_clicks)),
        "simulator_crowd": lambda: asyncio.run(
            simulator_crowd.measure(demo, folder, extent.crowd_seconds)
        ),
        "optimiser": partial(
            optimiser.measure, extent.optimised, extent.frontiers, extent.optimiser_passes
        ),
    }


if __name__ == "__main__":
    sys.exit(main())
