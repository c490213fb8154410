"""What is made of a report is kept as long as the report: reports are built once for each state."""

from budgeting.model import Report


class ByIdentity:
    """Lets a report, which holds dictionaries, be a key of a cache."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def __hash__(self) -> int:
        return id(self.report)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByIdentity) and self.report is other.report
