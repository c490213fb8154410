"""Lines: which rows are budget lines, which totals and headings; the file's own totals decide."""

import re
from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np

from budgeting.imports.guessing.candidates import amount_columns, candidates_for
from budgeting.imports.guessing.classes import Class
from budgeting.imports.guessing.draft import Draft
from budgeting.imports.guessing.evidence import Column
from budgeting.imports.guessing.trials import Trial, tried
from budgeting.imports.guessing.word_totals import WordTotals, has_money
from budgeting.imports.sheets.sheet import Truths
from budgeting.imports.words.heading_words import heading_of
from budgeting.model import text

_MOST_ROWS = 20_000
_FEW = 3


def draft_lines(
    draft: Draft, classes: list[Class], label: Column | None, totals: WordTotals
) -> Truths:
    """Put [structure] and [[row]] into the draft so that the printed totals add up best."""
    candidates = list(candidates_for(draft, classes, label, totals))
    is_large = draft.evidence.count > _MOST_ROWS
    if is_large and not totals.by_column and not _has_headings(draft, label):
        return ~totals.is_total
    trials = [
        trial
        for number, entries in enumerate(candidates)
        if (trial := _tried(draft, entries, number, label)) is not None
    ]
    is_needed = _are_totals(draft, classes, totals, trials) or _has_headings(draft, label)
    usable = [t for t in trials if t.entries or not is_needed]
    usable = [t for t in usable if not t.entries or is_needed or _is_confirmed(t)]
    if not usable:
        return ~totals.is_total
    best = max(usable, key=lambda trial: trial.merit)
    if not best.lines.any():
        return ~totals.is_total
    draft.entries |= best.entries
    if best.agreeing or best.wrong:
        draft.note(
            text(
                "{agreeing} printed figures of totals are re-added exactly, {wrong} are not.",
                agreeing=best.agreeing,
                wrong=best.wrong,
            )
        )
    return best.lines


def _are_totals(
    draft: Draft, classes: list[Class], totals: WordTotals, trials: list[Trial]
) -> bool:
    """Tell whether rows that say total are totals: they lack codes that lines have, or they add up."""
    if not totals.by_column:
        return False
    coded = [one.code for one in classes if one.code.is_codes]
    lacks = [~c.has_text[totals.is_total] for c in coded if c.filled > 0.5 * draft.evidence.count]
    if not coded or any(rows.any() for rows in lacks):
        return True
    return any(_is_confirmed(trial) for trial in trials)


def _is_confirmed(trial: Trial) -> bool:
    return trial.agreeing >= 1 and trial.agreeing > trial.wrong


def _has_headings(draft: Draft, label: Column | None) -> bool:
    if label is None:
        return False
    money = amount_columns(draft)
    silent = ~has_money(money) & label.has_text
    return int(silent.sum()) > _FEW


def _tried(
    draft: Draft, entries: dict[str, Any], number: int, label: Column | None
) -> Trial | None:
    unclear = [c for c in draft.evidence.columns if c.is_figures and c.figures.is_ambiguous]
    styles = {column.name: column.figures.style for column in unclear}
    name = label.name if label else None
    found = tried(draft.evidence.table, draft.entries | entries, name, styles)
    return replace(found, entries=entries, weight=number) if found else None


def draft_headings(draft: Draft, label: Column | None, lines: Truths, money: list[Column]) -> None:
    """Take headings for organisations, programmes and activities where no column says these."""
    if label is None or "structure" not in draft.entries:
        return
    places = np.flatnonzero(~has_money(money) & label.has_text & ~lines)
    texts = list(dict.fromkeys(label.text.at(int(place)) for place in places))
    known = {block["dimension"] for block in draft.entries.get("classification", [])}
    begins: dict[str, Counter[str]] = {}
    plain: list[str] = []
    for written in texts:
        found = heading_of(written)
        if found:
            begins.setdefault(found[0], Counter())[_begin(written, found)] += 1
        else:
            plain.append(written)
    blocks = _heading_blocks(begins, plain, known)
    for block in blocks:
        draft.note(
            text("Headings above the lines say it: {example}.", example=texts[0][:60]),
            label,
            text("Check which headings are organisations, programmes and activities."),
        )
        draft.entries.setdefault("classification", []).insert(0, block)
    draft.entries.get("classification", []).sort(key=lambda b: _RANK[b["dimension"]])


_RANK = {"organisation": 0, "programme": 1, "function": 2, "economic_class": 3, "fund": 4}
_CODE = r"[\s.:№–-]*(?P<code>[\w.-]*\d[\w.-]*)?[\s.:–-]*(?P<label>.*)$"


def _begin(written: str, found: tuple[str, str, str]) -> str:
    """Return the words with which a heading begins, before its code or its own words."""
    _, code, rest = found
    end = written.find(code) if code else written.find(rest)
    begin = written[:end] if end > 0 else written.split(maxsplit=1)[0]
    return re.sub(r"[\s.:№–-]+$", "", begin).strip().lower()


def _heading_blocks(
    begins: dict[str, Counter[str]], plain: list[str], known: set[str]
) -> list[dict[str, Any]]:
    blocks = []
    programme = [
        {"heading": _heading(begins[name])} for name in ("programme", "activity") if name in begins
    ]
    if programme and "programme" not in known:
        blocks.append({"dimension": "programme", "levels": programme})
    organisation = (
        [{"heading": _heading(begins["organisation"])}] if "organisation" in begins else []
    )
    if not organisation and len(plain) > 1:
        words = [word for counter in begins.values() for word in counter]
        other = f"(?!.*(?:{'|'.join(map(re.escape, words))}))" if words else ""
        organisation = [{"heading": rf"(?i)^{other}(?P<label>.*[^\W\d_]{{3}}.*)$"}]
    if organisation and "organisation" not in known:
        blocks.append({"dimension": "organisation", "levels": organisation})
    return blocks


def _heading(begins: Counter[str]) -> str:
    longest_first = sorted(begins, key=len, reverse=True)
    words = "|".join(r"\s+".join(map(re.escape, begin.split())) for begin in longest_first)
    return rf"(?i)(?:{words}){_CODE}"
