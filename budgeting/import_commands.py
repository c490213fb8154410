"""Import commands: files are examined and stored, imports listed and taken back.

As in commands.py, a command takes the store, parameters that JSON can carry, and files.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from budgeting.errors import BudgetingError, NotFound
from budgeting.imports.answers import Answers, Part, of_municipality, with_answers
from budgeting.imports.corrections import rejected_rows
from budgeting.imports.guessing.choice import chosen_mapping
from budgeting.imports.labels import LabelsVerdict, accept_labels, examine_labels
from budgeting.imports.mappings.mapping import MunicipalityRule
from budgeting.imports.mappings.mapping_file import mapping_from_entries, save_mapping
from budgeting.imports.population import (
    PopulationVerdict,
    accept_population,
    examine_population,
)
from budgeting.imports.source import FileLayout, NumberStyle, SourceFile
from budgeting.imports.stored.bundle import Bundle, accept_bundle, bundle
from budgeting.imports.stored.record import Accepted
from budgeting.imports.stored.undo import Dependents, undo, waiting_words, what_hangs_on
from budgeting.imports.use.verdict import UseVerdict, examine_use
from budgeting.imports.verdict import Verdict, examine
from budgeting.model import Direction, Stage, Text, plural_text, text
from budgeting.outcomes import (
    DONE,
    REFUSED,
    Files,
    Outcome,
    Parameters,
    identity_of,
    language_of,
)
from budgeting.services.model import Grade, Unit
from budgeting.store import Store
from budgeting.translations import Language
from budgeting.verdict_json import verdict_json
from budgeting.verdict_table import AnyVerdict, Examined
from budgeting.verdict_words import verdict_words


def import_files(store: Store, parameters: Parameters, files: Files) -> Outcome:
    """Examine files and, with ``accept``, store all of them; exit code 1 where one is refused.

    With ``corrections`` the last file is the workbook of corrected rows of the only other one.
    ``of_file`` has parameters that hold for single files, in their order.
    """
    corrections = files[-1] if parameters.get("corrections") else None
    sources = files[:-1] if corrections else files
    own = parameters.get("of_file") or [{} for _ in sources]
    examined = [
        _examined(store, source, {**parameters, **stated}, corrections)
        for source, stated in zip(sources, own, strict=True)
    ]
    together = _together(store, examined)
    _save_mapping(examined, parameters.get("save_mapping"))
    is_acceptable = all(one.verdict.is_acceptable for one in examined)
    is_acceptable = is_acceptable and (together is None or together.is_acceptable)
    told = examined
    if parameters.get("accept") and is_acceptable:
        told = _accepted(store, examined, together, parameters)
    reader = language_of(parameters)
    words = (
        verdict_json(store, told, together, reader)
        if parameters.get("json")
        else verdict_words(told, together, reader)
    )
    written = tuple(_rejected(examined, reader)) if parameters.get("rejected") else ()
    return Outcome(DONE if is_acceptable else REFUSED, words.encode(), files=written)


def _examined(
    store: Store, source: SourceFile, stated: Parameters, corrections: SourceFile | None
) -> Examined:
    answers = _answers(stated)
    choice = chosen_mapping(source, answers, stated.get("mapping"))
    verdict: AnyVerdict
    if choice.mapping.population:
        verdict = examine_population(store, source, choice.mapping, answers)
    elif choice.mapping.use:
        verdict = examine_use(store, source, choice.mapping, answers, corrections)
    elif choice.mapping.labels:
        verdict = examine_labels(store, source, choice.mapping, answers)
    else:
        verdict = examine(store, source, choice.mapping, answers, corrections)
    return Examined(choice, verdict)


def _answers(stated: Parameters) -> Answers:
    """Return what the caller said about a file."""
    totals = stated.get("printed_totals") or {}
    day = stated.get("as_of")
    return Answers(
        municipality_code=stated.get("municipality"),
        municipality=_new_municipality(stated),
        fiscal_year=stated.get("year"),
        as_of=date.fromisoformat(day) if day else None,
        stage=Stage(stated["stage"]) if stated.get("stage") else None,
        decision_number=stated.get("decision"),
        direction=Direction(stated["direction"]) if stated.get("direction") else None,
        grade=Grade(stated["grade"]) if stated.get("grade") else None,
        unit=Unit(stated["unit"]) if stated.get("unit") else None,
        country_code=_code(stated, "country"),
        currency_code=_code(stated, "currency"),
        layout=layout_of(stated),
        printed_totals={Part.of(part): Decimal(amount) for part, amount in totals.items()},
        reasons=stated.get("reasons") or {},
    )


def _code(stated: Parameters, name: str) -> str | None:
    return (stated.get(name) or "").strip().upper() or None


def _new_municipality(stated: Parameters) -> MunicipalityRule | None:
    if not stated.get("name"):
        return None
    country, currency = (_code(stated, name) or "" for name in ("country", "currency"))
    return MunicipalityRule(stated["municipality"], stated["name"], country, currency)


def layout_of(stated: Parameters) -> FileLayout:
    """Return how the caller says that a file is written; None for what is to be detected."""
    decimal = stated.get("decimal")
    return FileLayout(
        encoding=stated.get("encoding"),
        delimiter=stated.get("delimiter"),
        sheet=stated.get("sheet"),
        header_row=stated.get("header_row"),
        style=NumberStyle(decimal, stated.get("group") or "") if decimal else None,
    )


def _together(store: Store, examined: list[Examined]) -> Bundle | None:
    """Return budgets, or files of use, as a bundle; None for one file of residents or labels.

    Raises
    ------
    BudgetingError
        Files of different kinds, or several of residents or labels, are given at once.
    """
    verdicts = [one.verdict for one in examined]
    for kind in (Verdict, UseVerdict):
        alike = [one for one in verdicts if isinstance(one, kind)]
        if len(alike) == len(verdicts):
            return bundle(store, alike)
    if len(examined) > 1:
        strange = next(one for one in verdicts if not isinstance(one, Verdict))
        raise BudgetingError(
            text(
                "{file} holds no budget; import it by itself. Nothing was stored.",
                file=strange.source.name,
            )
        )
    return None


def _save_mapping(examined: list[Examined], name: str | None) -> None:
    """Save the mapping of a file with what was said about it that will hold next year, too."""
    if not name:
        return
    verdict = examined[0].verdict
    entries = with_answers(verdict.mapping.entries, verdict.answers)
    layout = {**entries.get("file", {}), **_stated_entries(verdict.answers.layout)}
    entries |= {"file": layout} if layout else {}
    if isinstance(verdict, Verdict | UseVerdict):
        entries = of_municipality(entries, verdict.municipalities)
    is_changed = entries != verdict.mapping.entries
    mapping = mapping_from_entries(name, entries) if is_changed else verdict.mapping
    save_mapping(mapping, name)


def _stated_entries(layout: FileLayout) -> dict[str, Any]:
    stated = {name: getattr(layout, name) for name in ("encoding", "delimiter", "header_row")}
    marks = {"decimal": layout.style.decimal, "group": layout.style.group} if layout.style else {}
    return {name: value for name, value in stated.items() if value is not None} | marks


def _accepted(
    store: Store, examined: list[Examined], together: Bundle | None, parameters: Parameters
) -> list[Examined]:
    identity = identity_of(parameters)
    stored: tuple[Accepted | int, ...]
    if together is None:
        verdict = examined[0].verdict
        assert isinstance(verdict, LabelsVerdict | PopulationVerdict)
        if isinstance(verdict, LabelsVerdict):
            stored = (accept_labels(store, verdict, identity),)
        else:
            stored = (accept_population(store, verdict, identity),)
    else:
        stored = accept_bundle(store, together, identity)
    return [Examined(one.choice, one.verdict, stored[place]) for place, one in enumerate(examined)]


def _rejected(examined: list[Examined], reader: Language) -> Iterator[SourceFile]:
    """Yield the workbook of rejected rows."""
    for one in examined:
        verdict = one.verdict
        tables = verdict.tables if isinstance(verdict, Verdict) else (verdict.table,)
        content = rejected_rows(verdict.source, tables, verdict.findings, reader)
        yield SourceFile("rejected.xlsx", content)


def undo_import(store: Store, parameters: Parameters, _files: Files) -> Outcome:
    """Say what hangs on an import and, with ``yes``, take it back."""
    import_id, reader = parameters["import_id"], language_of(parameters)
    rows = store.query("import_record", import_id=import_id).to_pylist()
    if not rows:
        raise NotFound(text("There is no import {number}.", number=str(import_id)))
    if parameters.get("yes"):
        reason = parameters.get("reason") or ""
        hanging = undo(store, import_id, reason, identity_of(parameters))
        last = text(
            "The import of {file} was undone. Its rows and findings stay on record.",
            file=rows[0]["file_name"],
        )
    else:
        hanging = what_hangs_on(store, import_id)
        last = text("Nothing was undone yet. Repeat the command with --yes and --reason.")
    sentences = [
        text("Import {number}: {file}", number=str(import_id), file=rows[0]["file_name"]),
        *_hanging(hanging),
        last,
    ]
    return Outcome(DONE, "".join(f"{reader.say(one)}\n" for one in sentences).encode())


def _hanging(found: Dependents) -> Iterator[Text]:
    """Yield what hangs on an import, a sentence each."""
    marks = sum(found.marks.values())
    if marks:
        yield plural_text(
            "{count} mark loses its subject. It is kept, shown as orphaned, and attached again when "
            "the same code is stored again.",
            "{count} marks lose their subjects. They are kept, shown as orphaned, and attached again when "
            "the same codes are stored again.",
            marks,
        )
    for scenario in found.scenarios:
        yield plural_text(
            "The scenario “{name}” of {author} is kept; {count} of its moves loses its line.",
            "The scenario “{name}” of {author} is kept; {count} of its moves lose their lines.",
            scenario.move_count,
            name=scenario.name,
            author=scenario.author,
        )
    if found.succession_count:
        yield waiting_words(found.succession_count)
    for later in found.later_imports:
        yield text(
            "Import {number}, {file}, accepted on {day} by {name}, builds on it and must be undone first.",
            number=str(later.import_id),
            file=later.file_name,
            day=later.imported_at.date(),
            name=later.imported_by,
        )
    counts = (marks, found.succession_count, len(found.scenarios), len(found.later_imports))
    if not any(counts):
        yield text("Nothing hangs on it.")


def list_imports(store: Store, parameters: Parameters, _files: Files) -> Outcome:
    """List the imports, newest first, with what became of them."""
    rows = store.query("imports").to_pylist()
    if parameters.get("json"):
        return Outcome(
            DONE, (json.dumps(rows, ensure_ascii=False, indent=2, default=str) + "\n").encode()
        )
    reader = language_of(parameters)
    if not rows:
        nothing = reader.say(text("There are no imports."))
        return Outcome(DONE, f"{nothing}\n".encode())
    return Outcome(DONE, "".join(f"{reader.say(_import_line(row))}\n" for row in rows).encode())


def _import_line(row: Mapping[str, Any]) -> Text:
    told = text(
        "{number}: {file}, {places}, {years}; mapping {mapping}; {accepted} of {read} rows; {day} by {name}",
        number=str(row["import_id"]),
        file=row["file_name"],
        places=", ".join(row["municipality_codes"][:_PLACES_SHOWN])
        + (" …" if len(row["municipality_codes"]) > _PLACES_SHOWN else ""),
        years=", ".join(map(str, row["fiscal_years"])),
        mapping=row["mapping_name"],
        accepted=row["accepted_count"],
        read=row["read_count"],
        day=row["imported_at"].date(),
        name=row["imported_by"],
    )
    if not row["undone_at"]:
        return told
    return text(
        "{import} (undone on {day} by {name}: {reason})",
        **{"import": told},
        day=row["undone_at"].date(),
        name=row["undone_by"],
        reason=row["undo_reason"],
    )


_PLACES_SHOWN = 5
