"""The layouts that there are, and which one a methodology gets without a choice."""

from collections.abc import Mapping

from budgeting.errors import UnknownReport
from budgeting.methodologies import Methodology, methodology
from budgeting.model import text
from budgeting.reports.statements import canada, cpr, eu, gad, india, mexico, oecd, serbia
from budgeting.reports.statements.layout import Layout

LAYOUTS: Mapping[str, Layout] = {
    one.LAYOUT.name: one.LAYOUT for one in (india, mexico, eu, cpr, gad, canada, serbia, oecd)
}


def layouts_for(code: str) -> tuple[Layout, ...]:
    """Return the layouts that say what a methodology found; those made for it come first."""
    meant = [one for one in LAYOUTS.values() if one.is_meant_for(code)]
    return tuple(sorted(meant, key=lambda one: not one.methodologies))


def layout_of(method: Methodology, name: str | None) -> Layout:
    """Return a layout by name, the one meant for the methodology without a name.

    Raises
    ------
    UnknownReport
        There is no such layout, or it would show the methodology as what it is not.
    """
    meant = {one.name: one for one in layouts_for(method.code)}
    if name is None:
        return next(iter(meant.values()))
    if name in meant:
        return meant[name]
    known = ", ".join(meant)
    if name not in LAYOUTS:
        raise UnknownReport(
            text("There is no layout “{name}”. There are: {known}.", name=name, known=known)
        )
    raise UnknownReport(
        text(
            "The layout “{layout}” shows {methodologies}, and marks are never converted. For "
            "{methodology} there are: {known}.",
            layout=LAYOUTS[name].label,
            methodologies=tuple(methodology(code).labels for code in LAYOUTS[name].methodologies),
            methodology=method.labels,
            known=known,
        )
    )
