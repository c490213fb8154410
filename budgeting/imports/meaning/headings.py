"""Headings: rows without money that say to which organisation or programme the rows below belong."""

import re
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.cells.columns import Cells
from budgeting.imports.mappings.mapping import ClassificationRule

Steps = tuple[tuple[str, str], ...]
"""Code and label of each level, from the top down."""


@dataclass(frozen=True, slots=True)
class Headings:
    """What the headings above say, per dimension: the path code of every row, and all paths used."""

    paths: Dictionary[str, Cells]
    used: Dictionary[str, tuple[Steps, ...]]


def headings_of(
    rules: tuple[ClassificationRule, ...], labels: Cells, is_heading: Cells
) -> Headings:
    """Read the headings in file order.

    A heading sets its level and ends the levels below it; it ends what dimensions that come later
    in the mapping had, because a new organisation does not go on with the programme of the last.
    """
    headed = [rule for rule in rules if any(level.heading for level in rule.levels)]
    if not headed:
        return Headings({}, {})
    places = pc.indices_nonzero(is_heading).to_pylist()
    words = labels.filter(is_heading).to_pylist()
    state: dict[str, list[tuple[str, str] | None]] = {r.dimension: [] for r in headed}
    changes: dict[str, list[tuple[int, Steps]]] = {r.dimension: [(0, ())] for r in headed}
    for place, label in zip(places, words, strict=True):
        _apply(headed, label, state)
        for rule in headed:
            changes[rule.dimension].append((place, _known(state[rule.dimension])))
    count = len(labels)
    return Headings(
        {name: _spread(found, count) for name, found in changes.items()},
        {
            name: tuple(dict.fromkeys(steps for _, steps in found))
            for name, found in changes.items()
        },
    )


def _apply(
    headed: list[ClassificationRule],
    label: str,
    state: dict[str, list[tuple[str, str] | None]],
) -> None:
    """Change the state by one heading; one row may head several dimensions at once."""
    found = {rule.dimension: _matched(rule, label) for rule in headed}
    first = next((n for n, rule in enumerate(headed) if found[rule.dimension]), None)
    if first is None:
        return
    for rule in headed[first + 1 :]:
        state[rule.dimension] = []
    for rule in headed:
        match = found[rule.dimension]
        if match:
            depth, step = match
            above = state[rule.dimension][:depth]
            state[rule.dimension] = above + [None] * (depth - len(above)) + [step]


def _matched(rule: ClassificationRule, label: str) -> tuple[int, tuple[str, str]] | None:
    for depth, level in enumerate(rule.levels):
        match = re.search(level.heading, label) if level.heading else None
        if match:
            parts = match.groupdict()
            name = (parts.get("label") or label).strip(" .:-–")
            return depth, ((parts.get("code") or name).strip(), name)
    return None


def _known(levels: list[tuple[str, str] | None]) -> Steps:
    """Return the levels that are known; one that was passed over is left out of the path."""
    return tuple(step for step in levels if step is not None)


def _spread(changes: list[tuple[int, Steps]], count: int) -> Cells:
    """Return for every row the path that the last change before it set."""
    bounds = [place for place, _ in changes] + [count]
    lengths = [after - before for before, after in pairwise(bounds)]
    paths = pa.array([_path(steps) for _, steps in changes], pa.string())
    repeated = [n for n, length in enumerate(lengths) for _ in range(length)]
    return pa.chunked_array([paths.take(pa.array(repeated, pa.int32()))])


def _path(steps: Steps) -> str:
    return "/".join(
        re.sub(r"[%/;=]", lambda mark: f"%{ord(mark[0]):02X}", code) for code, _ in steps
    )
