"""How good the suggestions are, on the methods page: measured by language, with the misses."""

from collections.abc import Iterable
from decimal import Decimal

import pyarrow as pa
import streamlit as st
from babel import Locale

from budgeting.methodologies.model import Stance
from budgeting.methodologies.words import stance_name
from budgeting.model import Share, Text, text
from budgeting.suggestions.quality import Measure, Miss, measured
from budgeting.ui.filters import capital
from budgeting.ui.session import language
from budgeting.ui.session import say as _

_SEEN, _HELD_OUT, _INDIA = "seen", "held_out", "in_gbs"


def suggestion_quality() -> None:
    """Show precision and recall of the term rules, and every labelled name that they miss."""
    figures = measured()
    if not figures.measures:
        return
    st.header(_("How good are the suggestions?"), anchor=False)
    st.markdown(
        _(
            "Suggestions by words were measured on names whose stance was written down before any "
            "rule was. Half of the names were held out: the rules were written without them. Precision "
            "is the part of the suggestions that agree with the label, recall the part of the labelled "
            "names that a rule finds. The names are invented and were labelled by an engineer, by name "
            "only: in a real budget, where names say less, expect less."
        )
    )
    lists = [one for one in figures.measures if one.part in (_SEEN, _HELD_OUT)]
    _table(_row(one) for one in sorted(lists, key=lambda one: one.part != _HELD_OUT))
    for one in figures.measures:
        if (one.part, one.group) == (_INDIA, "relevant"):
            st.markdown(_india(one))
    st.subheader(_("Names that the rules miss"), anchor=False)
    _table(_missed(miss) for miss in figures.misses)


def _india(one: Measure) -> str:
    return _(
        "Of the {labelled} schemes of India's Gender Budget Statement 2023-24, {right} are found by "
        "their names ({recall}). All of them are for women, so this list shows no wrong suggestion, "
        "and most names do not say for whom a scheme is.",
        labelled=one.labelled,
        right=one.right,
        recall=Share(one.recall or Decimal(0)),
    )


def _row(one: Measure) -> dict[str, str]:
    return {
        _("Language"): _language_name(one.language),
        _("Part"): language().say(_part_name(one.part)),
        _("Looked for"): language().say(_group_name(one.group)),
        _("Labelled so"): language().value(one.labelled),
        _("Suggested"): language().value(one.suggested),
        _("Of these right"): language().value(one.right),
        _("Precision"): _percentage(one.precision),
        _("Recall"): _percentage(one.recall),
    }


def _missed(miss: Miss) -> dict[str, str]:
    suggested = stance_name(Stance(miss.suggested)) if miss.suggested else text("no suggestion")
    return {
        _("Language"): _language_name(miss.language),
        _("Name"): miss.name,
        _("Labelled"): language().say(stance_name(Stance(miss.labelled))),
        _("Suggested"): language().say(suggested),
        _("Words that say so"): ", ".join(miss.words),
        _("Part"): language().say(_part_name(miss.part)),
    }


def _part_name(part: str) -> Text:
    return {_SEEN: text("seen by the rules"), _HELD_OUT: text("held out")}[part]


def _group_name(group: str) -> Text:
    return {
        "relevant": text("principal or significant"),
        "principal": text("principal"),
    }[group]


def _language_name(code: str) -> str:
    name = Locale.parse(code).get_language_name(language().locale)
    return capital(name or code)


def _percentage(share: Decimal | None) -> str:
    return "–" if share is None else language().share(share)


def _table(rows: Iterable[dict[str, str]]) -> None:
    found = list(rows)
    if found:
        st.dataframe(
            pa.table({name: [row[name] for row in found] for name in found[0]}),
            hide_index=True,
            width="stretch",
        )
