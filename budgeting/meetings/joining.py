"""Coming in by a link: a token lets into one meeting, and into nothing else."""

import time
from collections import deque
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from threading import Lock

from budgeting.access import Identity, Role
from budgeting.errors import NotAllowed, NotFound
from budgeting.meetings.model import Meeting
from budgeting.meetings.opening import hash_of
from budgeting.meetings.stored import meeting
from budgeting.model import text
from budgeting.store import Store

COOKIE = "paritet_guest"  # by which a browser that reloads the page is the same guest
GUEST = Identity("guest", Role.GUEST)
_MOST_WRONG, _SECONDS, _MOST_ORIGINS = 20, 60.0, 10_000


@dataclass(slots=True)
class Door:
    """Counts wrong tokens by where they come from: who tries many is not looked up any more.

    Parameters
    ----------
    most, seconds
        So many wrong ones in so many seconds are borne.
    """

    most: int = _MOST_WRONG
    seconds: float = _SECONDS
    _wrong: dict[str, deque[float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def is_shut(self, origin: str, now: float) -> bool:
        """Return whether too many wrong tokens came from there lately."""
        with self._lock:
            return len(self._lately(origin, now)) >= self.most

    def note(self, origin: str, now: float) -> None:
        """Note a wrong token."""
        with self._lock:
            if len(self._wrong) >= _MOST_ORIGINS:
                self._wrong.clear()  # memory is bounded; a token has 128 bits all the same
            self._wrong.setdefault(origin, deque(maxlen=self.most)).append(now)

    def _lately(self, origin: str, now: float) -> deque[float]:
        found = self._wrong.get(origin, deque())
        while found and found[0] <= now - self.seconds:
            found.popleft()
        return found


_DOOR = Door()


def enter(store: Store, token: str, origin: str = "", door: Door = _DOOR) -> Meeting:
    """Return the meeting that a token leads to, also one that is closed.

    A token that was right once is right without looking, so that a stranger who guesses from the
    same network locks nobody out.

    Parameters
    ----------
    origin
        Network address from which it comes; "" where not known.

    Raises
    ------
    NotFound
        It leads nowhere.
    NotAllowed
        Too many wrong ones came from there.
    """
    if not token:
        raise _leads_nowhere()
    known = _known_tokens(store, store.state).get(hash_of(token))
    if known is None:
        known = _looked_up(store, token, origin, door)
    return meeting(store, known)


def _looked_up(store: Store, token: str, origin: str, door: Door) -> int:
    now = time.monotonic()
    if door.is_shut(origin, now):
        raise NotAllowed(text("Too many links that lead nowhere were tried. Wait a minute."))
    found = store.query("meeting_of_link", token_hash=hash_of(token)).to_pylist()
    if not found:
        door.note(origin, now)
        raise _leads_nowhere()
    number = int(found[0]["meeting_id"])
    _known_tokens(store, store.state)[hash_of(token)] = number
    return number


def _leads_nowhere() -> NotFound:
    return NotFound(
        text("This link leads to no meeting. Ask the person who leads it for a new one.")
    )


@lru_cache(maxsize=4)
def _known_tokens(_store: Store, _state: str) -> dict[str, int]:
    """Return tokens that were right, by their hash; after a restore they may lead elsewhere."""
    return {}


def participant_of(of: Meeting, secret: str) -> str:
    """Return by what a guest is known in a meeting, from a secret of their browser.

    The same browser is somebody else in another meeting, and the secret cannot be known from it.
    """
    return sha256(f"{of.meeting_id}:{of.opened_at.isoformat()}:{secret}".encode()).hexdigest()[:32]
