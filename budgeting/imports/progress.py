"""Progress: how far long work is, told to whoever listens, who may stop it there.

Readers and checks say how far they are and know of no listener; where nobody listens, nothing happens.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from budgeting.model import Text

Listener = Callable[[Text, float], None]


def _nobody(_step: Text, _share: float) -> None:
    """Hear nothing."""


_LISTENER: ContextVar[Listener] = ContextVar("listener", default=_nobody)


@contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """Let `listener` hear what is reached inside; what it raises ends the work."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def reached(step: Text, share: float) -> None:
    """Say that so much of a step is done: `share` from 0 to 1."""
    _LISTENER.get()(step, share)


def listener() -> Listener | None:
    """Return who listens, for threads that do not know it; None where nobody does."""
    found = _LISTENER.get()
    return None if found is _nobody else found
