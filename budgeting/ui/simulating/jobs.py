"""Direct jobs that a scenario pays for: an illustration, always with what it rests on."""

from decimal import ROUND_HALF_UP, Decimal

import streamlit as st

from budgeting.model import Money, Report, Text, text
from budgeting.simulation.jobs import Jobs
from budgeting.ui.session import language
from budgeting.ui.session import say as _

_TENTH = Decimal("0.1")


def jobs(shown: Report) -> None:
    """Show how many jobs the moved money pays for directly, by sex, where that is known."""
    found, say = shown.facts["jobs"], language().say
    if found is None:
        st.caption(
            _(
                "Not known: what a job costs here, or which lines pay wages, is not in data/jobs.toml."
            )
        )
        return
    st.markdown(say(_words(found)))
    if found.unexplained:
        left_out = Money(abs(found.unexplained), shown.facts["currency"])
        told = text("{amount} are not in it: their lines are of no programme.", amount=left_out)
        st.caption(say(told))
    st.caption(say(shown.facts["jobs_source"]))


def _words(found: Jobs) -> Text:
    values = {
        "total": _signed(found.total),
        "women": _signed(found.women),
        "men": _signed(found.men),
        "unknown": _signed(found.not_known),
    }
    if not found.not_known:
        return text("{total} full-time jobs: women {women}, men {men}.", **values)
    return text(
        "{total} full-time jobs: women {women}, men {men}, not known whose {unknown}.", **values
    )


def _signed(count: Decimal) -> str:
    shown = count.quantize(_TENTH, ROUND_HALF_UP)
    sign = "+" if shown > 0 else "−" if shown < 0 else ""
    return f"{sign}{language().number(abs(shown), 1)}"
