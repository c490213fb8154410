"""States: what caches are keyed by. Each is the hash of the newest audit event that changed something."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from budgeting.audit import OF_MARKS, OF_MOVES, OF_SCENARIOS


@dataclass(frozen=True, slots=True)
class States:
    """Hashes of the newest events; "" where there is none.

    Parameters
    ----------
    data_version
        Sequence of the newest event.
    newest
        Of the newest event of all.
    listed
        Of the newest one that changed anything but moves in scenarios: what there is, and its names.
    budget
        Of the newest one that changed anything but scenarios and meetings.
    lines
        Of the newest one that changed anything but scenarios, meetings and marks.
    """

    data_version: int = 0
    newest: str = ""
    listed: str = ""
    budget: str = ""
    lines: str = ""

    def after(self, action: str, event: Mapping[str, Any]) -> "States":
        """Return the states once an event is written."""
        found: str = event["event_hash"]
        is_of_budget = not re.fullmatch(OF_SCENARIOS, action)
        is_of_lines = is_of_budget and not re.fullmatch(OF_MARKS, action)
        return States(
            event["sequence"],
            found,
            self.listed if re.fullmatch(OF_MOVES, action) else found,
            found if is_of_budget else self.budget,
            found if is_of_lines else self.lines,
        )
