"""What a file says of a line's gender category against what a person decided: told, never applied."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from budgeting.imports.mappings.mapping import GenderRule
from budgeting.imports.meaning.batches import Batch
from budgeting.imports.stored.relations import Relations
from budgeting.model import Finding, Severity, Stage, plural_text, text
from budgeting.names import codes_of_line, mark_state_name, stage_name
from budgeting.store import Store

_SHOWN = 20


def decided_otherwise(
    store: Store, batches: Sequence[Batch], gender: GenderRule | None
) -> Iterator[Finding]:
    """Warn of lines whose mark a person made or read, and of which the file says something else."""
    if gender is None:
        return
    relations = Relations(batches)
    categories = relations.categories()
    if not categories.num_rows:
        return
    rows = store.query(
        "stated_otherwise",
        methodology=gender.methodology,
        batch_parts=relations.parts(),
        batch_statements=relations.statements(),
        batch_categories=categories,
    ).to_pylist()
    yield from map(_stands, rows[:_SHOWN])
    if len(rows) > _SHOWN:
        yield Finding(
            "mark-stands",
            Severity.WARNING,
            plural_text(
                "Of {count} more line the file says something else than a person decided.",
                "Of {count} more lines the file says something else than a person decided.",
                len(rows) - _SHOWN,
            ),
            _HINT,
        )


_HINT = text(
    "What the person decided stays. After storing, the page Classify lists these lines: settle there "
    "what counts."
)


def _stands(row: Mapping[str, Any]) -> Finding:
    values = {
        "line": codes_of_line(row["line_code"]),
        "stage": stage_name(Stage(row["stage"])),
        "year": str(row["fiscal_year"]),
        "name": row["decided_by"],
        "stated": row["stated"],
        "standing": row["standing"],
        "state": mark_state_name(row["state"]),
    }
    return Finding(
        "mark-stands", Severity.WARNING, _words(row, values), _HINT, value=values["line"]
    )


def _words(row: Mapping[str, Any], values: Mapping[str, Any]) -> Any:
    if not row["stated"]:
        return text(
            "The file no longer gives {line} a category for {stage} {year}; it is {standing} ({state}, "
            "{name}).",
            **values,
        )
    if not row["standing"]:
        return text(
            "The file says {stated} of {line} for {stage} {year}, where {name} withdrew the mark.",
            **values,
        )
    return text(
        "The file says {stated} of {line} for {stage} {year}; it is {standing} ({state}, {name}).",
        **values,
    )
