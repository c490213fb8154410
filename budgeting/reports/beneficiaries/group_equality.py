"""Group equality: how far the part of a group among users is from its part of those it is meant for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from budgeting.gaps import REPRESENTATION, standing
from budgeting.incidence import NOT_KNOWN
from budgeting.incidence.use import Use
from budgeting.intervals import Range, is_ranked, share_range
from budgeting.model import Column, Table, text
from budgeting.reports.beneficiaries.crossings import Crossed, Crossing, crossed, meant_for
from budgeting.reports.beneficiaries.picture import ServicePicture
from budgeting.reports.beneficiaries.two_parts import distance, ends, parity, theil
from budgeting.reports.beneficiaries.view import Question
from budgeting.reports.tables import table
from budgeting.services.lists import group_kinds
from budgeting.services.model import IndicatorRole

_GROUP, _OTHERS = "group", "others"


def equality_table(asked: Question, services: Sequence[ServicePicture], who: Crossing) -> Table:
    """Return one row per service that tells how many of a group use it, and how many it is meant for.

    The group stands against all others. ``low`` and ``high`` are the range of the parity index: of a
    survey by its sample, of a register as if nobody or everybody whose part of the kind nobody
    recorded belonged to the group; assumptions have none. What the group has least of comes first.
    """
    columns = (
        Column("code", text("code"), "code", is_hidden=True),
        Column("name", text("service")),
        Column("share", text("among users"), "share"),
        Column("reference_share", text("among those it is meant for"), "share"),
        Column("index", text("representation index"), "index"),
        Column("group_part", text("against 0.8–1.25 (house rule)"), "code"),
        Column("gpi", text("take-up against that of others"), "index"),
        Column("low", text("at least"), "index"),
        Column("high", text("at most"), "index"),
        Column("distance", text("Lorenz distance"), "index"),
        Column("theil", text("Theil's T"), "index"),
        Column("grade", text("data grade"), "code"),
    )
    rows = [row for one in services if (row := _row(one, asked.where.fiscal_year, who))]
    rows.sort(key=lambda row: (not is_ranked(row["grade"]), row["index"], row["name"]))
    return table(columns, rows)


def _row(service: ServicePicture, fiscal_year: int, who: Crossing) -> dict[str, Any] | None:
    """Return a service's indices; None where one of the four counts is hidden or not known."""
    found = crossed(service.figures, IndicatorRole.USERS, fiscal_year, who)
    count, users = found.exact if found else None, service.bounded.users
    meant, whole = meant_for(service, fiscal_year, who), _whole(service.eligible)
    if found is None or count is None or not users or not isinstance(meant, Decimal):
        return None
    if not meant or not whole or count > users or meant > whole:
        return None
    share, people = float(count / users), float(meant / whole)
    low, high = ends(parity, people, _range(service, fiscal_year, who, found))
    index = share / people
    return {
        "code": service.code,
        "name": service.name,
        "share": share,
        "reference_share": people,
        "index": index,
        "group_part": standing(Decimal(index), REPRESENTATION) if is_ranked(found.grade) else None,
        "gpi": parity(share, people),
        "low": low,
        "high": high,
        "distance": distance(share, people),
        "theil": theil(share, people),
        "grade": found.grade,
    }


def _whole(counts: Mapping[str, Decimal | None]) -> Decimal | None:
    known = [count for count in counts.values() if count is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(counts) else None


def _range(
    service: ServicePicture, fiscal_year: int, who: Crossing, found: Crossed
) -> Range | None:
    count, users = found.exact, service.bounded.users
    assert count is not None
    assert users is not None
    open_part = min(_unrecorded(service, fiscal_year, who), users - count)
    parts = {_GROUP: count, _OTHERS: users - count - open_part, NOT_KNOWN: open_part}
    asked = {(one.sample_size, one.design_effect) for one in found.counts}
    sample, effect = asked.pop() if len(asked) == 1 else (None, Decimal(1))
    return share_range(
        found.grade,
        Use(parts),
        _GROUP,
        sample=None if sample is None else Decimal(sample),
        design_effect=effect,
    )


def _unrecorded(service: ServicePicture, fiscal_year: int, who: Crossing) -> Decimal:
    """Return how many users are in no part of the group's kind; 0 where it has no parts."""
    kind = next((one for one in group_kinds() if one.code == who.group_kind and one.parts), None)
    users = service.bounded.users
    if kind is None or users is None:
        return Decimal(0)
    parts = [
        crossed(service.figures, IndicatorRole.USERS, fiscal_year, replace(who, group_code=code))
        for code in kind.parts
    ]
    known = sum((one.exact for one in parts if one and one.exact is not None), Decimal(0))
    return max(Decimal(0), users - known)
