"""Turns: clicks of many visitors are drawn one after the other, not all at once.

What draws them shares one interpreter. Ten that are drawn at once are all finished at the end, and
taking turns in the middle of each costs a fifth of the machine; one after the other, each is finished
sooner and the last no later. Nobody waits long for somebody else's long work: it goes on beside.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

PATIENCE = 0.1  # seconds that a click waits for its turn, and is then drawn beside the others
_TURN = threading.Lock()
_HAS_TURN: ContextVar[bool] = ContextVar("has_turn", default=False)


@contextmanager
def in_turn() -> Iterator[None]:
    """Draw when it is this click's turn; what is drawn inside of that is part of it."""
    if _HAS_TURN.get():
        yield
        return
    is_alone = _TURN.acquire(timeout=PATIENCE)
    inside = _HAS_TURN.set(True)
    try:
        yield
    finally:
        _HAS_TURN.reset(inside)
        if is_alone:
            _TURN.release()
