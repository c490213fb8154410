"""Outcomes: what a command is given, and what it leaves behind; see commands.py."""

import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from budgeting.access import Identity, Role
from budgeting.errors import BudgetingError
from budgeting.imports.source import SourceFile
from budgeting.model import Text, text
from budgeting.store import Store
from budgeting.translations import Language, language

LOG = logging.getLogger(__name__)
DONE, REFUSED, BROKEN = 0, 1, 3  # 2 is a usage error, told by the command line itself


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command leaves behind: exit code, what it prints or writes, and what went wrong.

    ``files`` are for whoever asked to write where they want them.
    """

    exit_code: int
    output: bytes = b""
    error: str = ""
    files: tuple[SourceFile, ...] = ()


Parameters = Mapping[str, Any]
Files = Sequence[SourceFile]
Command = Callable[[Store, Parameters, Files], Outcome]


def guarded(action: Callable[[], Outcome], reader: Language) -> Outcome:
    """Return what `action` returns; bad use becomes a sentence, a bug a reference number."""
    try:
        return action()
    except BudgetingError as error:
        return Outcome(REFUSED, error=reader.say(error.message))
    except Exception:
        reference = secrets.token_hex(4)
        LOG.exception("reference number %s", reference)
        sentence = text(
            "Something went wrong that should not. Whoever looks after Paritet finds it in the log "
            "under the reference number {reference}.",
            reference=reference,
        )
        return Outcome(BROKEN, error=reader.say(sentence))


def identity_of(parameters: Parameters) -> Identity:
    """Return who is at the command line: whoever may run it there may do everything."""
    return Identity(parameters["user"], Role.ADMINISTRATOR)


def language_of(parameters: Parameters) -> Language:
    """Return the language in which the caller wants the answer."""
    return language(parameters["language"])


def said(sentence: Text, parameters: Parameters) -> Outcome:
    """Return the outcome that is one sentence."""
    return Outcome(DONE, f"{language_of(parameters).say(sentence)}\n".encode())
