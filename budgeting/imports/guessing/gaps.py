"""Gaps: what a mapping that is being made still lacks."""

from collections.abc import Sequence

from budgeting.imports.guessing.column_roles import Entries
from budgeting.model import Text, text


def gaps(entries: Entries) -> Sequence[Text]:
    """Return what a mapping still lacks before it can be used, in words of the page."""
    if "use" in entries:
        return ()
    if "population" in entries:
        lacking = {"sex", "age", "people"} - set(entries["population"])
        return [text("Say which columns hold the sex, the age and the number of people.")] * bool(
            lacking
        )
    found = []
    if not entries.get("amount"):
        found.append(text("Say which column holds the amounts."))
    if not entries.get("classification") and not entries.get("line", {}).get("identified_by_label"):
        found.append(
            text("Say which column holds a code: economic class, programme or organisation.")
        )
    keys = ("stage", "year", "as_of", "decision_number", "member", "where")
    statements = [str([rule.get(key) for key in keys]) for rule in entries.get("amount", [])]
    if len(set(statements)) < len(statements):
        found.append(
            text(
                "Two columns hold the same stage of the same year: give one of them another stage or "
                "year, or leave it out."
            )
        )
    return found
