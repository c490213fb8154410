"""Ahead: while a reader looks at a page, what the next clicks will ask for is found out.

One thing at a time, in one thread, once nobody has clicked for a moment, and only in a server; where
somebody always clicks, a thing every few seconds. A click that comes earlier waits for what is just
being found out, or finds it out itself.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable

LOG = logging.getLogger(__name__)
Step = Callable[[], object]
REST = 0.3  # seconds without a click, so that nobody's click has to share the machine
LONGEST = (
    2.0  # seconds that one thing waits for a rest: where somebody always clicks, it goes on slowly
)
_MOST_WAITING = 16  # wishes; what waits longer than that has been left long ago
_MOST_REMEMBERED = 256


class Ahead:
    """What is found out before it is asked for; nothing until `start`, and after `close`."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[Hashable, Callable[[], Iterable[Step]]] = OrderedDict()
        self._taken: OrderedDict[Hashable, None] = OrderedDict()
        self._is_wished = threading.Condition()
        self._is_closed = threading.Event()
        self._thread: threading.Thread | None = None
        self._clicked = 0.0

    def start(self) -> None:
        """Begin to find out what is wished for."""
        self._is_closed.clear()
        self._thread = threading.Thread(target=self._run, name="ahead", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End, once what is just being found out is found."""
        self._is_closed.set()
        with self._is_wished:
            self._waiting.clear()
            self._is_wished.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def clicked(self) -> None:
        """Note that somebody clicked: what is not asked for waits."""
        self._clicked = time.monotonic()

    def wish(self, key: Hashable, steps: Callable[[], Iterable[Step]]) -> None:
        """Let steps be taken when there is time, once for each key; the newest wish comes first."""
        if self._thread is None or key in self._taken:
            return
        with self._is_wished:
            self._taken[key] = None
            self._waiting[key] = steps
            while len(self._waiting) > _MOST_WAITING:
                left, _ = self._waiting.popitem(last=False)
                self._taken.pop(left, None)  # it may be wished for again
            while len(self._taken) > _MOST_REMEMBERED:
                self._taken.popitem(last=False)
            self._is_wished.notify()

    def _run(self) -> None:
        while not self._is_closed.is_set():
            with self._is_wished:
                self._is_wished.wait_for(lambda: self._waiting or self._is_closed.is_set())
                if not self._waiting:
                    continue
                _, steps = self._waiting.popitem()
            try:
                self._take(steps)
            except Exception:  # the click that asks for it says what is wrong
                LOG.warning("what the next clicks ask for was not found out", exc_info=True)

    def _take(self, steps: Callable[[], Iterable[Step]]) -> None:
        """Take steps one by one, each after a rest; leave them where the server ends."""
        if not self._rested():
            return
        for step in steps():
            if not self._rested():
                return
            step()

    def _rested(self) -> bool:
        """Wait until nobody has clicked for a moment, or long; return False where the server ends."""
        at_last = time.monotonic() + LONGEST
        while (left := min(self._clicked + REST, at_last) - time.monotonic()) > 0:
            if self._is_closed.wait(left):
                return False
        return not self._is_closed.is_set()


AHEAD = Ahead()
