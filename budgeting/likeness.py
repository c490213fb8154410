"""Which known code somebody may have meant by one that is not known."""

from collections.abc import Iterable

_SHORTEST = 3
"""In a code of two characters one mistyped character is half of it: no ground for a proposal."""


def nearest(code: str, known: Iterable[str], count: int = 1) -> tuple[str, ...]:
    """Return the known codes that somebody may have meant, the likeliest first.

    The same code written otherwise comes first, then what begins alike, then what differs by one
    mistyped character. Without such a code there is no proposal.

    Examples
    --------
    >>> nearest("9.1", ["01.9", "09", "09.1"]), nearest("X1", ["09.1"])
    (('09.1',), ())
    """
    ranks = {candidate: _unlikeness(_folded(code), _folded(candidate)) for candidate in known}
    found = sorted((rank, candidate) for candidate, rank in ranks.items() if rank is not None)
    return tuple(candidate for _, candidate in found[:count])


def _folded(code: str) -> str:
    return "".join(filter(str.isalnum, code)).casefold()


def _unlikeness(written: str, known: str) -> tuple[int, ...] | None:
    """Return how far a known code is from what was written, None where too far to propose it."""
    if not written or written.lstrip("0") == known.lstrip("0"):
        return (0,) if written else None
    alike = _alike(written, known)
    is_other_length, is_above = len(written) != len(known), alike == len(known)
    distance = _edits(written, known)
    if 2 * alike >= len(written) or (is_above and alike > 1):
        return (1, -alike, is_other_length, not is_above, distance)
    # The first character says the class: another one there is another code, not a slip.
    is_slip = distance == 1 and written[1:] != known[1:]
    return (2, is_other_length) if is_slip and len(written) >= _SHORTEST else None


def _alike(one: str, other: str) -> int:
    """Return how many characters two codes begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _edits(one: str, other: str) -> int:
    """Return how many mistyped characters lie between two codes; a swap of neighbours is one."""
    rows = [list(range(len(other) + 1))]
    for i, left in enumerate(one, 1):
        row = [i]
        for j, right in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (left != right))
            if i > 1 and j > 1 and (left, one[i - 2]) == (other[j - 2], right):
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
