"""Narrowing: the members of the classifications that a view keeps, and the level that it shows."""

from collections.abc import Mapping, Sequence

from budgeting.errors import NotFound
from budgeting.model import text
from budgeting.names import dimension_name
from budgeting.reports.explorer_view import UNKNOWN_PATH
from budgeting.reports.scope import UNKNOWN_MEMBER, Member
from budgeting.store import DIMENSIONS

Steps = Sequence[tuple[str, str]]


def kept_members(within: Steps, known: Mapping[int, Member]) -> dict[str, list[int] | None]:
    """Return for each dimension the member ids to keep, None for all.

    Raises
    ------
    NotFound
        A step names a member that this budget does not have.
    """
    kept: dict[str, list[int] | None] = dict.fromkeys(DIMENSIONS)
    for dimension, path in within:
        kept[dimension] = [UNKNOWN_MEMBER] if path == UNKNOWN_PATH else _ids(dimension, path, known)
    return kept


def _ids(dimension: str, path: str, known: Mapping[int, Member]) -> list[int]:
    ids = [
        member.member_id
        for member in known.values()
        if member.dimension == dimension
        and (member.path_code == path or member.path_code.startswith(path + "/"))
    ]
    if not ids:
        raise NotFound(
            text(
                "This budget has no {dimension} {code}.",
                dimension=dimension_name(dimension),
                code=path,
            )
        )
    return ids


def shown_depth(by: str, within: Steps) -> int:
    """Return the level that a breakdown shows: 1 at the top, below a member that is drilled into.

    Examples
    --------
    >>> shown_depth("programme", [("programme", "2001/0003")])
    3
    """
    path = dict(within).get(by)
    return 1 if path is None else path.strip("/").count("/") + 2
