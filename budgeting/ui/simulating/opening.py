"""Which scenario is open: a new one, or one that is kept."""

from collections.abc import Mapping
from functools import lru_cache

from budgeting.model import Stage, text
from budgeting.names import stage_name
from budgeting.scenarios.stored import scenarios
from budgeting.ui.filters import choice
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _


def ask_scenario(municipality: str) -> None:
    """Show the choice among the scenarios of a municipality; the address keeps it."""
    kept = _names(open_store().listed_state, municipality, language().code)
    choice("scenario", _("Scenario"), {"": _("A new one"), **kept})


@lru_cache(maxsize=16)
def _names(_state: str, municipality: str, code: str) -> Mapping[str, str]:
    say = language().say
    return {
        str(row["scenario_id"]): say(
            text(
                "{name} ({year}, {stage})",
                name=row["name"],
                year=str(row["fiscal_year"]),
                stage=stage_name(Stage(row["stage"])),
            )
        )
        for row in scenarios(open_store(), municipality).to_pylist()
    }
