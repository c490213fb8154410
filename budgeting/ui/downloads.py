"""Downloads: exactly what is shown, stamped, made only when somebody asks for it."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from budgeting.exports import FORMATS, export
from budgeting.model import Report, Text, text
from budgeting.translations import Language
from budgeting.ui.session import language
from budgeting.ui.session import say as _


def offer(
    report: Report,
    whole: Callable[[], Report] | None = None,
    what: Text | None = None,
    written_in: Language | None = None,
) -> None:
    """Offer the report as CSV and XLSX; the file is written when the button is pressed.

    Parameters
    ----------
    whole
        Builds what the file holds, where the page shows only a part of it at a time.
    what
        What is downloaded, where a page offers several reports.
    written_in
        Language of the file, where it is not the reader's.
    """
    words = language()
    named = [report.parameters.get(name) for name in ("municipality", "year")]
    stem = "_".join(str(part) for part in (*named, report.name) if part)
    with st.container(horizontal=True):
        for name in ("xlsx", "csv"):
            kind = FORMATS[name]
            label = _("Download {format}", format=name.upper())
            if what is not None:
                label = words.say(text("{what}: {format}", what=what, format=name.upper()))
            st.download_button(
                label,
                data=partial(_written, whole or (lambda: report), name, written_in or words),
                file_name=stem + kind.suffix,
                mime=kind.media_type,
                on_click="ignore",
                icon=":material/download:",
            )


def _written(report: Callable[[], Report], name: str, words: Language) -> bytes:
    return export(report(), name, words)
