"""Evidence: what a methodology asks, as ticks, points, a number, a code or a choice."""

from dataclasses import replace
from decimal import Decimal

import streamlit as st

from budgeting.methodologies import Criterion, Evidence, Field, Methodology
from budgeting.methodologies.model import RuleKind
from budgeting.model import Exact, Labels, Text, text
from budgeting.ui.filters import capital
from budgeting.ui.frame import plain
from budgeting.ui.session import language
from budgeting.ui.session import say as _

_ANSWERS, _TOTAL = "answers", "total"


def asked_evidence(methodology: Methodology, key: str, given: Evidence | None) -> Evidence:
    """Ask what the methodology wants to know, beginning with what was `given` before.

    Parameters
    ----------
    key
        Begins the keys of the widgets.
    """
    ask = {
        RuleKind.CHECKLIST: _points if methodology.is_points_checklist else _ticks,
        RuleKind.BANDS: _score,
        RuleKind.LOOKUP: _lookup,
        RuleKind.JUDGEMENT: _judgement,
    }[methodology.rule]
    before = given or Evidence()
    return replace(ask(methodology, key, before), texts=_texts(methodology, key, before))


def _texts(methodology: Methodology, key: str, given: Evidence) -> dict[str, str]:
    """Ask for what statements tell, such as a goal; only what was written or chosen."""
    written = {
        field.id: (_choice if field.choices else _words)(
            field, f"{key}_text_{field.id}", given.texts.get(field.id, "")
        )
        for field in methodology.fields
    }
    return {name: words.strip() for name, words in written.items() if words.strip()}


def _words(field: Field, key: str, earlier: str) -> str:
    return st.text_input(
        _said(field.labels), value=earlier, key=key, help=_said(field.help) or None
    )


def _choice(field: Field, key: str, earlier: str) -> str:
    """Ask for one of the answers of a field; words that are none of them stay in sight."""
    labels = {choice.code: choice.labels for choice in field.choices}
    place = field.place(earlier)
    chosen = st.selectbox(
        _said(field.labels),
        list(labels),
        index=place - 1 if place else None,
        format_func=lambda code: _said(labels[code]),
        key=f"{key}_{language().code}",
        placeholder=_("None"),
        help=_said(field.help) or None,
    )
    if earlier and not place:
        st.caption(_("Written before: {words}", words=plain(earlier)))
    return chosen or ""


def _ticks(methodology: Methodology, key: str, given: Evidence) -> Evidence:
    """Ask yes or no; what is not ticked is answered with no when the mark is made."""
    ticks: dict[str, Decimal] = {}
    for one in methodology.criteria:
        if not one.is_tick:
            ticks |= _answer(one, key, given)
            continue
        is_met = st.checkbox(
            _said(one.labels),
            value=given.ticks.get(one.id) == 1,
            key=f"{key}_{one.id}",
            help=_said(one.help) or None,
        )
        ticks[one.id] = Decimal(int(is_met))
    return Evidence(ticks=ticks)


def _points(methodology: Methodology, key: str, given: Evidence) -> Evidence:
    """Ask for points by criterion, or for the total of a sheet filled in elsewhere."""
    ways = {_ANSWERS: _("Answer the criteria"), _TOTAL: _("Total of a sheet")}
    begun = _TOTAL if given.score is not None and not given.ticks else _ANSWERS
    way = st.segmented_control(
        _("How"),
        list(ways),
        default=begun,
        required=True,
        key=f"{key}_way",
        format_func=lambda one: ways[one],
        label_visibility="collapsed",
    )
    if way == _TOTAL:
        return _score(methodology, key, given)
    ticks: dict[str, Decimal] = {}
    elements = {one.id: one for one in methodology.elements}
    heading = ""
    for one in methodology.criteria:
        if one.element != heading and one.element in elements:
            heading = one.element
            st.markdown(f"**{_said(elements[heading].labels)}**")
        ticks |= _answer(one, key, given)
    return Evidence(ticks=ticks)


def _answer(criterion: Criterion, key: str, given: Evidence) -> dict[str, Decimal]:
    """Ask for the points of one criterion; nothing where it is not answered."""
    earlier, words = given.ticks.get(criterion.id), language()
    if criterion.values:
        value = st.segmented_control(
            _said(criterion.labels),
            list(criterion.values),
            default=earlier if earlier in criterion.values else None,
            format_func=lambda one: words.exact(Exact(one)),
            key=f"{key}_{criterion.id}",
            help=_said(criterion.help) or None,
        )
        return {} if value is None else {criterion.id: value}
    number = _number(_said(criterion.labels), criterion.maximum, f"{key}_{criterion.id}", earlier)
    return {} if number is None else {criterion.id: number}


def _score(methodology: Methodology, key: str, given: Evidence) -> Evidence:
    scale = methodology.score
    assert scale is not None
    label = text(
        "{measure} 0 to {maximum}",
        measure=capital(_said(scale.labels).rstrip(",")),
        maximum=Exact(scale.maximum),
    )
    return Evidence(score=_number(_said(label), scale.maximum, f"{key}_score", given.score))


def _number(label: str, maximum: Decimal, key: str, earlier: Decimal | None) -> Decimal | None:
    """Ask for a number; it is taken over with the decimals that were typed."""
    value = st.number_input(
        label,
        min_value=0.0,
        max_value=float(maximum),
        value=None if earlier is None else float(earlier),
        step=1.0,
        format="%g",
        key=key,
    )
    return None if value is None else Decimal(str(round(value, 4)))


def _lookup(methodology: Methodology, key: str, given: Evidence) -> Evidence:
    """Ask for the code that the table has; without one, where it is allowed, for a judgement."""
    labels = {code: entry.labels for entry in methodology.table for code in entry.keys}
    codes = list(labels)
    code = st.selectbox(
        _("Code in the table of the methodology"),
        codes,
        index=codes.index(given.key) if given.key in labels else None,
        format_func=lambda one: f"{one} {_said(labels[one])}".strip(),
        filter_mode="fuzzy",
        key=f"{key}_key_{language().code}",
        placeholder=_("None"),
    )
    if code is not None or not methodology.is_judgement_allowed:
        return Evidence(key=code)
    return _judgement(methodology, key, given)


def _judgement(methodology: Methodology, key: str, given: Evidence) -> Evidence:
    labels = {one.code: one for one in methodology.categories}
    codes = list(labels)
    code = st.radio(
        _("Category"),
        codes,
        index=codes.index(given.category) if given.category in labels else None,
        format_func=lambda one: _said(labels[one].labels),
        captions=[_said(one.help) for one in labels.values()],
        key=f"{key}_category",
    )
    return Evidence(category=code)


def _said(words: Labels | Text) -> str:
    return language().say(words)
