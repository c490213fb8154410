"""Planned money: what was meant to be spent on each service beside what was, and for whom.

Both are current expenditure before fees, shared out by the same users: those counted in the year. So
a difference is one of money, and no statement without fees is set against one with them.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from budgeting.amounts import ratio, total_of
from budgeting.incidence import NOT_KNOWN
from budgeting.intervals import Range
from budgeting.model import Column, Sex, Stage, Table, Text, Vintage, text
from budgeting.reports.beneficiaries.picture import ServicePicture, pictures
from budgeting.reports.beneficiaries.ranges import service_range, total_ranges
from budgeting.reports.beneficiaries.view import Question
from budgeting.reports.scope import statement_source
from budgeting.reports.tables import table
from budgeting.store import Store
from budgeting.translations import language as language_of

WOMEN, MEN, OTHER = Sex.FEMALE.value, Sex.MALE.value, Sex.OTHER.value
_NOT_ATTRIBUTABLE = "not_attributable"
_PARTS = (WOMEN, MEN, OTHER, NOT_KNOWN, _NOT_ATTRIBUTABLE)
_ALL = ("", *_PARTS)
_PLANS = (Stage.REVISED, Stage.APPROVED, Stage.PROPOSED)

_Row = Mapping[str, Any]


def statements(asked: Question) -> tuple[Vintage | None, Vintage | None]:
    """Return the plan and the execution of the year: the statement asked for, where it is either.

    None for one that is not stored. Without a plan asked for, the revised budget is it, else the
    approved or the proposed one.
    """
    plans = [asked.vintage] if asked.vintage.stage in _PLANS else map(asked.where.newest, _PLANS)
    plan = next((one for one in plans if one), None)
    is_executed = asked.vintage.stage is Stage.EXECUTED
    return plan, asked.vintage if is_executed else asked.where.newest(Stage.EXECUTED)


def money_table(store: Store, asked: Question) -> Table:
    """Return one row per service: planned and spent money, and the parts of both by who uses it.

    The dearest come first, then a row with the sum of all that have both; below it stand those of
    which one is not known. Columns ``low`` and ``high`` are the range of the women's part of what
    was spent; the parts and what is not attributable sum to the whole, on either side.
    """
    planned, spent = (_before_fees(store, asked, one) for one in statements(asked))
    rows = [_row(planned.get(code), spent.get(code)) for code in planned | spent]
    rows.sort(key=_dearest_first)
    both = [row for row in rows if _is_compared(row)]
    compared = [spent[row["code"]] for row in both]
    ranges = total_ranges(asked.view.municipality_code, compared, (WOMEN,))
    sums = [_sum(asked, both, ranges)] if both else []
    return table(_columns(asked), [*both, *sums, *rows[len(both) :]], sums="added")


def _before_fees(
    store: Store, asked: Question, vintage: Vintage | None
) -> dict[str, ServicePicture]:
    if vintage is None:
        return {}
    return {one.code: one.before_fees for one in pictures(store, asked.at(vintage))}


def _row(planned: ServicePicture | None, spent: ServicePicture | None) -> dict[str, Any]:
    service = spent or planned
    assert service is not None
    sure = service_range(service, WOMEN)
    return {
        "code": service.code,
        "name": service.name,
        **_sides(_amounts(planned), _amounts(spent)),
        **_women_part(spent, sure),
        "grade": service.grade,
        "added": 0,
    }


def _amounts(service: ServicePicture | None) -> dict[str, Decimal | None]:
    """Return what a statement has for a service, in all and by who uses it; {} where nothing."""
    if service is None or service.gross is None:
        return {}
    found = service.incidence
    if found is None:
        return {"": service.gross, _NOT_ATTRIBUTABLE: service.gross}
    return {"": service.gross, **{group: one.benefit for group, one in found.groups.items()}}


def _sides(
    planned: Mapping[str, Decimal | None], spent: Mapping[str, Decimal | None]
) -> dict[str, Any]:
    """Return planned and spent amounts as fields of a row, with the part of the plan that was spent."""
    return {
        **{_field(part, "planned"): planned.get(part) for part in _ALL},
        **{_field(part, "spent"): spent.get(part) for part in _ALL},
        "execution": ratio(spent.get(""), planned.get("")),
    }


def _field(part: str, side: str) -> str:
    return f"{part}_{side}" if part else side


def _women_part(spent: ServicePicture | None, sure: Range | None) -> dict[str, float | None]:
    found = spent.incidence if spent else None
    share = found.groups[WOMEN].share if found and WOMEN in found.groups else None
    is_shown = share is not None and sure is not None
    return {
        "women_share": None if share is None else float(share),
        "low": sure.low if sure and is_shown else None,
        "high": sure.high if sure and is_shown else None,
    }


def _is_compared(row: _Row) -> bool:
    return row["planned"] is not None and row["spent"] is not None


def _dearest_first(row: _Row) -> tuple[Any, ...]:
    return not _is_compared(row), -(row["planned"] or row["spent"] or Decimal(0)), row["name"]


def _sum(asked: Question, rows: Sequence[_Row], ranges: Mapping[str, Range]) -> dict[str, Any]:
    """Return the sum over services of which both sides are known; what is not known is a part of it."""
    planned, spent = (_totals(rows, side) for side in ("planned", "spent"))
    shared = total_of(spent[part] for part in (WOMEN, MEN, OTHER, NOT_KNOWN))
    return {
        "code": "",
        "name": language_of(asked.view.language).say(text("All services with both")),
        **_sides(planned, spent),
        "women_share": ratio(spent[WOMEN], shared),
        "low": ranges[WOMEN].low if WOMEN in ranges else None,
        "high": ranges[WOMEN].high if WOMEN in ranges else None,
        "grade": None,
        "added": len(rows),
    }


def _totals(rows: Sequence[_Row], side: str) -> dict[str, Decimal | None]:
    return {part: total_of(row[_field(part, side)] for row in rows) for part in _ALL}


def _columns(asked: Question) -> tuple[Column, ...]:
    unit = asked.where.year.currency_code
    amounts = (
        ("planned", text("planned")),
        ("spent", text("spent")),
        (f"{WOMEN}_planned", text("planned, women")),
        (f"{WOMEN}_spent", text("spent, women")),
        (f"{MEN}_planned", text("planned, men")),
        (f"{MEN}_spent", text("spent, men")),
        (f"{OTHER}_planned", text("planned, others")),
        (f"{OTHER}_spent", text("spent, others")),
        (f"{NOT_KNOWN}_planned", text("planned, not known for whom")),
        (f"{NOT_KNOWN}_spent", text("spent, not known for whom")),
        (f"{_NOT_ATTRIBUTABLE}_planned", text("planned, not attributable")),
        (f"{_NOT_ATTRIBUTABLE}_spent", text("spent, not attributable")),
    )
    return (
        Column("code", text("code"), "code", is_hidden=True),
        Column("name", text("service")),
        *(Column(key, label, "money", unit) for key, label in amounts[:2]),
        Column("execution", text("execution rate"), "share"),
        *(Column(key, label, "money", unit) for key, label in amounts[2:]),
        Column("women_share", text("women, share"), "share"),
        Column("low", text("at least"), "share"),
        Column("high", text("at most"), "share"),
        Column("grade", text("data grade"), "code"),
    )


def money_facts(asked: Question, shown: Table) -> dict[str, Any]:
    """Return the sums as facts, None where not known, with the day to which spending runs."""
    plan, executed = statements(asked)
    total: _Row = next((row for row in shown.rows.to_pylist() if row["added"]), {})
    names = ("planned", "spent", "execution")
    parts = tuple(f"{sex}_{side}" for sex in (WOMEN, MEN) for side in names[:2])
    return {
        "is_planned": plan is not None,
        "is_spent": executed is not None,
        "spent_as_of": executed.as_of if executed else None,
        "is_year_over": asked.where.is_whole_year(executed),
        **{name: total.get(name) for name in (*names, *parts)},
    }


def money_sources(asked: Question) -> tuple[Text, ...]:
    """Return where plan and execution stand in the life of the budget, the statement asked for first."""
    found = [asked.vintage, *(one for one in statements(asked) if one and one != asked.vintage)]
    return tuple(statement_source(asked.where, one) for one in found)
