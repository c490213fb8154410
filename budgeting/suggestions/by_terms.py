"""Suggestions by the words of a name: which rules fire, what they say together, how surely."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from budgeting.marks.model import Confidence
from budgeting.methodologies.model import Category, Stance
from budgeting.model import Text, plural_text, text
from budgeting.suggestions.model import FiredWord, Ground, Suggestion
from budgeting.suggestions.terms import Term, TermRule
from budgeting.suggestions.words import Word, places, words_of

_PRECEDENCE = (Stance.NONE, Stance.PRINCIPAL, Stance.SIGNIFICANT, Stance.UNCLEAR)
_RELEVANT = (Stance.PRINCIPAL, Stance.SIGNIFICANT)


def categories_by_stance(categories: Iterable[Category]) -> dict[Stance, str]:
    """Return the category that a methodology has for each stance; of several, the strongest.

    Provisional categories are never suggested.
    """
    found: dict[Stance, str] = {}
    for category in categories:
        if category.stance is not None and not category.is_queue:
            found.setdefault(category.stance, category.code)
    return found


class TermMatcher:
    """Rules of one or more languages, ready to be asked about many names."""

    def __init__(self, rules: Iterable[TermRule]) -> None:
        self._terms = tuple((rule, term) for rule in rules for term in rule.terms)
        # terms by how their first word begins, so that a word of a name meets few of them
        self._by_beginning: dict[str, list[int]] = defaultdict(list)
        self._inside: list[int] = []
        for number, (_, term) in enumerate(self._terms):
            first = term.phrases[0][0]
            if first.is_open_before:
                self._inside.append(number)
            else:
                self._by_beginning[first.letters].append(number)

    def fired(self, name: str) -> tuple[FiredWord, ...]:
        """Return the words of a name at which rules fire, in the order of the name."""
        words = words_of(name)
        candidates = sorted({number for word in words for number in self._begun_by(word.folded)})
        found = {
            word for number in candidates for word in _fired(*self._terms[number], name, words)
        }
        return tuple(
            sorted(found, key=lambda word: (word.start, word.end, word.language, word.row))
        )

    def _begun_by(self, word: str) -> Iterator[int]:
        """Yield the terms whose first word can be this one."""
        for end in range(1, len(word) + 1):
            yield from self._by_beginning.get(word[:end], ())
        yield from (at for at in self._inside if self._terms[at][1].phrases[0][0].fits(word))

    def suggestion(
        self, name: str, categories: Mapping[Stance, str] | None = None
    ) -> Suggestion | None:
        """Return what the words of a name suggest, None where no rule fires.

        Words for “none” go first, because they name what is bought: a road is a road, also where it
        is called after a woman. Of the others the strongest counts. All that fired are shown.
        """
        words = self.fired(name)
        if not words:
            return None
        stance = min((word.stance for word in words), key=_PRECEDENCE.index)
        confidence, why = _judged(stance, words)
        category = (categories or {}).get(stance)
        return Suggestion(Ground.TERMS, stance, category, confidence, why, words=words)


def _fired(rule: TermRule, term: Term, name: str, words: Sequence[Word]) -> Iterator[FiredWord]:
    met = [list(places(phrase, words)) for phrase in term.phrases]
    if not all(met) or any(_stands(cancelling, words) for cancelling in rule.unless):
        return
    for start, end in (place for found in met for place in found):
        written = name[start:end]
        yield FiredWord(start, end, written, term.written, rule.language, rule.row, rule.stance)


def _stands(term: Term, words: Sequence[Word]) -> bool:
    return all(any(True for _ in places(phrase, words)) for phrase in term.phrases)


def _judged(stance: Stance, words: Sequence[FiredWord]) -> tuple[Confidence, Text]:
    """Return how sure a suggestion is by the words alone, and the sentence that says so."""
    is_relevant = stance in _RELEVANT
    agreeing = {word.start for word in words if (word.stance in _RELEVANT) == is_relevant}
    written = ", ".join(dict.fromkeys(f"“{word.written}”" for word in words))
    if any((word.stance in _RELEVANT) != is_relevant for word in words):
        return Confidence.LOW, text("Its words say different things: {words}.", words=written)
    confidence = Confidence.HIGH if len(agreeing) > 1 else Confidence.MEDIUM
    return confidence, plural_text(
        "One word says so: {words}.", "{count} words say so: {words}.", len(agreeing), words=written
    )
