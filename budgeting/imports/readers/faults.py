"""Faults: why a file, a sheet or a row could not be read."""

from budgeting.model import Finding, Severity, Text, text


class Unreadable(Exception):
    """A file or sheet of which nothing can be read; readers turn it into a table with its finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding.message))
        self.finding = finding


def unreadable(
    check: str,
    message: Text,
    suggestion: Text | None = None,
    *,
    row_number: int | None = None,
    value: str | None = None,
) -> Unreadable:
    """Return the exception for a file of which nothing can be read."""
    advice = suggestion or text(
        "Check that this is the file you meant and that the mapping fits it."
    )
    return Unreadable(
        Finding(check, Severity.ERROR, message, advice, row_number=row_number, value=value)
    )


def damaged() -> Unreadable:
    """Return the exception for a file that is incomplete or changed on its way."""
    return unreadable(
        "damaged-file",
        text("The file is damaged or incomplete: it cannot be opened."),
        text("Open it in the program that wrote it, save it again and import that file."),
    )
