"""Reports: one module per answer. The screen, the file and the command line show the same one.

`REPORTS` says which there are and which parameters each takes, as text: the same words stand in a
page's address and behind ``--param`` on the command line.
"""

from collections.abc import Mapping
from typing import Any

from budgeting.errors import UnknownReport
from budgeting.model import Direction, Report, Stage, text
from budgeting.reports import (
    budget_explorer,
    budget_line,
    data_dictionary,
    line_successors,
    overview,
    source_files,
)
from budgeting.reports.beneficiaries.kinds import BENEFIT_REPORTS, read_benefit_view
from budgeting.reports.budget_explorer import LINE
from budgeting.reports.explorer_view import View, read_path
from budgeting.reports.gender import changed_lines, mark_list
from budgeting.reports.gender import confirmations as marks_to_confirm
from budgeting.reports.gender import history as mark_history
from budgeting.reports.gender import lines as marked_lines
from budgeting.reports.gender import overview as gender_overview
from budgeting.reports.gender import queue as classification_queue
from budgeting.reports.gender.changed_lines import CHANGE_NUMBERS
from budgeting.reports.gender.numbers import NUMBERS, TOTAL
from budgeting.reports.gender.queue_view import SHOWN, QueueView
from budgeting.reports.gender.view import GenderView
from budgeting.reports.kinds import PLACE, ReportKind, filled, one_of, parsed, parsed_if_given
from budgeting.reports.scenarios.asking import SCENARIO_REPORTS
from budgeting.reports.statements import statement as gender_budget_statement
from budgeting.reports.statements.layouts import LAYOUTS
from budgeting.reports.statements.units import UNITS
from budgeting.store import DIMENSIONS, Store

__all__ = [
    "REPORTS",
    "ReportKind",
    "build_report",
    "read_benefit_view",
    "read_gender_view",
    "read_queue_view",
    "read_view",
]


GENDER_TABLES = gender_overview.TABLES


_YEAR_PARAMETERS = {
    **PLACE,
    "direction": "expenditure (default) or revenue",
    "language": "en (default), sr or sr-Latn: labels of COFOG functions",
}
_VIEW_PARAMETERS = _YEAR_PARAMETERS | {
    "stage": "approved, revised (default), committed or executed",
    "by": "organisation, programme, function (default), economic_class, fund or line",
    "within": "members drilled into, e.g. programme:2001~fund:01",
    "words": "only lines in which all these words are found",
    "prices": "nominal (default) or constant",
    "per": "total (default) or resident",
    "page": "page of the budget lines, from 1",
}


_GENDER_PARAMETERS = {
    **PLACE,
    "methodology": "code of a methodology, e.g. oecd_dac (default)",
    "version": "its version; the one in force in the year without it",
    "convention": "what categories count for; the methodology's first without it",
    "stage": "proposed, approved, revised, committed or executed; the most telling one without it",
    "by": "organisation, programme, function (default), economic_class or fund",
    "within": "members drilled into, e.g. programme:2001~fund:01",
    "language": "en (default), sr or sr-Latn: labels of methodologies and COFOG functions",
}
_STATEMENT_PARAMETERS = {
    name: meaning for name, meaning in _GENDER_PARAMETERS.items() if name not in ("by", "within")
} | {
    "municipality": "code of the municipality; the only one without it",
    "year": "fiscal year; the newest one with marks without it",
    "layout": f"{', '.join(LAYOUTS)}; the one meant for the methodology without it",
    "unit": f"of the amounts: {', '.join(UNITS)}; the usual one of the layout without it",
}
_QUEUE_PARAMETERS = _GENDER_PARAMETERS | {
    "direction": "expenditure (default) or revenue",
    "stage": "approved, revised (default), committed or executed",
    "by": "line (default), programme, organisation or function",
    "words": "only lines in which all these words are found",
    "show": f"which lines: {', '.join(SHOWN)}",
    "page": "page of the budget lines, from 1",
}


def read_gender_view(parameters: Mapping[str, str]) -> GenderView:
    """Return the gender view that the parameters of an address or a command describe.

    Raises
    ------
    UnknownReport
        A parameter has a value that it cannot have; the text names both.
    """
    given = filled(parameters)
    return GenderView(
        **_read_place(given),
        methodology=given.get("methodology", "oecd_dac"),
        version=given.get("version"),
        convention=given.get("convention"),
        stage=parsed_if_given("stage", given, Stage),
        by=one_of("by", given.get("by", "function"), tuple(DIMENSIONS)),
        category=given.get("category", ""),
        number=one_of("number", given.get("number", TOTAL), tuple(NUMBERS)),
        line=parsed("line", given["line"], int) if "line" in given else None,
        part=one_of("part", given.get("part", "change"), CHANGE_NUMBERS),
        table=one_of("table", given["table"], GENDER_TABLES) if "table" in given else None,
    )


def read_queue_view(parameters: Mapping[str, str]) -> QueueView:
    """Return the queue view that the parameters of an address or a command describe.

    Raises
    ------
    UnknownReport
        A parameter has a value that it cannot have; the text names both.
    """
    given = {name: value for name, value in parameters.items() if value}
    return QueueView(
        view=read_view({"by": LINE, **given}),
        methodology=given.get("methodology", "oecd_dac"),
        version=given.get("version"),
        convention=given.get("convention"),
        show=one_of("show", given.get("show", "all"), tuple(SHOWN)),
    )


def read_view(parameters: Mapping[str, str]) -> View:
    """Return the view that the parameters of an address or a command describe.

    Raises
    ------
    UnknownReport
        A parameter has a value that it cannot have; the text names both.
    """
    given = filled(parameters)
    return View(
        **_read_place(given),
        direction=parsed("direction", given.get("direction", "expenditure"), Direction),
        stage=parsed("stage", given.get("stage", "revised"), Stage),
        by=one_of("by", given.get("by", "function"), (*DIMENSIONS, LINE)),
        words=given.get("words", ""),
        has_constant_prices=one_of("prices", given.get("prices", ""), ("", "nominal", "constant"))
        == "constant",
        is_per_resident=one_of("per", given.get("per", ""), ("", "total", "resident"))
        == "resident",
    )


def _read_place(given: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields that every view has: whose budget, where in it, and in which language."""
    return {
        "municipality_code": given["municipality"],
        "fiscal_year": parsed("year", given["year"], int),
        "within": parsed("within", given.get("within", ""), read_path),
        "page": max(1, parsed("page", given.get("page", "1"), int)),
        "language": given.get("language", "en"),
    }


REPORTS: Mapping[str, ReportKind] = {
    "overview": ReportKind(
        lambda store, given: overview.build(store, read_view(given)),
        "A fiscal year at a glance: stages, execution, where the money goes, what is missing.",
        _YEAR_PARAMETERS,
    ),
    "budget_explorer": ReportKind(
        lambda store, given: budget_explorer.build(store, read_view(given)),
        "The budget broken down by any classification, within any other.",
        _VIEW_PARAMETERS,
    ),
    "budget_line": ReportKind(
        lambda store, given: budget_line.build(
            store, parsed("line", given.get("line", ""), int), given.get("language", "en")
        ),
        "Every amount of one budget line, traced to file and row.",
        {"line": "number of the line", "language": "language of COFOG labels"},
    ),
    "line_successors": ReportKind(
        lambda store, given: line_successors.build(
            store,
            filled(given)["municipality"],
            parsed("direction", given.get("direction", "expenditure"), Direction),
            parsed("year", filled(given)["year"], int),
            one_of("span", given.get("span") or "years", line_successors.SPANS),
        ),
        "Which lines of a year continue lines of the year before: confirmed, proposed, open.",
        {name: _YEAR_PARAMETERS[name] for name in ("municipality", "year", "direction")}
        | {"span": "years (default), or year: of its earlier statements instead"},
    ),
    "gender_overview": ReportKind(
        lambda store, given: gender_overview.build(store, read_gender_view(given)),
        "How much of a budget is meant for equality, as an interval, with what is not screened.",
        _GENDER_PARAMETERS | {"table": f"one of {', '.join(GENDER_TABLES)}; all without it"},
    ),
    "marked_lines": ReportKind(
        lambda store, given: marked_lines.build(store, read_gender_view(given)),
        "The lines behind a number of the gender overview, each with its mark and why.",
        _GENDER_PARAMETERS
        | {
            "number": f"one of {', '.join(NUMBERS)}; total without it",
            "category": "a category, not-screened or other-version",
            "line": "number of a line; all without it",
            "page": "page, from 1",
        },
    ),
    "changed_lines": ReportKind(
        lambda store, given: changed_lines.build(store, read_gender_view(given)),
        "The lines behind a part of the change since the year before, each with its marks and why.",
        _GENDER_PARAMETERS
        | {
            "part": f"one of {', '.join(CHANGE_NUMBERS)}; change without it",
            "category": "a category; what counts without it",
            "page": "page, from 1",
        },
    ),
    "gender_budget_statement": ReportKind(
        lambda store, given: gender_budget_statement.build(
            store,
            read_gender_view(gender_budget_statement.without_choice(store, given)),
            given.get("layout") or None,
            given.get("unit") or None,
        ),
        "The gender budget statement, in the layout of a country or of the Union.",
        _STATEMENT_PARAMETERS,
    ),
    **BENEFIT_REPORTS,
    "classification_queue": ReportKind(
        lambda store, given: classification_queue.build(store, read_queue_view(given)),
        "Budget lines with their marks: not screened first, largest amount first.",
        _QUEUE_PARAMETERS,
    ),
    "marks_to_confirm": ReportKind(
        lambda store, given: marks_to_confirm.build(store, read_queue_view(given)),
        "Lines that changed since they were marked, continue a marked one, or are new.",
        _QUEUE_PARAMETERS,
    ),
    "marks": ReportKind(
        lambda store, given: mark_list.build(
            store, given.get("municipality", ""), given.get("methodology") or None
        ),
        "Every mark as it stands; what `marks` reads in again.",
        {
            "municipality": PLACE["municipality"],
            "methodology": "code of a methodology; all without it",
        },
    ),
    "mark_history": ReportKind(
        lambda store, given: mark_history.build(
            store,
            given.get("municipality", ""),
            parsed("direction", given.get("direction", "expenditure"), Direction),
            (given.get("subject", LINE), given.get("code", "")),
            given.get("methodology", "oecd_dac"),
        ),
        "Every change of the marks of a line, programme or organisation: who, when, from, to, why.",
        {
            "municipality": PLACE["municipality"],
            "direction": "expenditure (default) or revenue",
            "subject": "line (default), programme or organisation",
            "code": "its year-free code",
            "methodology": "code of a methodology, e.g. oecd_dac (default)",
        },
    ),
    **SCENARIO_REPORTS,
    "data_dictionary": ReportKind(
        lambda store, given: data_dictionary.build(store),
        "Every table and column with its meaning.",
        {},
    ),
    "source_files": ReportKind(
        lambda store, given: source_files.build(store, given.get("municipality") or None),
        "Every accepted file: the source behind every number.",
        {"municipality": "code of the municipality; all without it"},
    ),
}


def build_report(store: Store, name: str, parameters: Mapping[str, str]) -> Report:
    """Build the report `name` from parameters as text.

    Raises
    ------
    UnknownReport
        No report of that name, or a parameter that it does not have.
    """
    if name not in REPORTS:
        raise UnknownReport(
            text(
                "There is no report “{name}”. There are: {known}.",
                name=name,
                known=", ".join(REPORTS),
            )
        )
    kind = REPORTS[name]
    surplus = sorted(set(parameters) - set(kind.parameters))
    if surplus:
        raise UnknownReport(
            text(
                "The report “{name}” has no parameter “{surplus}”. It has: {known}.",
                name=name,
                surplus=", ".join(surplus),
                known=", ".join(kind.parameters),
            )
        )
    return kind.build(store, parameters)
