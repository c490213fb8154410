"""Methodologies as data: what classifies a budget line, read from text files and applied.

``methodology("oecd_dac")`` is one of them, `classify` applies it to evidence.
"""

from budgeting.methodologies.entries import MethodologyFault
from budgeting.methodologies.evidence import Evidence, Outcome, evidence_from_json
from budgeting.methodologies.files import (
    faults,
    files_state,
    looking_once,
    methodologies,
    methodology,
    own_folder,
)
from budgeting.methodologies.fingerprints import rule_fingerprint
from budgeting.methodologies.model import (
    Category,
    Convention,
    Criterion,
    Field,
    Methodology,
    Stance,
)
from budgeting.methodologies.rules import classify, unwritten

__all__ = [
    "Category",
    "Convention",
    "Criterion",
    "Evidence",
    "Field",
    "Methodology",
    "MethodologyFault",
    "Outcome",
    "Stance",
    "classify",
    "evidence_from_json",
    "faults",
    "files_state",
    "looking_once",
    "methodologies",
    "methodology",
    "own_folder",
    "rule_fingerprint",
    "unwritten",
]
