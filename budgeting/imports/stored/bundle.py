"""Bundles: files that are imported together, all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from budgeting.access import Identity
from budgeting.imports.meaning.batches import Batch
from budgeting.imports.stored.acceptance import accept_all
from budgeting.imports.stored.comparison import findings_of
from budgeting.imports.stored.record import Accepted
from budgeting.imports.stored.repeated import stated_once
from budgeting.imports.use.between import between_files
from budgeting.imports.use.storing import accept_all_use
from budgeting.imports.use.verdict import UseVerdict
from budgeting.imports.verdict import Verdict
from budgeting.model import Finding, Severity, text
from budgeting.store import Store

AnyFile = Verdict | UseVerdict


@dataclass(frozen=True, slots=True)
class Bundle:
    """The verdicts on files that are imported together: all of them budgets, or all of them use.

    ``between`` are the findings that no file shows by itself: lines that two of them state, the same
    money in other lines, a total that repeats that of the year before.
    """

    verdicts: tuple[AnyFile, ...]
    between: tuple[Finding, ...] = ()

    @property
    def open_checks(self) -> tuple[str, ...]:
        """The checks whose questions block until somebody gives a reason."""
        asked = [check for verdict in self.verdicts for check in verdict.open_checks]
        reasons = self.verdicts[0].answers.reasons if self.verdicts else {}
        asked += [
            found.check
            for found in self.between
            if found.severity is Severity.QUESTION and not reasons.get(found.check, "").strip()
        ]
        return tuple(dict.fromkeys(asked))

    @property
    def is_acceptable(self) -> bool:
        """Whether all files may be stored: no error and no open question, in them and between them."""
        has_error = any(found.severity is Severity.ERROR for found in self.between)
        is_whole = all(verdict.is_acceptable for verdict in self.verdicts)
        return bool(self.verdicts) and is_whole and not has_error and not self.open_checks

    def with_findings_between(self) -> tuple[AnyFile, ...]:
        """Return the verdicts, the first with the findings between the files, to be stored so."""
        first, *others = self.verdicts
        return (replace(first, findings=(*first.findings, *self.between)), *others)


def bundle(store: Store, verdicts: Sequence[AnyFile]) -> Bundle:
    """Look at files together; `verdicts` are those on the single files."""
    between = list(_repeated_files(verdicts))
    if not between and len(verdicts) > 1:
        budgets, of_use = _apart(verdicts)
        between += _findings_between(store, [_labelled(verdict) for verdict in budgets])
        between += between_files(of_use)
    return Bundle(tuple(verdicts), tuple(between))


def accept_bundle(store: Store, files: Bundle, identity: Identity) -> tuple[Accepted, ...]:
    """Store all files in one transaction, or none of them; see `acceptance.accept`."""
    budgets, of_use = _apart(files.with_findings_between())
    return (
        accept_all_use(store, of_use, identity) if of_use else accept_all(store, budgets, identity)
    )


def _apart(verdicts: Sequence[AnyFile]) -> tuple[list[Verdict], list[UseVerdict]]:
    """Return the budgets and the files of use; the callers give one of the two."""
    budgets = [one for one in verdicts if isinstance(one, Verdict)]
    of_use = [one for one in verdicts if isinstance(one, UseVerdict)]
    assert not budgets or not of_use
    return budgets, of_use


def _repeated_files(verdicts: Sequence[AnyFile]) -> list[Finding]:
    first: dict[tuple[str, str | None], str] = {}
    found = []
    for verdict in verdicts:
        key = (verdict.source.sha256, verdict.answers.layout.sheet)
        if key in first:
            found.append(_repeated_file(first[key], verdict.source.name))
        first.setdefault(key, verdict.source.name)
    return found


def _repeated_file(first: str, second: str) -> Finding:
    return Finding(
        "same-file",
        Severity.ERROR,
        text("“{first}” and “{second}” are the very same file.", first=first, second=second),
        text("Give it once."),
        value=second,
    )


def _labelled(verdict: Verdict) -> tuple[Batch, ...]:
    """Return the batches with the name of their file beside that of their sheet."""
    name = verdict.source.name
    return tuple(
        replace(batch, sheet=f"{name}: {batch.sheet}" if batch.sheet else name)
        for batch in verdict.batches
    )


def _findings_between(store: Store, labelled: Sequence[tuple[Batch, ...]]) -> list[Finding]:
    """Return what is found about all batches and not about those of a single file."""
    files, findings = stated_once(labelled)
    together = [batch for batches in files for batch in batches]
    if not together:
        return []
    known = {
        (found.check, str(found.message))
        for batches in labelled
        if batches
        for found in findings_of(store, *batches)
    }
    return findings + [
        found
        for found in findings_of(store, *together)
        if (found.check, str(found.message)) not in known
    ]
