"""Trials: a table interpreted by a mapping that is being guessed, and how its totals come out."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow.compute as pc

from budgeting.errors import BudgetingError
from budgeting.imports.answers import Answers
from budgeting.imports.mappings.mapping import Mapping, MunicipalityRule
from budgeting.imports.mappings.mapping_file import mapping_from_entries
from budgeting.imports.meaning.fates import LINE
from budgeting.imports.meaning.interpretation import Interpretation, interpret
from budgeting.imports.sheets.sheet import Truths
from budgeting.imports.sheets.totals import confirmed_columns
from budgeting.imports.source import FileLayout, NumberStyle, SourceTable
from budgeting.model import Stage, text

_SOMEBODY = MunicipalityRule("xx", "xx", "XX", "XXX")
_ANSWERS = Answers(fiscal_year=2000, stage=Stage.APPROVED, municipality=_SOMEBODY)
_CONFIRMED, _WRONG, _DROPPED = 10, 1.5, 0.5
_NOT_A_LEAF = text("its code is not that of a budget line")  # as the fates of rows call it


@dataclass(frozen=True)
class Trial:
    """What a way to tell lines from totals gives: totals that agree, that do not, and lines."""

    entries: dict[str, Any]
    confirmed: int
    agreeing: int
    wrong: int
    lines: Truths
    dropped: int
    weight: int

    @property
    def merit(self) -> tuple[float, int, int]:
        """What makes one trial better than another: totals that agree, money that is not lost.

        Where two agree as well, the one with fewer lines explains more rows.
        """
        score = self.agreeing - _WRONG * self.wrong - _DROPPED * self.dropped
        return (score + _CONFIRMED * self.confirmed, -int(self.lines.sum()), -self.weight)


def tried(
    table: SourceTable,
    entries: Dictionary[str, Any],
    label: str | None,
    styles: Dictionary[str, NumberStyle],
) -> Trial | None:
    """Interpret a table by entries and count the totals that agree; None where they are no mapping.

    Parameters
    ----------
    label
        Column with the words of the lines.
    styles
        How numbers are read in columns that leave it open.
    """
    try:
        mapping = mapping_from_entries("trial", _whole(entries, label))
        meaning = interpret(table, mapping, _answers(mapping, styles), _SOMEBODY)
    except BudgetingError:
        return None
    totals = [total for total in meaning.totals if total.printed]
    wrong = sum(1 for total in totals if total.difference)
    return Trial(
        dict(entries),
        len(confirmed_columns(totals)),
        len(totals) - wrong,
        wrong,
        np.asarray(meaning.fates.codes == LINE),
        _dropped(meaning),
        0,
    )


def _whole(entries: Dictionary[str, Any], label: str | None) -> dict[str, Any]:
    """Return the entries without what says nothing about which rows are lines."""
    left_out = ("gender", "municipality", "classification")
    whole = {"title": "trial"} | {k: v for k, v in entries.items() if k not in left_out}
    words = {"label": label} if label else {"label_text": "trial"}
    line = {"direction": "expenditure", **whole.get("line", {}), **words}
    if label:
        line.pop("label_text", None)
    if "direction_column" in line:
        line.pop("direction")
    whole["line"] = {**line, "identified_by_label": True}
    whole["amount"] = [_undated(amount) for amount in whole["amount"]]
    return whole


def _answers(mapping: Mapping, styles: Dictionary[str, NumberStyle]) -> Answers:
    """Return answers under which every row counts."""
    has_years = mapping.fiscal_year_column or all(rule.year for rule in mapping.amounts)
    layout = FileLayout(styles=dict(styles))
    return replace(_ANSWERS, fiscal_year=None if has_years else 2000, layout=layout)


def _undated(amount: dict[str, Any]) -> dict[str, Any]:
    return {
        k: v for k, v in amount.items() if k not in ("date_column", "later_stage", "date_style")
    }


def _dropped(meaning: Interpretation) -> int:
    """Count the rows with money whose code is not that of a line, and that are no total."""
    reasons = [n for n, reason in enumerate(meaning.fates.reasons) if reason == _NOT_A_LEAF]
    with_money = np.zeros(len(meaning.fates.codes), bool)
    for values in meaning.figures.values.values():
        with_money |= pc.is_valid(values).to_numpy()
    return int((np.isin(meaning.fates.codes, reasons) & with_money).sum())
