"""Carried figures: those of an earlier year stand in for a year in which nobody recorded who uses a service."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from budgeting.reports.beneficiaries.counts import Count, Row, counts
from budgeting.services.lists import Carrying
from budgeting.services.model import FigureKind, Grade, IndicatorRole


@dataclass(frozen=True)  # without slots: the earlier year is looked for once
class Told:
    """What the figures of a service say for a year.

    Parameters
    ----------
    figures
        Rows of ``service_figures`` of the service with ``shown``, of all years.
    fiscal_year, kind
        What they are asked for.
    carrying
        How an earlier year may stand in; None where it may not.
    """

    figures: Sequence[Row]
    fiscal_year: int
    kind: FigureKind
    carrying: Carrying | None = None

    @cached_property
    def earlier(self) -> int | None:
        """The nearest earlier year that tells the users; None where the year itself does, or none may."""
        if self.carrying is None or self._of(IndicatorRole.USERS, self.fiscal_year):
            return None
        years = range(self.fiscal_year - 1, self.fiscal_year - 1 - self.carrying.years, -1)
        return next((year for year in years if self._of(IndicatorRole.USERS, year)), None)

    def counts(self, role: IndicatorRole) -> tuple[Count, ...]:
        """Return the counts of a role; those of the earlier year where the year itself has none of it.

        All that is carried for a service is of one year: the one that tells its users.
        """
        own = self._of(role, self.fiscal_year)
        if own or self.earlier is None:
            return own
        return tuple(self._carried(one, self.earlier) for one in self._of(role, self.earlier))

    def _of(self, role: IndicatorRole, year: int) -> tuple[Count, ...]:
        return counts(self.figures, role, year, self.kind)

    def _carried(self, count: Count, year: int) -> Count:
        steps = self.carrying.steps if self.carrying else 0
        grade = Grade(count.grade).worse(steps).value if count.grade else None
        return replace(count, grade=grade, carried_from=year)
