"""Measures of a service: parity, intensity of use, who pays, and why its benefit changed."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from budgeting.amounts import CENT
from budgeting.gaps import (
    PARITY,
    REPRESENTATION,
    Band,
    coverage_ratio,
    gpi,
    gpia,
    representation_index,
    standing,
    take_up,
)
from budgeting.incidence import (
    NOT_KNOWN,
    Use,
    benefit_change,
    fee_change,
    fee_incidence,
    incidence,
    use_per_head,
)
from budgeting.intervals import Range, is_ranked
from budgeting.model import Column, Exact, Sex, Table, Text, text
from budgeting.reports.beneficiaries.counts import Count
from budgeting.reports.beneficiaries.picture import ServicePicture
from budgeting.reports.beneficiaries.ranges import service_range
from budgeting.reports.beneficiaries.view import FeeQuestion, Question
from budgeting.reports.tables import table
from budgeting.services.names import unit_name
from budgeting.suppression import bracket_words
from budgeting.translations import language as language_of

WOMEN, MEN, OTHER = Sex.FEMALE.value, Sex.MALE.value, Sex.OTHER.value
ALL = "all"
_ONE = Decimal(1)


def measure_table(asked: Question, service: ServicePicture) -> Table:
    """Return one row per index of women against men: value, range, band and where it stands to it."""
    say = language_of(asked.view.language).say
    columns = (
        Column("index_name", text("index")),
        Column("value", text("value"), "index"),
        Column("low", text("at least"), "index"),
        Column("high", text("at most"), "index"),
        Column("band", text("band")),
        Column("parity", text("against the band"), "code"),
        Column("source", text("whose band")),
    )
    rows = [
        {
            "index_name": say(name),
            "value": _float(value),
            "low": bounds.low if bounds else None,
            "high": bounds.high if bounds else None,
            "band": say(text("{low}–{high}", low=Exact(band.low), high=Exact(band.high))),
            "parity": standing(value, band) if is_ranked(_grade(service)) else None,
            "source": say(whose),
        }
        for name, value, bounds, band, whose in _measures(service)
    ]
    return table(columns, rows)


def _measures(
    service: ServicePicture,
) -> list[tuple[Text, Decimal | None, Range | None, Band, Text]]:
    users, eligible = service.use.known, service.eligible
    ratio = coverage_ratio(*(take_up(users.get(sex), eligible.get(sex)) for sex in (WOMEN, MEN)))
    parity = parity_range(service)
    adjusted = parity and Range(_adjusted(parity.low), _adjusted(parity.high))
    house, unesco = text("house rule of Paritet"), text("UNESCO")
    index = gpi(ratio, Decimal(1))
    return [
        (
            text("representation index of women"),
            representation_index(users, eligible, WOMEN),
            representation_range(service),
            REPRESENTATION,
            house,
        ),
        (text("parity index of take-up, women to men"), index, parity, PARITY, unesco),
        (text("the same, adjusted"), gpia(index), adjusted, PARITY, unesco),
    ]


def representation_range(service: ServicePicture) -> Range | None:
    """Return the range of women's representation index that the range of their share allows."""
    share, meant = _share_range(service), _reference(service)
    if share is None or meant is None:
        return None
    return Range(share.low / meant, share.high / meant)


def parity_range(service: ServicePicture) -> Range | None:
    """Return the range of the parity index of take-up that the range of women's share allows."""
    share, meant = _share_range(service), _reference(service)
    if share is None or meant is None or meant == 1 or share.high >= 1:
        return None
    return Range(*(part / (1 - part) * (1 - meant) / meant for part in (share.low, share.high)))


def _share_range(service: ServicePicture) -> Range | None:
    """Return the range of women's share among women and men; None where there are others too."""
    has_others = bool(service.use.known.get(OTHER)) or OTHER in _hidden(service)
    has_both = {WOMEN, MEN} <= set(service.use.known)
    return service_range(service, WOMEN) if has_both and not has_others else None


def _hidden(service: ServicePicture) -> Mapping[str, Any]:
    return service.users.hidden if service.users else {}


def _reference(service: ServicePicture) -> float | None:
    women, men = (service.eligible.get(sex) for sex in (WOMEN, MEN))
    return float(women / (women + men)) if women and men else None


def _adjusted(index: float) -> float:
    return index if index <= 1 else 2 - 1 / index


def _grade(service: ServicePicture) -> str | None:
    return service.users.grade if service.users else None


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def intensity_table(asked: Question, service: ServicePicture) -> Table:
    """Return one row per unit and sex: how much was used, and the benefit if that is what counts."""
    unit, say = asked.where.year.currency_code, language_of(asked.view.language).say
    columns = (
        Column("unit", text("counted in")),
        Column("sex", text("sex"), "code"),
        Column("amount", text("used"), "count"),
        Column("hidden", text("hidden")),
        Column("per_user", text("per user"), "number"),
        Column("share", text("share"), "share"),
        Column("benefit", text("benefit if this counts"), "money", unit),
        Column("heads_benefit", text("benefit by heads"), "money", unit),
        Column("grade", text("data grade"), "code"),
    )
    rows = []
    for one in service.intensity:
        found = incidence(service.net, one.bounded, service.eligible)
        per_user = use_per_head(one.use, service.use)
        for sex, part in found.groups.items():
            if sex == NOT_KNOWN and not part.use:
                continue
            rows.append(
                {
                    "unit": say(unit_name(one.unit)),
                    "sex": sex,
                    "amount": _whole(_used(one, sex)),
                    "hidden": _told(one, sex, asked.view.language),
                    "per_user": _float(per_user.get(sex)),
                    "share": _float(part.share),
                    "benefit": part.benefit,
                    "heads_benefit": _benefit_by_heads(service, sex),
                    "grade": one.grade,
                }
            )
    return table(columns, rows)


def _used(count: Count, sex: str) -> Decimal | None:
    """Return what a sex used; of those of unknown sex only where nobody is hidden among them."""
    if sex == NOT_KNOWN and not count.hidden:
        return (count.use.closed or {}).get(NOT_KNOWN)
    return count.use.known.get(sex)


def _whole(amount: Decimal | None) -> int | None:
    return None if amount is None else round(amount)


def _told(count: Count, sex: str, language: str) -> str | None:
    if sex not in count.hidden:
        return None
    return language_of(language).say(bracket_words(count.hidden[sex]))


def _benefit_by_heads(service: ServicePicture, sex: str) -> Decimal | None:
    found = service.incidence
    return found.groups[sex].benefit if found and sex in found.groups else None


def fee_table(asked: Question, service: ServicePicture) -> Table:
    """Return one row per sex and one for all: what users pay, now and if the fee changed.

    Where nobody recorded who pays, every user is taken to pay the same; `are_fees_recorded` tells.
    """
    unit = asked.where.year.currency_code
    columns = (
        Column("sex", text("sex"), "code"),
        Column("paid", text("fees paid"), "money", unit),
        Column("share", text("share of the fees"), "share"),
        Column("use_share", text("share of the users"), "share"),
        Column("fee", text("fee per user"), "money", unit),
        Column("paid_after", text("would pay, use as it is"), "money", unit),
        Column("users_after", text("would use it, persons"), "number"),
        Column("paid_with_effect", text("would pay, with effect on use"), "money", unit),
    )
    return table(columns, fee_rows(service, asked.view.fee))


def fee_rows(service: ServicePicture, change: FeeQuestion) -> list[dict[str, Any]]:
    """Return what each sex pays of the fees of a service, and would pay; [] without known fees."""
    paid = paid_by(service)
    if paid is None or paid.users is None:
        return []
    found, use = fee_incidence(paid).groups, service.bounded.closed or {}
    shares = incidence(None, service.bounded).groups
    amounts = {
        sex: part.benefit
        for sex, part in found.items()
        if part.benefit or (part.benefit is not None and sex != NOT_KNOWN)
    }
    users = {sex: use.get(sex) or _ONE for sex in amounts}  # whose number is not known pay as one
    fees = {sex: amount / users[sex] for sex, amount in amounts.items()}
    after = {sex: fee * (1 + change.change) for sex, fee in fees.items()}
    stays = fee_change(users, fees, after)
    reacts = fee_change(users, fees, after, {WOMEN: change.women, MEN: change.men})
    rows = [
        {
            "sex": sex,
            "paid": amount,
            "share": _float(found[sex].share),
            "use_share": _float(shares[sex].share) if use and sex in shares else None,
            "fee": fees[sex].quantize(CENT) if use.get(sex) else None,
            "paid_after": stays.groups[sex].paid_after,
            "users_after": _float(reacts.groups[sex].users_after),
            "paid_with_effect": reacts.groups[sex].paid_after,
        }
        for sex, amount in amounts.items()
    ]
    whole = {"sex": ALL, "paid": paid.users, "share": 1.0, "use_share": 1.0 if use else None}
    whole |= {"paid_after": stays.paid_after, "paid_with_effect": reacts.paid_after}
    return [*rows, whole]


def paid_by(service: ServicePicture) -> Use | None:
    """Return who pays: as figures say, else as if every user paid the same; None without known fees."""
    if are_fees_recorded(service):
        return service.paid
    if service.fees is None:
        return None
    parts = incidence(service.fees, service.bounded).groups
    return Use({sex: part.benefit for sex, part in parts.items()}, service.fees)


def are_fees_recorded(service: ServicePicture) -> bool:
    """Tell whether figures say who pays; else it is an assumption that every user pays the same."""
    return service.paid is not None and bool(service.paid.known)


def benefit_change_table(
    asked: Question, service: ServicePicture, before: ServicePicture | None
) -> Table:
    """Return one row per sex: its benefit in two years and what moved it; none without both years."""
    unit = asked.where.year.currency_code
    columns = (
        Column("sex", text("sex"), "code"),
        *(
            Column(name, label, "money", unit)
            for name, label in (
                ("before", text("benefit the year before")),
                ("after", text("benefit")),
                ("allocation", text("more or less money")),
                ("use", text("other users")),
                ("interaction", text("both together")),
                ("other", text("other records or fees")),
            )
        ),
    )
    old, new = before.incidence if before else None, service.incidence
    changes = benefit_change(old, new) if old and new else None
    names = [column.key for column in columns[1:]]
    rows = [
        {"sex": sex, **{name: getattr(change, name) for name in names}}
        for sex, change in (changes or {}).items()
        if change.before or change.after
    ]
    return table(columns, rows)
