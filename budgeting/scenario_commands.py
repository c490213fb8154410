"""What the command line can do with scenarios and rules: list, write as files, read in again."""

from collections.abc import Iterator

from budgeting.errors import NotFound, ScenarioInvalid
from budgeting.model import Text, plural_text, text
from budgeting.names import scenario_state_name, stage_name
from budgeting.outcomes import DONE, Files, Outcome, Parameters, identity_of, language_of
from budgeting.scenarios.consequences import consequences, record_consequences
from budgeting.scenarios.exchange import open_scenario, written_scenario
from budgeting.scenarios.files import rules_in, written_rules
from budgeting.scenarios.rules import refuse_contradictions, rule_set, save_rules
from budgeting.scenarios.stored import scenarios
from budgeting.store import Store


def scenario_files(store: Store, parameters: Parameters, files: Files) -> Outcome:
    """Open a scenario from a file, write one as a file, or list those of a municipality."""
    if files:
        return _told(_opened(store, parameters, files), parameters)
    if parameters.get("write"):
        return Outcome(DONE, written_scenario(store, parameters["write"]))
    return _told(_listed(store, parameters["municipality"]), parameters)


def municipal_rules(store: Store, parameters: Parameters, files: Files) -> Outcome:
    """Replace the rules of a municipality by those of a file; without a file, write them as one."""
    place = parameters["municipality"]
    if not files:
        rules = rule_set(store, place).rules
        return Outcome(DONE, written_rules(rules, consequences(store, place)).encode())
    name = files[0].name
    try:
        written = files[0].content.decode()
    except UnicodeDecodeError as error:
        raise ScenarioInvalid(
            text("The file {path} cannot be used: {reason}.", path=name, reason=str(error))
        ) from error
    rules, said = rules_in(name, written)
    refuse_contradictions(rules)
    who, seen = identity_of(parameters), rule_set(store, place).version
    saved = save_rules(store, who, place, rules, parameters.get("note") or "", seen=seen)
    if said:
        record_consequences(store, who, place, said)
    return _told(_set(saved.version, len(rules), len(said)), parameters)


def _set(version: int, rule_count: int, consequence_count: int) -> Iterator[Text]:
    yield plural_text(
        "{count} rule was set: version {version}.",
        "{count} rules were set: version {version}.",
        rule_count,
        version=str(version),
    )
    if consequence_count:
        yield plural_text(
            "{count} consequence was recorded.",
            "{count} consequences were recorded.",
            consequence_count,
        )


def _opened(store: Store, parameters: Parameters, files: Files) -> Iterator[Text]:
    opened = open_scenario(store, identity_of(parameters), files[0].name, files[0].content)
    of = opened.scenario
    yield plural_text(
        "Scenario {number}, “{name}”, was opened with {count} move.",
        "Scenario {number}, “{name}”, was opened with {count} moves.",
        len(of.moves),
        number=str(of.scenario_id),
        name=of.name,
    )
    yield from opened.differences


def _listed(store: Store, municipality_code: str) -> Iterator[Text]:
    rows = scenarios(store, municipality_code).to_pylist()
    if not rows:
        raise NotFound(text("“{municipality}” has no scenario.", municipality=municipality_code))
    for row in rows:
        yield plural_text(
            "{number}: “{name}” of {author}, {year}, {stage}: {state}, {count} move",
            "{number}: “{name}” of {author}, {year}, {stage}: {state}, {count} moves",
            row["move_count"],
            number=str(row["scenario_id"]),
            name=row["name"],
            author=row["author"],
            year=str(row["fiscal_year"]),
            stage=stage_name(row["stage"]),
            state=scenario_state_name(row["state"]),
        )


def _told(sentences: Iterator[Text], parameters: Parameters) -> Outcome:
    reader = language_of(parameters)
    return Outcome(DONE, "".join(f"{reader.say(one)}\n" for one in sentences).encode())
