"""Deciding: a draft is submitted, and adopted or rejected by another person; its moves are frozen then."""

from contextlib import AbstractContextManager

from budgeting.access import Action, Identity
from budgeting.errors import MoveInvalid, NotAllowed, ScenarioInvalid
from budgeting.marks.recording import is_single_user
from budgeting.model import Text, text
from budgeting.scenarios.drift import drift
from budgeting.scenarios.kept import kept_baseline
from budgeting.scenarios.model import Scenario, ScenarioState
from budgeting.scenarios.rules import rule_set
from budgeting.scenarios.writing import Writing, changed, made, writing
from budgeting.simulation.outcome import Outcome, outcome
from budgeting.simulation.rules import words
from budgeting.store import Store


def submit(store: Store, identity: Identity, shown: Scenario, note: str = "") -> Scenario:
    """Hand a draft in to be decided on, as it was shown to the reader; its moves are frozen.

    Raises
    ------
    ScenarioInvalid
        It has no moves, breaks a rule (each is named), or the budget has changed under it.
    ScenarioChanged
        Somebody changed it after it was shown; nothing is written.
    NotAllowed, NotFound
        The role does not permit it, it is no draft, or there is no such scenario.
    """
    with writing(store, identity, shown.scenario_id, "submit", reason=note) as act:
        _refuse_changed(act, shown)
        _refuse_unfit(store, act.before)
        act.restate("submit", state=ScenarioState.SUBMITTED, reason=note.strip())
    return act.saved


def adopt(store: Store, identity: Identity, shown: Scenario, reason: str = "") -> Scenario:
    """Adopt what was submitted, as another person than its author; ``reason`` may name the decision.

    Raises
    ------
    NotAllowed
        The role does not permit it, the author adopts their own, or it is not submitted.
    ScenarioInvalid
        The budget has changed under it since: reject it, and rebase a copy.
    ScenarioChanged, NotFound
        As in `submit`.
    """
    with _deciding(store, identity, shown, "adopt", reason) as act:
        _refuse_changed(act, shown)
        _refuse_own(act)
        found = _refuse_unfit(store, act.before)
        act.restate("adopt", state=ScenarioState.ADOPTED, reason=reason.strip())
        act.transaction.details = {**act.transaction.details, "lines": _lines(found)}
    return act.saved


def reject(store: Store, identity: Identity, shown: Scenario, reason: str) -> Scenario:
    """Reject what was submitted, for a reason. Errors are those of `adopt`; one may reject one's own."""
    if not reason.strip():
        raise ScenarioInvalid(text("A scenario is rejected for a reason: write it down."))
    with _deciding(store, identity, shown, "reject", reason) as act:
        _refuse_changed(act, shown)
        act.restate("reject", state=ScenarioState.REJECTED, reason=reason.strip())
    return act.saved


def _deciding(
    store: Store, identity: Identity, shown: Scenario, how: str, reason: str
) -> AbstractContextManager[Writing]:
    return writing(
        store,
        identity,
        shown.scenario_id,
        how,
        action=Action.DECIDE_SCENARIO,
        state=ScenarioState.SUBMITTED,
        reason=reason,
    )


def broken_rules(found: Outcome) -> tuple[Text, ...]:
    """Return what a scenario breaks, as sentences, with the reason that the municipality gives."""
    currency = found.baseline.currency_code
    return tuple(words(breach.bound, currency) for breach in found.breaches)


def _refuse_changed(act: Writing, shown: Scenario) -> None:
    before = act.before
    if (before.version, before.sequence) != (shown.version, shown.sequence):
        who = before.log[-1].recorded_by if before.sequence != shown.sequence else before.changed_by
        raise changed(who, before.name)


def _refuse_own(act: Writing) -> None:
    if not is_single_user() and act.before.author == act.identity.name:
        raise NotAllowed(
            text(
                "{name} made “{scenario}”; another person adopts it.",
                name=act.identity.name,
                scenario=act.before.name,
            )
        )


def _refuse_unfit(store: Store, of: Scenario) -> Outcome:
    """Return what a scenario comes to; raise where it cannot be decided on as it is.

    It keeps the rules that it was begun with, and those that hold now.
    """
    if not of.moves:
        raise ScenarioInvalid(text("“{scenario}” moves nothing yet.", scenario=of.name))
    try:
        found = made(store, of)
    except MoveInvalid as error:
        raise ScenarioInvalid(error.message) from error
    broken = broken_rules(found) or broken_rules(_under_newest_rules(store, of))
    if broken:
        raise ScenarioInvalid(
            text("“{scenario}” breaks rules: {rules}", scenario=of.name, rules=broken)
        )
    if drift(store, of).is_other:
        raise ScenarioInvalid(
            text(
                "The budget has changed under “{scenario}”. Look at what has changed, and rebase it.",
                scenario=of.name,
            )
        )
    return found


def _under_newest_rules(store: Store, of: Scenario) -> Outcome:
    rules = rule_set(store, of.footing.municipality_code).rules
    return outcome(kept_baseline(store, of.footing), of.moves, rules)


def _lines(found: Outcome) -> list[list[str]]:
    """Return what lines change by, for the audit event: code, amount."""
    by_id = found.baseline.by_id
    return [
        [by_id[line_id].direction.value, by_id[line_id].code, f"{change:.2f}"]
        for line_id, change in found.changes.items()
    ]
