"""Key figures: the numbers that head a page, each of which opens to what it is exactly.

All of them are one element. As metrics of Streamlit's they would be one each and a container, a
tenth of what a click costs; and their explanations, which open at a mouse only, could not be read
on a telephone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from budgeting.ui.pressed import number

# what Streamlit says of lists and their parts is taken back by name
_STYLE = """<style>
dl.key-figures{display:flex;flex-wrap:wrap;gap:.75rem 1rem;margin:0!important;padding:0!important}
dl.key-figures>div{flex:1 1 8.5rem}
dl.key-figures dt{font-size:.875rem;font-weight:400}
dl.key-figures dd{font-size:1.4rem;line-height:1.5;margin:0!important}
dl.key-figures summary{cursor:pointer;list-style:none;display:inline-block;position:relative;
  padding-right:1.3rem;white-space:nowrap}
dl.key-figures summary::after{content:"";position:absolute;right:.35rem;bottom:.75rem;width:.4rem;
  height:.4rem;border:solid currentColor;border-width:0 2px 2px 0;rotate:45deg}
dl.key-figures [open]>summary::after{rotate:225deg;bottom:.55rem}
dl.key-figures button{all:unset;cursor:pointer;border-radius:2px}
dl.key-figures button:hover{text-decoration:underline;text-decoration-thickness:2px;text-underline-offset:4px}
dl.key-figures button:focus-visible{outline:2px solid currentColor!important;outline-offset:3px}
dl.key-figures p{font-size:.875rem;line-height:1.4;margin:0;max-width:24rem}
</style>"""


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
    return f'{_STYLE}<dl class="key-figures">{"".join(map(_written, figures))}</dl>'


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
