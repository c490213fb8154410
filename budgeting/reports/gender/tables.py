"""Tables of the gender overview; each closes with what is not screened."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from budgeting.amounts import ratio
from budgeting.methodologies import methodologies
from budgeting.model import Column, Stage, Table, Vintage, text
from budgeting.names import dimension_name
from budgeting.reports.gender.figures import Figures, figures, interval, statement_figures
from budgeting.reports.gender.money import (
    NOT_SCREENED,
    OTHER_VERSION,
    Level,
    Narrowing,
    marked_money,
    marked_with,
    member_money,
)
from budgeting.reports.gender.view import Question
from budgeting.reports.gender.words import NOT_SCREENED_NAME, OTHER_VERSION_NAME
from budgeting.reports.narrowing import kept_members, shown_depth
from budgeting.reports.scope import members, unknown_label
from budgeting.reports.tables import table
from budgeting.store import Store
from budgeting.tagging import ZERO
from budgeting.translations import language as language_of

STAGES = (Stage.PROPOSED, Stage.APPROVED, Stage.REVISED, Stage.COMMITTED, Stage.EXECUTED)


def kept(store: Store, asked: Question) -> Narrowing:
    """Return the members that a view keeps."""
    return kept_members(asked.view.within, members(store, asked.where, asked.view.language))


def category_table(store: Store, asked: Question) -> Table:
    """Return one row per category, what another version marked, what is not screened, and all."""
    unit, say = asked.where.year.currency_code, language_of(asked.view.language).say
    money = marked_money(store, asked.vintage, asked.methodology, kept(store, asked))
    found, lines = figures(money, asked.methodology, asked.convention), money.lines_by_category()
    rows: list[dict[str, Any]] = [
        {
            "category": category.code,
            "label": say(category.labels),
            "stance": category.stance.value if category.stance else None,
            "amount": found.by_category[category.code],
            "coefficient": float(asked.convention.coefficients[category.code]),
            "line_count": lines.get(category.code, 0),
        }
        for category in asked.methodology.categories
    ]
    if found.other_version or lines.get(OTHER_VERSION):
        rows.append(
            {
                "label": say(OTHER_VERSION_NAME),
                "number": "other_version",
                "amount": found.other_version,
                "line_count": lines.get(OTHER_VERSION, 0),
            }
        )
    rest = {"label": say(NOT_SCREENED_NAME), "number": "not_screened"}
    rows.append({**rest, "amount": found.not_screened})
    rows.append({"label": say(text("all of the budget")), "amount": found.total, "adds": len(rows)})
    for row in rows:
        row["share"] = found.share(row["amount"])
        row["adds"] = row.get("adds", 0)
        row["number"] = row.get("number", "total")
    columns = (
        Column("category", text("category"), "code"),
        Column("label", text("meaning")),
        Column("stance", text("stance"), "code"),
        Column("amount", text("amount"), "money", unit),
        Column("share", text("share of the budget"), "share"),
        Column("coefficient", text("counts for"), "share"),
        Column("line_count", text("budget lines"), "count"),
        Column("number", text("code"), "code", is_hidden=True),
    )
    return table(columns, rows, sums="adds")


def group_table(store: Store, asked: Question) -> Table:
    """Return one row per member of the chosen dimension, the largest first."""
    method, unit = asked.methodology, asked.where.year.currency_code
    known = members(store, asked.where, asked.view.language)
    level = Level(asked.view.by, shown_depth(asked.view.by, asked.view.within), known)
    rows: list[dict[str, Any]] = []
    found = member_money(store, asked.vintage, method, level, kept(store, asked))
    for member_id, amounts in found.items():
        total = sum(amounts.values(), ZERO)
        by_stance = _by_stance(asked, amounts)
        tagged = interval(_of_method(asked, amounts), method)
        member = known.get(member_id)
        rows.append(
            {
                "code": member.code if member else "",
                "label": member.label if member else unknown_label(asked.view.language),
                "path_code": member.path_code if member else "?",
                "total": total,
                **by_stance,
                "low_share": ratio(tagged.low, total) if tagged else None,
                "high_share": ratio(tagged.high, total) if tagged else None,
                "screened_share": ratio(total - amounts[NOT_SCREENED], total),
            }
        )
    rows.sort(key=lambda row: (row["path_code"] == "?", -row["total"], row["path_code"]))
    return table(_group_columns(asked, unit), rows)


def _group_columns(asked: Question, unit: str) -> tuple[Column, ...]:
    return (
        Column("code", text("code"), "code"),
        Column("label", dimension_name(asked.view.by)),
        *(Column(name, label, "money", unit) for name, label in _STANCE_COLUMNS),
        Column("total", text("all of it"), "money", unit),
        Column("low_share", text("principal only"), "share"),
        Column("high_share", text("with significant"), "share"),
        Column("screened_share", text("screened"), "share"),
        Column("path_code", text("path"), "code", is_hidden=True),
    )


_STANCE_COLUMNS = (
    ("principal", text("principal")),
    ("significant", text("significant")),
    ("unclear", text("unclear")),
    ("none", text("none")),
    ("without_stance", text("marked, not comparable")),
    ("other_version", OTHER_VERSION_NAME),
    ("not_screened", NOT_SCREENED_NAME),
)


def _by_stance(asked: Question, amounts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    stances = asked.methodology.stances
    found = {name: ZERO for name, _label in _STANCE_COLUMNS}
    for category, amount in amounts.items():
        if category == NOT_SCREENED:
            name = "not_screened"
        elif category == OTHER_VERSION:
            name = "other_version"
        else:
            stance = stances[category]
            name = stance.value if stance else "without_stance"
        found[name] += amount
    return found


def _of_method(asked: Question, amounts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {code: amounts.get(code, ZERO) for code in asked.methodology.stances}


def stages_shown(asked: Question) -> list[Vintage]:
    """Return the newest statement of every stage that the year has."""
    found = [asked.where.newest(stage) for stage in STAGES]
    return [vintage for vintage in found if vintage]


def years_shown(asked: Question) -> list[Vintage]:
    """Return the newest statement of the same stage of every year in the same currency."""
    years, currency = asked.where.years, asked.where.year.currency_code
    found = [
        asked.where.newest(asked.vintage.stage, year)
        for year in sorted(years)
        if years[year].currency_code == currency
    ]
    return [vintage for vintage in found if vintage]


def stage_table(store: Store, asked: Question) -> Table:
    """Return one row per stage of the year: what was planned for equality, and what was spent."""
    rows = []
    for vintage in stages_shown(asked):
        found = statement_figures(store, vintage, asked.methodology, asked.convention)
        rows.append({"stage": vintage.stage.value, "as_of": vintage.as_of, **_told(found)})
    columns = (
        Column("stage", text("stage"), "code"),
        Column("as_of", text("as of"), "date"),
        *_told_columns(asked.where.year.currency_code, rows),
    )
    return table(columns, rows)


def year_table(store: Store, asked: Question) -> Table:
    """Return one row per fiscal year with a statement of the same stage and currency."""
    rows = []
    for vintage in years_shown(asked):
        found = statement_figures(store, vintage, asked.methodology, asked.convention)
        rows.append({"year": str(vintage.fiscal_year), "as_of": vintage.as_of, **_told(found)})
    columns = (
        Column("year", text("fiscal year"), "code"),
        Column("as_of", text("as of"), "date"),
        *_told_columns(asked.where.year.currency_code, rows),
    )
    return table(columns, rows)


def methodology_table(store: Store, asked: Question) -> Table:
    """Return one row per methodology with marks in the statement: side by side, never converted."""
    say = language_of(asked.view.language).say
    rows = []
    used = marked_with(store, asked.vintage)
    for method in methodologies():
        if method.code not in used:
            continue
        found = statement_figures(store, asked.vintage, method, method.convention())
        if not found.is_of_this_version:
            continue
        row = {"methodology": say(method.labels), "version": method.version, **_told(found)}
        row["methodology_code"] = method.code
        rows.append({**row, "measures": method.measures.value})
    columns = (
        Column("methodology", text("methodology")),
        Column("version", text("version"), "code"),
        Column("measures", text("measures"), "code"),
        *_told_columns(asked.where.year.currency_code, rows),
        Column("methodology_code", text("code"), "code", is_hidden=True),
    )
    return table(columns, rows)


def _told(found: Figures) -> dict[str, Any]:
    low, high = (found.tagged.low, found.tagged.high) if found.tagged else (None, None)
    return {
        "total": found.total,
        "low": low,
        "high": high,
        "low_share": found.share(low),
        "high_share": found.share(high),
        "counted": found.counted,
        "counted_share": found.share(found.counted),
        "other_version": found.other_version,
        "not_screened": found.not_screened,
        "screened_share": found.screened_share,
    }


def _told_columns(unit: str, rows: Iterable[Mapping[str, Any]]) -> tuple[Column, ...]:
    other = Column("other_version", OTHER_VERSION_NAME, "money", unit)
    return (
        Column("total", text("all of it"), "money", unit),
        Column("low", text("principal only"), "money", unit),
        Column("high", text("with significant"), "money", unit),
        Column("low_share", text("principal only, %"), "share"),
        Column("high_share", text("with significant, %"), "share"),
        Column("counted", text("counted"), "money", unit),
        Column("counted_share", text("counted, %"), "share"),
        *([other] if any(row["other_version"] for row in rows) else []),
        Column("not_screened", NOT_SCREENED_NAME, "money", unit),
        Column("screened_share", text("screened, %"), "share"),
    )
