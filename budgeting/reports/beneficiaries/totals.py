"""Totals over services: what women and men have together, how far from equal, and what is explained."""

from collections.abc import Mapping, Sequence
from typing import Any

from budgeting.amounts import ratio
from budgeting.gaps import PARITY, standing
from budgeting.incidence import NOT_KNOWN, Coverage, Incidence, decomposition
from budgeting.intervals import Range
from budgeting.model import Column, Sex, Table, text
from budgeting.reports.beneficiaries.picture import ServicePicture, pictures
from budgeting.reports.beneficiaries.two_parts import distance, ends, parity, theil
from budgeting.reports.beneficiaries.view import Question, year_before
from budgeting.reports.tables import table
from budgeting.services.names import service_kind_name, treatment_name
from budgeting.store import Store
from budgeting.translations import language as language_of

WOMEN, MEN, OTHER = Sex.FEMALE.value, Sex.MALE.value, Sex.OTHER.value


def group_table(asked: Question, found: Incidence, ranges: Mapping[str, Range]) -> Table:
    """Return one row per sex and one for what is not known; they sum to the net cost."""
    unit = asked.where.year.currency_code
    columns = (
        Column("sex", text("sex"), "code"),
        Column("benefit", text("benefit"), "money", unit),
        Column("share", text("share"), "share"),
        Column("low", text("at least"), "share"),
        Column("high", text("at most"), "share"),
        Column("per_head", text("per resident"), "money", unit),
    )
    return table(
        columns,
        [
            {
                "sex": group,
                "benefit": part.benefit,
                "share": float(part.share) if part.share is not None else None,
                "low": ranges[group].low if group in ranges else None,
                "high": ranges[group].high if group in ranges else None,
                "per_head": part.per_head,
            }
            for group, part in found.groups.items()
        ],
    )


def coverage_table(asked: Question, covered: Coverage) -> Table:
    """Return the budget in parts by what is known of who has it; they sum to the budget."""
    parts = [(standing.value, amount) for standing, amount in covered.by_standing.items()]
    parts.append(("outside", covered.outside))
    columns = (
        Column("standing", text("what is known"), "code"),
        Column("amount", text("amount"), "money", asked.where.year.currency_code),
        Column("share", text("share of the budget"), "share"),
    )
    return table(
        columns,
        [
            {"standing": name, "amount": amount, "share": ratio(amount, covered.budget)}
            for name, amount in parts
        ],
    )


def change_table(store: Store, asked: Question, services: Sequence[ServicePicture]) -> Table:
    """Return one row per sex: its share in two years and what moved it; none without both years."""
    columns = (
        Column("sex", text("sex"), "code"),
        Column("before", text("share the year before"), "share"),
        Column("after", text("share"), "share"),
        Column("allocation", text("moved money"), "share"),
        Column("use", text("other users"), "share"),
        Column("interaction", text("both together"), "share"),
        Column("recording", text("other records"), "share"),
    )
    earlier = year_before(asked)
    changes = None
    if earlier is not None:
        changes = decomposition(_by_code(pictures(store, earlier)), _by_code(services))
    rows = [
        {
            "sex": group,
            **{name: float(getattr(change, name)) for name in _EFFECTS},
        }
        for group, change in (changes or {}).items()
    ]
    return table(columns, rows)


_EFFECTS = ("before", "after", "allocation", "use", "interaction", "recording")


def _by_code(services: Sequence[ServicePicture]) -> dict[str, Incidence]:
    return {one.code: found for one in services if (found := one.incidence) is not None}


def equality_table(asked: Question, found: Incidence, ranges: Mapping[str, Range]) -> Table:
    """Return one row per index of the money of women and men against residents, with its range."""
    say = language_of(asked.view.language).say
    columns = (
        Column("index_name", text("index")),
        Column("value", text("value"), "index"),
        Column("low", text("at least"), "index"),
        Column("high", text("at most"), "index"),
        Column("gpi_parity", text("against the band"), "code"),
        Column("meaning", text("what it says")),
    )
    women, people = _women_share(found), _women_among_residents(found)
    bounds = _women_bounds(found, ranges)
    rows: list[dict[str, Any]] = [
        {
            "index_name": say(name),
            "meaning": say(meaning),
            "value": None if women is None or people is None else of(women, people),
            **dict(zip(("low", "high"), ends(of, people, bounds), strict=True)),
        }
        for name, of, meaning in (
            (
                text("parity index: benefit per woman to benefit per man"),
                parity,
                text("1 is equal; UNESCO counts 0.97 to 1.03 as parity"),
            ),
            (
                text("Lorenz distance"),
                distance,
                text("part of the money that would move if all residents had the same"),
            ),
            (
                text("Theil's T between women and men"),
                theil,
                text("0 is equal; it grows faster the farther shares are from residents"),
            ),
        )
    ]
    rows[0]["gpi_parity"] = standing(rows[0]["value"], PARITY)
    return table(columns, rows)


def _women_share(found: Incidence) -> float | None:
    """Return the part of the money with known sex of women among women and men."""
    both = [found.groups[sex].benefit for sex in (WOMEN, MEN) if sex in found.groups]
    known = [benefit for benefit in both if benefit is not None]
    return ratio(known[0], sum(known[1:], known[0])) if len(known) == len((WOMEN, MEN)) else None


def _women_among_residents(found: Incidence) -> float | None:
    women, men = (
        found.groups[sex].eligible if sex in found.groups else None for sex in (WOMEN, MEN)
    )
    return float(women / (women + men)) if women and men else None


def _women_bounds(found: Incidence, ranges: Mapping[str, Range]) -> Range | None:
    """Return from where to where women's part of the money of both goes, whoever is not recorded."""
    if WOMEN not in ranges:
        return None
    others = found.groups[OTHER].share if OTHER in found.groups else None
    whole = 1 - float(others or 0)
    return Range(ranges[WOMEN].low / whole, min(1.0, ranges[WOMEN].high / whole))


def shared_table(asked: Question, services: Sequence[ServicePicture]) -> Table:
    """Return one row per service that nobody uses alone: what is done with its cost, and who has it."""
    unit, say = asked.where.year.currency_code, language_of(asked.view.language).say
    columns = (
        Column("name", text("service")),
        Column("what", text("kind of service")),
        Column("how", text("its cost is")),
        Column("net", text("net cost"), "money", unit),
        Column("women", text("to women"), "money", unit),
        Column("men", text("to men"), "money", unit),
        Column("not_known", text("not known"), "money", unit),
        Column("not_attributable", text("not attributable"), "money", unit),
        Column("grade", text("data grade"), "code"),
    )
    rows: list[dict[str, Any]] = []
    for one in services:
        if one.is_shared:
            groups = one.incidence.groups if one.incidence else {}
            benefits = {group: part.benefit for group, part in groups.items()}
            rows.append(
                {
                    "name": one.name,
                    "what": say(service_kind_name(one.kind)),
                    "how": say(treatment_name(one.treatment)),
                    "net": one.net,
                    "women": benefits.get(WOMEN),
                    "men": benefits.get(MEN),
                    "not_known": benefits.get(NOT_KNOWN),
                    "not_attributable": None if groups else one.net,
                    "grade": one.grade if groups else None,
                }
            )
    return table(columns, rows)
