"""Key figures: the numbers that head a page, each of which opens to what it is exactly.

All of them are one element. As metrics of Streamlit's they would be one each and a container, a
tenth of what a click costs; and their explanations, which open at a mouse only, could not be read
on a telephone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from budgeting.ui.pressed import number


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number in words of the reader's language; what it is exactly opens below it.

    ``numbers`` are the numbers of the value with what each opens to; they stand in its place.
    """

    label: str
    value: str
    explanation: str = ""
    note: str = ""
    numbers: Sequence[tuple[str, Mapping[str, str]]] = ()


def as_html(figures: Iterable[KeyFigure]) -> str:
    """Return figures as they stand beside each other, on a narrow screen below each other."""
    return f'<dl class="key-figures">{"".join(map(_written, figures))}</dl>'


def _written(figure: KeyFigure) -> str:
    value = escape(figure.value)
    if figure.numbers:
        value = " – ".join(number(*one) for one in figure.numbers)
        value += f"<p>{escape(figure.explanation)}</p>" if figure.explanation else ""
    elif figure.explanation:
        explanation = f"<p>{escape(figure.explanation)}</p>"
        value = f"<details><summary>{value}</summary>{explanation}</details>"
    note = f"<p>{escape(figure.note)}</p>" if figure.note else ""
    return f"<div><dt>{escape(figure.label)}</dt><dd>{value}{note}</dd></div>"
