"""Protection: the figures of a municipality as they may be shown, decided once for all of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from budgeting.services.model import ALL_SEXES, IndicatorRole, Unit
from budgeting.store import Store
from budgeting.suppression import Bracket, Cell, Count, Shown, Sum, protected, rule

Row = Mapping[str, Any]
_PERSONS = (Unit.PERSONS.value, Unit.HOUSEHOLDS.value)
_COUNTING = (
    IndicatorRole.USERS.value,
    IndicatorRole.WAITING.value,
    IndicatorRole.ELIGIBLE.value,
)
_REST = "rest"
_UNTOLD = Bracket(None, None)


def shown_figures(store: Store, municipality_code: str) -> tuple[Row, ...]:
    """Return the figures of all services and years, each with ``shown``.

    Returns
    -------
    tuple
        Rows of ``service_figures``. ``shown`` is the figure, or a `Bracket` where it is hidden so
        that nobody can be recognised; what follows from a hidden count (hours, fees, percentages
        of those persons) is hidden with it.
    """
    return _shown_figures(store, store.budget_state, municipality_code)


@lru_cache(maxsize=64)
def _shown_figures(store: Store, _state: str, municipality_code: str) -> tuple[Row, ...]:
    rows = store.query("service_figures", municipality_code=municipality_code).to_pylist()
    shown = shown_counts(rows)
    untold = _with_hidden_users(rows, shown)
    return tuple(
        {**row, "shown": _UNTOLD if _is_paid_by(row, untold) else _shown(row, shown)}
        for row in rows
    )


def _with_hidden_users(rows: Sequence[Row], shown: Shown) -> set[tuple[Any, ...]]:
    """Return the parts of services of which a count of users is hidden, whichever sex it is of."""
    return {
        _of_all_sexes(row)
        for row in rows
        if row["role"] == IndicatorRole.USERS.value and isinstance(_shown(row, shown), Bracket)
    }


def _is_paid_by(row: Row, untold: set[tuple[Any, ...]]) -> bool:
    """Tell whether a figure is what users pay of whom a count is hidden.

    What women paid would tell what men paid, because the budget says what all paid; and what men
    paid how many they are, where everybody pays the same.
    """
    return row["role"] == IndicatorRole.FEES.value and _of_all_sexes(row) in untold


def _of_all_sexes(row: Row) -> tuple[Any, ...]:
    _, year, kind, _, *part = cell_of(row)
    return row["service_id"], row["at_place"], year, kind, *part


def shown_counts(rows: Sequence[Row]) -> Shown:
    """Return what may be shown of the figures of a municipality, by `cell_of` a row."""
    counts = _counts(rows)
    sums = [
        *_sums_over_sexes(counts),
        *_sums_over_ages(counts),
        *_sums_over_groups(counts),
        *_sums_over_places(rows, counts),
    ]
    return protected(counts, sums, rule())


def cell_of(row: Row) -> Cell:
    """Return what a figure is about: the same one wherever it is shown."""
    return (
        *(row["indicator_code"], row["fiscal_year"], row["kind"], row["sex"]),
        *_band(row),
        *(row["group_kind"], row["group_code"]),
    )


_SEX, _BAND, _GROUP, _KIND = 3, slice(4, 6), slice(6, 8), 6
_OLDEST = 1000
_ALL_AGES, _NO_GROUP = ("", ""), ("", "")


def _band(row: Row) -> tuple[str | int, str | int]:
    if row["age_from"] is None:
        return _ALL_AGES
    return row["age_from"], "" if row["age_to"] is None else row["age_to"]


def _shown(row: Row, shown: Shown) -> Decimal | Bracket | None:
    return shown.get(cell_of(row), row["figure"])


def _counts(rows: Iterable[Row]) -> dict[Cell, Count]:
    """Return the counts of persons, and beside them what follows from a count of the same persons.

    Where a service has several, the smallest leads: it is the one that is hidden.
    """
    counts: dict[Cell, Count] = {}
    users: dict[tuple[Any, ...], Cell] = {}
    others: list[Row] = []
    for row in rows:
        if row["figure"] is None or row["figure"] < 0:
            continue
        if row["role"] in _COUNTING and (row["counts"] or row["unit"]) in _PERSONS:
            counts[cell_of(row)] = Count(row["figure"], is_sensitive=_is_told_apart(row))
            if row["role"] == IndicatorRole.USERS.value:
                least = users.setdefault(_about(row), cell_of(row))
                if row["figure"] < (counts[least].value or 0):
                    users[_about(row)] = cell_of(row)
        else:
            others.append(row)
    for row in others:
        if cell_of(row) not in counts:
            followed = users.get(_about(row))
            counts[cell_of(row)] = Count(row["figure"], is_sensitive=False, follows=followed)
    return counts


def _is_told_apart(row: Row) -> bool:
    """Tell whether a figure says something of its persons: an unknown sex says nothing."""
    return bool(row["sex"] != "unknown")


def _about(row: Row) -> tuple[Any, ...]:
    return row["service_id"], row["at_place"], *cell_of(row)[1:]


def _sums_over_sexes(counts: dict[Cell, Count]) -> Iterator[Sum]:
    """Yield what every reader knows: all are women, men, others and those of unknown sex."""
    for total in [cell for cell in counts if cell[_SEX] == ALL_SEXES]:
        parts = [
            cell
            for sex in ("female", "male", "other", "unknown")
            if (cell := _with(total, sex=sex)) in counts
        ]
        if parts:
            yield from _sum_with_rest(counts, total, parts)


def _sums_over_ages(counts: dict[Cell, Count]) -> Iterator[Sum]:
    """Yield every age band as the sum of the narrowest bands that their bounds make together.

    So 65+ is 65 to 79 and 80+, and 16 to 64 shares the youngest with 0 to 17; narrow bands that
    nobody counted are not known.
    """
    bands: dict[Cell, list[Cell]] = {}
    for cell in _figures(counts):
        bands.setdefault(_with(cell, band=_ALL_AGES), []).append(cell)
    for whole, cells in bands.items():
        ends = sorted({0, *(end for cell in cells for end in _ends(cell))} - {_OLDEST})
        following = [*ends[1:], _OLDEST]
        narrow = {
            begin: _with(whole, band=(begin, "" if end == _OLDEST else int(end) - 1))
            for begin, end in zip(ends, following, strict=True)
        }
        for cell in cells if len(ends) > 1 else ():
            begin, end = _ends(cell)
            parts = tuple(part for at, part in narrow.items() if begin <= at < end)
            if parts != (cell,):
                for part in parts:
                    counts.setdefault(part, Count(None))
                yield Sum(cell, parts)


def _ends(cell: Cell) -> tuple[int, int]:
    """Return from which age on a band is, and from which on it is not."""
    begin, end = cell[_BAND]
    return int(begin or 0), int(end) + 1 if end != "" else _OLDEST


def _sums_over_groups(counts: dict[Cell, Count]) -> Iterator[Sum]:
    """Yield each further group with everybody who is not in it, and the groups of a kind together.

    Where a person may be in two groups of a kind, the second is no true sum; held to it, more is
    hidden and never less.
    """
    kinds: dict[tuple[Cell, str | int], list[Cell]] = {}
    for cell in _figures(counts):
        if cell[_GROUP] != _NO_GROUP:
            kinds.setdefault((_with(cell, group=_NO_GROUP), cell[_KIND]), []).append(cell)
    for (total, _), members in kinds.items():
        if total in counts:
            for member in members:
                yield from _sum_with_rest(counts, total, [member])
            if len(members) > 1:
                yield from _sum_with_rest(counts, total, members)


def _sums_over_places(rows: Iterable[Row], counts: dict[Cell, Count]) -> Iterator[Sum]:
    """Yield each place with the rest of the municipality, and all places together.

    Where places overlap, the second is no true sum; held to it, more is hidden and never less.
    """
    wholes: dict[Cell, dict[Cell, None]] = {}
    for row in rows:
        cell = cell_of(row)
        whole: Cell = (row["whole_code"], *cell[1:])
        if cell != whole and cell in counts and whole in counts:
            wholes.setdefault(whole, {})[cell] = None
    for whole, places in wholes.items():
        for place in places:
            yield from _sum_with_rest(counts, whole, [place])
        if len(places) > 1:
            yield from _sum_with_rest(counts, whole, list(places))


def _figures(counts: Iterable[Cell]) -> list[Cell]:
    """Return the cells that are no rests of sums."""
    return [cell for cell in counts if cell[0] != _REST]


def _with(
    cell: Cell,
    sex: str | None = None,
    band: tuple[str | int, str | int] | None = None,
    group: tuple[str, str] | None = None,
) -> Cell:
    return (
        *cell[:_SEX],
        cell[_SEX] if sex is None else sex,
        *(cell[_BAND] if band is None else band),
        *(cell[_GROUP] if group is None else group),
    )


def _sum_with_rest(counts: dict[Cell, Count], total: Cell, parts: Sequence[Cell]) -> Iterator[Sum]:
    """Yield a sum that closes: what the parts leave of the total is a part of its own.

    Parts that exceed their total by a little, as rounded ones do, leave nothing.
    """
    whole, named = counts[total].value, [counts[part].value for part in parts]
    known = [value for value in named if value is not None]
    if whole is None or len(known) < len(named):
        return
    left = whole - sum(known, Decimal(0))
    if left <= 0:
        yield Sum(total, tuple(parts))
        return
    rest: Cell = (_REST, *total, *(field for part in parts for field in part))
    is_of_sexes = all(part[_SEX] != total[_SEX] for part in parts)
    is_of_persons = counts[total].is_sensitive and counts[total].follows is None
    counts[rest] = Count(left, is_sensitive=is_of_persons and not is_of_sexes, is_stated=False)
    yield Sum(total, (*parts, rest))
