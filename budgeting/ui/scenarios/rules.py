"""The rules of a municipality for moving money: what they are, adding one, taking one away, files."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

import streamlit as st

from budgeting.access import Action, Identity, is_allowed
from budgeting.model import Column, Direction, Table, Text, text
from budgeting.reports.tables import table
from budgeting.scenarios.consequences import consequences, record_consequences
from budgeting.scenarios.files import rules_in, written_rules
from budgeting.scenarios.rules import RuleSet, rule_set, save_rules
from budgeting.simulation.model import Baseline, Subject, SubjectKind
from budgeting.simulation.rules import Rule, RuleKind, rule_words
from budgeting.ui.filters import capital
from budgeting.ui.frame import plain
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _
from budgeting.ui.simulating.desk import told
from budgeting.ui.tables import report_table

_KINDS: Mapping[RuleKind, Text] = {
    RuleKind.PROTECTED: text("may not change"),
    RuleKind.GIVES: text("may give at most a percentage"),
    RuleKind.LIMIT: text("may change by at most a percentage"),
    RuleKind.GIVES_EACH: text("each may give at most a percentage"),
    RuleKind.LIMIT_EACH: text("each may change by at most a percentage"),
    RuleKind.FLOOR: text("needs at least an amount"),
    RuleKind.CEILING: text("may have at most an amount"),
    RuleKind.BUDGET_CEILING: text("may have at most an amount in the budget of the chosen year"),
    RuleKind.CEILING_SHARE: text("may have at most a percentage of the budget"),
    RuleKind.EARMARKED: text("money of a fund stays in it"),
    RuleKind.WITHIN: text("the balance may change by at most an amount"),
    RuleKind.BALANCED: text("expenditure and revenue change by the same amount"),
}
_OF_PERCENT = (
    RuleKind.GIVES,
    RuleKind.LIMIT,
    RuleKind.GIVES_EACH,
    RuleKind.LIMIT_EACH,
    RuleKind.CEILING_SHARE,
)
_OF_AMOUNT = (RuleKind.FLOOR, RuleKind.CEILING, RuleKind.BUDGET_CEILING, RuleKind.WITHIN)
_OF_EACH = (RuleKind.GIVES_EACH, RuleKind.LIMIT_EACH)
_OF_ALL = (RuleKind.BALANCED, RuleKind.WITHIN)
_SUBJECTS: Mapping[SubjectKind, Text] = {
    SubjectKind.PROGRAMME: text("programme"),
    SubjectKind.ORGANISATION: text("organisation"),
    SubjectKind.ECONOMIC_CLASS: text("economic class"),
    SubjectKind.FUND: text("fund"),
    SubjectKind.SERVICE: text("service"),
    SubjectKind.LINE: text("budget line"),
}
_EVERY = ""
_WIDTHS = {"demand": 300, "reason": 300, "source": 200}  # pixels; words run over lines


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose rules are set, by whom, and the budget whose names are offered."""

    who: Identity
    municipality: str
    baseline: Baseline
    rules: RuleSet

    @property
    def may_set(self) -> bool:
        """Whether the reader may set rules."""
        return is_allowed(self.who.role, Action.SET_RULES)

    @property
    def key(self) -> str:
        """What widgets are named after: a version, so that a change begins anew."""
        return f"{self.municipality}_{self.rules.version}_{language().code}"

    def save(self, rules: tuple[Rule, ...], note: str) -> None:
        """Replace the rules; why that is impossible is said at the top of the page."""
        with told():
            save_rules(
                open_store(), self.who, self.municipality, rules, note, seen=self.rules.version
            )


def desk_of(who: Identity, municipality: str, baseline: Baseline) -> Desk:
    """Return the desk of a municipality."""
    return Desk(who, municipality, baseline, rule_set(open_store(), municipality))


def show(desk: Desk) -> None:
    """Show the rules, and what may be done with the one that is chosen."""
    rules = desk.rules.rules
    chosen = report_table(
        _table(desk), widths=_WIDTHS, wraps=True, on_select="rerun", key=f"rules_{desk.key}"
    )
    if not chosen:
        return
    place = chosen[0]
    st.markdown(plain(_in_full(desk, rules[place])))
    if not desk.may_set:
        return
    st.button(
        _("Take the chosen rule away"),
        icon=":material/remove:",
        on_click=desk.save,
        args=(
            (*rules[:place], *rules[place + 1 :]),
            _("taken away: {code}", code=rules[place].code),
        ),
    )
    _ask_change(desk, place)


def _in_full(desk: Desk, rule: Rule) -> str:
    """Return a rule with its reason and source: a narrow table cuts them off."""
    demand = rule_words(rule, _label(desk, rule), desk.baseline.currency_code)
    source = f"({rule.source})" if rule.source else ""
    return " ".join(part for part in (language().say(demand), rule.reason, source) if part)


def _ask_change(desk: Desk, place: int) -> None:
    """Ask for another figure, reason and source of a rule; what it demands and of what stays."""
    rule, key = desk.rules.rules[place], partial(key_of, desk)
    with st.expander(_("Change the chosen rule"), icon=":material/edit:", expanded=True):
        _ask_figure(desk, rule.kind, rule, f"{place}_")
        reason, source = key(f"{place}_reason"), key(f"{place}_source")
        st.text_input(_("Reason, as readers see it"), rule.reason, max_chars=200, key=reason)
        st.text_input(_("Law, decision or link"), rule.source, max_chars=200, key=source)
        st.caption(_("The rules become a new version; scenarios say which one they keep to."))
        st.button(_("Change this rule"), on_click=_change, args=(desk, place), key=key("change"))


def _change(desk: Desk, place: int) -> None:
    rules = desk.rules.rules
    old = rules[place]
    amount, percent = _figures(desk, old.kind, f"{place}_")
    new = replace(
        old,
        amount=amount,
        percent=percent,
        reason=str(held(desk, f"{place}_reason") or "").strip(),
        source=str(held(desk, f"{place}_source") or "").strip(),
    )
    desk.save((*rules[:place], new, *rules[place + 1 :]), _("changed: {code}", code=old.code))


def _ask_figure(desk: Desk, kind: RuleKind, now: Rule | None = None, of: str = "") -> None:
    """Ask for the figure that a kind of rule has; it begins with what the rule has now."""
    percent, amount = (now.percent, now.amount) if now else (None, None)
    if kind in _OF_PERCENT:
        value, key = float(percent if percent is not None else 10), key_of(desk, f"{of}percent")
        st.number_input(_("Per cent"), 0.0, 100.0, value, step=1.0, key=key)
    if kind in _OF_AMOUNT:
        label = _("Amount ({currency})", currency=desk.baseline.currency_code)
        value, key = float(amount or 0), key_of(desk, f"{of}amount")
        st.number_input(label, 0.0, value=value, step=1_000.0, key=key)


def _figures(desk: Desk, kind: RuleKind, of: str = "") -> tuple[Decimal | None, Decimal | None]:
    """Return the amount and the percentage that `_ask_figure` holds."""
    amount, percent = held(desk, f"{of}amount"), held(desk, f"{of}percent")
    return (
        Decimal(str(amount)) if kind in _OF_AMOUNT else None,
        Decimal(str(percent)) if kind in _OF_PERCENT else None,
    )


def _table(desk: Desk) -> Table:
    say, baseline = language().say, desk.baseline
    columns = (
        Column("demand", text("rule")),
        Column("reason", text("reason")),
        Column("source", text("source")),
    )
    rows = [
        {
            "demand": say(rule_words(rule, _label(desk, rule), baseline.currency_code)),
            "reason": rule.reason,
            "source": rule.source,
        }
        for rule in desk.rules.rules
    ]
    return table(columns, rows)


def _label(desk: Desk, rule: Rule) -> str:
    subject = rule.subject
    if subject.code:
        return desk.baseline.label_of(subject)
    if subject.kind is SubjectKind.ALL:
        return _("Each budget line")
    return _("Each {kind}", kind=language().say(_SUBJECTS[subject.kind]))


def ask_rule(desk: Desk) -> None:
    """Ask for one more rule, and add it when the reader says so."""
    if not desk.may_set:
        return
    say = language().say
    with st.expander(_("Add a rule")):
        kind = st.selectbox(
            _("What it demands"),
            list(_KINDS),
            format_func=lambda one: capital(say(_KINDS[one])),
            key=key_of(desk, "kind"),
        )
        if kind not in _OF_ALL:
            is_fund = kind is RuleKind.EARMARKED
            ask_subject(desk, "rule", is_fund=is_fund, with_each=is_fund or kind in _OF_EACH)
        _ask_figure(desk, kind)
        st.text_input(_("Reason, as readers see it"), max_chars=200, key=key_of(desk, "reason"))
        st.text_input(_("Law, decision or link"), max_chars=200, key=key_of(desk, "source"))
        st.button(
            _("Add this rule"), type="primary", on_click=_add, args=(desk,), key=key_of(desk, "add")
        )


def ask_subject(desk: Desk, name: str, *, is_fund: bool = False, with_each: bool = False) -> None:
    """Ask what something is about: each of a kind, or one of them."""
    say = language().say
    has = [one for one in _SUBJECTS if desk.baseline.subjects(one, Direction.EXPENDITURE)]
    kinds = [SubjectKind.FUND] if is_fund else has
    left, right = st.columns([1, 3])
    with left:
        kind = st.selectbox(
            _("Of what"),
            kinds,
            format_func=lambda one: capital(say(_SUBJECTS[one])),
            key=key_of(desk, f"{name}_subject_kind"),
        )
    options = {
        one.code: desk.baseline.label_of(one)
        for one in desk.baseline.subjects(kind, Direction.EXPENDITURE)
    }
    with right:
        st.selectbox(
            _("Which"),
            [*([_EVERY] if with_each else []), *options],
            format_func=lambda code: options[code] if code else _("each of them"),
            filter_mode="fuzzy",
            key=key_of(desk, f"{name}_subject_code"),
        )


def _add(desk: Desk) -> None:
    kind = RuleKind(str(held(desk, "kind")))
    codes = {rule.code for rule in desk.rules.rules}
    code = next(
        f"{kind}-{number}" for number in range(1, 10_000) if f"{kind}-{number}" not in codes
    )
    rule = Rule(
        code,
        kind,
        Subject(SubjectKind.ALL) if kind in _OF_ALL else subject_in(desk, "rule"),
        *_figures(desk, kind),
        str(held(desk, "reason") or "").strip(),
        str(held(desk, "source") or "").strip(),
        desk.baseline.fiscal_year if kind is RuleKind.BUDGET_CEILING else None,
    )
    desk.save((*desk.rules.rules, rule), _("added: {code}", code=code))


def subject_in(desk: Desk, name: str) -> Subject:
    """Return what `ask_subject` holds."""
    kind, code = held(desk, f"{name}_subject_kind"), held(desk, f"{name}_subject_code")
    return Subject(SubjectKind(str(kind)), str(code or ""))


def key_of(desk: Desk, name: str) -> str:
    """Return the key of a field."""
    return f"{name}_{desk.key}"


def held(desk: Desk, name: str) -> object:
    """Return what a field holds now."""
    return st.session_state.get(key_of(desk, name))


def exchange_files(desk: Desk) -> None:
    """Offer the rules and consequences as one text file, and take such a file in their place."""
    written = partial(_written, desk)
    with st.expander(_("Rules as a file")):
        st.caption(
            _("A text file (TOML) that can be edited, kept, and given to another municipality.")
        )
        st.download_button(
            _("Download the rules"),
            data=written,
            file_name=f"rules_{desk.municipality}.toml",
            mime="application/toml",
            on_click="ignore",
            icon=":material/download:",
        )
        if desk.may_set:
            key = key_of(desk, "file")
            st.file_uploader(
                _("Rules from a file, in place of these"),
                type="toml",
                key=key,
                on_change=_take,
                args=(desk, key),
            )


def _written(desk: Desk) -> bytes:
    return written_rules(desk.rules.rules, consequences(open_store(), desk.municipality)).encode()


def _take(desk: Desk, key: str) -> None:
    file = st.session_state[key]
    if file is None:
        return
    with told():
        rules, found = rules_in(file.name, file.getvalue().decode(errors="replace"))
        desk.save(rules, _("from the file {name}", name=file.name))
        if found:
            record_consequences(open_store(), desk.who, desk.municipality, found)
