"""The methodologies on the methods page: each as its file states it, and files that are refused."""

from collections.abc import Iterable
from decimal import Decimal

import pyarrow as pa
import streamlit as st

from budgeting.methodologies import faults, methodologies
from budgeting.methodologies.model import (
    Category,
    Convention,
    Criterion,
    ExpenseClass,
    Field,
    Methodology,
    TableEntry,
    Target,
)
from budgeting.methodologies.words import measures_name, rule_name, stance_name, subject_name
from budgeting.model import Exact, Share, Text, text
from budgeting.ui.filters import capital
from budgeting.ui.frame import plain
from budgeting.ui.session import language
from budgeting.ui.session import say as _

Item = Category | Convention | Criterion | ExpenseClass | Field | TableEntry | Target
Rows = list[dict[str, str]]


def methodology_list() -> None:
    """Show every methodology in every version, and what is wrong with files that are refused."""
    st.header(_("Methodologies of gender classification"), anchor=False)
    st.markdown(
        _(
            "Each is a text file that a municipality may add to. They measure different things, so one "
            "is never converted into another. What was not read in the issuer's own text is marked as "
            "not verified."
        )
    )
    _show_faults()
    for one in methodologies():
        title = f"{language().say(one.labels)} · {one.version}"
        if not one.is_verified:
            title += " · " + _("not verified")
        elif not one.is_fully_verified:
            title += " · " + _("partly not verified")
        with st.expander(plain(title)):
            _show(one)


def _show_faults() -> None:
    found = faults()
    if not found:
        return
    st.error(_("Files that are refused, with what is wrong. The others are used all the same."))
    _table(
        {
            _("File"): fault.file,
            _("Entry"): fault.key or "–",
            _("What is wrong"): language().say(fault.reason),
        }
        for fault in found
    )


def _show(one: Methodology) -> None:
    if not one.is_verified:
        st.badge(_("Not verified: written from general knowledge"), color="orange")
    st.markdown(plain(language().say(one.help)))
    if one.notes.words:
        st.markdown(plain(language().say(one.notes)))
    _table(_category_row(one, category) for category in one.categories)
    _show_criteria(one)
    _show_table(one)
    _show_fields(one)
    _show_expenses(one)
    st.markdown("\n".join(f"- {plain(line)}" for line in _conventions(one)))
    st.caption(plain("  \n".join(_facts(one))))


def _category_row(one: Methodology, category: Category) -> dict[str, str]:
    say = language().say
    return {
        _("Category"): say(category.labels),
        _("Given when"): say(_condition(one, category)),
        _("Counts"): _percentage(one.convention().coefficients[category.code]),
        _("Beside others"): say(stance_name(category.stance)),
        _("To know"): "; ".join(say(remark) for remark in _remarks(category)),
    }


def _condition(one: Methodology, category: Category) -> Text:
    if category.threshold:
        limit = Exact(category.threshold.value)
        if category.threshold.is_included:
            return text("from {limit}", limit=limit)
        return text("above {limit}", limit=limit)
    if category.requires:
        return text("all criteria needed for it")
    if one.score or one.criteria:
        return text("else")
    return text("by judgement")


def _remarks(category: Category) -> Iterable[Text]:
    if category.is_queue:
        yield text("to be scored again")
    if category.is_reason_required:
        yield text("needs a reason")
    if not category.is_verified:
        yield text("not verified")


def _show_criteria(one: Methodology) -> None:
    say = language().say
    _table(
        {
            _("Criterion"): say(criterion.labels),
            _("Answers"): say(_answers(criterion)),
            _("Needed for"): ", ".join(_needing(one, criterion)),
            _("To know"): _doubt(criterion),
        }
        for criterion in one.criteria
    )


def _needing(one: Methodology, criterion: Criterion) -> Iterable[str]:
    """Yield the codes of the categories that rest on a criterion or ask for it."""
    for category in one.categories:
        if criterion.id in category.requires:
            yield category.code
        elif criterion.id in category.asks:
            yield _("{category} (does not decide)", category=category.code)


def _answers(criterion: Criterion) -> Text:
    if criterion.is_tick:
        return text("yes or no")
    if criterion.values:
        return text("one of {values}", values=tuple(Exact(value) for value in criterion.values))
    return text("0 to {maximum}", maximum=Exact(criterion.maximum))


def _show_table(one: Methodology) -> None:
    say = language().say
    _table(
        {
            _("Code"): ", ".join(entry.keys),
            _("Meaning"): say(entry.labels),
            _("Category"): say(one.category(entry.category).labels),
            _("To know"): _doubt(entry),
        }
        for entry in one.table
    )


def _show_fields(one: Methodology) -> None:
    """Show what a statement tells, and which categories are given only with it."""
    say = language().say
    _table(
        {
            _("Told in words"): say(field.labels),
            _("One of"): "; ".join(say(choice.labels) for choice in field.choices),
            _("Needed for"): ", ".join(field.required_for),
            _("To know"): _doubt(field),
        }
        for field in one.fields
    )


def _show_expenses(one: Methodology) -> None:
    """Show which economic codes a statement sets apart, by country."""
    _table(
        {
            _("Class of expense"): language().say(expense.labels),
            _("Economic codes that begin with"): "; ".join(
                f"{country}: {', '.join(codes)}" for country, codes in expense.codes.items()
            ),
            _("To know"): _doubt(expense),
        }
        for expense in one.expenses
    )


def _doubt(item: Item) -> str:
    return "" if item.is_verified else _("not verified")


def _conventions(one: Methodology) -> Iterable[str]:
    """Yield a line for each way to count, and for each target."""
    words = language()
    for convention in one.conventions.values():
        parts = "; ".join(
            f"{words.say(one.category(code).labels)} = {_percentage(coefficient)}"
            for code, coefficient in convention.coefficients.items()
        )
        yield f"{words.say(convention.labels)}: {parts}" + _in_brackets(_doubt(convention))
    for target in one.targets:
        yield _(
            "Target: {target} ({share})", target=target.labels, share=Share(target.share)
        ) + _in_brackets(_doubt(target))


def _percentage(coefficient: Decimal) -> str:
    """Return a coefficient as a percentage with all its decimals: a rounded one would mislead."""
    decimals = len(str(Exact(coefficient * 100)).partition(".")[2])
    return language().share(coefficient, decimals)


def _in_brackets(words: str) -> str:
    return f" ({words})" if words else ""


def _facts(one: Methodology) -> Iterable[str]:
    say = language().say
    subjects = ", ".join(say(subject_name(subject)) for subject in one.subjects)
    yield _("Measures {what}, {how}", what=measures_name(one.measures), how=rule_name(one.rule))
    yield _("Marks are of: {subjects}", subjects=subjects)
    yield say(_validity(one))
    yield _("Source: {source}", source=one.source)
    yield _("File: {file}", file=one.file_name)


def _validity(one: Methodology) -> Text:
    if one.valid_from and one.valid_to:
        return text("Valid from {first} to {last}", first=one.valid_from, last=one.valid_to)
    if one.valid_from:
        return text("Valid from {first}", first=one.valid_from)
    if one.valid_to:
        return text("Valid until {last}", last=one.valid_to)
    return text("Its source states no day from which it is valid")


def _table(rows: Iterable[dict[str, str]]) -> None:
    """Show rows of words, without columns in which no row says anything."""
    found: Rows = list(rows)
    if not found:
        return
    names = [name for name in found[0] if any(row[name] for row in found)]
    st.dataframe(
        pa.table({capital(name): [row[name] for row in found] for name in names}),
        hide_index=True,
        width="stretch",
        height="content",
    )
