"""The desk: what everything beside the queue needs to know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from budgeting.access import Action, Identity, is_allowed
from budgeting.methodologies import Convention, Methodology
from budgeting.model import Report
from budgeting.translations import Language
from budgeting.ui.classifying.place import Row, place
from budgeting.ui.kept import ByIdentity
from budgeting.ui.session import language


@dataclass(frozen=True, slots=True)
class Desk:
    """A reader at the queue.

    Parameters
    ----------
    shown
        The report with the page of the queue.
    methodology, convention
        What is applied, and what counts in this municipality.
    given
        What was chosen on the page, as the address writes it.
    who
        Who is there.
    """

    shown: Report
    methodology: Methodology
    convention: Convention
    given: Mapping[str, str]
    who: Identity

    @property
    def municipality(self) -> str:
        """Code of the municipality."""
        return self.given["municipality"]

    @property
    def year(self) -> int:
        """The fiscal year of the queue."""
        return int(self.given["year"])

    @property
    def currency(self) -> str:
        """Currency of every amount."""
        return str(self.shown.facts["currency"])

    @property
    def rows(self) -> list[Row]:
        """The rows of the queue that are shown."""
        return _rows(ByIdentity(self.shown))

    @property
    def may_mark(self) -> bool:
        """Whether who is there may mark."""
        return is_allowed(self.who.role, Action.CLASSIFY_LINE)

    @property
    def may_review(self) -> bool:
        """Whether who is there may be a second reader."""
        return is_allowed(self.who.role, Action.REVIEW_CLASSIFICATION)

    def named(self, code: str) -> str:
        """Return what a reader calls a category: its code alone where its name begins with it.

        A code of other rules is returned as it is.
        """
        return category_name(self.methodology, code, language())

    def all_named(self, row: Row) -> str:
        """Return what a reader calls the categories of a row's mark."""
        return " + ".join(self.named(code) for code in row["categories"] or ())

    def go_on(self, done: Sequence[Row], said: str) -> None:
        """Leave what is done and want the next row that is left."""
        place().go_on(done, self.rows, said)


def category_name(rules: Methodology, code: str, words: Language) -> str:
    """Return what a reader calls a category of a methodology, as `Desk.named` has it."""
    labels = {one.code: one.labels for one in rules.categories}
    label = words.say(labels[code]) if code in labels else code
    return code if label.startswith(f"{code} – ") else label


@lru_cache(maxsize=64)
def _rows(of: ByIdentity[Report]) -> list[Row]:
    """Return the rows of a queue; nobody changes them."""
    rows: list[Row] = of.what.tables["queue"].rows.to_pylist()
    return rows
