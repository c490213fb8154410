"""Crossings: how many are of a sex, an age and a further group together, where figures tell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgeting.model import Labels, Sex, Text, text
from budgeting.names import sex_name
from budgeting.reports.beneficiaries.counts import Ages, Count, Part, Row, counts, persons
from budgeting.reports.beneficiaries.picture import ServicePicture
from budgeting.services.eligible import eligible_people
from budgeting.services.model import ALL_SEXES, FigureKind, IndicatorRole
from budgeting.suppression import Bracket, Value, sum_of

_OLDEST = 10_000


@dataclass(frozen=True, slots=True)
class Crossing:
    """Of whom something is asked: None and "" narrow nothing."""

    sex: Sex | None = None
    ages: Ages | None = None
    group_kind: str = ""
    group_code: str = ""

    @property
    def is_narrow(self) -> bool:
        """Tell whether it asks for fewer than everybody."""
        return self != Crossing()


@dataclass(frozen=True, slots=True)
class Crossed:
    """How many there are: exact, or from where to where where the number is hidden, and its grade."""

    value: Decimal | Bracket
    grade: str
    counts: tuple[Count, ...]

    @property
    def exact(self) -> Decimal | None:
        """The number; None where it is hidden."""
        return None if isinstance(self.value, Bracket) else self.value


def crossed(
    figures: Sequence[Row],
    role: IndicatorRole,
    fiscal_year: int,
    asked: Crossing,
    kind: FigureKind = FigureKind.ACTUAL,
) -> Crossed | None:
    """Return how many persons of a crossing figures of a service count; None where they do not tell.

    Ages may be put together from narrower bands that make them up without a gap. Nothing is put
    together from a sex of one table and an age of another: only figures of all at once tell.
    """
    about = [
        row
        for row in figures
        if row["role"] == role.value
        and row["fiscal_year"] == fiscal_year
        and row["kind"] == kind.value
        and (row["group_kind"], row["group_code"]) == (asked.group_kind, asked.group_code)
    ]
    bands = {None if row["age_from"] is None else (row["age_from"], row["age_to"]) for row in about}
    found = [
        persons(
            counts(about, role, fiscal_year, kind, Part(band, asked.group_kind, asked.group_code))
        )
        for band in _tiles(bands, asked.ages)
    ]
    told = [one for one in found if one is not None]
    values = [_of_sex(one, asked.sex) for one in told]
    whole = sum_of(values)
    if not told or len(told) < len(found) or whole is None:
        return None
    return Crossed(whole, max(one.grade or "E" for one in told), tuple(told))


def _tiles(bands: Iterable[Ages | None], ages: Ages | None) -> list[Ages | None]:
    """Return the bands that make up the ages, the widest that fit; [] where there is a gap."""
    known = set(bands)
    if ages in known:
        return [ages]
    if ages is None:
        return []
    tiles: list[Ages | None] = []
    begin, end = ages[0], _end(ages)
    while begin < end:
        fitting = [one for one in known if one and one[0] == begin and _end(one) <= end]
        if not fitting:
            return []
        tiles.append(max(fitting, key=_end))
        begin = _end(tiles[-1])
    return tiles


def _end(ages: Ages | None) -> int:
    """Return the first age that is no longer inside."""
    return _OLDEST if ages is None or ages[1] is None else ages[1] + 1


def _of_sex(count: Count, sex: Sex | None) -> Value:
    if sex is not None:
        return count.hidden.get(sex.value) or count.use.by_group.get(sex.value)
    if ALL_SEXES in count.hidden:
        return count.hidden[ALL_SEXES]
    if count.use.users is not None:
        return count.use.users
    shown = [n for one, n in count.use.by_group.items() if one not in count.hidden]
    return sum_of([*shown, *count.hidden.values()])


def meant_for(service: ServicePicture, fiscal_year: int, asked: Crossing) -> Value:
    """Return how many of a crossing a service is meant for; None where nobody says it.

    As figures say; of residents where figures say nothing of anybody and no further group is asked
    for: a census counts sexes and ages, not who is poor or lives with a disability.
    """
    found = crossed(service.figures, IndicatorRole.ELIGIBLE, fiscal_year, asked)
    if found is not None:
        return found.value
    is_stated = any(
        row["role"] == IndicatorRole.ELIGIBLE.value
        and row["fiscal_year"] == fiscal_year
        and not row["group_kind"]
        for row in service.figures
    )
    if is_stated or asked.group_kind:
        return None
    ages = _inside((service.row["eligible_age_from"], service.row["eligible_age_to"]), asked.ages)
    sex = Sex(service.row["eligible_sex"]) if service.row["eligible_sex"] else None
    if ages is None or (sex and asked.sex and sex is not asked.sex):
        return Decimal(0)
    people = eligible_people(service.bands, sex or asked.sex, ages)
    told = [people.get(asked.sex)] if asked.sex else list(people.values())
    known = [Decimal(count) for count in told if count is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(told) else None


def _inside(
    own: tuple[int | None, int | None], asked: Ages | None
) -> tuple[int | None, int | None] | None:
    """Return the ages that are in both; None where there are none."""
    if asked is None:
        return own
    first = max(own[0] or 0, asked[0])
    last = min(_last(own[1]), _last(asked[1]))
    return None if first > last else (first, None if last == _OLDEST else last)


def _last(age: int | None) -> int:
    return _OLDEST if age is None else age


def ages_name(ages: Ages) -> str:
    """Return a band as readers write it: 0–17, 65+."""
    first, last = ages
    return f"{first}+" if last is None else f"{first}–{last}"


def crossing_name(asked: Crossing, label: Labels) -> tuple[Text | Labels | str, ...]:
    """Return what readers call a crossing: women; 65+; persons in rural areas."""
    sex = (sex_name(asked.sex.value),) if asked.sex else ()
    ages = (ages_name(asked.ages),) if asked.ages else ()
    named = (label,) if asked.group_kind else ()
    return (*sex, *ages, *named) or (text("everybody"),)
