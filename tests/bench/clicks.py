"""Clicks in the budget explorer, each with a look at whether the answer is the one asked for."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from tests.bench.client import Page, Session, WrongPage

EXPLORER = "budget_explorer"
YEAR, STAGE, BREAKDOWN, SEARCH = "Fiscal year", "Stage", "Break down by", "Search"
OPEN, LINES = "Open a level", "List the lines"
THE_LINES = "Budget line"  # the breakdown that lists them
# A stage that revenue and many ledgers do not have, and a breakdown that is a kind of its own.
NOT_EVERYWHERE = ("Committed", THE_LINES)
KINDS = (YEAR, OPEN, STAGE, BREAKDOWN, LINES, SEARCH)  # a year is only new to a server at first
NAMES = {
    OPEN: "open a level",
    YEAR: "another year",
    STAGE: "another stage",
    BREAKDOWN: "another breakdown",
    LINES: "list the budget lines",
    SEARCH: "search a word",
}
Click = Callable[[Session], Awaitable[Page]]


@dataclass(frozen=True, slots=True)
class Step:
    """A click and what takes it back before the next one; None where nothing need be."""

    click: Click
    undo: Click | None = None


async def opened(row: dict[str, Any], session: Session) -> Page:
    """Open the level behind a row: its total must be the amount that the row had."""
    amount = _measured(session.page.table, row)
    page = await session.fire("opened", row["id"])
    table = page.table
    _expect(len(table["trail"]) > 1 and table["trail"][-1].endswith(row["label"]), page)
    _expect(_measured(table, table["total"]) == amount, page)
    return page


async def back(session: Session) -> Page:
    """Leave all levels by the first step of the breadcrumb."""
    page = await session.fire("went_back", 0)
    _expect(len(page.table["trail"]) == 1, page)
    return page


async def chosen(label: str, option: str, session: Session) -> Page:
    """Choose an option: the widget and the table must show it."""
    page = await session.choose(label, option)
    _expect(session.chosen(label) == option, page)
    table = page.table
    match label:
        case "Fiscal year":
            _expect(f", {option}:" in table["words"]["caption"], page)
        case "Stage":
            shown = [column["label"] for column in table["columns"] if not column.get("secondary")]
            _expect(option in shown, page)
        case "Break down by":
            _expect(table["columns"][0]["label"] == option, page)
    return page


async def searched(words: str, session: Session) -> Page:
    """Search for words: lines must be found, and the page must say by which words."""
    page = await session.choose(SEARCH, words)
    _expect(bool(page.table["rows"]), page)
    says_so = any(f"“{words}”" in text for text in page.texts)
    _expect(says_so if words else not says_so, page)
    return page


def steps(kind: str, session: Session, words: Sequence[str], limit: int) -> list[Step]:
    """Return up to `limit` different clicks of a kind from where the session is.

    `words` are those that are found there.
    """
    page = session.page
    if kind == OPEN:
        rows = [row for row in page.table["rows"] if row["id"] != "?"]
        return [Step(partial(opened, row), back) for row in rows[:limit]]
    if kind == SEARCH:
        return [Step(partial(searched, word)) for word in words[:limit]]
    if kind == LINES:
        here = session.chosen(BREAKDOWN)
        return [Step(partial(chosen, BREAKDOWN, THE_LINES), partial(chosen, BREAKDOWN, here))]
    others = [
        option
        for option in page.options(kind)
        if option not in (session.chosen(kind), *NOT_EVERYWHERE)
    ]
    return [Step(partial(chosen, kind, option)) for option in others[:limit]]


def _measured(table: dict[str, Any], row: dict[str, Any]) -> str:
    """Return a row's amount in the stage by which the table is measured."""
    columns = table["columns"][1:]
    for column, cell in zip(columns, row["cells"], strict=True):
        if column["kind"] == "money" and not column["secondary"]:
            return str(cell)
    raise WrongPage("the table has no column of amounts")


def _expect(is_right: bool, page: Page) -> None:
    if not is_right:
        raise WrongPage(f"not the page asked for: {page.table['trail']} {page.texts}")
