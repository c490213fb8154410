"""What a methodology says that cannot be true together: noted with the entry that says it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from budgeting.methodologies.entries import Entries
from budgeting.methodologies.model import Category, Methodology, RuleKind
from budgeting.model import Exact, Text, text

Fault = tuple[str, Text]


def note_contradictions(methodology: Methodology, top: Entries) -> None:
    """Note every contradiction of a methodology that was read without faults."""
    for check in (_parts, _names, _dates, _rule, _conventions):
        for key, reason in check(methodology):
            top.fault(key, reason)


def _parts(methodology: Methodology) -> Iterator[Fault]:
    """What each kind of rule has, and what it has not."""
    kind = methodology.rule
    is_checklist, is_lookup = kind is RuleKind.CHECKLIST, kind is RuleKind.LOOKUP
    has_score = kind is RuleKind.BANDS or methodology.is_points_checklist
    for key, part, is_needed, is_allowed in (
        ("category", methodology.categories, True, True),
        ("convention", methodology.conventions, True, True),
        ("criterion", methodology.criteria, is_checklist, is_checklist),
        ("element", methodology.elements, False, methodology.is_points_checklist),
        ("score", methodology.score, kind is RuleKind.BANDS, has_score),
        ("entry", methodology.table, is_lookup, is_lookup),
        ("judgement_allowed", methodology.is_judgement_allowed, False, is_lookup),
    ):
        if is_needed and not part:
            yield key, text("A rule of the kind “{kind}” needs this.", kind=kind)
        if part and not is_allowed:
            yield key, text("A rule of the kind “{kind}” has no place for this.", kind=kind)


def _names(methodology: Methodology) -> Iterator[Fault]:
    """Codes and ids are there once, and what is referred to is there."""
    criteria = [criterion.id for criterion in methodology.criteria]
    elements = [element.id for element in methodology.elements]
    codes = [category.code for category in methodology.categories]
    keys = [key for entry in methodology.table for key in entry.keys]
    for part, names in (
        ("criterion", criteria),
        ("element", elements),
        ("category", codes),
        ("entry", keys),
        ("target", [target.name for target in methodology.targets]),
        ("field", [field.id for field in methodology.fields]),
        ("expense", [expense.id for expense in methodology.expenses]),
        ("expense", _expense_codes(methodology)),
    ):
        yield from _repeated(part, names)
    for place, category in enumerate(methodology.categories, start=1):
        for entry, named in (("requires", category.requires), ("asks", category.asks)):
            yield from _unknown(f"category[{place}].{entry}", named, criteria)
    for place, criterion in enumerate(methodology.criteria, start=1):
        named = (criterion.element,) if criterion.element else ()
        yield from _unknown(f"criterion[{place}].element", named, elements)
    for place, field in enumerate(methodology.fields, start=1):
        yield from _unknown(f"field[{place}].required_for", field.required_for, codes)
        yield from _repeated(f"field[{place}].choice", [one.code for one in field.choices])
    for place, row in enumerate(methodology.table, start=1):
        yield from _unknown(f"entry[{place}].category", (row.category,), codes)
    for place, target in enumerate(methodology.targets, start=1):
        known = list(methodology.conventions)
        yield from _unknown(f"target[{place}].convention", (target.convention,), known)


def _expense_codes(methodology: Methodology) -> list[str]:
    """Return the economic codes that are in classes of expense, each with its country."""
    return [
        f"{country} {code}"
        for expense in methodology.expenses
        for country, codes in expense.codes.items()
        for code in codes
    ]


def _repeated(key: str, names: Iterable[str]) -> Iterator[Fault]:
    for name, count in Counter(names).items():
        if count > 1:
            yield key, text("“{name}” is there twice.", name=name)


def _unknown(key: str, named: Iterable[str], known: list[str]) -> Iterator[Fault]:
    for name in named:
        if name not in known:
            yield (
                key,
                text(
                    "“{name}” is not there. There are: {known}.", name=name, known=", ".join(known)
                ),
            )


def _dates(methodology: Methodology) -> Iterator[Fault]:
    first, last = methodology.valid_from, methodology.valid_to
    if first and last and last < first:
        yield "valid_to", text("It ends before it begins.")


def _rule(methodology: Methodology) -> Iterator[Fault]:
    """Categories can all be reached, the strongest first."""
    has_scale = methodology.score is not None
    is_ticked = methodology.rule is RuleKind.CHECKLIST and not has_scale
    *stronger, weakest = (*enumerate(methodology.categories, start=1),) or ((1, None),)
    for place, category in stronger:
        key = f"category[{place}]"
        if has_scale == (category.threshold is None):
            yield f"{key}.from", _needs(has_scale)
        if is_ticked != bool(category.requires):
            yield f"{key}.requires", _needs(is_ticked)
    place, last = weakest
    if last is not None and (last.threshold or last.requires):
        yield (
            f"category[{place}]",
            text(
                "The last category is the weakest: it is given where no other is, so it has no condition."
            ),
        )
    yield from _scale(methodology)


def _needs(is_needed: bool) -> Text:
    if is_needed:
        return text("Every category but the last needs this, the strongest first.")
    return text("This rule has no place for it.")


def _scale(methodology: Methodology) -> Iterator[Fault]:
    if methodology.score is None:
        return
    maximum = methodology.score.maximum
    limited = [category for category in methodology.categories if category.threshold]
    for place, category in enumerate(limited, start=1):
        if category.threshold and category.threshold.value > maximum:
            yield (
                f"category[{place}].from",
                text(
                    "It begins beyond the scale, which ends at {maximum}.", maximum=Exact(maximum)
                ),
            )
    for place, (above, below) in enumerate(pairwise(limited), start=2):
        if _order(below) >= _order(above):
            yield (
                f"category[{place}].from",
                text("It begins no lower than the category before it, so nothing could reach it."),
            )
    if methodology.criteria and _most_points(methodology) != maximum:
        yield (
            "score.maximum",
            text(
                "The criteria add up to {sum}, not to {maximum}.",
                sum=Exact(_most_points(methodology)),
                maximum=Exact(maximum),
            ),
        )


def _order(category: Category) -> tuple[Decimal, bool]:
    threshold = category.threshold
    return (threshold.value, not threshold.is_included) if threshold else (Decimal(-1), False)


def _most_points(methodology: Methodology) -> Decimal:
    limits = {element.id: element.maximum for element in methodology.elements}
    most = dict.fromkeys(limits, Decimal(0))
    for criterion in methodology.criteria:
        name = criterion.element or criterion.id
        most[name] = most.get(name, Decimal(0)) + criterion.maximum
    return sum((min(one, limits.get(name, one)) for name, one in most.items()), Decimal(0))


def _conventions(methodology: Methodology) -> Iterator[Fault]:
    """Every category has a coefficient from 0 to 1."""
    codes = [category.code for category in methodology.categories]
    for place, convention in enumerate(methodology.conventions.values(), start=1):
        key = f"convention[{place}].coefficients"
        yield from _unknown(key, convention.coefficients, codes)
        for code in codes:
            if code not in convention.coefficients:
                yield key, text("“{code}” has no coefficient.", code=code)
        for code, coefficient in convention.coefficients.items():
            if coefficient > 1:
                yield f"{key}.{code}", text("A coefficient is between 0 and 1.")
        if convention.is_of_score and methodology.score is None:
            yield f"convention[{place}].of_score", text("There is no score to take it from.")
