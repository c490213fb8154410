"""Fingerprints: whether the rules that gave a category are still the same, whatever the words are."""

import hashlib
import json
from decimal import Decimal
from typing import Any

from budgeting.methodologies.model import Category, Criterion, Field, Methodology

_LENGTH = 12  # hexadecimal digits: enough to tell versions of one file, short enough for every mark


def rule_fingerprint(methodology: Methodology) -> str:
    """Return a fingerprint of everything that decides a category, or what must be written for it.

    Labels, help, sources, coefficients, stances and the order of questions do not change it, nor
    does another way of writing the same number.
    """
    score = methodology.score
    decides = {
        "rule": methodology.rule.value,
        "judgement": methodology.is_judgement_allowed,
        "score": score and [_number(score.maximum), score.unit],
        "categories": [_category(one) for one in methodology.categories],
        "criteria": sorted(_criterion(one) for one in methodology.criteria),
        "elements": sorted([one.id, _number(one.maximum)] for one in methodology.elements),
        "table": [[one.keys, one.category] for one in methodology.table],
        "fields": sorted(_field(one) for one in methodology.fields),
    }
    return hashlib.sha256(json.dumps(decides).encode()).hexdigest()[:_LENGTH]


def _category(category: Category) -> list[Any]:
    limit = category.threshold
    begins = limit and [_number(limit.value), limit.is_included]
    return [category.code, sorted(category.requires), begins, category.is_reason_required]


def _criterion(criterion: Criterion) -> list[Any]:
    limits = (criterion.maximum, criterion.met_from, criterion.met_to)
    values = sorted(map(_number, criterion.values))
    return [criterion.id, values, [_number(one) for one in limits], criterion.element]


def _field(field: Field) -> list[Any]:
    return [field.id, sorted(field.required_for), sorted(one.code for one in field.choices)]


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
