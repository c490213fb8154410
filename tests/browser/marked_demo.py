"""The demo with marks under every methodology that has a statement of its own, to look at pages."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from budgeting.access import Identity, Role
from budgeting.demo import build_demo
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, Confidence, MarkedSubject, Part
from budgeting.marks.reviewing import approve, review
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Methodology, RuleKind, Subject
from budgeting.reports import build_report
from budgeting.store import Store

TOWN = "demo_topolnica"
AUTHOR, READER = Identity("Amra", Role.ADMINISTRATOR), Identity("Boris", Role.ADMINISTRATOR)
NEWEST = 10**9
REASON = (
    "Two thirds of the places are used by children of single parents; see the analysis of 2025."
)
PROGRAMMES = ("2001", "0901", "1301", "1201", "2002", "1801", "0602", "0401")
METHODOLOGIES = (
    *("oecd_dac", "eu_budget", "cpr_eige", "india_gbs", "canada_gba"),
    *("ph_hgdg", "rs_programme", "nepal"),
)
WORDS = {
    "goal": "Equal use of the service by women and men",
    "indicator": "Women among the users",
    "unit": "%",
    "baseline": "38",
    "target": "45",
    "source": "Report of the institution",
    "issue": "Mothers leave work when no place is free",
    "objective": "Places for every child",
    "activity": "Longer opening hours",
    "population": "Parents of small children",
}


def build_marked_demo(store: Store) -> None:
    """Build the demo and mark programmes of one town, each time another category."""
    build_demo(store)
    for code in METHODOLOGIES:
        for programme, evidence in zip(PROGRAMMES, _evidence(methodology(code)), strict=False):
            _give(store, code, programme, evidence)
    direct = Evidence(category="client", texts=_told(methodology("ph_gad"), 0) | {"result": "214"})
    _give(store, "ph_gad", PROGRAMMES[1], direct)
    _read_again(store)


def _give(store: Store, code: str, programme: str, evidence: Evidence) -> None:
    made = Classification(methodology(code), (Part(evidence),), REASON, Confidence.MEDIUM)
    mark(store, AUTHOR, TOWN, [MarkedSubject(Subject.PROGRAMME, programme)], made, seen=NEWEST)


def _read_again(store: Store) -> None:
    """Let a second reader approve one mark, and read another."""
    for step, state, count in ((review, "draft", 2), (approve, "reviewed", 1)):
        given = {"municipality": TOWN, "year": "2026", "by": "programme", "show": state}
        rows = build_report(store, "classification_queue", given).tables["queue"].rows
        step(store, READER, TOWN, rows["classification_id"].to_pylist()[:count])


def _evidence(method: Methodology) -> Iterator[Evidence]:
    """Yield evidence that gives the categories of a methodology by turns."""
    for turn in range(8):
        category = method.categories[turn % len(method.categories)]
        told = _told(method, turn)
        if method.rule is RuleKind.BANDS or method.is_points_checklist:
            limit = category.threshold.value if category.threshold else Decimal("1.5")
            yield Evidence(score=limit, texts=told)
        elif method.rule is RuleKind.CHECKLIST:
            met = set(category.requires)
            yield Evidence({one.id: Decimal(one.id in met) for one in method.criteria}, texts=told)
        else:
            yield Evidence(category=category.code, texts=told)


def _told(method: Methodology, turn: int) -> Mapping[str, str]:
    return {
        field.id: field.choices[turn % len(field.choices)].code
        if field.choices
        else WORDS.get(field.id, "said")
        for field in method.fields
    }
