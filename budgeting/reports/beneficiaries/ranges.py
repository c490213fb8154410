"""Ranges: how sure a service's shares are, and the totals over services."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from budgeting.draws import Uncertain, drawn, exactly
from budgeting.incidence import NOT_KNOWN, Incidence
from budgeting.intervals import Range, RangeKind, is_ranked, range_kind, share_range
from budgeting.reports.beneficiaries.picture import ServicePicture


def service_range(service: ServicePicture, group: str) -> Range | None:
    """Return the range of a group's share of a service; None for assumptions and what is not known."""
    counted = service.counted
    if counted is None or not is_ranked(counted.grade):
        return None
    sample = None if counted.sample_size is None else Decimal(counted.sample_size)
    return share_range(
        counted.recorded_grade,
        counted.bounded,
        group,
        sample=sample,
        design_effect=counted.design_effect,
    )


def total_ranges(
    town: str, services: Sequence[ServicePicture], groups: Iterable[str]
) -> Mapping[str, Range]:
    """Return by group from where to where its part of all net cost goes, as a share.

    Services are drawn by their samples (Monte Carlo, with the town's own stated seed); what nobody
    recorded may belong to any group, so it widens the upper bound. Assumptions have no range: their
    money stays where they put it, and the coverage says how much that is.
    """
    counted = [(one, found) for one in services if (found := one.incidence) and found.net]
    uncertain = [_uncertain(one, found) for one, found in counted]
    if not uncertain or any(found.net is None or found.net < 0 for _, found in counted):
        return {}
    shares = drawn(town, uncertain).shares
    open_share = shares[NOT_KNOWN].high if NOT_KNOWN in shares else 0.0
    return {
        group: Range(shares[group].low, min(1.0, shares[group].high + open_share))
        for group in groups
        if group in shares
    }


def _uncertain(service: ServicePicture, found: Incidence) -> Uncertain:
    shares = {
        group: float(part.share) for group, part in found.groups.items() if part.share is not None
    }
    counted = service.counted
    sample = None
    if counted and counted.sample_size and range_kind(counted.grade) is RangeKind.CONFIDENCE:
        sample = counted.sample_size / float(counted.design_effect)
    return Uncertain(exactly(float(found.net or 0)), shares, sample)
