"""Next clicks: what a reader of the gender overview may ask next, asked before.

The answers are thrown away. What they rest on, tables and lists of lines among it, is kept where it was
found out, for every visitor.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from budgeting.reports.gender import lines, overview
from budgeting.reports.gender.tables import STAGES
from budgeting.reports.gender.view import GenderView, question
from budgeting.store import DIMENSIONS, Store

Step = Callable[[], object]


def of_statement(store: Store, view: GenderView) -> Iterator[Step]:
    """Yield the steps to what is not yet known of a statement, the quickest first."""
    where = question(store, view).where
    shown = replace(view, table="groups")
    for by in DIMENSIONS:
        yield partial(overview.build, store, replace(shown, by=by))
    for stage in STAGES:
        if where.newest(stage):
            yield partial(overview.build, store, replace(shown, stage=stage))
    yield partial(lines.read_first_words, store, view)
    for table in overview.TABLES:
        yield partial(overview.build, store, replace(shown, table=table))
