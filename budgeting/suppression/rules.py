"""The rule for small counts, from data/suppression.toml."""

import tomllib
from functools import cache

from budgeting.settings import ROOT
from budgeting.suppression.model import Rule


@cache
def rule() -> Rule:
    """Return the rule that is in force; it is read once."""
    entries = tomllib.loads((ROOT / "data" / "suppression.toml").read_text(encoding="utf-8"))
    found = Rule(entries["threshold"], entries["is_zero_small"])
    if found.threshold < 3:  # noqa: PLR2004
        raise ValueError(f"data/suppression.toml: threshold {found.threshold} hides nothing")
    return found
