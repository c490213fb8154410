"""Column roles: what each column of a file means by a mapping, and the mapping after changing one.

Only what concerns the changed column is changed: patterns, rules and conditions that a mapping has
for other columns stay as they are.
"""

from collections.abc import Callable, Iterator
from collections.abc import Mapping as Dictionary
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from budgeting.imports.cells.columns import column_of
from budgeting.imports.mappings.mapping import DIMENSION_NAMES, TO_DATE
from budgeting.model import Direction, Stage

Entries = dict[str, Any]
_LABEL = "_label"
_KEPT = ("as_of", "months", "decision_number", "negated")  # of an amount that gets another stage


class Role(StrEnum):
    """What a column means."""

    UNUSED = "unused"
    LABEL = "label"
    ORGANISATION = "organisation"
    ORGANISATION_LABEL = "organisation_label"
    PROGRAMME = "programme"
    PROGRAMME_LABEL = "programme_label"
    ECONOMIC_CLASS = "economic_class"
    ECONOMIC_CLASS_LABEL = "economic_class_label"
    FUNCTION = "function"
    FUNCTION_LABEL = "function_label"
    FUND = "fund"
    FUND_LABEL = "fund_label"
    AMOUNT = "amount"
    FUND_AMOUNT = "fund_amount"
    CHANGE = "change"
    TOTAL = "total"
    YEAR = "year"
    DATE = "date"
    DIRECTION = "direction"
    MUNICIPALITY = "municipality"
    MUNICIPALITY_CODE = "municipality_code"
    CATEGORY = "category"
    SEX = "sex"
    AGE = "age"
    PEOPLE = "people"


_AMOUNTS = (Role.AMOUNT, Role.FUND_AMOUNT)
_PEOPLE = (Role.SEX, Role.AGE, Role.PEOPLE)


@dataclass(frozen=True, slots=True)
class ColumnRole:
    """What a column means; `stage`, `year` and `direction` of an amount, None where it has no own.

    ``reason`` says why a column is not used.
    """

    role: Role
    stage: Stage | None = None
    year: int | None = None
    reason: str = ""
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table, and which of them a name of the mapping means."""

    names: tuple[str, ...]
    positions: tuple[int, ...] = ()

    def is_same(self, name: str | None, column: str) -> bool:
        """Return whether a mapping's name means this column."""
        return name is not None and column_of(self.names, name, self.positions) == column

    def place(self, name: str | None) -> int:
        """Return the place of a column from 0; of an unknown one the end."""
        found = column_of(self.names, name, self.positions) if name else None
        return self.names.index(found) if found else len(self.names)


def roles_of(entries: Entries, header: Header) -> dict[str, ColumnRole]:
    """Return what each column of the header means by the entries of a mapping."""
    found: dict[str, ColumnRole] = {}
    for name, role in _uses(entries):
        column = column_of(header.names, name, header.positions)
        if column is not None:
            found.setdefault(column, role)
    return {name: found.get(name, ColumnRole(Role.UNUSED)) for name in header.names}


def _uses(entries: Entries) -> Iterator[tuple[str, ColumnRole]]:
    """Yield the names that the entries use, the use that says most first."""
    for rule in entries.get("amount", []):
        role = Role.FUND_AMOUNT if "member" in rule else Role.AMOUNT
        stage = Stage(rule["stage"]) if "stage" in rule else None
        way = Direction(rule["direction"]) if "direction" in rule else None
        yield rule["column"], ColumnRole(role, stage, rule.get("year"), direction=way)
    yield from _levels(entries)
    for block, key, role in _PLACES:
        name = entries.get(block, {}).get(key) if block else entries.get(key)
        if isinstance(name, str):
            yield name, ColumnRole(role)
    for rule in entries.get("sum", []):
        yield rule["column"], ColumnRole(Role.TOTAL)
    for rule in entries.get("amount", []):
        if "date_column" in rule:
            yield rule["date_column"], ColumnRole(Role.DATE)
    for name, reason in entries.get("ignored", {}).items():
        yield name, ColumnRole(Role.UNUSED, reason=reason)


_PLACES = (
    ("population", "sex", Role.SEX),
    ("population", "age", Role.AGE),
    ("population", "people", Role.PEOPLE),
    ("change", "column", Role.CHANGE),
    ("line", "label", Role.LABEL),
    ("line", "direction_column", Role.DIRECTION),
    ("", "fiscal_year_column", Role.YEAR),
    ("municipality", "column", Role.MUNICIPALITY),
    ("municipality", "code_column", Role.MUNICIPALITY_CODE),
    ("gender", "column", Role.CATEGORY),
)


def _levels(entries: Entries) -> Iterator[tuple[str, ColumnRole]]:
    for rule in entries.get("classification", []):
        for level in rule.get("levels", []):
            codes = _codes(level)
            if codes == [level.get("label")]:
                codes = []
            for code in codes:
                yield code, ColumnRole(Role(rule["dimension"]))
            if level.get("label"):
                yield level["label"], ColumnRole(Role(rule["dimension"] + _LABEL))


def _codes(level: Entries) -> list[str]:
    code = level.get("code", [])
    return [code] if isinstance(code, str) else list(code)


def with_role(entries: Entries, header: Header, column: str, role: ColumnRole) -> Entries:
    """Return the entries in which `column` means `role` and nothing else.

    An amount keeps its date, sign and unit, or gets the unit of the others; months alone are kept
    where they can be added up to date.
    """
    changed = deepcopy(entries)
    said = _said_of_amount(changed, header, column)
    _take_out(changed, header, column)
    _PUT_IN[role.role](changed, header, column, role)
    _keep_said(changed, column, role, said)
    _repair(changed, header)
    return changed


def _said_of_amount(entries: Entries, header: Header, column: str) -> Entries:
    rules = entries.get("amount", [])
    factors = [{"factor": rule["factor"]} for rule in rules if "factor" in rule]
    own = [rule for rule in rules if header.is_same(rule["column"], column)][:1]
    said = {key: rule[key] for rule in own for key in (*_KEPT, "member") if key in rule}
    return {**dict(*factors[:1]), **said}


def _keep_said(entries: Entries, column: str, role: ColumnRole, said: Entries) -> None:
    if role.role is not Role.FUND_AMOUNT:
        said.pop("member", None)
    if "months" in said and role.stage not in (None, *TO_DATE):
        del said["months"], said["as_of"]
    for rule in entries.get("amount", []):
        if rule["column"] == column:
            rule.update(said)


# --- taking out -------------------------------------------------------------


def _take_out(entries: Entries, header: Header, column: str) -> None:
    def is_it(name: Any) -> bool:
        return isinstance(name, str) and header.is_same(name, column)

    for rule in entries.get("classification", []):
        if "levels" in rule:
            rule["levels"] = [level for level in rule["levels"] if _keep_level(level, is_it)]
    for block, key, _ in _PLACES:
        place = entries.get(block, {}) if block else entries
        if is_it(place.get(key)):
            del place[key]
    _take_out_of_rules(entries, is_it)
    for name in [name for name in entries.get("ignored", {}) if is_it(name)]:
        del entries["ignored"][name]


def _keep_level(level: Entries, is_it: Callable[[Any], bool]) -> bool:
    """Take a column out of a level; return whether anything is left that makes a code."""
    if is_it(level.get("label")):
        del level["label"]
    if "code" not in level:
        return True
    codes = [code for code in _codes(level) if not is_it(code)]
    level["code"] = codes[0] if len(codes) == 1 else codes
    return bool(codes)


def _take_out_of_rules(entries: Entries, is_it: Callable[[Any], bool]) -> None:
    for rule in entries.get("amount", []):
        if is_it(rule.get("date_column")):
            for key in ("date_column", "date_style", "later_stage"):
                rule.pop(key, None)
    for rule in entries.get("sum", []):
        rule["of"] = [name for name in rule["of"] if not is_it(name)]
        rule["minus"] = [name for name in rule.get("minus", []) if not is_it(name)]
    _keep(entries, "amount", lambda rule: not _names(rule, is_it))
    _keep(entries, "sum", lambda rule: not is_it(rule["column"]) and bool(rule["of"]))
    _keep(entries, "row", lambda rule: not _names(rule, is_it))
    _keep(entries, "total", lambda rule: not is_it(rule["column"]))


def _names(rule: Entries, is_it: Callable[[Any], bool]) -> bool:
    conditions = [*rule.get("where", {}), *rule.get("unless", {})]
    return is_it(rule.get("column")) or any(is_it(name) for name in conditions)


def _keep(entries: Entries, key: str, is_kept: Callable[[Entries], bool]) -> None:
    kept = [rule for rule in entries.get(key, []) if is_kept(rule)]
    if kept:
        entries[key] = kept
    else:
        entries.pop(key, None)


# --- putting in -------------------------------------------------------------


def _nothing(entries: Entries, _header: Header, column: str, role: ColumnRole) -> None:
    if role.reason:
        entries.setdefault("ignored", {})[column] = role.reason


def _code(entries: Entries, header: Header, column: str, role: ColumnRole) -> None:
    """Add a level; levels stand in the order of their columns."""
    rule = _classification(entries, str(role.role))
    open_levels = [
        level for level in rule["levels"] if "label" in level and _codes(level) == [level["label"]]
    ]
    if open_levels:
        open_levels[0]["code"] = column
        return
    rule["levels"].append({"code": column})
    rule["levels"].sort(key=lambda level: header.place(next(iter(_codes(level)), None)))


def _class_label(entries: Entries, header: Header, column: str, role: ColumnRole) -> None:
    """Give the label to the level whose code stands nearest before it; alone it is the code as well."""
    rule = _classification(entries, str(role.role).removesuffix(_LABEL))
    free = [level for level in rule["levels"] if "label" not in level and _codes(level)]
    if not free:
        rule["levels"].append({"code": column, "label": column})
        return
    own, places = header.place(column), [header.place(_codes(level)[-1]) for level in free]
    nearest = min(range(len(free)), key=lambda one: (places[one] > own, abs(own - places[one])))
    free[nearest]["label"] = column


def _classification(entries: Entries, dimension: str) -> Entries:
    rules = entries.setdefault("classification", [])
    for rule in rules:
        if rule["dimension"] == dimension:
            if rule.pop("link", None):
                rule["levels"] = []
            found: Entries = rule
            return found
    fresh: Entries = {"dimension": dimension, "levels": []}
    rules.append(fresh)
    return fresh


def _amount(entries: Entries, header: Header, column: str, role: ColumnRole) -> None:
    rule: Entries = {"column": column}
    if role.stage:
        rule["stage"] = role.stage.value
    if role.year:
        rule["year"] = role.year
    if role.direction:
        rule["direction"] = role.direction.value
    if role.role is Role.FUND_AMOUNT:
        rule["member"] = {"dimension": "fund", "code": column, "label": column}
    (rules := entries.setdefault("amount", [])).append(rule)
    rules.sort(key=lambda one: header.place(one["column"]))


def _change(entries: Entries, _header: Header, column: str, _role: ColumnRole) -> None:
    stages = [rule["stage"] for rule in entries.get("amount", []) if "stage" in rule]
    earlier = "approved" if "approved" in stages else "proposed"
    entries["change"] = {"column": column, "earlier": earlier, "later": "revised"}


def _total(entries: Entries, header: Header, column: str, _role: ColumnRole) -> None:
    """Let a column be the total of the amounts before it, since the total before; else of those after."""
    own = header.place(column)
    places = [header.place(rule["column"]) for rule in entries.get("sum", [])]
    start = max((place for place in places if place < own), default=-1)
    end = min((place for place in places if place > own), default=len(header.names))
    amounts = [(header.place(rule["column"]), rule["column"]) for rule in entries.get("amount", [])]
    before = [name for place, name in amounts if start < place < own]
    after = [name for place, name in amounts if own < place < end]
    if before or after:
        entries.setdefault("sum", []).append({"column": column, "of": before or after})


def _date(entries: Entries, _header: Header, column: str, _role: ColumnRole) -> None:
    for rule in entries.get("amount", []):
        rule["date_column"] = column


def _put(block: str, key: str) -> Callable[[Entries, Header, str, ColumnRole], None]:
    def put(entries: Entries, _header: Header, column: str, _role: ColumnRole) -> None:
        (entries.setdefault(block, {}) if block else entries)[key] = column

    return put


_PUT_IN: Dictionary[Role, Callable[[Entries, Header, str, ColumnRole], None]] = {
    Role.UNUSED: _nothing,
    **{Role(name): _code for name in DIMENSION_NAMES},
    **{Role(name + _LABEL): _class_label for name in DIMENSION_NAMES},
    **dict.fromkeys(_AMOUNTS, _amount),
    Role.CHANGE: _change,
    Role.TOTAL: _total,
    Role.DATE: _date,
    **{role: _put(block, key) for block, key, role in _PLACES if role is not Role.CHANGE},
}


# --- what follows -----------------------------------------------------------


def _repair(entries: Entries, header: Header) -> None:
    """Make the entries agree again with what is left."""
    _keep(entries, "classification", lambda rule: bool(rule.get("levels") or "link" in rule))
    known = {rule["dimension"] for rule in entries.get("classification", [])}
    _keep(
        entries,
        "classification",
        lambda rule: "link" not in rule or rule["link"]["from"] in known,
    )
    line = entries.setdefault("line", {})
    if "direction_column" not in line and "direction" not in line:
        for key in ("expenditure", "revenue"):
            line.pop(key, None)
    codes = [code for level in _deepest_first(entries) for code in _codes(level)]
    if line.get("label") in (None, *codes) and (words := _words(entries)):
        line["label"] = words
    _repair_change(entries)
    if "column" not in entries.get("gender", {"column": ""}):
        del entries["gender"]
    if "structure" in entries:
        leaf = {key: value for key, value in entries["structure"].items() if key == "leaf"}
        entries["structure"] = structure_of(entries, header) | leaf


def _repair_change(entries: Entries) -> None:
    stages = {rule.get("stage") for rule in entries.get("amount", [])}
    change = entries.get("change")
    if change and (
        "column" not in change or not {change.get("earlier"), change.get("later")} <= stages
    ):
        del entries["change"]


def _deepest_first(entries: Entries) -> list[Entries]:
    """Return the levels of all classes from the deepest up, those of the economic class first."""
    rules = sorted(
        entries.get("classification", []), key=lambda rule: rule["dimension"] != "economic_class"
    )
    return [level for rule in rules for level in reversed(rule.get("levels", []))]


def _words(entries: Entries) -> str | None:
    """Return a column whose words can stand for a line: the last label of a class, else its code."""
    levels = _deepest_first(entries)
    labels = [level["label"] for level in levels if level.get("label")]
    return next(iter([*labels, *(code for level in levels for code in _codes(level))]), None)


def structure_of(entries: Entries, header: Header) -> Entries:
    """Return the [structure] of a file that mixes lines with subtotals: code and words of its rows."""
    codes = [name for level in _deepest_first(entries) for name in _codes(level)]
    found = {"code": next(iter(codes), None), "label": entries.get("line", {}).get("label")}
    return {
        key: name for key, name in found.items() if name and header.place(name) < len(header.names)
    }
