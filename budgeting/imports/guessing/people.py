"""People: files of residents by sex and age, and columns of a gender category."""

from typing import Any

from budgeting.imports.guessing.draft import Draft, exactly
from budgeting.imports.guessing.evidence import Column
from budgeting.model import text

_NAMED = 0.7
_MOST_CATEGORIES = 8


def draft_population(draft: Draft, money: list[Column]) -> bool:
    """Put [population] into the draft where the table has sex, age and a number of people."""
    columns = draft.evidence.columns
    sexes = [c for c in columns if c.is_sexes and (c.role("sex") >= _NAMED or not c.header or c.is_sexes)]
    ages = [c for c in columns if c.is_ages and c.role("age") >= _NAMED]
    if not sexes or not ages:
        return False
    taken = (sexes[0], ages[0])
    people = [c for c in columns if c not in taken and c.is_figures and not c.is_years]
    people.sort(key=lambda c: (-c.role("people"), -c.place))
    if not people:
        return False
    draft.entries["population"] = {
        "sex": sexes[0].name,
        "age": ages[0].name,
        "people": people[0].name,
        "source": _source(draft),
    }
    for column, what in zip((*taken, people[0]), ("sex", "age", "people"), strict=True):
        draft.take(column, what)
        draft.note(text("It is taken for {what} of residents.", what=what), column)
    return True


def _source(draft: Draft) -> str:
    above = [cell for _, cells in draft.evidence.table.above for cell in cells if cell]
    return above[0] if above else "the file as given"


def draft_gender(draft: Draft) -> None:
    """Take a column of few categories that a header calls gender, or whose words speak of women."""
    for column in draft.open:
        is_named = column.role("gender_category") >= _NAMED or column.role("sex") >= _NAMED
        if is_named and 1 < column.distinct <= _MOST_CATEGORIES and not column.is_sexes:
            entry: dict[str, Any] = {
                "column": column.name,
                "methodology": "own",
                "categories": {value: exactly([value]) for value in column.values},
            }
            draft.entries["gender"] = entry
            draft.take(column, "gender")
            draft.note(text("It is a gender category of the lines."), column)
            return
