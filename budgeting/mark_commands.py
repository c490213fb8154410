"""What the command line can do with marks: read in again what ``report marks`` has written."""

from budgeting.marks.transfer import accept_marks, examine_marks
from budgeting.model import Severity, plural_text
from budgeting.outcomes import DONE, REFUSED, Files, Outcome, Parameters, identity_of, language_of
from budgeting.store import Store
from budgeting.verdict_words import finding_words


def import_marks(store: Store, parameters: Parameters, files: Files) -> Outcome:
    """Store the marks of a file as drafts, or say row by row why none of them is stored."""
    reader = language_of(parameters)
    file = examine_marks(store, files[0], parameters["municipality"])
    if any(finding.severity is Severity.ERROR for finding in file.findings):
        lines = [line for finding in file.findings for line in finding_words(finding, reader)]
        return Outcome(REFUSED, error="\n".join(lines))
    written = accept_marks(store, identity_of(parameters), file)
    sentences = (
        plural_text("{count} mark was stored.", "{count} marks were stored.", written),
        plural_text(
            "{count} mark stood already as the file has it.",
            "{count} marks stood already as the file has them.",
            file.same_count,
        ),
    )
    return Outcome(DONE, "".join(f"{reader.say(one)}\n" for one in sentences).encode())
