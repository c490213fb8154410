"""Curves: what a sum of lines is worth, more of it never at a higher rate than less of it.

Every objective is a sum of curves. A curve is concave and made of straight pieces, which is what
linear programming can maximise exactly.
"""

from bisect import bisect_left
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Curve:
    """Gain of a change of money: piecewise linear, concave, zero where nothing changes.

    Parameters
    ----------
    name
        Code of what it belongs to, such as a service; "" where it is the whole objective.
    weights
        By line, how much of one unit of its money counts.
    slopes
        Gain per unit of the weighted sum, of each piece from left to right; none larger than the one
        before it.
    breaks
        Weighted change at which one piece ends and the next begins; one fewer than the pieces. The
        first piece has no beginning and the last no end.

    Raises
    ------
    ValueError
        It is not concave, or its breaks are out of order: no optimum could be trusted.

    Examples
    --------
    >>> places = Curve("", {1: 1.0}, slopes=(0.5, 0.0), breaks=(10.0,))
    >>> places.gain(4.0), places.gain(20.0), places.gain(-4.0)
    (2.0, 5.0, -2.0)
    """

    name: str
    weights: dict[int, float]
    slopes: tuple[float, ...] = (1.0,)
    breaks: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if len(self.breaks) != len(self.slopes) - 1:
            raise ValueError(f"pieces and breaks of a curve do not fit: {self}")
        if any(b > a for a, b in zip(self.slopes, self.slopes[1:], strict=False)):
            raise ValueError(f"a curve is not concave: {self}")
        if any(b < a for a, b in zip(self.breaks, self.breaks[1:], strict=False)):
            raise ValueError(f"breaks of a curve are out of order: {self}")

    @property
    def is_straight(self) -> bool:
        """Tell whether one rate holds for any change."""
        return not self.breaks

    def gain(self, change: float) -> float:
        """Return the gain of a weighted change; a loss is below zero."""
        return self._height(change) - self._height(0.0)

    def _height(self, change: float) -> float:
        """Return the height above the first break, or above zero where there is none."""
        if self.is_straight:
            return self.slopes[0] * change
        if change <= self.breaks[0]:
            return self.slopes[0] * (change - self.breaks[0])
        ends = (*self.breaks[1:], float("inf"))
        pieces = zip(self.breaks, ends, self.slopes[1:], strict=True)
        return sum(
            slope * (min(end, change) - begin) for begin, end, slope in pieces if change > begin
        )

    def next_rate(self, change: float) -> float:
        """Return the gain per unit of a little more."""
        return self.slopes[bisect_left(self.breaks, change)]

    def times(self, factor: float) -> "Curve":
        """Return the curve in another unit; the factor is not below zero."""
        return replace(self, slopes=tuple(slope * factor for slope in self.slopes))
