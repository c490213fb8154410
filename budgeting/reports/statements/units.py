"""Units: in how large steps a statement writes its money; nothing is rounded by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from budgeting.errors import UnknownReport
from budgeting.model import Text, text

_CENTS = 2


@dataclass(frozen=True, slots=True)
class Unit:
    """A power of ten in which amounts are written; ``label`` has a place for ``{currency}``."""

    code: str
    zeros: int
    label: Text

    @property
    def decimals(self) -> int:
        """How many decimals keep every cent."""
        return _CENTS + self.zeros

    def of(self, amount: Decimal) -> Decimal:
        """Return an amount in this unit, exactly.

        Examples
        --------
        >>> str(UNITS["crore"].of(Decimal("1234567.89")))
        '0.123456789'
        """
        return amount.scaleb(-self.zeros)


UNITS: Mapping[str, Unit] = {
    unit.code: unit
    for unit in (
        Unit("1", 0, text("{currency}")),
        Unit("thousand", 3, text("thousand {currency}")),
        Unit("million", 6, text("million {currency}")),
        Unit("crore", 7, text("crore {currency}")),
    )
}


def unit_of(code: str | None) -> Unit:
    """Return a unit, whole currency without a code.

    Raises
    ------
    UnknownReport
        There is no such unit.
    """
    if (code or "1") not in UNITS:
        raise UnknownReport(
            text(
                "There is no unit “{name}”. There are: {known}.",
                name=code or "",
                known=", ".join(UNITS),
            )
        )
    return UNITS[code or "1"]
