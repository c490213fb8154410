"""Residents by sex and age: an import of its own, with the same checks before anything is stored."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import ImportRefused
from budgeting.imports.answers import Answers
from budgeting.imports.cells.columns import Cells, Columns, constant
from budgeting.imports.cells.numbers import amounts
from budgeting.imports.checks import missing_columns
from budgeting.imports.mappings.mapping import Mapping, MunicipalityRule
from budgeting.imports.meaning.figures import decided_style
from budgeting.imports.meaning.scopes import scope_findings, scopes_of
from budgeting.imports.source import SourceFile, SourceTable
from budgeting.imports.verdict import reading_of, tables_of
from budgeting.imports.words.persons import age_band, sex_of
from budgeting.model import Finding, Severity, Sex, plural_text, text
from budgeting.store import Store


@dataclass(frozen=True, slots=True)
class PopulationVerdict:
    """What a file of residents means and whether it may be stored.

    ``people`` has one row per municipality, sex and age band; rows read = accepted + skipped +
    rejected.
    """

    source: SourceFile
    mapping: Mapping
    answers: Answers
    table: SourceTable
    people: pa.Table
    findings: tuple[Finding, ...]

    @property
    def is_acceptable(self) -> bool:
        """Whether no finding is an error."""
        return bool(self.people.num_rows) and not any(
            finding.severity is Severity.ERROR for finding in self.findings
        )

    @property
    def rows(self) -> Dictionary[str, int]:
        """Rows read, accepted, skipped and rejected."""
        read_count = self.table.rows.num_rows + len(self.table.skipped) + len(self.table.rejected)
        accepted = self.people.num_rows
        skipped = len(self.table.skipped)
        return {
            "read": read_count,
            "accepted": accepted,
            "skipped": skipped,
            "rejected": read_count - accepted - skipped,
        }

    @property
    def totals(self) -> Dictionary[str, int]:
        """Residents by sex, and all of them."""
        found = self.people.group_by("sex").aggregate([("people", "sum")]).to_pylist()
        sums = {row["sex"]: int(row["people_sum"]) for row in found}
        return {**dict(sorted(sums.items())), "total": sum(sums.values())}


def examine_population(
    store: Store,
    source: SourceFile,
    mapping: Mapping,
    answers: Answers,
    *,
    tables: tuple[SourceTable, ...] | None = None,
) -> PopulationVerdict:
    """Read, map and check a file of residents; writes nothing. `tables` as in `verdict.examine`."""
    assert mapping.population
    table = (tables or tables_of(source, reading_of(mapping, answers)))[0]
    findings = [*table.findings]
    findings += missing_columns(table, mapping) if table.header else []
    day = _reference_date(mapping, answers, findings)
    people = _NO_PEOPLE
    if table.rows.num_rows and not any(found.check == "missing-column" for found in findings):
        place = _place(store, answers) or mapping.municipality
        people = _people(table, mapping, answers, (day, place), findings)
        findings += _unconfirmed(people)
    return PopulationVerdict(source, mapping, answers, table, people, tuple(findings))


def accept_population(store: Store, verdict: PopulationVerdict, identity: Identity) -> int:
    """Store the residents in one transaction; return how many rows. Newer counts replace older ones.

    Raises
    ------
    NotAllowed
        The identity may not import.
    ImportRefused
        The verdict has errors.
    """
    require(identity, Action.IMPORT_BUDGET)
    if not verdict.is_acceptable:
        errors = sum(found.severity is Severity.ERROR for found in verdict.findings)
        raise ImportRefused(
            plural_text(
                "The file has {count} error; nothing was stored.",
                "The file has {count} errors; nothing was stored.",
                errors,
            )
        )
    change = Change("add-populations", verdict.source.name)
    with store.transaction(identity, change) as transaction:
        transaction.run("drop_populations", batch_rows=verdict.people)
        transaction.run("add_populations", batch_rows=verdict.people)
        transaction.details = {
            "rows": verdict.rows,
            "sha256": verdict.source.sha256,
            "mapping": verdict.mapping.name,
            "people": verdict.totals,
        }
    return int(verdict.people.num_rows)


_SCHEMA = pa.schema(
    [
        ("municipality_code", pa.string()),
        ("reference_date", pa.date32()),
        ("sex", pa.string()),
        ("age_from", pa.int32()),
        ("age_to", pa.int32()),
        ("people", pa.int32()),
        ("source", pa.string()),
    ]
)
_NO_PEOPLE = _SCHEMA.empty_table()
_MOST_PEOPLE = Decimal(2**31 - 1)


def _reference_date(mapping: Mapping, answers: Answers, findings: list[Finding]) -> date | None:
    stated = mapping.population.reference_date if mapping.population else None
    if stated:
        return date.fromisoformat(stated)
    if answers.as_of is None:
        findings.append(
            Finding(
                "reference-date",
                Severity.ERROR,
                text("The file does not say to which date its residents refer."),
                text("State the date (--as-of, or on the page)."),
            )
        )
    return answers.as_of


def _place(store: Store, answers: Answers) -> MunicipalityRule | None:
    if answers.municipality:
        return answers.municipality
    for row in store.query("municipalities").to_pylist():
        if row["municipality_code"] == answers.municipality_code:
            return MunicipalityRule(
                row["municipality_code"], row["name"], row["country_code"], row["currency_code"]
            )
    return None


def _people(
    table: SourceTable,
    mapping: Mapping,
    answers: Answers,
    stated: tuple[date | None, MunicipalityRule | None],
    findings: list[Finding],
) -> pa.Table:
    rule = mapping.population
    assert rule
    day, place = stated
    columns = Columns.of(table)
    scopes = scopes_of(columns, mapping, answers, place)
    everywhere = constant(True, len(columns))
    findings += scope_findings(scopes, columns, mapping, everywhere)
    sexes, bands = _sexes(columns, rule.sex, findings), _bands(columns, rule.age, findings)
    people = _counts(columns, rule.people, findings)
    if place is None and not mapping.municipalities:
        findings.append(_no_municipality())
        return _NO_PEOPLE
    codes = pa.array([one.code for one in scopes.municipalities], pa.string())
    known = scopes.municipality >= 0
    found = pa.table(
        {
            "municipality_code": codes.take(pa.array(scopes.municipality, pa.int32(), mask=~known)),
            "reference_date": pa.array([day] * len(columns), pa.date32()),
            "sex": sexes,
            "age_from": pa.array([band[0] if band else None for band in bands], pa.int32()),
            "age_to": pa.array([band[1] if band else None for band in bands], pa.int32()),
            "people": people,
            "source": pa.array([rule.source] * len(columns), pa.string()),
        },
        schema=_SCHEMA,
    )
    is_known = pa.array([band is not None for band in bands])
    for name in ("municipality_code", "sex", "people"):
        is_known = pc.and_(is_known, pc.is_valid(found[name]))
    return _without_repetitions(found.filter(is_known), findings)


def _sexes(columns: Columns, name: str, findings: list[Finding]) -> Cells:
    cells = columns.cells(name)
    words = pc.unique(cells).to_pylist()
    read = {cell: sex_of(cell, words) for cell in words}
    strange = [cell for cell, sex in read.items() if sex not in set(Sex)]
    message = text("The word is not known as a sex.")
    advice = text("Words for women, men, other and unknown are known; leave totals of both out.")
    findings += _strange(columns, name, strange, message, advice)
    keys = pa.array(list(read), pa.string())
    values = pa.array([sex if sex in set(Sex) else None for sex in read.values()], pa.string())
    return values.take(pc.index_in(cells, keys).combine_chunks())


def _bands(
    columns: Columns, name: str, findings: list[Finding]
) -> list[tuple[int, int | None] | None]:
    cells = columns.cells(name)
    read = {cell: age_band(cell) for cell in pc.unique(cells).to_pylist()}
    strange = [cell for cell, band in read.items() if band is None]
    message = text("The cell is no band of ages.")
    findings += _strange(columns, name, strange, message, text("Bands look like 0-9 or 80+."))
    return [read[cell] for cell in cells.to_pylist()]


def _counts(columns: Columns, name: str, findings: list[Finding]) -> Cells:
    cells = columns.cells(name)
    style = decided_style(cells)
    read = amounts(cells, columns.typed(name), style)
    whole = pc.equal(read.values, pc.round(read.values))
    wrong = pc.or_(read.wrong, pc.invert(pc.fill_null(whole, True)))
    wrong = pc.or_(wrong, pc.fill_null(pc.less(read.values, Decimal(0)), False))
    wrong = pc.or_(wrong, pc.fill_null(pc.greater(read.values, _MOST_PEOPLE), False))
    wrong = pc.or_(wrong, pc.is_null(read.values))
    strange = pc.unique(cells.filter(wrong)).to_pylist()
    message = text("The cell is no number of people.")
    advice = text("Numbers of people are whole, and every row has one; write 0 where nobody lives.")
    findings += _strange(columns, name, strange, message, advice)
    return pc.if_else(wrong, None, read.values).cast(pa.int32(), safe=False)


def _strange(
    columns: Columns, name: str, cells: list[str], message: object, suggestion: object
) -> list[Finding]:
    if not cells:
        return []
    mask = pc.is_in(columns.cells(name), pa.array(cells, pa.string()))
    rows = zip(
        columns.row_numbers.filter(mask).to_pylist(),
        columns.cells(name).filter(mask).to_pylist(),
        strict=True,
    )
    return [
        Finding(
            "population",
            Severity.ERROR,
            message,  # type: ignore[arg-type]
            suggestion,  # type: ignore[arg-type]
            row_number,
            columns.name_of(name),
            cell,
        )
        for row_number, cell in rows
    ]


def _unconfirmed(people: pa.Table) -> list[Finding]:
    total = pc.sum(people["people"].cast(pa.int64())).as_py()
    if total is None:
        return []
    return [
        Finding(
            "unconfirmed-total",
            Severity.WARNING,
            text("Nothing in the file confirms its total of {count} residents.", count=total),
            text("Compare it with what the statistical office publishes."),
            value=str(total),
        )
    ]


def _no_municipality() -> Finding:
    return Finding(
        "municipality",
        Severity.ERROR,
        text("It is not known which municipality the file belongs to."),
        text("State its code (--municipality, or on the page)."),
    )


def _without_repetitions(people: pa.Table, findings: list[Finding]) -> pa.Table:
    """Tell bands that overlap: which of two counts holds is not for us to say."""
    order = [(name, "ascending") for name in ("municipality_code", "sex", "age_from")]
    rows = people.sort_by(order).select([name for name, _ in order] + ["age_to"]).to_pylist()
    for one, other in pairwise(rows):
        is_alike = (one["municipality_code"], one["sex"]) == (
            other["municipality_code"],
            other["sex"],
        )
        if is_alike and (one["age_to"] is None or other["age_from"] <= one["age_to"]):
            findings.append(_two_counts(other["municipality_code"], str(other["age_from"])))
    return people


def _two_counts(municipality: str, age: str) -> Finding:
    return Finding(
        "population",
        Severity.ERROR,
        text("{municipality} has two counts for the same sex and age.", municipality=municipality),
        text("Leave the count that holds; totals of all ages do not belong into the file."),
        value=age,
    )
