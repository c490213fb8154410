"""A method: one rule by which numbers come about, in words."""

from dataclasses import dataclass

from budgeting.model import Text


@dataclass(frozen=True, slots=True)
class Method:
    """One rule; ``is_house_rule`` where no standard sets it, ``source`` where one does."""

    name: Text
    rule: Text
    formula: Text | None = None
    source: Text | None = None
    is_house_rule: bool = False
