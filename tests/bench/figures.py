"""Figures: what was measured, set against what, and the table that shows it."""

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from math import ceil
from pathlib import Path
from statistics import median
from typing import Any

HEADINGS = ("measured", "n", "median", "p95", "against", "median", "ratio", "target", "")
PACKAGES = ("streamlit", "duckdb", "numpy", "pyarrow", "uvloop", "websockets")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing.

    Parameters
    ----------
    part, name
        Which table it stands in, and what was measured.
    count, middle, p95
        Number of measurements, their median and 95th percentile, in `unit`.
    against, against_middle
        The named reference and its median in the same run; empty where there is none.
    target
        The largest ratio that was aimed at; None where none was set.
    """

    part: str
    name: str
    count: int
    middle: float
    p95: float
    unit: str = "ms"
    against: str = ""
    against_middle: float | None = None
    target: float | None = None
    remark: str = ""

    @property
    def ratio(self) -> float | None:
        """Ratio of the medians."""
        return self.middle / self.against_middle if self.against_middle else None

    @property
    def verdict(self) -> str:
        """Whether the target was met, in words; empty without one."""
        if self.target is None or self.ratio is None:
            return ""
        return "met" if self.ratio <= self.target else "MISSED"

    def cells(self) -> tuple[str, ...]:
        """Return the figure as a row of the table."""
        reference = f"{self.against_middle:.1f}" if self.against_middle is not None else ""
        return (
            self.name,
            str(self.count),
            f"{self.middle:,.1f} {self.unit}",
            f"{self.p95:,.1f}",
            self.against,
            reference,
            f"{self.ratio:.2f}x" if self.ratio is not None else "",
            f"{self.target:g}x {self.verdict}" if self.target is not None else "",
            self.remark,
        )


def figure(part: str, name: str, measured: Sequence[float], **more: Any) -> Figure:
    """Return the figure of a series of measurements; `more` as in `Figure`.

    Raises
    ------
    ValueError
        There is no measurement.
    """
    if not measured:
        raise ValueError(f"{part}, {name}: nothing was measured")
    return Figure(part, name, len(measured), median(measured), percentile(measured), **more)


def percentile(measured: Sequence[float], share: float = 0.95) -> float:
    """Return the smallest value that at least `share` of the values do not exceed.

    Examples
    --------
    >>> percentile([3.0, 1.0, 2.0], 0.5)
    2.0
    """
    return sorted(measured)[max(0, ceil(share * len(measured)) - 1)]


def table(figures: Sequence[Figure]) -> str:
    """Return figures as a readable table, a heading for each part."""
    rows = [HEADINGS, *(entry.cells() for entry in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines: list[str] = []
    part = ""
    for entry in figures:
        if entry.part != part:
            part = entry.part
            lines += ["", part, _line(HEADINGS, widths), _line(["-" * w for w in widths], widths)]
        lines.append(_line(entry.cells(), widths))
    return "\n".join(lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    left = (0, 4, 7, 8)
    aligned = [
        cell.ljust(width) if column in left else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(aligned).rstrip()


def machine() -> dict[str, str]:
    """Return what a reader must know about where the figures come from."""
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        **{name: version(name) for name in PACKAGES},
    }


def write_json(path: Path, figures: Sequence[Figure], facts: dict[str, Any]) -> None:
    """Write figures with their ratios, and the machine they were measured on."""
    rows = [{**asdict(entry), "ratio": entry.ratio, "verdict": entry.verdict} for entry in figures]
    path.write_text(json.dumps({**facts, "figures": rows}, indent=1), encoding="utf-8")
