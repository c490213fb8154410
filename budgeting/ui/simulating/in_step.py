"""Two fields that say the same amount, each in its own way: what is said in one stands in the other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

import streamlit as st

from budgeting.amounts import CENT

_SAID = "amount_said"


@dataclass(slots=True)
class InStep:
    """An amount, and which of its fields said it last.

    The other field is shown anew with it, under the key of its next turn: what a browser still sends
    of the one before, which it shows until the answer comes, is no answer then.

    Parameters
    ----------
    of
        What the amount is of: the beginning of the keys of its fields.
    said
        In the currency of the year; None before anybody has said it.
    by
        Name of the field that said it.
    """

    of: str
    said: Decimal | None = None
    by: str = ""
    turns: dict[str, int] = field(default_factory=dict)

    def key(self, name: str) -> str:
        """Return the key of a field."""
        return f"{name}_{self.turns.setdefault(name, 0)}_{self.of}"

    def take(self, name: str, read: Callable[[Any], Decimal]) -> None:
        """Take what a field says; `read` makes an amount of it."""
        self.said, self.by = read(st.session_state[self.key(name)]), name
        for other in self.turns:
            self.turns[other] += other != name


def in_step(of: str) -> InStep:
    """Return the amount of a form; one is asked for at a time."""
    found = st.session_state.get(_SAID)
    if not found or found.of != of:
        st.session_state[_SAID] = found = InStep(of)
    return cast("InStep", found)


def money(said: Any) -> Decimal:
    """Return an amount, to the cent, of what a field of numbers says; nothing said is 0."""
    return Decimal(str(said or 0)).quantize(CENT)
