"""The file: what was dropped, how it is written, and what of that was said otherwise."""

import hashlib
from collections.abc import Hashable
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from budgeting.imports.answers import Answers
from budgeting.imports.corrections import is_corrections
from budgeting.imports.guessing.guess import Guess
from budgeting.imports.guessing.guess_proposal import propose
from budgeting.imports.guessing.sheets_alike import guess_sheets
from budgeting.imports.mappings.reapply import Moved
from budgeting.imports.readers import read, read_all, sheets
from budgeting.imports.source import FileLayout, SourceFile, SourceTable
from budgeting.imports.verdict import Reading, tables_of
from budgeting.settings import settings
from budgeting.ui.frame import plain
from budgeting.ui.importing.case import Case
from budgeting.ui.importing.work import forget, result_of
from budgeting.ui.session import open_store
from budgeting.ui.session import say as _

TYPES = ["csv", "tsv", "txt", "xlsx", "xls", "ods", "zip", "json"]
_CASES = "import_cases"
_ROUND = "upload_round"
_SMALL = 4 << 20  # bytes; of a larger workbook the sheets are not counted
_MEGABYTE = 1 << 20
_HEAD = 4 << 20  # bytes
_KEPT = 2  # readings: as detected, and as the mapping says


def given_cases() -> list[Case]:
    """Let the reader drop files and return a case for each, in order.

    A workbook of rejected rows that somebody corrected belongs to the file that it names.
    """
    limit = settings().upload_limit_mb
    uploaded = st.file_uploader(
        _(
            "Budget files, up to {limit} MB each: CSV, XLSX, XLS, ODS or a data package",
            limit=limit,
        ),
        type=TYPES,
        accept_multiple_files=True,
        key=f"upload_{st.session_state.get(_ROUND, 0)}",
        max_upload_size=limit,
    )
    if not uploaded:
        st.caption(
            _(
                "A file that turns red was not taken: it is larger than {limit} MB, or of another kind.",
                limit=limit,
            )
        )
    cases: dict[str, Case] = st.session_state.setdefault(_CASES, {})
    kept = {file.file_id: cases.get(file.file_id) or _case(file) for file in uploaded}
    st.session_state[_CASES] = kept
    corrected = [case for case in kept.values() if is_corrections_of(case)]
    files = [case for case in kept.values() if case not in corrected]
    _join(files, corrected)
    return files


def _case(file: UploadedFile) -> Case:
    content = file.getvalue()
    return Case(file.file_id, SourceFile(file.name, content), hashlib.sha256(content).hexdigest())


def is_corrections_of(case: Case) -> bool:
    """Return whether a case is a workbook of corrected rows; looked at once."""
    if "is_corrections" not in case.said:
        is_small = len(case.source.content) < 16 * _MEGABYTE
        case.said["is_corrections"] = (
            is_small and case.source.content[:2] == b"PK" and is_corrections(case.source)
        )
    found: bool = case.said["is_corrections"]
    return found


def _join(files: list[Case], corrected: list[Case]) -> None:
    for case in files:
        case.corrections = None
    for workbook in corrected:
        belongs_to = [case for case in files if case.sha256 == _file_of(workbook)]
        if belongs_to:
            belongs_to[0].corrections = workbook.source
            continue
        st.warning(
            plain(
                _(
                    "{name} holds corrected rows. Drop the file that they were rejected from as well: "
                    "the two belong together.",
                    name=workbook.source.name,
                )
            ),
            icon=":material/join:",
        )


def _file_of(workbook: Case) -> str:
    """Return the fingerprint of the file that corrected rows come from."""
    if "corrects" not in workbook.said:
        rows = read(workbook.source, FileLayout(sheet="paritet_file", header_row=1)).rows
        found = rows.to_pylist()
        workbook.said["corrects"] = found[0].get("sha256", "") if found else ""
    named: str = workbook.said["corrects"]
    return named


def begin_anew() -> None:
    """Forget what was dropped, and everything that was said of it."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state.pop(_CASES, None)
    forget()


@dataclass(frozen=True, slots=True)
class Looked:
    """What a first look at a file shows.

    Parameters
    ----------
    sheets
        Sheet -> its rows, None where they were not counted.
    fitting
        Names of the mappings that fit, the one used last first.
    moves
        What moved since a mapping was made: of those that fit, and of those that would fit if
        columns were only renamed.
    is_whole
        Whether the table is all of the file, and not only its beginning.
    """

    sheets: dict[str, int | None]
    table: SourceTable
    fitting: tuple[str, ...]
    moves: dict[str, tuple[Moved, ...]]
    is_whole: bool = True

    @property
    def near(self) -> tuple[str, ...]:
        """Names of the mappings that fit if columns were only renamed."""
        return tuple(name for name in self.moves if name not in self.fitting)


def look(case: Case) -> tuple[bool, Looked | None]:
    """Return the first look at a file, taken once per file, layout and state of the store."""
    store = open_store()
    key: Hashable = (case.sha256, repr(case.layout), store.state)
    used = store.query("source_files", municipality_code=None)["mapping_name"].to_pylist()
    answers, source = case.answers, case.source

    def task() -> Looked:
        sample = beginning(source)
        is_whole = sample is source
        table = _first(case, answers) if is_whole else read(sample, answers.layout)
        proposal = propose(sample, table, answers, used)
        return Looked(
            _counted(source, answers.layout),
            table,
            tuple(offer.mapping.name for offer in proposal.fitting),
            {one.mapping.name: one.changes for one in (*proposal.fitting, *proposal.near)},
            is_whole=is_whole,
        )

    return result_of(f"look {case.key}", key, task, _("Reading the file"))


def read_once(case: Case, reading: Reading) -> tuple[SourceTable, ...]:
    """Return the tables of a file; what was read stays with the case, the last readings of it."""
    key = repr(reading)
    found = case.read.get(key) or tables_of(case.source, reading)
    others = [one for one in case.read.items() if one[0] != key]
    case.read = dict([*others[1 - _KEPT :], (key, found)])
    return found


def _first(case: Case, answers: Answers) -> SourceTable:
    """Return the first table of a file, or that of the sheet which was chosen."""
    return read_once(case, Reading(replace(answers.layout, style=None, styles={})))[0]


def _all(case: Case, looked: Looked) -> tuple[SourceTable, ...]:
    """Return the tables of all sheets where none of several was chosen."""
    layout = replace(case.layout, style=None, styles={})
    is_one = layout.sheet is not None or len(looked.sheets) <= 1
    return () if is_one else read_once(case, Reading(layout, has_all_sheets=True))


def beginning(source: SourceFile) -> SourceFile:
    """Return the first lines of a large text file: enough to see which mappings fit; else the file."""
    head = source.content[:_HEAD]
    is_plain = not head.startswith((b"PK", b"\xd0\xcf")) and b"\0" not in head
    if len(source.content) < 2 * _HEAD or not is_plain:
        return source
    return SourceFile(source.name, head[: head.rfind(b"\n") + 1])


def guess_of(case: Case, looked: Looked) -> Guess | None:
    """Return the guess at what the columns mean; None while it is made. Made only where it is used."""
    answers = case.answers
    key: Hashable = (case.sha256, repr(case.layout))
    found: Guess | None = result_of(
        f"guess {case.key}",
        key,
        lambda: guess_sheets(
            looked.table if looked.is_whole else _first(case, answers), _all(case, looked), answers
        ),
        _("Looking at what the columns could mean"),
    )[1]
    return found


def _counted(source: SourceFile, layout: FileLayout) -> dict[str, int | None]:
    names = sheets(source)
    if len(names) <= 1 or len(source.content) > _SMALL:
        return dict.fromkeys(names)
    tables = read_all(source, FileLayout(header_row=layout.header_row))
    counts = {table.sheet: table.rows.num_rows for table in tables}
    return {name: counts.get(name, 0) for name in names}
