"""Classifying: what a methodology makes of evidence, and why."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from budgeting.errors import EvidenceInvalid
from budgeting.methodologies.evidence import Evidence, Outcome
from budgeting.methodologies.model import Category, Criterion, Field, Methodology, RuleKind
from budgeting.model import Exact, Labels, Text, text

SCORE_DECIMALS = 4  # as many as the database keeps: a stored score gives the same category again


def classify(
    methodology: Methodology, evidence: Evidence, convention: str | None = None
) -> Outcome:
    """Return the category that `methodology` gives for `evidence`, with its reasons.

    Without any answer there is no category: not screened. Of a checklist, what is not answered is
    not met. ``convention`` names the coefficients; the default ones without it.

    Raises
    ------
    EvidenceInvalid
        The evidence is not what the methodology asks for.

    Examples
    --------
    >>> from budgeting.methodologies import methodology
    >>> classify(methodology("india_gbs"), Evidence(score=Decimal(30))).category
    'B'
    """
    _refuse_other_evidence(methodology, evidence)
    coefficients = methodology.convention(convention)
    outcome = _RULES[methodology.rule](methodology, evidence)
    if outcome.category is None:
        return outcome
    coefficient = coefficients.coefficients[outcome.category]
    if coefficients.is_of_score and outcome.score is not None and methodology.score is not None:
        coefficient = outcome.score / methodology.score.maximum
    return Outcome(
        outcome.category,
        outcome.score,
        outcome.met,
        outcome.missing,
        outcome.threshold,
        outcome.why,
        coefficient,
    )


# --- what may be given ----------------------------------------------------


def _refuse_other_evidence(methodology: Methodology, evidence: Evidence) -> None:
    kind, has_score = methodology.rule, methodology.score is not None
    is_judged = kind is RuleKind.JUDGEMENT or methodology.is_judgement_allowed
    for what, is_given, is_taken in (
        (text("answers to criteria"), bool(evidence.ticks), kind is RuleKind.CHECKLIST),
        (text("a score"), evidence.score is not None, has_score),
        (text("a code to look up"), evidence.key is not None, kind is RuleKind.LOOKUP),
        (text("a category chosen by a person"), evidence.category is not None, is_judged),
    ):
        if is_given and not is_taken:
            raise EvidenceInvalid(
                text(
                    "{methodology} does not take {kind}.", methodology=methodology.labels, kind=what
                )
            )
    if evidence.score is not None:
        _refuse_score(methodology, evidence.score)
    for name, value in evidence.ticks.items():
        _refuse_answer(methodology, name, value)
    if evidence.category is not None:
        methodology.category(evidence.category)
    for name, words in evidence.texts.items():
        _refuse_text(methodology, name, words)


def _refuse_text(methodology: Methodology, name: str, words: str) -> None:
    field = methodology.field(name)
    if field is None:
        raise EvidenceInvalid(
            text(
                "{methodology} has no field “{field}”.", methodology=methodology.labels, field=name
            )
        )
    if not field.takes(words):
        raise EvidenceInvalid(
            text(
                "“{value}” is no answer to “{criterion}”. It takes: {values}.",
                value=words,
                criterion=field.labels,
                values=tuple(choice.code for choice in field.choices),
            )
        )


def unwritten(methodology: Methodology, category: str, evidence: Evidence) -> tuple[Field, ...]:
    """Return the fields that a category needs and that nothing is written in."""
    return tuple(
        field
        for field in methodology.fields
        if category in field.required_for and not evidence.texts.get(field.id, "").strip()
    )


def _refuse_score(methodology: Methodology, score: Decimal) -> None:
    maximum = methodology.score.maximum if methodology.score else Decimal(0)
    if not score.is_finite() or not 0 <= score <= maximum:
        raise EvidenceInvalid(
            text(
                "{score} is not on the scale of {methodology}: 0 to {maximum}.",
                score=str(score),
                methodology=methodology.labels,
                maximum=Exact(maximum),
            )
        )
    if score != round(score, SCORE_DECIMALS):
        raise EvidenceInvalid(
            text(
                "{score} has more than {digits} decimals; round it yourself, because rounding can "
                "change the category.",
                score=str(score),
                digits=SCORE_DECIMALS,
            )
        )


def _refuse_answer(methodology: Methodology, name: str, value: Decimal) -> None:
    criterion = next((one for one in methodology.criteria if one.id == name), None)
    if criterion is None:
        raise EvidenceInvalid(
            text(
                "{methodology} has no criterion “{criterion}”.",
                methodology=methodology.labels,
                criterion=name,
            )
        )
    if not value.is_finite() or not criterion.takes(value):
        raise EvidenceInvalid(
            text(
                "“{value}” is no answer to “{criterion}”. It takes: {values}.",
                value=str(value),
                criterion=criterion.labels,
                values=tuple(Exact(one) for one in criterion.values)
                or text("0 to {maximum}", maximum=Exact(criterion.maximum)),
            )
        )


# --- four kinds of rule ---------------------------------------------------


def _checklist(methodology: Methodology, evidence: Evidence) -> Outcome:
    if not evidence.ticks and evidence.score is None:
        return _nothing()
    if methodology.is_points_checklist:
        return _points(methodology, evidence)
    met = _met(methodology, evidence)
    category, stronger = _strongest(methodology, lambda one: set(one.requires) <= set(met))
    missing = _without(stronger.requires if stronger else (), met)
    unasked = _without(category.asks, met)
    why = _why_checklist(methodology, category, stronger, missing, unasked)
    return _outcome(category, why, met=met, missing=(*missing, *_without(unasked, missing)))


def _why_checklist(
    methodology: Methodology,
    category: Category,
    stronger: Category | None,
    missing: tuple[str, ...],
    unasked: tuple[str, ...],
) -> Text:
    if stronger is None:
        return text(
            "“{category}”: all that it requires is met: {met}.",
            category=category.labels,
            met=_labels(methodology, category.requires),
        )
    parts = {
        "category": category.labels,
        "stronger": stronger.labels,
        "missing": _labels(methodology, missing),
    }
    if not unasked:
        return text("“{category}”. For “{stronger}” this is missing: {missing}.", **parts)
    return text(
        "“{category}”. For “{stronger}” this is missing: {missing}. “{category}” itself asks for "
        "what is not met either: {unasked}.",
        **parts,
        unasked=_labels(methodology, unasked),
    )


def _points(methodology: Methodology, evidence: Evidence) -> Outcome:
    if not evidence.ticks:
        return _bands(methodology, evidence)
    score = points(methodology, evidence)
    if evidence.score not in (None, score):
        raise EvidenceInvalid(
            text(
                "The answers add up to {sum}, but the score given is {score}.",
                sum=Exact(score),
                score=Exact(evidence.score or Decimal(0)),
            )
        )
    banded = _bands(methodology, Evidence(score=score))
    met = _met(methodology, evidence)
    everything = tuple(criterion.id for criterion in methodology.criteria)
    return Outcome(
        banded.category,
        score,
        met,
        _without(everything, met) if banded.category != methodology.categories[0].code else (),
        banded.threshold,
        banded.why,
        None,
    )


def points(methodology: Methodology, evidence: Evidence) -> Decimal:
    """Return the sum of all answers, of each element at most its maximum."""
    limits = {element.id: element.maximum for element in methodology.elements}
    sums: dict[str, Decimal] = {}
    for criterion in methodology.criteria:
        group = criterion.element or criterion.id
        value = evidence.ticks.get(criterion.id, Decimal(0))
        sums[group] = sums.get(group, Decimal(0)) + value
    return sum((min(one, limits.get(group, one)) for group, one in sums.items()), Decimal(0))


def _bands(methodology: Methodology, evidence: Evidence) -> Outcome:
    score = evidence.score
    if score is None:
        return _nothing()
    category, stronger = _strongest(
        methodology, lambda one: one.threshold is None or one.threshold.is_reached(score)
    )
    why = _why_bands(methodology, category, stronger, score)
    return _outcome(category, why, score=score)


def _why_bands(
    methodology: Methodology, category: Category, stronger: Category | None, score: Decimal
) -> Text:
    measure = methodology.score.labels if methodology.score else Labels()
    parts = {"category": category.labels, "measure": measure, "score": Exact(score)}
    if stronger is not None and stronger.threshold is not None:
        parts["stronger"] = stronger.labels
        parts["next"] = _beginning(stronger)
    if category.threshold is None:
        return text(
            "“{category}”: {measure} is {score}. “{stronger}” begins {next}.",
            **parts,
        )
    parts["beginning"] = _beginning(category)
    if stronger is None:
        return text("“{category}”: {measure} is {score}. It begins {beginning}.", **parts)
    return text(
        "“{category}”: {measure} is {score}. It begins {beginning}, “{stronger}” begins {next}.",
        **parts,
    )


def _beginning(category: Category) -> Text:
    threshold = category.threshold
    if threshold is None:
        return text("at {limit}", limit=0)
    limit = Exact(threshold.value)
    return (
        text("at {limit}", limit=limit)
        if threshold.is_included
        else text("above {limit}", limit=limit)
    )


def _lookup(methodology: Methodology, evidence: Evidence) -> Outcome:
    if evidence.key is None:
        return _judgement(methodology, evidence)
    for entry in methodology.table:
        if evidence.key in entry.keys:
            category = methodology.category(entry.category)
            if evidence.category not in (None, category.code):
                raise EvidenceInvalid(
                    text(
                        "The table of {methodology} gives “{category}” for {key}; another category "
                        "can be chosen only without that code.",
                        methodology=methodology.labels,
                        category=category.labels,
                        key=evidence.key,
                    )
                )
            return _outcome(
                category,
                text(
                    "“{category}”: the table of the methodology gives it for {key}.",
                    category=category.labels,
                    key=evidence.key,
                ),
            )
    if evidence.category is not None:
        return _judgement(methodology, evidence)
    return _nothing(
        text(
            "The table of the methodology has no “{key}”, so there is no category.",
            key=evidence.key,
        )
    )


def _judgement(methodology: Methodology, evidence: Evidence) -> Outcome:
    if evidence.category is None:
        return _nothing()
    category = methodology.category(evidence.category)
    return _outcome(
        category,
        text("“{category}”: chosen by a person, whose reason says why.", category=category.labels),
    )


_RULES = {
    RuleKind.CHECKLIST: _checklist,
    RuleKind.BANDS: _bands,
    RuleKind.LOOKUP: _lookup,
    RuleKind.JUDGEMENT: _judgement,
}


# --- parts of an outcome --------------------------------------------------


def _strongest(
    methodology: Methodology, is_reached: Callable[[Category], bool]
) -> tuple[Category, Category | None]:
    """Return the strongest category that is reached, and the next stronger one; the last always is."""
    stronger = None
    for category in methodology.categories[:-1]:
        if is_reached(category):
            return category, stronger
        stronger = category
    return methodology.categories[-1], stronger


def _nothing(why: Text | None = None) -> Outcome:
    unanswered = text("Nothing is answered, so there is no category: not screened.")
    return Outcome(None, None, (), (), None, why or unanswered, None)


def _outcome(
    category: Category,
    why: Text,
    score: Decimal | None = None,
    met: tuple[str, ...] = (),
    missing: tuple[str, ...] = (),
) -> Outcome:
    threshold = category.threshold.value if category.threshold else None
    return Outcome(category.code, score, met, missing, threshold, why, None)


def _met(methodology: Methodology, evidence: Evidence) -> tuple[str, ...]:
    return tuple(
        criterion.id
        for criterion in methodology.criteria
        if criterion.id in evidence.ticks and criterion.is_met(evidence.ticks[criterion.id])
    )


def _without(names: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    gone = set(others)
    return tuple(name for name in names if name not in gone)


def _labels(methodology: Methodology, names: tuple[str, ...]) -> tuple[Labels, ...]:
    criteria: dict[str, Criterion] = {one.id: one for one in methodology.criteria}
    return tuple(criteria[name].labels for name in names)
