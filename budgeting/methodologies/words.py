"""What readers call the parts of a methodology that are the same in all of them."""

from budgeting.methodologies.model import Measures, RuleKind, Stance, Subject
from budgeting.model import Text, text


def measures_name(measures: Measures) -> Text:
    """Return what a methodology measures."""
    return {
        Measures.INTENT: text("what the money is meant for"),
        Measures.BENEFICIARY_SHARE: text("who benefits"),
        Measures.PROCESS: text("how it was planned"),
    }[measures]


def rule_name(rule: RuleKind) -> Text:
    """Return how a methodology comes to its answer."""
    return {
        RuleKind.CHECKLIST: text("by a checklist"),
        RuleKind.BANDS: text("by a number and its bands"),
        RuleKind.LOOKUP: text("by a table of codes"),
        RuleKind.JUDGEMENT: text("by a person's judgement"),
    }[rule]


def subject_name(subject: Subject) -> Text:
    """Return what may be marked."""
    return {
        Subject.LINE: text("budget line"),
        Subject.PROGRAMME: text("programme"),
        Subject.ORGANISATION: text("organisation"),
    }[subject]


def stance_name(stance: Stance | None) -> Text:
    """Return where a category stands beside those of other methodologies."""
    if stance is None:
        return text("not comparable")
    return {
        Stance.PRINCIPAL: text("principal"),
        Stance.SIGNIFICANT: text("significant"),
        Stance.UNCLEAR: text("promising or unclear"),
        Stance.NONE: text("screened, none"),
    }[stance]
