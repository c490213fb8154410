"""Queue view: what a reader chose on the workbench, and the statement and rules that it means."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from budgeting.errors import UnknownReport
from budgeting.methodologies import Convention, Methodology, methodology
from budgeting.model import Text, Vintage, text
from budgeting.reports import explorer_view
from budgeting.reports.explorer_view import View
from budgeting.reports.scope import Scope, scope
from budgeting.store import Store

LINE = "line"
GROUPS = ("programme", "organisation", "function")
MARKED = (LINE, "programme", "organisation")  # what a mark may be of
# what the queue can be limited to, and what readers call it; states of marks by their own names
SHOWN: Mapping[str, Text] = {
    "all": text("All lines"),
    "open": text("Not screened"),
    "draft": text("To be reviewed"),
    "reviewed": text("To be approved"),
    "approved": text("Approved"),
    "inherited": text("Mark inherited"),
    "doubtful": text("Low or medium confidence"),
    "again": text("To be scored again"),
    "older": text("Marked under other rules"),
}


@dataclass(frozen=True, slots=True)
class QueueView:
    """What the reader chose; every field has its place in the page's address.

    ``view`` is what the budget explorer has, too; its ``by`` is line or one of `GROUPS`. Without
    ``version`` the one counts that was in force at the end of the fiscal year.
    """

    view: View
    methodology: str = "oecd_dac"
    version: str | None = None
    convention: str | None = None
    show: str = "all"


@dataclass(frozen=True, slots=True)
class Queue:
    """A view resolved: whose budget, which statement of it, under which rules."""

    asked: QueueView
    where: Scope
    vintage: Vintage | None
    methodology: Methodology
    convention: Convention


def resolved(store: Store, asked: QueueView) -> Queue:
    """Return the queue that a view asks for.

    Raises
    ------
    NotFound
        The municipality has no such year.
    UnknownReport
        The queue cannot be grouped or limited so.
    UnknownMethodology, EvidenceInvalid
        There is no such methodology, version or convention.
    """
    view = asked.view
    for name, value, known in (("by", view.by, (LINE, *GROUPS)), ("show", asked.show, SHOWN)):
        if value not in known:
            raise UnknownReport(
                text("The parameter “{name}” cannot be “{value}”.", name=name, value=value)
            )
    where = scope(store, view.municipality_code, view.fiscal_year, view.direction)
    rules = methodology(asked.methodology, asked.version, on=date(view.fiscal_year, 12, 31))
    return Queue(asked, where, where.newest(view.stage), rules, rules.convention(asked.convention))


def on_page(queue: Queue, page: int) -> Queue:
    """Return the same queue at another page."""
    view = replace(queue.asked.view, page=page)
    return replace(queue, asked=replace(queue.asked, view=view))


def parameters(queue: Queue) -> dict[str, Any]:
    """Return the parameters of an address: what every download is stamped with."""
    shared = ("municipality", "year", "direction", "stage", "by", "within", "words", "page")
    of_view = explorer_view.parameters(queue.asked.view)
    return {name: of_view[name] for name in shared} | {
        "methodology": queue.methodology.code,
        "version": queue.methodology.version,
        "convention": queue.convention.name,
        "show": queue.asked.show,
    }
