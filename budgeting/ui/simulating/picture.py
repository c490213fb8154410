"""What a scenario changes: the balance meter, the measures side by side, the services that it touches."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from html import escape
from typing import Any

import streamlit as st

from budgeting.model import ExactMoney, Money, MoneyChange, Report, Text, plural_text, text
from budgeting.names import consequence_name, measure_name, movement_name
from budgeting.reports.scenarios.carried import words_of
from budgeting.reports.scenarios.years import Growth, next_years
from budgeting.translations import Language
from budgeting.ui import palette
from budgeting.ui.filters import capital
from budgeting.ui.frame import plain
from budgeting.ui.session import language
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table

STYLE = """<style>
.measures {width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
.measures th {text-align:right;font-weight:400;opacity:.75;padding:.15rem .5rem}
.measures td {text-align:right;white-space:nowrap;padding:.25rem .5rem;
border-top:1px solid rgba(128,128,128,.25)}
.measures th:first-child,.measures td:first-child {text-align:left;white-space:normal;padding-left:0}
.measures .bar {width:16%;min-width:4rem;padding:0}
.measures .half {display:flex}
.measures .half>i {flex:1;height:.8rem;display:flex}
.measures .half>i:first-child {justify-content:flex-end;border-right:1px solid currentColor}
.measures .half b {display:block;height:100%}
[data-testid="stLayoutWrapper"]:has(> .st-key-meter) {position:sticky;top:3.5rem;z-index:9}
.st-key-meter {background:var(--st-background-color, Canvas)}
[data-testid="stButtonGroup"] [role="radiogroup"] {flex-wrap:wrap}
.meter {display:flex;flex-wrap:wrap;gap:.25rem 2rem;align-items:baseline;padding:.5rem .75rem;
border-radius:.5rem;border:1px solid rgba(128,128,128,.35)}
.meter strong {font-variant-numeric:tabular-nums}
@media (max-width:640px) {.measures td,.measures th {padding:.2rem}
.measures .bar,.measures td:nth-child(2),.measures th:nth-child(2) {display:none}}
</style>"""
_CENT = Decimal("0.01")
_COLOURS = {"benefit_female": palette.WOMEN, "benefit_male": palette.MEN}


def meter(shown: Report, *, is_trying: bool = False) -> None:
    """Show whether the budget balances and how many rules are broken, always in the same place.

    `is_trying` where a move counts that is not made yet.
    """
    facts, words = shown.facts, language()
    currency = facts["currency"]
    parts = [
        (
            _("Would be moved") if is_trying else _("Moved"),
            words.round_money(Money(facts["moved"], currency)),
        ),
        (
            _("Expenditure"),
            words.money_change(MoneyChange(facts["expenditure"].difference, currency)),
        ),
        (_("Revenue"), words.money_change(MoneyChange(facts["revenue"].difference, currency))),
        (_("Balance"), words.say(_balance(facts))),
        *_for_each_resident(facts, words),
        (_("Rules"), words.say(_rules(facts["breach_count"]))),
    ]
    cells = "".join(
        f"<span>{escape(label)} <strong>{escape(value)}</strong></span>" for label, value in parts
    )
    st.html(f'{STYLE}<div class="meter" role="status">{cells}</div>')


def _balance(facts: Any) -> Text:
    short = facts["overspent"]
    if short is None:
        return text("revenue not known")
    if not short:
        return text("✓ kept")
    amount = Money(abs(short), facts["currency"])
    if not facts["is_balance_broken"]:
        if short > 0:
            return text("{amount} more is spent, as the rules allow", amount=amount)
        return text("{amount} is left over, as the rules allow", amount=amount)
    if short > 0:
        return text("✗ {amount} too much is spent", amount=amount)
    return text("✗ {amount} is left over", amount=amount)


def _for_each_resident(facts: Any, words: Language) -> list[tuple[str, str]]:
    """Return what the balance costs, or leaves, each resident; nothing where it is kept or not known."""
    short, people = facts["overspent"], facts["people"]
    if not short or not people:
        return []
    each = MoneyChange((short / people).quantize(_CENT, ROUND_HALF_UP), facts["currency"])
    return [(_("For each resident"), words.money_change(each))]


def _rules(count: int) -> Text:
    if not count:
        return text("✓ all kept")
    return plural_text("✗ {count} broken", "✗ {count} broken", count)


def headed_measures(shown: Report, *, is_trying: bool = False) -> None:
    """Show the finding, and under it the measures; one element, since it is drawn at every step.

    `is_trying` where a move counts that is not made yet.
    """
    note = _("With the move that you are preparing, which is not made yet.") if is_trying else ""
    told = f"<p>{escape(note)}</p>" if note else ""
    st.html(f"<h3>{escape(language().say(finding(shown)))}</h3>{told}{_measures(shown)}")


def measures(shown: Report) -> None:
    """Show baseline, scenario and difference of each measure, with bars for what women and men have."""
    st.html(_measures(shown))


def _measures(shown: Report) -> str:
    rows = shown.tables["money"].rows.to_pylist()
    words, currency = language(), shown.facts["currency"]
    largest = max((abs(row["difference"]) for row in rows), default=Decimal(0))
    head = (_("Measure"), _("Budget as it is"), _("Scenario"), _("Difference"), "")
    cells = "".join(f'<th scope="col">{escape(one)}</th>' for one in head)
    body = "".join(_row(row, words, currency, largest) for row in rows)
    table = f'<table class="measures"><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>'
    return table + _carried(shown)


def _carried(shown: Report) -> str:
    """Return as of which year users are, where it is not the budget's own; nothing else."""
    told = words_of(shown.facts["use_as_in"])
    if told is None:
        return ""
    year = shown.parameters["year"]
    sentence = text("{users}: for {year} nobody has recorded them yet.", users=told, year=year)
    return f"<p><small>{escape(language().say(sentence))}</small></p>"


def _row(row: Any, words: Language, currency: str, largest: Decimal) -> str:
    name = capital(words.say(measure_name(row["measure"])))
    amounts = [
        "" if row[side] is None else _round_money(words, row[side], currency)
        for side in ("baseline", "scenario")
    ]
    change = row["difference"]
    amounts.append(words.money_change(MoneyChange(change, currency)) if change else "–")
    cells = "".join(f"<td>{escape(one)}</td>" for one in amounts)
    colour = _COLOURS.get(row["measure"], palette.SEX_UNKNOWN)
    bar = f'<td class="bar" aria-hidden="true">{_bar(change, largest, colour)}</td>'
    return f"<tr><td>{escape(name)}</td>{cells}{bar}</tr>"


@lru_cache(maxsize=256)  # most amounts stay from step to step
def _round_money(words: Language, amount: Decimal, currency: str) -> str:
    return words.round_money(Money(amount, currency))


def _bar(change: Decimal, largest: Decimal, colour: str) -> str:
    width = float(100 * abs(change) / largest) if largest else 0.0
    filled = f'<b style="width:{width:.1f}%;background:{colour}"></b>'
    less, more = (filled, "") if change < 0 else ("", filled)
    return f'<span class="half"><i>{less}</i><i>{more}</i></span>'


def finding(shown: Report) -> Text:
    """Return the sentence that heads the measures."""
    facts = shown.facts
    women, men = facts["women"], facts["men"]
    if women is None or men is None:
        return text("Who has the benefit of these services is not known")
    if not women.difference and not men.difference:
        return text("Nothing changes for women or men")
    values = {
        "women": MoneyChange(women.difference, facts["currency"]),
        "men": MoneyChange(men.difference, facts["currency"]),
    }
    return text("Women’s benefit changes by {women}, men’s by {men}", **values)


def broken_rules(shown: Report) -> None:
    """Show each rule that the scenario breaks, with its reason."""
    found = shown.tables["breaches"]
    if found.rows.num_rows:
        st.subheader(_("Rules that this breaks"), anchor=False)
        for sentence in _breach_sentences(shown, found.rows.to_pylist()):
            st.warning(plain(sentence), icon=":material/rule:")


def _breach_sentences(shown: Report, rows: Sequence[Any]) -> list[str]:
    words, currency = language(), shown.facts["currency"]
    found = []
    for row in rows[:_MOST_BREACHES]:
        by = text("It is missed by {amount}.", amount=ExactMoney(row["beyond"], currency))
        why = f"{row['reason']} ({row['source']})" if row["source"] else row["reason"]
        found.append(" ".join(part for part in (row["demand"], words.say(by), why) if part))
    if len(rows) > _MOST_BREACHES:
        rest = len(rows) - _MOST_BREACHES
        found.append(
            words.say(plural_text("And {count} more rule.", "And {count} more rules.", rest))
        )
    return found


_MOST_BREACHES = 5


def what_follows(shown: Report) -> None:
    """Show what people have written down that these changes bring about, and the services touched."""
    if shown.tables["lines"].rows.num_rows or shown.tables["services"].rows.num_rows:
        st.html(_consequences(shown) + _services(shown))


def _consequences(shown: Report) -> str:
    rows = shown.tables["consequences"].rows.to_pylist()
    if not shown.tables["lines"].rows.num_rows:
        return ""
    if not rows:
        nothing = _("No consequence is recorded for what changes here.")
        return f"<p>{escape(nothing)}</p>"
    told = (
        text(
            "{subject}, {movement}: {words} ({kind}; {source})",
            subject=row["subject"],
            movement=movement_name(row["movement"]),
            words=row["words"],
            kind=consequence_name(row["consequence"]),
            source=row["source"],
        )
        for row in rows
    )
    return _listed(text("What people say it brings about"), told)


def _services(shown: Report) -> str:
    """Return the services whose money or users change: a sentence for each."""
    rows = shown.tables["services"].rows.to_pylist()
    if not rows:
        return ""
    title = plural_text("{count} service is touched", "{count} services are touched", len(rows))
    return _listed(
        title, (_service_words(row, shown.facts["currency"]) for row in rows[:_MOST_SERVICES])
    )


def _listed(title: Text, told: Iterable[Text]) -> str:
    say = language().say
    items = "".join(f"<li>{escape(say(one))}</li>" for one in told)
    return f"<h3>{escape(say(title))}</h3><ul>{items}</ul>"


def years(shown: Report) -> None:
    """Show the scenario carried over the next years, with growth rates that the reader sets."""
    st.caption(_("Every move lasts, and everything else grows at the rates that you set."))
    left, right = st.columns(2)
    with left:
        spent = _ask_rate(_("Expenditure grows a year, per cent"), "growth_spent")
    with right:
        received = _ask_rate(_("Revenue grows a year, per cent"), "growth_received")
    report_table(next_years(shown, Growth(spent, received)))
    st.html(_carried(shown))


def _ask_rate(label: str, key: str) -> Decimal:
    return Decimal(str(st.number_input(label, -50.0, 50.0, 0.0, step=0.5, key=key))) / 100


_MOST_SERVICES = 8


def _service_words(row: Any, currency: str) -> Text:
    """Return what happens to one service."""
    values = {
        "name": row["name"],
        "money": MoneyChange(row["money"], currency),
        "people": _people(row),
        "index": _index(row),
        "grade": row["grade"] or text("without a grade"),
    }
    if row.get("use_as_in"):
        return text(
            "{name}: {money}. {people} {index} Data grade: {grade}, users as in {year}.",
            **values,
            year=row["use_as_in"],
        )
    return text("{name}: {money}. {people} {index} Data grade: {grade}.", **values)


def _people(row: Any) -> Text:
    people, low, high = row["people"], row["women_low"], row["women_high"]
    if people is None:
        return text("How many people that serves is not known.")
    count = abs(round(people))
    values = {"least": abs(round(low or 0)), "most": abs(round(high or 0))}
    if people < 0:
        if low is None:
            return plural_text(
                "{count} person fewer is served.", "{count} people fewer are served.", count
            )
        return plural_text(
            "{count} person fewer is served, of them {most} women if as today.",
            "{count} people fewer are served, of them {most} women if as today.",
            count,
            **values,
        )
    held = (
        text("that is all who are in need") if row["is_capped"] == "yes" else text("need allows it")
    )
    if low is None:
        return plural_text(
            "{count} person more is served; {held}.",
            "{count} people more are served; {held}.",
            count,
            held=held,
        )
    return plural_text(
        "{count} person more is served, {least} to {most} of them women, by who comes next; {held}.",
        "{count} people more are served, {least} to {most} of them women, by who comes next; {held}.",
        count,
        **values,
        held=held,
    )


def _index(row: Any) -> Text:
    before, after = row["index"], row["index_after"]
    if before is None or after is None:
        return text("Whether women use it by their part is not ranked.")
    if before == after:
        return text("Representation index {index}.", index=Decimal(before))
    return text(
        "Representation index {before} → {after}.", before=Decimal(before), after=Decimal(after)
    )
