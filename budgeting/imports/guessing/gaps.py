"""Gaps: what a mapping that is being made still lacks."""

from collections.abc import Sequence

from budgeting.imports.guessing.column_roles import Entries
from budgeting.imports.words.persons import age_band
from budgeting.model import Text, text


def gaps(entries: Entries) -> Sequence[Text]:
    """Return what a mapping still lacks before it can be used, in words of the page."""
    if "use" in entries:
        return _gaps_of_use(entries["use"])
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


def _gaps_of_use(use: Entries) -> Sequence[Text]:
    found = []
    if not use.get("label"):
        found.append(text("Say which column says what is counted."))
    if not use.get("figure"):
        found.append(text("Say which column holds the figures."))
    keys = ("sex", "kind", "year", "age", "group")
    figures = [str([rule.get(key) for key in keys]) for rule in use.get("figure", [])]
    if len(set(figures)) < len(figures):
        found.append(
            text(
                "Two columns hold the same figures: say of which sex, kind, year, age or group each is, or "
                "leave one out."
            )
        )
    bands = {rule["age"] for rule in use.get("figure", []) if "age" in rule}
    found += [
        text("“{age}” is no band of ages; bands look like 0-9 or 80+.", age=age)
        for age in sorted(bands)
        if age_band(age) is None
    ]
    return found
