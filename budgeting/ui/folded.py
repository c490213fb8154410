"""Choices that are seldom changed, folded into one line that says what they are.

The line opens in the browser, and each option is a button that `pressed` hears: a page that shows
it pays for one element, and whole sentences break into lines instead of being cut at their end.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape

from budgeting.ui.filters import Choice
from budgeting.ui.kept import Html
from budgeting.ui.pressed import chooses


def folded_html(choices: Sequence[Choice]) -> Html:
    """Return the line with its options; the page must `pressed.listen`."""
    return _folded(tuple(choices))


@lru_cache(maxsize=256)
def _folded(choices: tuple[Choice, ...]) -> Html:
    labels = _joined(choice.label for choice in choices)
    said = _joined(dict(choice.options)[choice.chosen] for choice in choices)
    return Html(
        f'<details class="choices"><summary><span>{labels}</span>'
        f'<span class="said"><span>{said}</span></span></summary>'
        f"{''.join(map(_options, choices))}</details>"
    )


def _joined(words: Iterable[str]) -> str:
    return escape(" · ".join(words))


def _options(choice: Choice) -> str:
    forgotten = dict.fromkeys(choice.forget, "")
    buttons = "".join(
        f'<button type="button" aria-pressed="{str(code == choice.chosen).lower()}" '
        f"{chooses(**{choice.name: code}, **forgotten)}>{escape(words)}</button>"
        for code, words in choice.options
    )
    label = escape(choice.label)
    return (
        f'<p class="asked">{label}</p>'
        f'<div class="options" role="group" aria-label="{label}">{buttons}</div>'
    )
