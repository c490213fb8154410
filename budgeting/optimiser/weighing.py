"""Weighing: several objectives as one, each as a part of the best that it could reach by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgeting.model import Share, Text, text
from budgeting.optimiser.curves import Curve
from budgeting.optimiser.next_users import LeftOut
from budgeting.optimiser.objectives import Objective, Unit
from budgeting.optimiser.optimum import Optimiser
from budgeting.optimiser.problem import Problem
from budgeting.simulation.effects import ServiceState

_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Weighted:
    """A list of objectives with weights that sum to one.

    Parameters
    ----------
    parts
        Objective, its weight, and the best gain that it could reach alone under the same rules and
        with the same money moved. Where that is nothing, it counts nothing.
    """

    parts: tuple[tuple[Objective, Decimal, float], ...]
    code = "weighted"
    unit = Unit.PART

    @property
    def name(self) -> Text:
        """What it is called."""
        return text(
            "Several objectives: {names}", names=tuple(one.name for one, _, _ in self.parts)
        )

    @property
    def formula(self) -> Text:
        """The formula of the sum and of each part."""
        listed = tuple(
            text(
                "{weight} {name}: {formula}",
                weight=Share(weight),
                name=one.name,
                formula=one.formula,
            )
            for one, weight, _ in self.parts
        )
        return text(
            "Sum of weight x gain / best gain that this objective could reach alone, under the same rules "
            "and with as much money moved. {parts}",
            parts=listed,
        )

    @property
    def services(self) -> tuple[ServiceState, ...]:
        """Services of all parts, each once."""
        found = {of.code: of for one, _, _ in self.parts for of in one.services}
        return tuple(found.values())

    @property
    def without_gain(self) -> tuple[Objective, ...]:
        """Objectives that no allowed move brings forward: they count nothing."""
        return tuple(one for one, _, best in self.parts if best <= _NOTHING)

    def curves(self) -> tuple[Curve, ...]:
        """Return the curves of all parts, in parts of their best."""
        return tuple(
            curve.times(float(weight) / best)
            for one, weight, best in self.parts
            if best > _NOTHING
            for curve in one.curves()
        )

    def left_out(self) -> tuple[LeftOut, ...]:
        """Return the services that a part cannot count."""
        return tuple(dict.fromkeys(found for one, _, _ in self.parts for found in one.left_out()))

    def with_services(self, services: Sequence[ServiceState]) -> "Weighted":
        """Return it with other users; what 1 means stays."""
        return Weighted(
            tuple((one.with_services(services), weight, best) for one, weight, best in self.parts)
        )


def weighted(problem: Problem, parts: Sequence[tuple[Objective, Decimal]]) -> Weighted:
    """Return objectives as one: each is solved alone to know its best.

    Parameters
    ----------
    parts
        Objective and weight, above zero; the weights are divided by their sum.

    Raises
    ------
    ValueError
        A weight is below zero, or none is above.
    """
    whole = sum((weight for _, weight in parts), Decimal(0))
    if whole <= 0 or any(weight < 0 for _, weight in parts):
        raise ValueError(f"weights of objectives must be above zero: {parts}")
    return Weighted(
        tuple((one, weight / whole, _best(problem, one)) for one, weight in parts if weight)
    )


def _best(problem: Problem, objective: Objective) -> float:
    found = Optimiser(problem, objective.curves()).optimum()
    return found.gain if found else 0.0
