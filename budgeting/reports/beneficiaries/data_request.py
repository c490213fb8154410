"""Data request: what one department is asked for, ready to be printed or sent."""

from typing import Any

from budgeting.model import Column, Report, Text, text
from budgeting.reports.beneficiaries import data_register
from budgeting.reports.beneficiaries.view import BenefitView
from budgeting.reports.tables import table
from budgeting.store import Store


def build(store: Store, view: BenefitView, owner: str) -> Report:
    """Answer what a department is asked for.

    Parameters
    ----------
    owner
        Department as the register names it; "" asks for what has no owner.

    Returns
    -------
    Report
        Table ``request``: one row per thing that is missing of a service of the department, with an
        empty column to be filled in. The words are in the language of the view.
    """
    whole = data_register.build(store, view)
    rows = [
        {**row, "answer": None}
        for row in whole.tables["missing"].rows.to_pylist()
        if (row["owner"] or "") == owner
    ]
    columns = (
        Column("name", text("service")),
        Column("needed", text("please tell us")),
        Column("due", text("until"), "date"),
        Column("answer", text("answer, with its source and year")),
    )
    return Report(
        name="data_request",
        title=text("What do we ask {owner} for?", owner=owner or text("whoever has the data")),
        answer=_answer(view, len(rows)),
        parameters={**whole.parameters, "owner": owner},
        tables={"request": table(columns, rows)},
        facts={"is_fictional": whole.facts["is_fictional"]},
        notes=(
            text(
                "Please give numbers by sex wherever you have them, with the period they are for and how "
                "they were counted. Say “not known” rather than guessing; give no names."
            ),
        ),
        data_version=whole.data_version,
    )


def _answer(view: BenefitView, count: int) -> Text:
    values: dict[str, Any] = {"year": str(view.fiscal_year)}
    if not count:
        return text("Nothing is missing for {year}.", **values)
    return text(
        "To say for {year} who benefits from the budget, we need what stands in this list.",
        **values,
    )
