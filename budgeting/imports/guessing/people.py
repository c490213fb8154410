"""People: files of residents by sex and age, and columns of a gender category."""

from typing import Any

import numpy as np

from budgeting.imports.guessing.draft import Draft, exactly
from budgeting.imports.guessing.evidence import Column
from budgeting.imports.sheets.sheet import Truths
from budgeting.imports.words.terms import phrases, whole_words
from budgeting.imports.words.vocabulary import fold
from budgeting.model import text

_NAMED = 0.7
_MOST_CATEGORIES = 8
_LONGEST_LETTERS = 3


_NOTES = {
    "sex": text("It is taken for the sex of residents."),
    "age": text("It is taken for the age of residents."),
    "people": text("It is taken for the number of residents."),
}


def draft_population(draft: Draft, money: list[Column]) -> bool:
    """Put [population] into the draft where the table has sex, age and a number of people."""
    columns = draft.evidence.columns
    sexes = [
        c for c in columns if c.is_sexes and (c.role("sex") >= _NAMED or not c.header or c.is_sexes)
    ]
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
    for column, (what, note) in zip((*taken, people[0]), _NOTES.items(), strict=True):
        draft.take(column, what)
        draft.note(note, column)
    return True


def draft_places_of_people(draft: Draft) -> None:
    """Find the column of places: each has every sex and age once, so its texts repeat evenly."""
    draft.asked.add("municipality")
    words = [c for c in draft.open if c.is_words and c.distinct > 1]
    if not words:
        return
    finest = max(words, key=lambda c: (c.distinct, c.role("municipality_name")))
    counts = {int(n) for n, value in zip(finest.counts, finest.text.values, strict=True) if value}
    if len(counts) > 1 and finest.role("municipality_name") < _NAMED:
        return
    draft.entries["municipality"] = {"column": finest.name}
    draft.asked.discard("municipality")
    draft.take(finest, "municipality")
    draft.note(text("It names the municipalities: {count} of them.", count=finest.distinct), finest)


def _source(draft: Draft) -> str:
    above = [cell for _, cells in draft.evidence.table.above for cell in cells if cell]
    return above[0] if above else "the file as given"


def _speak_of_women(values: list[str]) -> bool:
    words = whole_words(*(p for p in phrases("sexes", ("female",)) if len(p) > _LONGEST_LETTERS))
    return sum(bool(words.search(fold(value))) for value in values) > 0.5 * len(values)


def draft_gender(draft: Draft, rows: Truths) -> None:
    """Take a column of few categories that a header calls gender, or whose words speak of women."""
    for column in draft.open:
        used = np.unique(column.text.places[column.has_text & rows])
        values = [column.text.values[place] for place in used]
        is_few = 1 < len(values) <= _MOST_CATEGORIES
        is_named = column.role("gender_category") >= _NAMED or column.role("sex") >= _NAMED
        if is_few and not column.is_sexes and (is_named or _speak_of_women(values)):
            entry: dict[str, Any] = {
                "column": column.name,
                "methodology": "own",
                "categories": {value[:60]: exactly([value]) for value in values},
            }
            draft.entries["gender"] = entry
            draft.take(column, "gender")
            draft.note(text("It is a gender category of the lines."), column)
            return
