"""Mutate real files and print what the importer noticed: ``python tests/mutation/run.py --count 2000``."""

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS.parent), str(TESTS)]

from mutation.mutations import MUTATIONS  # noqa: E402
from mutation.trial import OUTCOMES, SEED, Trial, shares, trials  # noqa: E402


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--count", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=SEED)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--only", default="", help="part of the name of a specimen")
    arguments = asked.parse_args()
    started = time.monotonic()
    jobs = [
        (name, count, arguments.seed)
        for name, count in shares(arguments.count).items()
        if arguments.only in name
    ]
    with ProcessPoolExecutor(arguments.workers) as pool:
        done = [trial for part in pool.map(run_part, jobs) for trial in part]
    print_table(done, lambda trial: trial.kind, list(MUTATIONS))
    print()
    print_table(done, lambda trial: trial.specimen, [name for name, _, _ in jobs])
    broken = [trial for trial in done if trial.violations]
    print(f"\n{len(done)} mutations, {len(broken)} violations, {time.monotonic() - started:.0f} s")
    for trial in broken[:200]:
        print(
            f"- {trial.specimen} #{trial.number} {trial.kind}: {' | '.join(trial.violations)[:500]}"
        )
    return bool(broken)


def run_part(job: tuple[str, int, int]) -> list[Trial]:
    return list(trials(*job))


def print_table(done: list[Trial], row_of, rows: list[str]) -> None:
    print(f"{'':38}{'number':>8}" + "".join(f"{name:>18}" for name in OUTCOMES))
    counted = Counter((row_of(trial), trial.outcome) for trial in done)
    for row in [*rows, "all"]:
        numbers = [
            sum(n for (of, what), n in counted.items() if what == name and row in (of, "all"))
            for name in OUTCOMES
        ]
        print(f"{row:38}{sum(numbers):>8}" + "".join(f"{number:>18}" for number in numbers))


if __name__ == "__main__":
    sys.exit(main())
