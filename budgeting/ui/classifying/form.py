"""The form: evidence, the category that follows with why, what counts, and the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from budgeting.errors import BudgetingError
from budgeting.marks.model import ALL_YEARS, Classification, Confidence, Part
from budgeting.methodologies import (
    Category,
    Evidence,
    Methodology,
    Outcome,
    classify,
    evidence_from_json,
)
from budgeting.model import Stage
from budgeting.names import confidence_name, stage_name
from budgeting.ui.classifying.chosen import Chosen
from budgeting.ui.classifying.desk import Desk
from budgeting.ui.classifying.evidence import asked_evidence
from budgeting.ui.classifying.place import Row, is_pressed, place
from budgeting.ui.classifying.result import result
from budgeting.ui.filters import capital
from budgeting.ui.session import language
from budgeting.ui.session import say as _

_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Answers:
    """What the form says; ``outcomes`` are those of the parts, in their order."""

    classification: Classification
    outcomes: Sequence[Outcome]
    from_year: int
    stage: Stage | None

    @property
    def categories(self) -> list[Category]:
        """The category of every part; none where a part has no evidence yet."""
        rules = self.classification.methodology
        codes = [outcome.category for outcome in self.outcomes]
        return [rules.category(code) for code in codes if code] if all(codes) else []

    @property
    def is_worth_repeating(self) -> bool:
        """Whether it takes more than a press: the weakest category without a reason does not."""
        weakest = self.classification.methodology.categories[-1]
        return bool(self.classification.reason.strip()) or self.categories != [weakest]

    @property
    def is_reason_missing(self) -> bool:
        """Whether a category demands a reason that is not given."""
        is_demanded = any(category.is_reason_required for category in self.categories)
        return is_demanded and not self.classification.reason.strip()


def ask(desk: Desk, chosen: Chosen, earlier: Sequence[Row]) -> Answers:
    """Ask everything that a mark consists of, beginning with the parts of the `earlier` mark."""
    here = place()
    key = f"mark_{here.form}"
    first = earlier[0] if earlier else {}
    here.parts = max(here.parts, len(earlier))
    parts, outcomes = [], []
    for number in range(here.parts):
        if here.parts > 1:
            st.markdown("**" + _("Part {number}", number=number + 1) + "**")
        before = earlier[number] if number < len(earlier) else None
        part = _part(desk, f"{key}_{number}", before)
        parts.append(part)
        outcomes.append(_outcome(desk, part.evidence))
    result(desk, chosen.amounts, parts, outcomes)
    reason = _reason(desk.methodology, outcomes, key, first)
    confidence = _confidence(key, first)
    link, from_year, stage = _further(key, first, desk.year)
    said = Classification(desk.methodology, tuple(parts), reason, confidence, link)
    return Answers(said, outcomes, from_year, stage)


def _part(desk: Desk, key: str, before: Row | None) -> Part:
    given = evidence_from_json(before["evidence"]) if before else None
    with st.container(gap="xsmall"):
        evidence = asked_evidence(desk.methodology, key, given)
    if place().parts == 1 and before is None:
        return Part(evidence)
    percent = st.number_input(
        _("Share of the amount, %"),
        min_value=0.0,
        max_value=_WHOLE,
        value=float(before["amount_share"] * 100) if before else None,
        format="%g",
        key=f"{key}_share",
    )
    return Part(evidence, Decimal(str(percent or 0)) / 100)


def _outcome(desk: Desk, evidence: Evidence) -> Outcome:
    """Return what the methodology makes of evidence; what it refuses is told and gives nothing."""
    try:
        return classify(desk.methodology, evidence, desk.convention.name)
    except BudgetingError as error:
        return Outcome(None, None, (), (), None, error.message, None)


def _reason(methodology: Methodology, outcomes: Sequence[Outcome], key: str, first: Row) -> str:
    codes = [outcome.category for outcome in outcomes if outcome.category]
    is_needed = any(methodology.category(code).is_reason_required for code in codes)
    return st.text_area(
        _("Reason (needed for this category)") if is_needed else _("Reason"),
        value=first.get("reason") or "",
        key=f"{key}_reason",
        height=70,
        max_chars=2000,
    )


def _confidence(key: str, first: Row) -> Confidence:
    names = {one: capital(language().say(confidence_name(one.value))) for one in Confidence}
    return st.segmented_control(
        _("Confidence"),
        list(names),
        default=Confidence(first.get("confidence") or Confidence.HIGH.value),
        required=True,
        format_func=lambda one: names[one],
        key=f"{key}_confidence",
    )


def _further(key: str, first: Row, year: int) -> tuple[str, int, Stage | None]:
    """Ask for what is seldom needed: evidence, years, stage, parts."""
    with st.expander(_("Evidence, years, stage, parts of the amount")):
        link = st.text_input(
            _("Where the evidence can be read"),
            value=first.get("evidence_link") or "",
            key=f"{key}_link",
            max_chars=500,
        )
        years = {year: _("From {year} on", year=str(year)), ALL_YEARS: _("In all years")}
        from_year = st.selectbox(
            _("Counts"),
            list(years),
            format_func=lambda one: years[one],
            key=f"{key}_from_{language().code}",
        )
        stages: list[Stage | None] = [None, *Stage]
        names = {one: capital(language().say(stage_name(one))) for one in Stage}
        written = first.get("stage")
        stage = st.selectbox(
            _("For the stage"),
            stages,
            index=stages.index(Stage(written)) if written else 0,
            format_func=lambda one: names[one] if one else _("All stages"),
            key=f"{key}_stage_{language().code}",
        )
        if is_pressed(
            _("Add a part of the amount"),
            f"{key}_add",
            icon=":material/add:",
        ):
            place().parts += 1
            st.rerun()
    return link, from_year, stage
