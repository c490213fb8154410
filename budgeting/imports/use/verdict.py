"""Verdict on a file of use: what it means and whether it may be stored; nothing is written here."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field

import pyarrow as pa

from budgeting.imports.answers import Answers
from budgeting.imports.cells.columns import Columns, constant
from budgeting.imports.checks import missing_columns
from budgeting.imports.corrections import corrected
from budgeting.imports.mappings.mapping import Mapping, MunicipalityRule
from budgeting.imports.meaning.interpretation import LEAVE_OUT, left_out
from budgeting.imports.meaning.scopes import not_asked_for, scope_findings, scopes_of
from budgeting.imports.source import SourceFile, SourceTable
from budgeting.imports.use import checks
from budgeting.imports.use.attributes import attributes_of
from budgeting.imports.use.figures import Counted, counted
from budgeting.imports.use.stored import stored_findings
from budgeting.imports.verdict import municipality_of, reading_of, tables_of
from budgeting.model import Finding, Severity, text
from budgeting.store import Store


@dataclass(frozen=True, slots=True)
class UseVerdict:
    """What a file of use means and whether it may be stored.

    ``figures`` has one entry per figure. Rows read = accepted + skipped + rejected, always: a row is
    accepted that gives a figure, rejected with an error, and skipped where it has nothing to store:
    it is empty, a total of others, or of another municipality or year than was asked for.
    ``municipalities`` are those of its rows; ``corrections`` are rows corrected later.
    """

    source: SourceFile
    mapping: Mapping
    answers: Answers
    table: SourceTable
    figures: tuple[Counted, ...]
    findings: tuple[Finding, ...]
    left_out: frozenset[int] = field(default_factory=frozenset)
    municipalities: tuple[MunicipalityRule, ...] = ()
    corrections: SourceFile | None = None

    @property
    def tables(self) -> tuple[SourceTable, ...]:
        """The table, as every verdict has it."""
        return (self.table,)

    @property
    def is_acceptable(self) -> bool:
        """Whether there is a figure, no error, and no question without a reason."""
        return (
            bool(self.figures) and not self.with_severity(Severity.ERROR) and not self.open_checks
        )

    @property
    def open_checks(self) -> tuple[str, ...]:
        """The checks whose questions block until somebody gives a reason."""
        asked = dict.fromkeys(found.check for found in self.with_severity(Severity.QUESTION))
        return tuple(check for check in asked if not self.answers.reasons.get(check, "").strip())

    def with_severity(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of one severity."""
        return tuple(found for found in self.findings if found.severity is severity)

    @property
    def rows(self) -> Dictionary[str, int]:
        """Rows read, accepted, skipped and rejected; an error of the file as a whole rejects them all."""
        own, empty, broken = self.table.rows.num_rows, self.table.skipped, self.table.rejected
        errors = self.with_severity(Severity.ERROR)
        wrong = {found.row_number for found in errors if found.row_number} | self.left_out
        wrong &= set(self.table.rows["row_number"].to_pylist())
        is_whole = any(found.row_number is None for found in errors)
        rejected = own if is_whole else len(wrong)
        given = {one.row_number for one in self.figures} - wrong
        accepted = 0 if is_whole else len(given)
        return {
            "read": own + len(empty) + len(broken),
            "accepted": accepted,
            "skipped": own - rejected - accepted + len(empty),
            "rejected": rejected + len(broken),
        }

    @property
    def totals(self) -> Dictionary[str, int]:
        """How many figures, of how many indicators, years and municipalities."""
        return {
            "figures": len(self.figures),
            "indicators": len({(o.municipality_code, o.indicator.code) for o in self.figures}),
            "years": len({one.fiscal_year for one in self.figures}),
            "municipalities": len({one.municipality_code for one in self.figures}),
        }

    @property
    def units(self) -> Dictionary[str, int]:
        """How many figures there are of each unit; they are never added to each other."""
        return dict(Counter(one.indicator.unit.value for one in self.figures).most_common())


def examine_use(
    store: Store,
    source: SourceFile,
    mapping: Mapping,
    answers: Answers,
    corrections: SourceFile | None = None,
    *,
    tables: tuple[SourceTable, ...] | None = None,
) -> UseVerdict:
    """Read, map and check a file of use; writes nothing.

    `corrections` and `tables` as in `verdict.examine`.
    """
    assert mapping.use
    tables = (tables or tables_of(source, reading_of(mapping, answers)))[:1]
    findings: list[Finding] = []
    if corrections:
        tables, findings = corrected(source, tables, corrections)
    table = tables[0]
    findings += table.findings
    findings += missing_columns(table, mapping) if table.header else []
    figures: list[Counted] = []
    places: tuple[MunicipalityRule, ...] = ()
    if table.rows.num_rows and not any(found.check == "missing-column" for found in findings):
        figures, places = _figures(store, source, (table, mapping, answers), findings)
        findings += _asked(mapping, answers, figures)
        findings += stored_findings(store, source, figures)
    if not figures and not any(found.severity is Severity.ERROR for found in findings):
        findings.append(_no_figures())
    rejected = _left_out_rows(findings, answers)
    kept = [left_out(found, answers) for found in findings]
    order = list(Severity)
    return UseVerdict(
        source,
        mapping,
        answers,
        table,
        tuple(one for one in figures if one.row_number not in rejected),
        tuple(sorted(dict.fromkeys(kept), key=lambda found: order.index(found.severity))),
        rejected,
        places,
        corrections,
    )


def _left_out_rows(findings: Iterable[Finding], answers: Answers) -> frozenset[int]:
    if not answers.reasons.get(LEAVE_OUT, "").strip():
        return frozenset()
    return frozenset(
        found.row_number
        for found in findings
        if found.severity is Severity.ERROR and found.row_number
    )


def _figures(
    store: Store,
    source: SourceFile,
    told: tuple[SourceTable, Mapping, Answers],
    findings: list[Finding],
) -> tuple[list[Counted], tuple[MunicipalityRule, ...]]:
    table, mapping, answers = told
    assert mapping.use
    columns = Columns.of(table)
    place, unknown = municipality_of(store, table, mapping, answers)
    findings += [unknown] if unknown else []
    scopes = scopes_of(columns, mapping, answers, place)
    findings += scope_findings(scopes, columns, mapping, constant(True, len(columns)))
    codes = [one.code for one in scopes.municipalities]
    others = not_asked_for(scopes, mapping, answers)
    whose = [
        None if where < 0 or is_other else codes[where]
        for where, is_other in zip(scopes.municipality.tolist(), others.tolist(), strict=True)
    ]
    said = attributes_of(columns, mapping.use, answers, source.name, findings)
    found = counted(columns, mapping, answers, (said, whose, scopes.year.tolist()), findings)
    found = checks.without_repetitions(found, findings)
    findings += checks.units_differ(found)
    found = checks.without_totals(found, findings)
    findings += [*checks.far_from_plan(found), *checks.sex_not_told(found)]
    return found, scopes.municipalities


def _asked(mapping: Mapping, answers: Answers, figures: list[Counted]) -> Iterable[Finding]:
    """Ask for what neither the file nor the mapping says; each is asked once for the file."""
    rule = mapping.use
    assert rule
    has_year = mapping.fiscal_year_column or mapping.fiscal_year or answers.fiscal_year
    if not has_year and any(one.year is None for one in rule.figures):
        yield Finding(
            "fiscal-year",
            Severity.ERROR,
            text("The file does not say which fiscal year its figures belong to."),
            text("State the year (--year, or on the page); it is never read off the file's name."),
        )
    if rule.unit is None and rule.unit_text is None and answers.unit is None:
        yield Finding(
            "unit",
            Severity.ERROR,
            text("The file does not say in which unit its figures are."),
            text("State it (--unit, or on the page): persons, hours, percent and so on."),
        )
    has_grade = rule.grade or rule.grade_text or answers.grade
    if not has_grade or any(not one.grade for one in figures):
        yield Finding(
            "data-grade",
            Severity.ERROR,
            text("The file does not say how good its figures are."),
            text("State their data grade, A to E (--grade, or on the page); it is never guessed."),
        )


def _no_figures() -> Finding:
    return Finding(
        "no-figures",
        Severity.ERROR,
        text("The file has no figure that could be stored."),
        text("Check that this is the file you meant and that the mapping fits it."),
    )


def rows_per_part(verdict: UseVerdict) -> pa.Table:
    """Return one row per municipality and year with the rows of the file that give it figures."""
    found: dict[tuple[str, int], set[int]] = {}
    for one in verdict.figures:
        found.setdefault((one.municipality_code, one.fiscal_year), set()).add(one.row_number)
    return pa.table(
        {
            "municipality_code": pa.array([place for place, _ in found], pa.string()),
            "fiscal_year": pa.array([year for _, year in found], pa.int32()),
            "accepted_count": pa.array([len(rows) for rows in found.values()], pa.int32()),
        }
    )
