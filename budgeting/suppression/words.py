"""Words for figures that are not shown."""

from budgeting.model import Exact, Text, text
from budgeting.suppression.model import Bracket


def bracket_words(bracket: Bracket) -> Text:
    """Return what is told of a hidden figure: 1–4, at least 5, or that it is not shown."""
    low, high = bracket.low, bracket.high
    if low is None:
        return text("not shown")
    if high is None:
        return text("at least {low}", low=Exact(low))
    return text("{low}–{high}", low=Exact(low), high=Exact(high))
