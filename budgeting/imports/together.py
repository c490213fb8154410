"""Together: columns worked on at the same time; Arrow lets go of the interpreter while it computes."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Given = TypeVar("Given")
Found = TypeVar("Found")
_LONG = 20_000  # rows from which on it is worth while


def each(work: Callable[[Given], Found], items: Sequence[Given], rows: int) -> list[Found]:
    """Return what `work` makes of every item, in order; `rows` says how long a column is."""
    workers = min(len(items), os.cpu_count() or 1)
    if rows < _LONG or workers <= 1:
        return [work(item) for item in items]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(work, items))
