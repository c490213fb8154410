"""What is made of a report is kept as long as the report: reports are built once for each state."""

from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class ByIdentity(Generic[Kept]):
    """Lets what holds dictionaries or arrays, a report or a table of it, be a key of a cache."""

    def __init__(self, what: Kept) -> None:
        self.what = what

    def __hash__(self) -> int:
        return id(self.what)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByIdentity) and self.what is other.what
