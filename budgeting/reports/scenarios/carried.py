"""Use that is carried on: which earlier years stand in for the budget's own, said with every figure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from budgeting.model import Text, plural_text, text
from budgeting.simulation.effects import ServiceState


@dataclass(frozen=True, slots=True)
class CarriedUse:
    """Which earlier years stand in for a year in which nobody recorded who uses services.

    Parameters
    ----------
    services
        By earlier year, the newest first, how many services take their use from it.
    residents
        Year whose residents stand in; None where the year has its own.
    """

    services: tuple[tuple[int, int], ...] = ()
    residents: int | None = None

    @property
    def years(self) -> tuple[int, ...]:
        """The earlier years whose use is shown, the first one first."""
        return tuple(sorted(year for year, _ in self.services))

    def after(self, told: Text) -> Text:
        """Return a sentence that tells use, and after it as of which year that is."""
        words = self.words
        return text("{told} {users}.", told=told, users=words) if words else told

    @property
    def written(self) -> str | None:
        """The earlier years as a cell of a table has them; None for none."""
        return ", ".join(map(str, self.years)) or None

    @property
    def words(self) -> Text | None:
        """As of which years users are counted; None where nothing is carried."""
        return words_of(self.years)

    def notes(self, fiscal_year: int) -> tuple[Text, ...]:
        """Return a sentence for each earlier year: of how many services, and at which price."""
        notes = [
            plural_text(
                "For {count} service no users of {year} are recorded: its users, and those in need of it, are "
                "as in {earlier}, and its data grade is worse for that.",
                "For {count} services no users of {year} are recorded: their users, and those in need of them, "
                "are as in {earlier}, and their data grades are worse for that.",
                count,
                year=str(fiscal_year),
                earlier=str(earlier),
            )
            for earlier, count in self.services
        ]
        if self.residents:
            notes.append(
                text(
                    "How many people live there is not entered for {year}: residents are as in {earlier}.",
                    year=str(fiscal_year),
                    earlier=str(self.residents),
                )
            )
        return tuple(notes)


def carried_use(services: Iterable[ServiceState], residents: int | None = None) -> CarriedUse:
    """Return what is carried of some services; residents only where there are services to use them."""
    found = tuple(services)
    years = Counter(one.use_as_in for one in found if one.use_as_in is not None)
    return CarriedUse(tuple(sorted(years.items(), reverse=True)), residents if found else None)


def words_of(years: tuple[int, ...]) -> Text | None:
    """Return as of which years users are, as a part of a sentence; None for none."""
    if not years:
        return None
    if len(years) == 1:
        return text("Users as in {year}", year=str(years[0]))
    return text("Users as in {first} to {last}", first=str(years[0]), last=str(years[-1]))
