"""Choices of the workbench: whose budget, which methodology, which part of the queue."""

from collections.abc import Mapping

import streamlit as st

from budgeting.marks.choices import choices as used_by
from budgeting.methodologies import methodologies, methodology
from budgeting.model import Direction
from budgeting.names import dimension_name
from budgeting.reports.explorer_view import UNKNOWN_PATH, read_path, write_path
from budgeting.reports.gender.queue_view import GROUPS, LINE, SHOWN
from budgeting.reports.scope import members, scope, unknown_label
from budgeting.ui import address, filters
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _

ADDRESS = (
    *("municipality", "year", "direction", "stage", "methodology", "convention"),
    *("by", "within", "words", "show", "page"),
)


def choices() -> dict[str, str] | None:
    """Show what is chosen before the queue; None (and nothing shown) in an empty database."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = filters.municipality_and_year()
        if chosen is None:
            return None
        chosen |= _rules(chosen["municipality"])
        with st.popover(_("More choices"), icon=":material/tune:"):
            chosen |= {"direction": filters.direction(), "stage": filters.stage()}
            chosen |= _convention(chosen)
            for dimension in ("organisation", "function"):
                _member(dimension, chosen)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        say = language().say
        by = {name: filters.capital(say(dimension_name(name))) for name in (LINE, *GROUPS)}
        chosen["by"] = filters.choice("by", _("List"), by, default=LINE, forget=("page",))
        _member("programme", chosen)
        shown = {name: say(words) for name, words in SHOWN.items()}
        chosen["show"] = filters.choice("show", _("Show"), shown, forget=("page",))
        chosen["words"] = filters.words(_("Search"), _("Words or codes"))
    return chosen | {
        "within": address.value("within"),
        "page": address.value("page"),
        "language": language().code,
    }


def _rules(municipality: str) -> dict[str, str]:
    """Show the choice among methodologies: those that the municipality uses first."""
    used = {one.methodology: one for one in used_by(open_store(), municipality)}
    names = {one.code: language().say(one.labels) for one in methodologies()}
    others = sorted((code for code in names if code not in used), key=lambda code: names[code])
    order = [*(code for code in used if code in names), *others]
    code = filters.choice(
        "methodology",
        _("Methodology"),
        {code: names[code] for code in order},
        default=order[0],
        forget=("convention", "page"),
        width=filters.LONG,
    )
    version = used[code].version if code in used else ""
    return {"methodology": code, "version": version}


def _convention(chosen: Mapping[str, str]) -> dict[str, str]:
    """Show the choice of what counts: what the municipality decided, where it did."""
    rules = methodology(chosen["methodology"], chosen["version"] or None)
    names = {name: language().say(one.labels) for name, one in rules.conventions.items()}
    decided = {
        one.methodology: one.convention for one in used_by(open_store(), chosen["municipality"])
    }
    default = decided.get(rules.code, "")
    return {"convention": filters.choice("convention", _("What counts"), names, default=default)}


def _member(dimension: str, chosen: Mapping[str, str]) -> None:
    """Show the choice of one member of a dimension; all without one."""
    options = {"": _("All"), **_members(dimension, chosen)}
    steps = dict(read_path(address.value("within")))
    current = steps.get(dimension, "")
    if current not in options:
        return
    key = filters.key_of(f"within_{dimension}")
    if st.session_state.get(key) != current:
        st.session_state[key] = current
    st.selectbox(
        filters.capital(language().say(dimension_name(dimension))),
        list(options),
        key=key,
        format_func=lambda path: options[path],
        filter_mode="fuzzy",
        on_change=_narrow,
        args=(dimension, key),
    )


def _members(dimension: str, chosen: Mapping[str, str]) -> dict[str, str]:
    """Return path code and words of the members that the year has, the parts below their whole."""
    direction = Direction(address.value("direction", Direction.EXPENDITURE.value))
    where = scope(open_store(), chosen["municipality"], int(chosen["year"]), direction)
    known = members(open_store(), where, language().code).values()
    found = {
        one.path_code: f"{'  ' * (one.depth - 1)}{one.code} {one.label}"
        for one in sorted(known, key=lambda one: one.path_code)
        if one.dimension == dimension and one.is_in_year
    }
    return found | {UNKNOWN_PATH: filters.capital(unknown_label(language().code))}


def _narrow(dimension: str, key: str) -> None:
    steps = [step for step in read_path(address.value("within")) if step[0] != dimension]
    path = str(st.session_state[key] or "")
    narrowed = [*steps, (dimension, path)] if path else steps
    address.choose(within=write_path(narrowed), page="")
