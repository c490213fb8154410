"""The part of a mapping that reads a table of labels: what the codes of a classification are called."""

from dataclasses import dataclass, fields
from typing import Any

from budgeting.model import Direction


@dataclass(frozen=True, slots=True)
class LabelsRule:
    """Columns of a table of labels, and which classification it is of.

    Parameters
    ----------
    code
        Columns whose cells, joined by `join`, are a code as the budget writes it.
    label
        Column of the label in full.
    """

    dimension: str
    direction: Direction
    code: tuple[str, ...]
    label: str
    join: str = ""

    @property
    def columns(self) -> list[str | None]:
        """Every column that the rule needs."""
        return [*self.code, self.label]


LABELS_ENTRIES = " ".join(one.name for one in fields(LabelsRule))
"""What may stand in ``[labels]``."""
_DIMENSIONS = ("organisation", "programme", "function", "economic_class", "fund")


def labels_rule(entry: dict[str, Any]) -> LabelsRule:
    """Return the rule that the entries of ``[labels]`` say; raises ValueError, KeyError or TypeError."""
    code = entry["code"]
    rule = LabelsRule(
        **{
            **entry,
            "direction": Direction(entry["direction"]),
            "code": (code,) if isinstance(code, str) else tuple(code),
        }
    )
    if rule.dimension not in _DIMENSIONS:
        raise ValueError(f"“{rule.dimension}” is not one of {', '.join(_DIMENSIONS)}")
    if not rule.code:
        raise ValueError("[labels] needs a column of the code")
    return rule
