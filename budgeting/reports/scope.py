"""Scope: the municipality, year and direction that a report is about, and its statements.

Which amounts may be compared is decided here, once: a year in progress is only ever set against
the same period of the year before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from budgeting.classifications import cofog_label
from budgeting.errors import NotFound
from budgeting.model import Direction, Stage, Text, Vintage, text
from budgeting.names import direction_name, stage_name
from budgeting.store import Store
from budgeting.translations import language as language_of

UNKNOWN_MEMBER = 0
NO_VINTAGE = -1
_TO_DATE = (Stage.COMMITTED, Stage.EXECUTED)


@dataclass(frozen=True, slots=True)
class Year:
    """A fiscal year of a municipality: currency, residents and price index where known."""

    fiscal_year: int
    currency_code: str
    people: int | None
    price_index: Decimal | None


@dataclass(frozen=True, slots=True)
class Member:
    """A code of a classification, called what it is called in the scope's year and language."""

    member_id: int
    dimension: str
    path_code: str
    code: str
    depth: int
    ancestor_ids: tuple[int, ...]
    label: str
    is_in_year: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """One municipality, fiscal year and direction."""

    municipality_code: str
    name: str
    country_code: str
    is_fictional: bool
    direction: Direction
    fiscal_year: int
    years: Mapping[int, Year]
    vintages: tuple[Vintage, ...]

    @property
    def year(self) -> Year:
        """The fiscal year itself."""
        return self.years[self.fiscal_year]

    def newest(self, stage: Stage, fiscal_year: int | None = None) -> Vintage | None:
        """Return the newest statement of a stage; None where there is none."""
        wanted = fiscal_year or self.fiscal_year
        found = [v for v in self.vintages if v.fiscal_year == wanted and v.stage is stage]
        return max(found, key=lambda v: (v.as_of or date.min, v.vintage_id), default=None)

    def year_before(self, vintage: Vintage | None) -> Vintage | None:
        """Return the statement of the year before that may be set against `vintage`.

        Amounts to date are compared only with the same day of the year before; where the source
        has no such statement, or only one of the two is dated, nothing is comparable.
        """
        if vintage is None:
            return None
        earlier = vintage.fiscal_year - 1
        if self.years.get(earlier) and self._currency_changed(earlier):
            return None
        if vintage.stage not in _TO_DATE:
            return self.newest(vintage.stage, earlier)
        for candidate in self.vintages:
            is_alike = candidate.fiscal_year == earlier and candidate.stage is vintage.stage
            if is_alike and _same_day(candidate.as_of, vintage.as_of):
                return candidate
        return None

    def is_whole_year(self, vintage: Vintage | None) -> bool:
        """Return whether amounts to date cover the whole year, as far as their date says."""
        return vintage is not None and (
            vintage.as_of is None or vintage.as_of >= date(vintage.fiscal_year, 12, 31)
        )

    def _currency_changed(self, earlier: int) -> bool:
        return self.years[earlier].currency_code != self.year.currency_code


def _same_day(one: date | None, other: date | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.month, one.day) == (other.month, other.day)


def vintage_id(vintage: Vintage | None) -> int:
    """Return the id to bind in a query, `NO_VINTAGE` for none."""
    return vintage.vintage_id if vintage else NO_VINTAGE


def newest_decided(store: Store, municipality_code: str) -> int | None:
    """Return the newest year of which more is stored than requests; None where there is none."""
    known = _vintages(store, store.lines_state, municipality_code, Direction.EXPENDITURE)
    years = (one.fiscal_year for one in known if one.stage is not Stage.PROPOSED)
    return max(years, default=None)


def scope(store: Store, municipality_code: str, fiscal_year: int, direction: Direction) -> Scope:
    """Return the scope; raises `NotFound` where the municipality has no such year."""
    return _scope(store, store.lines_state, municipality_code, fiscal_year, direction)


@lru_cache(maxsize=256)
def _scope(
    store: Store, _state: str, municipality_code: str, fiscal_year: int, direction: Direction
) -> Scope:
    rows = [row for row in _years(store, _state) if row["municipality_code"] == municipality_code]
    if fiscal_year not in {row["fiscal_year"] for row in rows}:
        raise NotFound(
            text(
                "There is no budget of “{municipality}” for {year}. Import it, or choose another year.",
                municipality=municipality_code,
                year=str(fiscal_year),
            )
        )
    return Scope(
        municipality_code,
        rows[0]["name"],
        rows[0]["country_code"],
        rows[0]["is_fictional"],
        direction,
        fiscal_year,
        {
            row["fiscal_year"]: Year(
                row["fiscal_year"], row["currency_code"], row["people"], row["price_index"]
            )
            for row in rows
        },
        _vintages(store, _state, municipality_code, direction),
    )


@lru_cache(maxsize=8)
def _years(store: Store, _state: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = store.query("fiscal_years").to_pylist()
    return rows


def stored_years(store: Store) -> list[dict[str, Any]]:
    """Return one row per municipality and fiscal year that has amounts."""
    return _years(store, store.lines_state)


@lru_cache(maxsize=256)
def _vintages(
    store: Store, _state: str, municipality_code: str, direction: Direction
) -> tuple[Vintage, ...]:
    return tuple(
        Vintage(
            row["vintage_id"],
            row["fiscal_year"],
            Stage(row["stage"]),
            row["as_of"],
            row["decision_number"],
        )
        for row in store.query("vintages", municipality_code=municipality_code).to_pylist()
        if row["direction"] == direction.value
    )


def members(store: Store, where: Scope, language: str) -> Mapping[int, Member]:
    """Return the members of the scope's classifications by id, labelled in `language`."""
    return _members(
        store,
        store.lines_state,
        where.municipality_code,
        where.direction,
        where.fiscal_year,
        language,
    )


@lru_cache(maxsize=128)
def _members(
    store: Store,
    _state: str,
    municipality_code: str,
    direction: Direction,
    fiscal_year: int,
    language: str,
) -> Mapping[int, Member]:
    rows = store.query(
        "members",
        municipality_code=municipality_code,
        direction=direction.value,
        fiscal_year=fiscal_year,
    ).to_pylist()
    return {
        row["member_id"]: Member(
            row["member_id"],
            row["dimension"],
            row["path_code"],
            row["code"],
            row["depth"],
            tuple(row["ancestor_ids"]),
            cofog_label(row["code"], language) if row["dimension"] == "function" else row["label"],
            row["is_in_year"],
        )
        for row in rows
    }


def unknown_label(language: str) -> str:
    """Return the label of member 0 in a language."""
    return language_of(language).say(text("not known"))


def fiction_note(where: Scope) -> tuple[Text, ...]:
    """Return the sentence that says that a municipality is fictional, where it is."""
    if not where.is_fictional:
        return ()
    return (
        text("{name} is a fictional municipality: demo data, not a real budget.", name=where.name),
    )


def statement_source(where: Scope, vintage: Vintage | None) -> Text:
    """Return where a statement of amounts stands in the life of the budget."""
    assert vintage is not None
    values: dict[str, Any] = {
        "stage": stage_name(vintage.stage),
        "year": str(vintage.fiscal_year),
        "direction": direction_name(where.direction),
    }
    if vintage.as_of and vintage.decision_number:
        return text(
            "{year}, {direction}, {stage} as of {day}, decision {decision}",
            **values,
            day=vintage.as_of,
            decision=vintage.decision_number,
        )
    if vintage.as_of:
        return text("{year}, {direction}, {stage} as of {day}", **values, day=vintage.as_of)
    return text("{year}, {direction}, {stage}, date not stated in the source", **values)
