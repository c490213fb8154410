"""A trial: one mutated copy goes through the importer, and what it promises is looked at."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from fixtures.prepared import store_after
from mutation.mutations import MUTATIONS, Mutated, Places
from mutation.redundancy import Redundancy
from mutation.specimens import Specimen, specimen_named, specimens

from budgeting.access import Identity, Role
from budgeting.errors import ImportRefused
from budgeting.imports.answers import Answers
from budgeting.imports.confirmation import of_all_municipalities
from budgeting.imports.population import accept_population, examine_population
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.verdict import examine
from budgeting.model import Severity
from budgeting.store import Store

SEED = 20240417
EDITOR = Identity("tester", Role.EDITOR)
ACCEPTED_OF = 12  # of so many trials one is accepted into a store of its own
OUTCOMES = ("refused", "question", "warning", "only unconfirmed", "same totals", "silent")
_TRACE = re.compile(r"Traceback|object at 0x|\.py\b|Exception\b|<class|pyarrow|Arrow|duckdb", re.I)
_OF_REDUNDANCY = ("printed-total", "sum-of-row", "change", "repeated-rows")


@dataclass
class Trial:
    """What became of one mutated copy."""

    specimen: str
    number: int
    kind: str
    outcome: str = ""
    violations: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Expected:
    """What is known of a specimen as it is."""

    findings: Counter
    totals: dict
    confirmed: frozenset
    places: Places
    redundancy: Redundancy | None
    residuals: dict


@cache
def empty_store() -> Store:
    """One store to examine against; nothing is ever written to it."""
    return store_after()


def verdict_on(specimen: Specimen, content: bytes, answers: Answers | None = None):
    examining = examine_population if specimen.mapping.population else examine
    source = specimen.source(content)
    return examining(empty_store(), source, specimen.mapping, answers or specimen.answers)


def totals_of(verdict) -> dict:
    if hasattr(verdict, "people"):
        return dict(verdict.totals) if verdict.people.num_rows else {}
    found: dict = {}
    for total in verdict.statements:
        key = (total.fiscal_year, total.direction, total.stage, total.as_of)
        found[key] = found.get(key, Decimal(0)) + total.amount
    return found


def signs(verdict) -> Counter:
    """Return what tells a finding from others; the row does not, it moves with the rows above it."""
    return Counter(
        (
            found.severity,
            found.check,
            found.sheet,
            found.column,
            str(found.message) if found.check in _OF_REDUNDANCY else "",
        )
        for found in verdict.findings
        if found.severity is not Severity.NOTE and found.check != "unconfirmed-total"
    )


@cache
def expected(name: str) -> Expected:
    """Return what the importer says to a specimen as it is."""
    specimen = specimen_named(name)
    verdict = verdict_on(specimen, specimen.content(specimen.cells))
    places = _column_places(specimen)
    if specimen.mapping.population:
        people = places[_plain(specimen.mapping.population.people)]
        lines = range(specimen.header, len(specimen.cells))
        where = Places((people,), tuple(lines))
        return Expected(signs(verdict), totals_of(verdict), frozenset(), where, None, {})
    redundancy = _redundancy(specimen, verdict, places)
    columns = tuple(dict.fromkeys(redundancy.places[column] for column in redundancy.styles))
    where = Places(columns, tuple(sorted(redundancy.lines)))
    residuals = redundancy.residuals(specimen.cells, list(range(len(specimen.cells))))
    confirmed = frozenset(set(totals_of(verdict)) - unconfirmed_keys(verdict))
    return Expected(signs(verdict), totals_of(verdict), confirmed, where, redundancy, residuals)


def _column_places(specimen: Specimen) -> dict[str, int]:
    """Return where the columns stand, by their names in the file and by "#1", "#2"."""
    width = range(len(specimen.cells[0]))
    by_number = {f"#{place + 1}": place for place in width}
    if not specimen.header:
        return by_number
    return by_number | {_plain(str(specimen.cells[0][place])): place for place in width}


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _redundancy(specimen: Specimen, verdict, places: dict) -> Redundancy:
    meaning, table = verdict.meanings[0], verdict.tables[0]
    numbers = [number - 1 for number in table.rows["row_number"].to_pylist()]
    kinds = dict(zip(numbers, meaning.fates.codes.tolist(), strict=True))
    named = [*specimen.mapping.columns, *meaning.figures.styles]
    return Redundancy(
        specimen,
        {name: places[_plain(name)] for name in named},
        dict(meaning.figures.styles),
        frozenset(row for row, kind in kinds.items() if kind == 0),
        frozenset(row for row, kind in kinds.items() if kind == 1),
        tuple(
            (total.row_number - 1, total.column)
            for total in meaning.totals
            if total.is_grand and not total.difference and total.printed
        ),
    )


def unconfirmed_keys(verdict) -> set:
    """Return the statements of which the verdict says that nothing confirms them."""
    said = {
        str(found.message.values["statement"])
        for found in verdict.findings
        if found.check == "unconfirmed-total"
    }
    return {
        (one.fiscal_year, one.direction, one.stage, one.as_of)
        for one in of_all_municipalities(verdict.sums)
        if str(one.words) in said
    }


def trials(name: str, count: int, seed: int = SEED) -> Iterator[Trial]:
    """Mutate a specimen `count` times, each kind in turn; the same seed gives the same copies."""
    specimen, kinds = specimen_named(name), list(MUTATIONS)
    offset = sum(map(ord, name))
    for number in range(count):
        for turn in range(len(kinds)):
            kind = kinds[(number + offset + turn) % len(kinds)]
            mutated = mutation(specimen, kind, number, seed)
            if mutated is not None:
                yield trial(specimen, kind, number, mutated)
                break


def mutation(specimen: Specimen, kind: str, number: int, seed: int = SEED) -> Mutated | None:
    """Return one mutated copy, the same each time."""
    rng = random.Random(f"{seed}/{specimen.name}/{kind}/{number}")
    return MUTATIONS[kind](rng, specimen, expected(specimen.name).places)


def trial(specimen: Specimen, kind: str, number: int, mutated: Mutated) -> Trial:
    """Examine a mutated copy, and hold the verdict to what is promised."""
    result = Trial(specimen.name, number, kind)
    try:
        verdict = verdict_on(specimen, mutated.content)
        _judge(result, specimen, mutated, verdict)
        if number % ACCEPTED_OF == 0:
            _accept(result, specimen, mutated, verdict)
    except Exception as error:  # whatever it is, it is what the test looks for
        result.outcome = "silent"
        result.violations.append(f"raised {type(error).__name__}: {str(error)[:300]}")
    return result


def _judge(result: Trial, specimen: Specimen, mutated: Mutated, verdict) -> None:
    known = expected(specimen.name)
    totals = totals_of(verdict)
    new = signs(verdict) - known.findings
    is_changed = totals != known.totals
    result.outcome = _outcome(new, is_changed=is_changed, verdict=verdict, known=known)
    result.violations += _broken_promises(verdict)
    is_same_sums = sorted(totals.values()) == sorted(known.totals.values())
    if result.outcome == "silent" and not (mutated.is_consistent and is_same_sums):
        result.violations.append(f"silent: {_differences(known.totals, totals)}")
    if mutated.is_same_money and is_changed and result.outcome in OUTCOMES[2:]:
        result.violations.append(f"misread: {_differences(known.totals, totals)}")
    if not new and not mutated.is_consistent:
        result.violations += [
            f"not found: {one}" for one in _missed(known, mutated, is_changed=is_changed)[:3]
        ]
        result.violations += _confirmed_and_changed(known, mutated, totals)


def _outcome(new: Counter, *, is_changed: bool, verdict, known: Expected) -> str:
    severities = {sign[0] for sign in new}
    for severity, name in zip(
        (Severity.ERROR, Severity.QUESTION, Severity.WARNING), OUTCOMES, strict=False
    ):
        if severity in severities:
            return name
    if not is_changed:
        return "same totals"
    if hasattr(verdict, "people"):
        is_said = any(found.check == "unconfirmed-total" for found in verdict.findings)
        return "only unconfirmed" if is_said else "silent"
    totals, said = totals_of(verdict), unconfirmed_keys(verdict)
    changed = {key for key, total in totals.items() if known.totals.get(key) != total}
    return "only unconfirmed" if said and changed <= said else "silent"


def _broken_promises(verdict) -> Iterator[str]:
    rows = verdict.rows
    if (
        rows["read"] != rows["accepted"] + rows["skipped"] + rows["rejected"]
        or min(rows.values()) < 0
    ):
        yield f"rows do not close: {rows}"
    for found in verdict.findings:
        words = f"{found.message} {found.suggestion or ''}"
        if _TRACE.search(words):
            yield f"a trace: {words[:200]}"
    if not verdict.is_acceptable and not [
        found for found in verdict.findings if found.severity in (Severity.ERROR, Severity.QUESTION)
    ]:
        yield f"refused without a finding; rows {rows}"


def _differences(before: dict, after: dict) -> str:
    return "; ".join(
        f"{key}: {before.get(key)} -> {after.get(key)}"
        for key in {**before, **after}
        if before.get(key) != after.get(key)
    )[:400]


def _missed(known: Expected, mutated: Mutated, *, is_changed: bool) -> list[str]:
    """Return the equations of the file that fail now and did not before."""
    if mutated.cells is None or known.redundancy is None:
        return []
    residuals = known.redundancy.residuals(mutated.cells, mutated.origins)
    return [
        f"{key} fails by {residual}"
        for key, residual in residuals.items()
        if residual
        and residual != known.residuals.get(key, 0)
        # a group whose only line is cut is a line itself: the sum still is what is printed
        and (
            is_changed
            or key[0] != "grand total"
            or len(mutated.origins) >= len(known.redundancy.specimen.cells)
        )
    ]


def _confirmed_and_changed(known: Expected, mutated: Mutated, totals: dict) -> list[str]:
    """Return the statements that a printed total confirmed, and that changed beside that total."""
    if mutated.cells is None or known.redundancy is None:
        return []
    rows = {origin for origin, _ in known.redundancy.grand}
    if not rows <= set(mutated.origins):
        return []
    return [
        f"confirmed before, changed without a word: {key}"
        for key in known.confirmed
        if totals.get(key) != known.totals[key]
    ]


# --- acceptance -----------------------------------------------------------


def row_counts(store: Store) -> dict:
    tables = (
        store._connection.cursor()
        .sql(
            "select schema_name || '.' || table_name from duckdb_tables() "
            "where database_name = current_database() order by all"
        )
        .fetchall()
    )
    counting = " union all ".join(f"select '{name}', count(*) from {name}" for (name,) in tables)
    return dict(store._connection.cursor().sql(counting).fetchall())


def _accept(result: Trial, specimen: Specimen, mutated: Mutated, verdict) -> None:
    """Accept what may be accepted: the cube has what the verdict said, or nothing changed at all."""
    if specimen.mapping.population:
        accepting = accept_population
    else:
        accepting = accept
        if verdict.open_checks:
            answers = _with_reasons(specimen.answers, verdict.open_checks)
            verdict = verdict_on(specimen, mutated.content, answers)
    store = store_after()
    try:
        before = row_counts(store), store.state
        accepting(store, verdict, EDITOR)
        result.violations += _stored_otherwise(store, verdict)
    except ImportRefused:
        if verdict.is_acceptable:
            result.violations.append("acceptable, and refused all the same")
        if before != (row_counts(store), store.state):
            result.violations.append("refused, and the database changed")
    finally:
        store.close()


def _with_reasons(answers: Answers, checks) -> Answers:
    from dataclasses import replace

    return replace(answers, reasons=dict.fromkeys(checks, "tested"))


def _stored_otherwise(store: Store, verdict) -> Iterator[str]:
    if not verdict.is_acceptable:
        yield "not acceptable, and accepted all the same"
    cursor = store._connection.cursor()
    if hasattr(verdict, "people"):
        stored = dict(
            cursor.sql("select sex, sum(people)::int from core.populations group by 1").fetchall()
        )
        stored["total"] = sum(stored.values())
    else:
        stored = {
            (year, direction, stage, day): total
            for year, direction, stage, day, total in cursor.sql(
                "select v.fiscal_year, v.direction, v.stage, v.as_of, sum(c.amount)::decimal(38, 2) "
                "from mart.cube as c inner join core.vintages as v using (vintage_id) group by all"
            ).fetchall()
        }
    if stored != totals_of(verdict):
        yield f"stored otherwise than shown: {_differences(totals_of(verdict), stored)}"


def shares(count: int) -> dict[str, int]:
    """Return how many mutations each specimen gets of `count`."""
    weights = {specimen.name: specimen.weight for specimen in specimens()}
    whole = sum(weights.values())
    return {name: round(count * weight / whole + 0.5) for name, weight in weights.items()}
