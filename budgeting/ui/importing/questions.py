"""Questions that a file does not answer: whose it is, of which year, stage and date."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from budgeting.imports.mappings.mapping import Mapping
from budgeting.imports.mappings.mapping_file import mapping_named
from budgeting.model import Direction, Finding, Severity, Stage
from budgeting.names import direction_name, stage_name
from budgeting.services.lists import grades
from budgeting.services.model import Unit
from budgeting.services.names import unit_name
from budgeting.ui.filters import capital
from budgeting.ui.importing.case import NEW, Case, ask
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _

# the checks that a question of the page answers, and what is asked
ASKED = {
    "municipality": "municipality",
    "fiscal-year": "fiscal_year",
    "stage": "stage",
    "reference-date": "as_of",
    "direction": "direction",
    "country": "country",
    "currency": "currency",
    "data-grade": "grade",
    "unit": "unit",
}
_NEEDED = {"number-style", "date-style"}
_OTHERS = ("municipality", "fiscal_year", "stage", "as_of")


def open_questions(findings: Sequence[Finding]) -> list[Finding]:
    """Return the errors that an answer on the page takes away, one per check."""
    found = {
        finding.check: finding
        for finding in reversed(findings)
        if finding.severity is Severity.ERROR and finding.check in {*ASKED, *_NEEDED}
    }
    return list(found.values())[::-1]


def ask_open(case: Case, mapping: Mapping, findings: Sequence[Finding]) -> None:
    """Ask what is open, and show again what was answered; the rest can be said below."""
    wanted = {ASKED[f.check] for f in open_questions(findings) if f.check in ASKED}
    wanted |= {name for name in ASKED.values() if case.said.get(name) is not None}
    if mapping.municipality and "municipality" not in case.said:
        wanted.discard("municipality")
    is_new = case.said.get("municipality") == NEW
    if is_new:  # then both are asked below, with the name
        wanted -= {"country", "currency"}
    asked = {
        "municipality": _ask_municipality,
        "country": _ask_country,
        "currency": _ask_currency,
        "fiscal_year": _ask_year,
        "direction": _ask_direction,
        "stage": _ask_stage,
        "as_of": _ask_date,
        "unit": _ask_unit,
        "grade": _ask_grade,
    }
    with st.container(horizontal=True):
        for name, widget in asked.items():
            if name in wanted:
                widget(case, mapping)
    if is_new:
        _describe_municipality(case, mapping)
    others = _OTHERS[: 1 if mapping.labels else 2 if mapping.use else None]
    rest = [name for name in others if name not in wanted]
    with (
        st.expander(_("More about the file"), icon=":material/edit_note:"),
        st.container(horizontal=True),
    ):
        for name in rest:
            asked[name](case, mapping)
        if not mapping.use and not mapping.labels:
            _ask_decision(case)


def _ask_municipality(case: Case, mapping: Mapping) -> None:
    known = stored_municipalities(mapping)
    for name in {case.base} - {None, ""}:
        if own := mapping_named(str(name)).municipality:
            known.setdefault(own.code, own.name)
    ask(
        st.selectbox,
        _("Municipality"),
        case,
        "municipality",
        options=[NEW, *known],  # of a long list a browser draws only what is in view
        index=None,
        format_func=lambda code: (
            _("A new municipality") if code == NEW else f"{known.get(code, code)} ({code})"
        ),
        placeholder=mapping.municipality.name
        if mapping.municipality
        else _("needed: the file does not say it"),
        width=300,
    )


def stored_municipalities(mapping: Mapping) -> dict[str, str]:
    """Return code and name of what is stored, and of the mapping's own municipality."""
    stored = {
        row["municipality_code"]: row["name"]
        for row in open_store().query("municipalities").to_pylist()
    }
    own = mapping.municipality
    return {own.code: own.name, **stored} if own else stored


def _describe_municipality(case: Case, mapping: Mapping) -> None:
    with st.container(horizontal=True):
        ask(st.text_input, _("Name of the municipality"), case, "name", value=None, width=300)
        _ask_country(case, mapping)
        _ask_currency(case, mapping)


def _ask_country(case: Case, _mapping: Mapping) -> None:
    ask(
        st.text_input,
        _("Country, two letters"),
        case,
        "country",
        value=None,
        max_chars=2,
        placeholder="RS",
        width=160,
    )


def _ask_currency(case: Case, _mapping: Mapping) -> None:
    ask(
        st.text_input,
        _("Currency, three letters"),
        case,
        "currency",
        value=None,
        max_chars=3,
        placeholder="RSD",
        width=180,
    )


def _ask_direction(case: Case, _mapping: Mapping) -> None:
    ask_direction(case, _("Expenditure or revenue"))


def ask_direction(case: Case, label: str, widget: str = "import") -> None:
    """Ask whether a file holds expenditure or revenue; nothing is chosen before a person does."""
    say = language().say
    ask(
        st.selectbox,
        label,
        case,
        "direction",
        widget,
        options=list(Direction),
        index=None,
        format_func=lambda way: capital(say(direction_name(way))),
        placeholder=_("needed: the file does not say it"),
        width=300,
    )


def _ask_year(case: Case, _mapping: Mapping) -> None:
    ask(
        st.number_input,
        _("Fiscal year of the amounts"),
        case,
        "fiscal_year",
        min_value=1990,
        max_value=2100,
        value=None,
        step=1,
        format="%d",
        placeholder=_("needed: the file does not say it"),
        width=340,
    )


def _ask_stage(case: Case, _mapping: Mapping) -> None:
    say = language().say
    ask(
        st.selectbox,
        _("Stage of the amounts"),
        case,
        "stage",
        options=list(Stage),
        index=None,
        format_func=lambda stage: capital(say(stage_name(stage))),
        placeholder=_("where the columns do not say it"),
        width=260,
    )


def _ask_unit(case: Case, _mapping: Mapping) -> None:
    say = language().say
    ask(
        st.selectbox,
        _("Unit of the figures"),
        case,
        "unit",
        options=list(Unit),
        index=None,
        format_func=lambda unit: capital(say(unit_name(unit))),
        placeholder=_("needed: the file does not say it"),
        width=260,
    )


def _ask_grade(case: Case, _mapping: Mapping) -> None:
    """Ask how good the figures are, with the rule of each grade; none is chosen beforehand."""
    words = {rule.grade: rule for rule in grades()}
    code = language().code
    with st.container():
        ask(
            st.selectbox,
            _("How good are the figures?"),
            case,
            "grade",
            options=list(words),
            index=None,
            format_func=lambda grade: f"{grade}: {words[grade].label.written(code)}",
            placeholder=_("needed: the file does not say it"),
            width=340,
        )
        st.caption(
            "  \n".join(f"**{rule.grade}** {rule.rule.written(code)}" for rule in words.values())
        )


def _ask_date(case: Case, mapping: Mapping) -> None:
    label = (
        _("Date of the count of residents")
        if mapping.population
        else _("Date of the statement, if the file is not for the whole year")
    )
    ask(
        st.date_input,
        label,
        case,
        "as_of",
        value=None,
        min_value=date(1990, 1, 1),
        max_value=date(2100, 12, 31),
        format="YYYY-MM-DD",
        width=300,
    )


def _ask_decision(case: Case) -> None:
    ask(
        st.text_input,
        _("Number of the decision, such as that of a rebalance"),
        case,
        "decision_number",
        value=None,
        max_chars=80,
        width=300,
    )
