"""Use: files that count who uses services, told from budgets by units beside sexes, or pairs of sexes."""

from collections.abc import Iterable, Iterator
from typing import Any

from budgeting.imports.guessing.draft import Draft
from budgeting.imports.guessing.evidence import Column
from budgeting.imports.use.words import grade_of, group_of, kind_of, unit_of
from budgeting.imports.words.folding import fold
from budgeting.imports.words.persons import sex_of_header
from budgeting.model import Sex, text
from budgeting.services.model import ALL_SEXES

_NAMED = 0.7
_NOTES = {
    "label": text("It is taken for what is counted."),
    "sex": text("It is taken for the sex of who is counted."),
    "unit": text("It is taken for the unit of the figures."),
    "figure": text("It is taken for figures of use."),
    "age": text("It is taken for the age of who is counted."),
    "group": text("It is taken for a further group."),
    "kind": text("It is taken for counted or planned."),
    "grade": text("It is taken for the data grade."),
    "year": text("It is taken for the fiscal year."),
}
Entry = dict[str, Any]


def draft_use(draft: Draft) -> bool:
    """Put [use] into the draft where the table counts persons or services by sex."""
    figures = _by_sex(draft) or _beside_units(draft)
    label = _label(draft) if figures else None
    if label is None:
        return False
    use: Entry = {"label": label.name}
    _take(draft, "label", label)
    for name, column in _attributes(draft, figures):
        use[name] = column.name
        _take(draft, name, column)
    use["figure"] = [_figure(column) for column in figures]
    for column in figures:
        _take(draft, "figure", column)
    _draft_year(draft)
    draft.entries["use"] = use
    draft.asked |= {"municipality"} | ({"unit"} - set(use))
    draft.asked |= set() if "grade" in use else {"data-grade"}
    return True


def _take(draft: Draft, what: str, column: Column) -> None:
    draft.take(column, what)
    draft.note(_NOTES[what], column)


def _numbers(draft: Draft) -> list[Column]:
    return [
        column
        for column in draft.evidence.columns
        if column.is_figures and not column.is_years and not column.is_numbering
    ]


def _by_sex(draft: Draft) -> list[Column]:
    """Return the columns of figures where each is headed by a sex, women and men among them."""
    columns = _numbers(draft)
    sexes = [_named_sex(column) for column in columns]
    if not {Sex.FEMALE.value, Sex.MALE.value} <= set(sexes) or None in sexes:
        return []
    return columns


def _named_sex(column: Column) -> str | None:
    found = sex_of_header(column.header)
    return ALL_SEXES if found == "both" else found


def _beside_units(draft: Draft) -> list[Column]:
    """Return the column of figures where other columns say the sex and the unit of each row."""
    columns = draft.evidence.columns
    has_sexes = any(column.is_sexes for column in columns)
    has_units = any(_all_known(column, unit_of) for column in columns if not column.is_figures)
    if not has_sexes or not has_units:
        return []
    return sorted(_numbers(draft), key=lambda one: (-one.role("people"), one.place))[:1]


def _all_known(column: Column, meaning: Any) -> bool:
    """Tell whether a column has cells, and each of them says something."""
    cells = [cell for cell in column.text.values if cell]
    return bool(cells) and all(meaning(cell) for cell in cells)


def _label(draft: Draft) -> Column | None:
    """Return the column of words that says most, and says neither sex, unit, age nor group."""
    words = [
        column
        for column in draft.open
        if column.is_words
        and not column.is_sexes
        and not any(_all_known(column, said) for said in (unit_of, grade_of, kind_of, group_of))
    ]
    return max(words, key=lambda column: (column.distinct, -column.place), default=None)


def _attributes(draft: Draft, figures: list[Column]) -> Iterator[tuple[str, Column]]:
    taken = {column.name for column in figures}
    known = (
        ("sex", lambda column: column.is_sexes),
        ("age", lambda column: column.is_ages and column.role("age") >= _NAMED),
        ("unit", lambda column: _all_known(column, unit_of)),
        ("kind", lambda column: _all_known(column, kind_of)),
        ("grade", lambda column: _all_known(column, grade_of)),
        ("group", lambda column: _all_known(column, group_of)),
    )
    for name, is_it in known:
        column = next((c for c in draft.open if c.name not in taken and is_it(c)), None)
        if column is not None:
            taken.add(column.name)
            yield name, column


def _figure(column: Column) -> Entry:
    sex = _named_sex(column)
    kind = _kind_in(fold(column.header.replace("_", " ")).split())
    said = {"sex": sex, "kind": kind}
    return {"column": column.name} | {name: word for name, word in said.items() if word}


def _kind_in(words: Iterable[str]) -> str | None:
    found = {kind.value for word in words if (kind := kind_of(word))}
    return found.pop() if len(found) == 1 else None


def _draft_year(draft: Draft) -> None:
    years = [column for column in draft.open if column.is_years]
    if not years:
        draft.asked.add("fiscal-year")
        return
    draft.entries["fiscal_year_column"] = years[0].name
    _take(draft, "year", years[0])
