"""What is chosen in the queue: the subjects of a mark, their amounts, and the marks they have."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa
import streamlit as st

from budgeting.marks.model import SUBJECTS
from budgeting.model import Report, plural_text
from budgeting.reports import read_queue_view
from budgeting.reports.gender.queue import lines_found
from budgeting.reports.gender.queue_view import LINE
from budgeting.ui.classifying.desk import Desk
from budgeting.ui.classifying.place import Row
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _

_WHOLE, _EACH = "whole", "each"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the form is about.

    Parameters
    ----------
    subjects
        Table of `SUBJECTS`: what a mark would be of.
    amounts
        The amounts for which it would count.
    rows
        The rows of the queue; none where every line found is meant.
    marks
        classification_id of the marks that the rows have, their own or inherited, by state.
    """

    subjects: pa.Table
    amounts: Sequence[Decimal]
    rows: Sequence[Row]
    marks: Mapping[str, Sequence[int]]

    @property
    def total(self) -> Decimal:
        """The sum of the amounts."""
        return sum(self.amounts, Decimal(0))

    @property
    def only(self) -> Row | None:
        """The one row that is chosen; None where there are several."""
        is_one = len(self.rows) == 1 and self.subjects.num_rows <= 1
        return self.rows[0] if is_one else None

    @property
    def name(self) -> tuple[str, ...]:
        """What tells this choice from another."""
        kinds = self.subjects["subject"].to_pylist()
        return tuple(
            map(":".join, zip(kinds, self.subjects["subject_code"].to_pylist(), strict=True))
        )


def chosen_of(desk: Desk, rows: Sequence[Row]) -> Chosen:
    """Return what is chosen, asking where rows can be meant in two ways."""
    shown, given = desk.shown, desk.given
    if shown.parameters["by"] == LINE:
        if _is_every(shown, rows):
            return _of_table(lines_found(open_store(), read_queue_view(given)), ())
        return _of_rows(shown, rows, [row["amount"] for row in rows])
    kinds = {kind.value for kind in desk.methodology.subjects}
    can_be_whole = shown.parameters["by"] in kinds and all(
        row["subject_code"] != "?" for row in rows
    )
    if can_be_whole and _is_whole(rows):
        return _of_rows(shown, rows, [row["inheriting_amount"] for row in rows])
    return _of_table(_lines_left(shown, rows, given), rows)


def _is_every(shown: Report, rows: Sequence[Row]) -> bool:
    """Offer to mean all lines found, where a page of them is ticked or there are more pages."""
    count = int(shown.facts["row_count"])
    if len(rows) <= 1 or count <= len(rows):
        return False
    words = plural_text("All {count} lines found", "All {count} lines found", count)
    return st.checkbox(language().say(words), key=f"classify_every_{shown.data_version}")


def _is_whole(rows: Sequence[Row]) -> bool:
    """Ask whether the group itself is marked or each of its lines that are left."""
    left = sum(row["open_count"] for row in rows)
    inherited = sum(row["inheriting_count"] for row in rows)
    if not left:
        return True
    ways = {
        _WHOLE: language().say(
            plural_text(
                "As a whole: one line inherits it",
                "As a whole: {count} lines inherit it",
                inherited,
            )
        ),
        _EACH: language().say(
            plural_text("The one line that is left", "Each of the {count} lines left", left)
        ),
    }
    way = st.radio(
        _("What is marked"),
        list(ways),
        format_func=lambda one: ways[one],
        key="classify_way",
        horizontal=True,
        label_visibility="collapsed",
    )
    return way == _WHOLE


def _lines_left(shown: Report, rows: Sequence[Row], given: Mapping[str, str]) -> pa.Table:
    """Return the lines of groups that are not wholly screened."""
    found = []
    for row in rows:
        steps = [
            step
            for step in str(given.get("within", "")).split("~")
            if step and not step.startswith(f"{row['subject']}:")
        ]
        within = "~".join([*steps, f"{row['subject']}:{row['subject_code']}"])
        asked = {**given, "by": LINE, "show": "open", "within": within, "page": ""}
        found.append(lines_found(open_store(), read_queue_view(asked)))
    return pa.concat_tables(found)


def _of_table(found: pa.Table, rows: Sequence[Row]) -> Chosen:
    marked = zip(
        found["classification_id"].to_pylist(), found["mark_state"].to_pylist(), strict=True
    )
    return Chosen(
        found.select(SUBJECTS.names), found["amount"].to_pylist(), rows, _by_state(marked)
    )


def _of_rows(shown: Report, rows: Sequence[Row], amounts: Sequence[Decimal]) -> Chosen:
    direction = shown.parameters["direction"]
    subjects = pa.table(
        [
            [direction for _row in rows],
            [row["subject"] for row in rows],
            [row["subject_code"] for row in rows],
        ],
        schema=SUBJECTS,
    )
    marked = ((row["classification_id"], row["mark_state"]) for row in rows)
    return Chosen(subjects, amounts, rows, _by_state(marked))


def _by_state(marked: Iterable[tuple[int | None, str]]) -> dict[str, list[int]]:
    found: dict[str, set[int]] = {}
    for number, state in marked:
        if number is not None:
            found.setdefault(state, set()).add(number)
    return {state: sorted(numbers) for state, numbers in found.items()}
