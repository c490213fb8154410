"""Sum rows: the [[row]] rules of a sheet whose totals were found by their figures alone."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from budgeting.imports.guessing.draft import exactly
from budgeting.imports.guessing.evidence import Column, Evidence
from budgeting.imports.guessing.sum_tree import SumTree, sum_tree
from budgeting.imports.sheets.sheet import Truths

_SKIPPED = {
    "excerpts": "it counts rows again that are counted elsewhere",
    "of_which": "of which: only some of the parts of the row above",
}


def rules_by_sums(
    evidence: Evidence, money: list[Column], texts: tuple[Column | None, Column], is_worded: Truths
) -> list[dict[str, Any]]:
    """Return rules that call each row a total that is the sum of rows beside it; none where few are.

    Parameters
    ----------
    texts
        The columns of codes, if there is one, and of the words of the lines.
    is_worded
        Rows whose words say that they are totals.
    """
    code, label = texts
    tree = sum_tree(evidence.sheet(money, code, label), is_worded)
    if tree is None or not tree.is_telling:
        return []
    kinds = _kinds(tree)
    rules = []
    for kind in ("total", *_SKIPPED):
        for where in _conditions(kinds == kind, kinds, (label, code)):
            rules.append(_rule(kind, where))
    return rules


def _kinds(tree: SumTree) -> np.ndarray:
    kinds = np.full(tree.rows.count, "", dtype=object)
    with_money = tree.rows.is_known.any(axis=1)
    kinds[with_money] = "line"
    kinds[list(tree.parts)] = "total"
    kinds[tree.excerpts] = "excerpts"
    kinds[tree.of_which] = "of_which"
    kinds[with_money & tree.is_worded & (kinds == "line")] = "total"
    return kinds


def _rule(kind: str, where: dict[str, str]) -> dict[str, Any]:
    if kind == "total":
        return {"kind": "total", "where": where}
    return {"kind": "skip", "where": where, "reason": _SKIPPED[kind]}


def _conditions(
    rows: Truths, kinds: np.ndarray, texts: tuple[Column, Column | None]
) -> Iterator[dict[str, str]]:
    """Yield what is said in these rows and in no others: by the words alone, or with the codes."""
    label, code = texts
    others = np.unique(label.text.places[~rows & (kinds != "")])
    is_alone = rows & ~np.isin(label.text.places, others)
    if is_alone.any():
        yield {label.name: exactly(_texts(label, is_alone))}
    if code is None:
        return
    for place in dict.fromkeys(code.text.places[rows & ~is_alone].tolist()):
        chosen = rows & ~is_alone & (code.text.places == place)
        yield {
            code.name: exactly([code.text.values[place]]),
            label.name: exactly(_texts(label, chosen)),
        }


def _texts(column: Column, rows: Truths) -> Iterable[str]:
    return {column.text.values[place] for place in column.text.places[rows].tolist()}
