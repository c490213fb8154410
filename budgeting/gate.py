"""The gate: many may be inside at once, or one alone; what a restore needs to swap the file."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Many may read and write through it; a restore waits until all are out and keeps them out."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._inside: dict[int, int] = {}
        self._closed = False

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Be inside; a thread that is inside already may enter again."""
        me = threading.get_ident()
        with self._condition:
            self._condition.wait_for(lambda: not self._closed or me in self._inside)
            self._inside[me] = self._inside.get(me, 0) + 1
        try:
            yield
        finally:
            with self._condition:
                self._inside[me] -= 1
                if not self._inside[me]:
                    del self._inside[me]
                    self._condition.notify_all()

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Be inside alone."""
        with self._condition:
            self._condition.wait_for(lambda: not self._closed)
            self._closed = True
            self._condition.wait_for(lambda: not self._inside)
        try:
            yield
        finally:
            with self._condition:
                self._closed = False
                self._condition.notify_all()
