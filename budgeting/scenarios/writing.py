"""Writing scenarios: one transaction for each change, with what may stand against it and its event."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from budgeting.access import Action as Allowed
from budgeting.access import Identity, require
from budgeting.audit import Change
from budgeting.errors import MoveInvalid, NotAllowed, NotFound, ScenarioChanged
from budgeting.model import Stage, text
from budgeting.names import scenario_state_name
from budgeting.scenarios.baseline import stored_baseline
from budgeting.scenarios.kept import keep, kept_baseline
from budgeting.scenarios.model import (
    Act,
    Action,
    Footing,
    Scenario,
    ScenarioState,
    effective,
)
from budgeting.scenarios.rules import rule_set, rules_of
from budgeting.scenarios.stored import (
    Row,
    entry_table,
    header_columns,
    known_scenario,
    move_columns,
    remember,
    scenario,
    with_entries,
)
from budgeting.simulation.moves import Move
from budgeting.simulation.outcome import Outcome, outcome
from budgeting.store import Store, Transaction

Steps = Sequence[tuple[Action, int]]


@dataclass(slots=True)
class Writing:
    """An open change of a scenario: what it was before, and what is saved."""

    store: Store
    transaction: Transaction
    identity: Identity
    before: Scenario
    seen: int
    saved: Scenario

    def refuse_if_changed(self, seen: int) -> None:
        """Raise `ScenarioChanged` where the version is not the one that the reader saw."""
        if self.before.version != seen:
            raise changed(self.before.changed_by, self.before.name)

    def restate(self, how: str, **fields: Any) -> None:
        """Write the scenario's next version, with other fields."""
        stated = {"reason": "", **fields}
        self.saved = replace(self.before, version=self.before.version + 1, **stated)
        self.transaction.run(
            "add_scenario_version",
            **header_columns(self.saved),
            change=how,
            **by_whom(self.identity),
        )
        told = {name: str(value) for name, value in fields.items()}
        self.transaction.details = {"version": self.saved.version, **told}
        self._saved_as(scenario_or_withdrawn(self.transaction, self.saved))

    def write(
        self, change: Act, steps: Steps = (), moves: Sequence[Move] = (), undoes: int | None = None
    ) -> None:
        """Write an act: moves withdrawn or restored, and new ones; refuse it where it cannot be."""
        steps = effective(self.before, steps)
        by = by_whom(self.identity)
        rows = entries(self.before.sequence, change, steps, moves, undoes)
        _write_entries(self.transaction, self.before.scenario_id, rows, by)
        self._saved_as(with_entries(self.before, [{**row, **by} for row in rows]))
        _refuse_new_fault(self.store, self.before, self.saved)
        self.transaction.details = {
            **self.transaction.details,
            "scenario_id": self.before.scenario_id,
            "act": self.before.sequence + 1,
            "steps": [[action.value, number] for action, number in steps],
            "moves": [_told(move_columns(move)) for move in moves],
        }

    def _saved_as(self, found: Scenario) -> None:
        others = tuple(
            entry
            for entry in self.before.log
            if entry.sequence > self.seen and entry.recorded_by != self.identity.name
        )
        self.saved = replace(found, joined=others)


@contextmanager
def writing(
    store: Store,
    identity: Identity,
    scenario_id: int,
    how: str,
    seen: int | None = None,
    *,
    action: Allowed = Allowed.MAKE_SCENARIO,
    state: ScenarioState = ScenarioState.DRAFT,
    reason: str = "",
) -> Iterator[Writing]:
    """Open a change of a scenario in a state: access, one transaction, its audit event.

    Raises
    ------
    NotAllowed
        The role does not permit it, or the scenario is in another state.
    NotFound
        There is no such scenario.
    """
    require(identity, action)
    found = known_scenario(store, scenario_id)
    change = change_of(how, found.name, found.footing.municipality_code, reason)
    with store.transaction(identity, change) as transaction:
        before = known_scenario(store, scenario_id)  # nobody else changes it from here on
        _refuse_state(before, state)
        have_seen = before.sequence if seen is None else seen
        act = Writing(store, transaction, identity, before, have_seen, before)
        yield act
    if act.saved.state is not ScenarioState.WITHDRAWN:
        remember(store, transaction.sealed, replace(act.saved, joined=()))


def footing_of(
    store: Store, transaction: Transaction, municipality_code: str, vintage_id: int
) -> Footing:
    """Return what a scenario on a statement stands on today; its lines are kept.

    Raises
    ------
    NotFound
        There is no such statement of expenditure.
    """
    rows = transaction.query(
        "scenario_footing", municipality_code=municipality_code, vintage_id=vintage_id
    ).to_pylist()
    if not rows:
        raise NotFound(text("This statement of amounts is not stored. Choose another one."))
    row = rows[0]
    vintages = [row[name] for name in ("vintage_id", "revenue_vintage_id") if row[name] is not None]
    stage = Stage(row["stage"])
    baseline = stored_baseline(
        store, municipality_code, row["fiscal_year"], vintages, row["currency_code"], stage=stage
    )
    return Footing(
        municipality_code,
        row["fiscal_year"],
        stage,
        row["currency_code"],
        row["vintage_id"],
        row["revenue_vintage_id"],
        store.data_version,
        keep(transaction, baseline),
        rule_set(transaction, municipality_code).version,
    )


def write_new(
    transaction: Transaction,
    identity: Identity,
    how: str,
    new: Scenario,
    moves: Sequence[Move] = (),
) -> Scenario:
    """Write a scenario's first version and its first moves; return it as stored."""
    number = transaction.query("next_scenario")["scenario_id"][0].as_py()
    columns = header_columns(replace(new, scenario_id=number, version=1))
    transaction.run("add_scenario_version", **columns, change=how, **by_whom(identity))
    rows = entries(0, Act(how), (), moves, None) if moves else []
    _write_entries(transaction, number, rows, by_whom(identity))
    transaction.details = {**_told(columns), "moves": [_told(move_columns(one)) for one in moves]}
    return scenario(transaction, number)


def entries(
    after: int, change: Act, steps: Steps, moves: Sequence[Move], undoes: int | None
) -> list[Row]:
    """Return the entries of one act, numbered behind `after`."""
    done: list[Row] = [{"action": action.value, "move_number": number} for action, number in steps]
    done += [{"action": Action.ADD.value, **move_columns(move)} for move in moves]
    common = {"act": after + 1, "change": change.value, "undoes": undoes}
    return [
        {"sequence": sequence, "move_number": sequence, **common, **row}
        for sequence, row in enumerate(done, after + 1)
    ]


def scenario_or_withdrawn(transaction: Transaction, saved: Scenario) -> Scenario:
    """Return the scenario as stored; one that is withdrawn by this change, as it was written."""
    if saved.state is ScenarioState.WITHDRAWN:
        return saved
    return scenario(transaction, saved.scenario_id)


def by_whom(identity: Identity) -> Row:
    """Return who records a change, and when."""
    return {"recorded_by": identity.name, "recorded_at": datetime.now(UTC)}


def changed(name: str, title: str) -> ScenarioChanged:
    """Return the error that somebody was faster."""
    return ScenarioChanged(
        text(
            "{name} was faster: “{scenario}” was changed. Nothing of yours was written. Look at it, "
            "then repeat.",
            name=name,
            scenario=title,
        )
    )


def _refuse_state(of: Scenario, wanted: ScenarioState) -> None:
    if of.state is wanted:
        return
    if wanted is not ScenarioState.DRAFT:
        raise NotAllowed(
            text(
                "“{scenario}” is {state}; this takes one that is {wanted}.",
                scenario=of.name,
                state=scenario_state_name(of.state),
                wanted=scenario_state_name(wanted),
            )
        )
    raise NotAllowed(
        text(
            "“{scenario}” is no draft any more, so it stays as it is. Copy it to go on from there.",
            scenario=of.name,
        )
    )


def _write_entries(
    transaction: Transaction, scenario_id: int, rows: Sequence[Row], by: Row
) -> None:
    transaction.run(
        "add_scenario_moves", scenario_id=scenario_id, batch_entries=entry_table(rows), **by
    )


def change_of(how: str, subject: str, municipality_code: str, reason: str = "") -> Change:
    """Return the audit event of a change that is of scenarios only."""
    return Change(f"{how}-scenario", subject, municipality_code, reason.strip())


def _refuse_new_fault(store: Store, before: Scenario, after: Scenario) -> None:
    """Raise where moves cannot be made any more that could be made before."""
    try:
        made(store, after)
    except MoveInvalid:
        try:
            made(store, before)
        except MoveInvalid:
            return  # it could not be made before either: every step out of that is allowed
        raise


def made(store: Store, of: Scenario) -> Outcome:
    """Return what the standing moves of a scenario come to, on its lines and under its rules.

    Raises
    ------
    MoveInvalid
        A move that cannot be made.
    """
    rules = rules_of(store, of.footing.municipality_code, of.footing.rules_version)
    return outcome(kept_baseline(store, of.footing), of.moves, rules)


def _told(columns: Row) -> Row:
    """Return what an audit event tells: what is not empty."""
    return {name: value for name, value in columns.items() if value not in ("", None)}
