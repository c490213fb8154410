"""Acceptance: an acceptable verdict becomes budget lines in one transaction, or nothing does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import ImportRefused
from budgeting.imports.progress import reached
from budgeting.imports.stored.comparison import (
    StatedAgain,
    by_statement,
    findings_of,
    same_file,
    stated_again,
)
from budgeting.imports.stored.contradictions import CORRECTION, GONE, stored_differently
from budgeting.imports.stored.cube import cube_of
from budgeting.imports.stored.line_numbers import LineYears
from budgeting.imports.stored.line_years import add_line_years
from budgeting.imports.stored.record import Accepted, record_import, record_rows
from budgeting.imports.stored.relations import Relations
from budgeting.imports.verdict import Verdict
from budgeting.marks.refreshing import refresh_import
from budgeting.marks.stated import mark_as_stated
from budgeting.model import Severity, Text, plural_text, text
from budgeting.store import Store, Transaction
from budgeting.successions.confirming import details_of, record


def accept(
    store: Store,
    verdict: Verdict,
    identity: Identity,
) -> Accepted:
    """Store an acceptable verdict in one transaction; who listens (progress.py) may stop it.

    Raises
    ------
    NotAllowed
        The identity may not import.
    ImportRefused
        The verdict has errors or open questions, or what is stored has changed since.
    SuccessionInvalid
        What is said of lines that continue others cannot be so.
    ImportCancelled
        It was stopped between two steps; nothing is stored.
    """
    return accept_all(store, (verdict,), identity)[0]


def accept_all(
    store: Store,
    verdicts: Sequence[Verdict],
    identity: Identity,
) -> tuple[Accepted, ...]:
    """Store several verdicts in one transaction: all of them or none; see `accept`.

    What the files say about each other is looked at before; see bundle.py.
    """
    require(identity, Action.IMPORT_BUDGET)
    for verdict in verdicts:
        if not verdict.is_acceptable:
            raise ImportRefused(_why_not(verdict))
    with store.transaction(identity, _change(verdicts)) as transaction:
        for verdict in verdicts:  # before one of them is written: they are no news to each other
            _refuse_what_changed_meanwhile(transaction, verdict)
        step_count = len(verdicts) * len(_STEPS) + 1  # the last part is the commit
        writings: list[_Writing] = []
        for verdict in verdicts:
            writings.append(_writing(transaction, verdict, identity))
            done = (len(writings) - 1) * len(_STEPS)
            for place, (name, step) in enumerate(_STEPS, start=done):
                reached(name, place / step_count)
                step(writings[-1])
        reached(text("Making it last"), 1 - 1 / step_count)
        details = [_details(writing) for writing in writings]
        transaction.details = details[0] if len(details) == 1 else {"imports": details}
    return tuple(
        Accepted(writing.import_id, writing.relations.source_file_ids) for writing in writings
    )


def _change(verdicts: Sequence[Verdict]) -> Change:
    codes = {batch.municipality.code for verdict in verdicts for batch in verdict.batches}
    names = ", ".join(verdict.source.name for verdict in verdicts)
    return Change("accept-import", names, codes.pop() if len(codes) == 1 else "")


def _why_not(verdict: Verdict) -> Any:
    errors = len(verdict.with_severity(Severity.ERROR))
    if errors or not verdict.batches:
        return plural_text(
            "The file has {count} error; nothing was stored.",
            "The file has {count} errors; nothing was stored.",
            errors,
        )
    return plural_text(
        "{count} question about the file is open; nothing was stored. Answer it with a reason.",
        "{count} questions about the file are open; nothing was stored. Answer them with a reason.",
        len(verdict.with_severity(Severity.QUESTION)),
    )


def _refuse_what_changed_meanwhile(transaction: Transaction, verdict: Verdict) -> None:
    """Compare with what is stored once more: somebody else may have accepted since `examine`.

    A reason counts for what was seen when it was given, and for nothing else.
    """
    seen = {(finding.check, str(finding.message)) for finding in verdict.findings}
    for finding in [
        *same_file(transaction, verdict.source, verdict.batches),
        *findings_of(transaction, *verdict.batches),
    ]:
        if finding.severity is Severity.ERROR:
            raise ImportRefused(finding.message)
        # lines that this file lacks stay stored: the total would be neither file's
        is_asked = finding.severity is Severity.QUESTION or finding.check == GONE
        if is_asked and (finding.check, str(finding.message)) not in seen:
            raise ImportRefused(
                text(
                    "What is stored has changed since the file was examined; nothing was stored. "
                    "Examine the file again."
                )
            )


@dataclass(slots=True)
class _Writing:
    """What an acceptance works with; the tables are made once, for several commands.

    ``line_years`` are there once they are stored, ``cube`` once the amounts are, where it needs nothing
    but these.
    """

    transaction: Transaction
    verdict: Verdict
    identity: Identity
    import_id: int
    relations: Relations
    parts: dict[str, pa.Table]
    statements: dict[str, pa.Table]
    now: datetime
    line_years: LineYears = field(init=False)
    successions: list[dict[str, Any]] = field(default_factory=list)
    cube: pa.Table | None = None


def _writing(transaction: Transaction, verdict: Verdict, identity: Identity) -> _Writing:
    numbers = transaction.query("next_numbers").to_pylist()[0]
    relations = Relations(verdict.batches, numbers["source_file_id"])
    parts = {"batch_parts": relations.parts({t.sheet: t.header for t in verdict.tables})}
    return _Writing(
        transaction,
        verdict,
        identity,
        numbers["import_id"],
        relations,
        parts,
        {**parts, "batch_statements": relations.statements()},
        datetime.now(UTC),
    )


def _add_places(writing: _Writing) -> None:
    municipalities = {
        batch.municipality.code: batch.municipality for batch in writing.verdict.batches
    }
    for municipality in municipalities.values():
        writing.transaction.run(
            "add_municipality",
            municipality_code=municipality.code,
            name=municipality.name,
            country_code=municipality.country_code,
            is_fictional=municipality.is_fictional,
        )
    writing.transaction.run("add_fiscal_years", **writing.parts)


def _add_import(writing: _Writing) -> None:
    record_import(
        writing.transaction,
        (writing.import_id, writing.parts["batch_parts"]),
        writing.verdict,
        (writing.identity, writing.now),
        writing.verdict.printed_totals,
    )


def _add_source_rows(writing: _Writing) -> None:
    record_rows(writing.transaction, writing.import_id, writing.verdict.tables)


def _add_members(writing: _Writing) -> None:
    """Add the members that are new, level by level, and the years' labels of all of them."""
    members = writing.relations.members()
    for depth in sorted(pc.unique(members["depth"]).to_pylist()):
        level = members.filter(pc.equal(members["depth"], depth))
        writing.transaction.run("add_members", **writing.parts, batch_members=level)
    writing.transaction.run("add_member_labels", **writing.parts, batch_members=members)


def _add_lines(writing: _Writing) -> None:
    writing.line_years = add_line_years(
        writing.transaction,
        writing.relations.numbered,
        writing.parts["batch_parts"],
        writing.verdict.mapping.is_elimination,
    )


def _add_line_sources(writing: _Writing) -> None:
    sources = writing.relations.sources(writing.line_years.places)
    numbered = writing.line_years.numbered(sources)
    writing.transaction.run("add_line_year_sources", batch_sources=numbered)


def _replace_amounts(writing: _Writing, again: StatedAgain) -> None:
    """Make room for what the file corrects, where somebody said why; the old amounts are kept."""
    import_id, reasons = {"import_id": writing.import_id}, writing.verdict.answers.reasons
    for check, amounts in ((CORRECTION, again.differing), (GONE, again.gone)):
        if reasons.get(check):
            replaced = amounts(writing.transaction)
            writing.transaction.run("keep_replaced_amounts", **import_id, batch_replaced=replaced)
    writing.transaction.run("drop_replaced_amounts", **import_id)


def _add_amounts(writing: _Writing) -> None:
    transaction, statements = writing.transaction, writing.statements
    transaction.run("add_vintages", **statements)
    transaction.run("add_stated_vintages", **statements)
    again = stated_again(transaction, writing.relations)
    if again:
        _replace_amounts(writing, again)
        _refuse_to_lose_amounts(transaction, again)
    vintages = transaction.query("vintages_of_statements", **statements)
    figures = writing.relations.figures(vintages, writing.line_years.places)
    transaction.run(
        "add_budget_amounts",
        batch_vintages=vintages,
        batch_figures=writing.line_years.numbered(figures),
    )
    if again is None:
        writing.cube = cube_of(figures, writing.line_years)


def _refuse_to_lose_amounts(transaction: Transaction, again: StatedAgain) -> None:
    """Raise where an amount stands against a stored one that nobody asked to replace.

    Stored amounts are not added again. One that differs, as from a file that was written earlier in
    this same transaction, would go missing without a word.
    """
    for row in by_statement(again.differing(transaction)):
        raise ImportRefused(stored_differently(row, None).message)


def _build_cube(writing: _Writing) -> None:
    """Build the cube from the file, where its statements have no other amounts, else from what is stored."""
    if writing.cube is not None:
        writing.transaction.run("add_cube", batch_cube=writing.cube)
        return
    writing.transaction.run("drop_cube", import_id=writing.import_id)
    writing.transaction.run("build_cube", import_id=writing.import_id)


def _add_marks(writing: _Writing) -> None:
    """Mark lines as the file categorises them itself, where its mapping says by which methodology."""
    gender = writing.verdict.mapping.gender
    categories = writing.relations.categories()
    if gender and categories.num_rows:
        tables = {**writing.statements, "batch_categories": categories}
        numbered = writing.transaction, writing.identity, writing.import_id
        mark_as_stated(*numbered, gender.methodology, tables, accepted_at=writing.now)
    refresh_import(writing.transaction, writing.import_id)


def _add_successions(writing: _Writing) -> None:
    """Record what a person said that lines of the file continue, or go on as."""
    for year in writing.verdict.successions:
        numbers = record(writing.transaction, writing.identity, year)
        writing.successions.append(details_of(year, numbers))


_STEPS: tuple[tuple[Text, Callable[[_Writing], None]], ...] = (
    (text("Storing where the file comes from"), _add_places),
    (text("Storing where the file comes from"), _add_import),
    (text("Storing the rows as received"), _add_source_rows),
    (text("Storing codes and their names"), _add_members),
    (text("Storing the budget lines"), _add_lines),
    (text("Linking lines to their rows"), _add_line_sources),
    (text("Storing the amounts"), _add_amounts),
    (text("Adding up the sums"), _build_cube),
    (text("Storing gender marks"), _add_marks),
    (text("Storing which lines continue which"), _add_successions),
)


def _details(writing: _Writing) -> dict[str, Any]:
    verdict = writing.verdict
    return {
        "import_id": writing.import_id,
        "sha256": verdict.source.sha256,
        "mapping": verdict.mapping.name,
        "fiscal_years": sorted({batch.fiscal_year for batch in verdict.batches}),
        "rows": dict(verdict.rows),
        "totals": verdict.totals,
        "warnings": len(verdict.with_severity(Severity.WARNING)),
        "reasons": dict(verdict.answers.reasons),
        **({"successions": writing.successions} if writing.successions else {}),
    }
