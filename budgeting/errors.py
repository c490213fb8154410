"""The exception tree.

* BudgetingError                bad use; its text is shown to the reader in their language
  + StoreError
    - UnknownQuery              no .sql file of that name
    - WrongParameters           a parameter is missing or too many
    - DatabaseLocked            another process holds the file
    - DatabaseTooNew            written by a newer version
    - DatabaseDamaged           not readable as a database
    - MigrationFailed           an upgrade step did not go through; nothing changed
    - DiskFull                  the disk has no room for a change; nothing changed
  + NotAllowed                  the role does not permit the action
  + MappingInvalid              a mapping file contradicts itself
  + ImportRefused               the file has errors; nothing was stored
  + ImportCancelled             somebody stopped the import; nothing was stored
  + UnknownReport               no report of that name, or a parameter it does not have
  + NotFound                    a municipality, year or member that is not stored
  + UnknownMethodology          no methodology of that name and version that can be used
  + EvidenceInvalid             evidence that the methodology does not ask for or cannot take
  + MarkChanged                somebody else changed the mark meanwhile; nothing was written
  + ServiceInvalid             a service cannot be so; nothing was written
  + ServiceChanged             somebody else changed the service or figure meanwhile; nothing was written
  + MoveInvalid                 money cannot be moved so; nothing was changed
  + ScenarioInvalid             a scenario, rule or consequence cannot be so; nothing was written
  + ScenarioChanged             somebody else changed the scenario or the rules meanwhile; nothing was written
  + MeetingInvalid             a meeting, or what a guest submits, cannot be so; nothing was written
  + SuccessionInvalid          lines cannot have gone on so; nothing was written

Bad *data* is a `model.Finding`; anything that is not a BudgetingError is a bug and gets a
reference number (see ui/frame.py).
"""

from typing import Any

from budgeting.model import Text


class BudgetingError(Exception):
    """Bad use, told in a sentence that says what happened, where, and what to do."""

    def __init__(self, message: Text, **context: Any) -> None:
        super().__init__(str(message))
        self.message = message
        self.context = context


class StoreError(BudgetingError):
    """The database cannot do what was asked."""


class UnknownQuery(StoreError):
    """There is no ``.sql`` file of that name."""


class WrongParameters(StoreError):
    """A query's parameters are not exactly those of its header."""


class DatabaseLocked(StoreError):
    """Another process holds the database file."""


class DatabaseTooNew(StoreError):
    """The database was written by a newer version of DuckDB or of Paritet."""


class DatabaseDamaged(StoreError):
    """The file cannot be read as a database."""


class MigrationFailed(StoreError):
    """An upgrade step failed and was rolled back."""


class DiskFull(StoreError):
    """The disk has no room for a change; nothing was changed."""


class NotAllowed(BudgetingError):
    """The role of the user does not permit the action."""


class MappingInvalid(BudgetingError):
    """A mapping file cannot be used as it is."""


class ImportRefused(BudgetingError):
    """The file has findings that forbid storing it."""


class ImportCancelled(BudgetingError):
    """Somebody stopped the import before it was complete."""


class UnknownReport(BudgetingError):
    """There is no such report, or it has no such parameter."""


class NotFound(BudgetingError):
    """What was asked for is not stored."""


class UnknownMethodology(BudgetingError):
    """There is no such methodology, or its file is refused."""


class EvidenceInvalid(BudgetingError):
    """The evidence for a category is not what the methodology asks for."""


class MarkChanged(BudgetingError):
    """Somebody else marked, reviewed or withdrew it after the reader looked."""


class MoveInvalid(BudgetingError):
    """Money cannot be moved so in this budget."""


class ScenarioInvalid(BudgetingError):
    """What is said of a scenario, or of the rules that it must keep, cannot be so."""


class ScenarioChanged(BudgetingError):
    """Somebody else changed the scenario or the rules after the reader looked."""


class MeetingInvalid(BudgetingError):
    """What is said of a meeting, or submitted to it, cannot be so."""


class SuccessionInvalid(BudgetingError):
    """What is said of lines that continue others cannot be so."""


class ServiceInvalid(BudgetingError):
    """What is said of a service cannot be so, such as money that another service has."""


class ServiceChanged(BudgetingError):
    """Somebody else changed the service, need or figure after the reader looked."""
