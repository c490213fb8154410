"""Together: columns worked on at the same time; Arrow lets go of the interpreter while it computes."""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from budgeting.imports.progress import reached
from budgeting.model import Text

Given = TypeVar("Given")
Found = TypeVar("Found")
_LONG = 20_000  # rows from which on it is worth while


def each(
    work: Callable[[Given], Found], items: Sequence[Given], rows: int, step: Text | None = None
) -> list[Found]:
    """Return what `work` makes of every item, in order; `rows` says how long a column is.

    How many items are done is told under the name of the step, where it has one.
    """
    workers = min(len(items), os.cpu_count() or 1)
    if rows < _LONG or workers <= 1:
        return _told(map(work, items), len(items), step)
    with ThreadPoolExecutor(workers) as pool:
        try:
            return _told(pool.map(work, items), len(items), step)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _told(results: Iterable[Found], count: int, step: Text | None) -> list[Found]:
    found: list[Found] = []
    for result in results:
        found.append(result)
        if step:
            reached(step, len(found) / count)
    return found
