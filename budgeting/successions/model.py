"""What became of lines from one year to the next, as a person says it; and what may not be said."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from budgeting.errors import SuccessionInvalid
from budgeting.model import Direction, text

WHOLE = Decimal(1)
_LEAST_SHARE = Decimal("0.000001")
_MANY = 2  # lines that a line is split into, or merged from, at least


class Becoming(StrEnum):
    """How lines went on."""

    RENAMED = "renamed"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    RECODED = "recoded"  # within a year: planned under one code, executed under the other


@dataclass(frozen=True, slots=True)
class Succession:
    """One thing that became of lines: one was renamed or moved, one was split, several were merged.

    Parameters
    ----------
    change
        How they went on.
    earlier, later
        line_code of the lines before and after. A line of which a part goes on as itself is in both.
    shares
        Of a split line, the part of it that each later line continues, above 0; their sum is at most
        1, and what they leave has ended. Otherwise empty: a line goes on as a whole.
    """

    change: Becoming
    earlier: tuple[str, ...]
    later: tuple[str, ...]
    shares: tuple[Decimal, ...] = ()

    @property
    def links(self) -> Iterator[tuple[str, str, Decimal]]:
        """Yield each pair of an earlier and a later line, with the part of the earlier one."""
        shares = self.shares or (WHOLE,) * len(self.later)
        for earlier in self.earlier:
            for later, share in zip(self.later, shares, strict=True):
                yield earlier, later, share


@dataclass(frozen=True, slots=True)
class YearSuccessions:
    """What became of lines of a municipality and direction by a year, which is that of the later lines.

    Of a line that got another code within the year it is that of the earlier line, too.
    """

    municipality_code: str
    direction: Direction
    fiscal_year: int
    successions: tuple[Succession, ...]


def require_sound(successions: Sequence[Succession]) -> None:
    """Let pass what can be true of lines between two years.

    Raises
    ------
    SuccessionInvalid
        There is nothing; a change has another number of lines than it can have; shares are missing,
        not above 0 or more than the whole; or a line is in two successions.
    """
    if not successions:
        raise SuccessionInvalid(text("No line was chosen; nothing was confirmed."))
    for one in successions:
        _require_lines(one)
        _require_shares(one)
    for lines in ("earlier", "later"):
        _require_once(code for one in successions for code in getattr(one, lines))


def _require_lines(one: Succession) -> None:
    counts = (len(set(one.earlier)), len(set(one.later)))
    if counts != (len(one.earlier), len(one.later)):
        raise SuccessionInvalid(text("A line was named twice; nothing was confirmed."))
    match one.change:
        case Becoming.SPLIT:
            is_right = counts[0] == 1 and counts[1] >= _MANY
            message = text("A line is split into two or more lines; nothing was confirmed.")
        case Becoming.MERGED:
            is_right = counts[0] >= _MANY and counts[1] == 1
            message = text("Two or more lines are merged into one; nothing was confirmed.")
        case _:
            is_right = counts == (1, 1) and one.earlier != one.later
            message = text(
                "One line goes on as one other line when it is renamed, moved or gets another code; nothing "
                "was confirmed."
            )
    if not is_right:
        raise SuccessionInvalid(message)


def _require_shares(one: Succession) -> None:
    if one.change is not Becoming.SPLIT:
        if one.shares:
            raise SuccessionInvalid(text("Only a split line goes on in parts."))
        return
    if len(one.shares) != len(one.later):
        raise SuccessionInvalid(text("Say which part of the line each of the new lines continues."))
    if min(one.shares) < _LEAST_SHARE or sum(one.shares) > WHOLE:
        raise SuccessionInvalid(
            text("Each part of a split line is above 0, and together they are at most the whole.")
        )


def _require_once(codes: Iterable[str]) -> None:
    seen = set()
    for code in codes:
        if code in seen:
            raise SuccessionInvalid(
                text("“{code}” was named in two successions; nothing was confirmed.", code=code)
            )
        seen.add(code)


def shares_by_amount(amounts: Sequence[Decimal | None]) -> tuple[Decimal, ...]:
    """Return the parts into which a line is split where nobody says otherwise: as the new amounts are.

    They have six decimals and sum to 1; equal parts where the amounts say nothing.

    Examples
    --------
    >>> shares_by_amount([Decimal(30), Decimal(60)])
    (Decimal('0.333333'), Decimal('0.666667'))
    """
    known = [amount or Decimal(0) for amount in amounts]
    if min(known) <= 0:
        known = [Decimal(1)] * len(known)
    total = sum(known)
    shares = [(amount / total).quantize(_LEAST_SHARE) for amount in known[:-1]]
    return (*shares, WHOLE - sum(shares))
