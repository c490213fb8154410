"""Suggesting: which programmes and lines may pay for a service, by the words of its name."""

from dataclasses import dataclass
from decimal import Decimal

from budgeting.methodologies.model import Subject
from budgeting.model import Direction
from budgeting.services.model import ServiceLine
from budgeting.store import Store
from budgeting.suggestions.similar import alike

LEAST = 0.3  # a name of two words that shares one of them with a programme of three
MOST = 8
_RANK = {Subject.PROGRAMME: 0, Subject.ORGANISATION: 1, Subject.LINE: 2}


@dataclass(frozen=True, slots=True)
class SuggestedLine:
    """Something that may pay for a service: what it is called, and how alike the names are, 0 to 1."""

    line: ServiceLine
    label: str
    similarity: Decimal


def suggested_lines(
    store: Store,
    municipality_code: str,
    name: str,
    fiscal_year: int,
    direction: Direction = Direction.EXPENDITURE,
) -> tuple[SuggestedLine, ...]:
    """Return programmes, organisations and lines of a year with names like that of a service.

    The most alike come first, and of equally alike ones the programme. It is a suggestion: a
    person decides.
    """
    candidates = store.query(
        "service_candidates",
        municipality_code=municipality_code,
        fiscal_year=fiscal_year,
        direction=direction.value,
    ).to_pylist()
    labels = [row["label"] for row in candidates]
    found = [
        SuggestedLine(
            ServiceLine(
                Subject(candidates[one.place]["subject"]),
                candidates[one.place]["subject_code"],
                direction=direction,
            ),
            labels[one.place],
            one.similarity,
        )
        for one in alike([name], labels, LEAST, MOST)[0]
    ]
    return tuple(sorted(found, key=lambda one: (-one.similarity, _RANK[one.line.kind])))
