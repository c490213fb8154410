"""The definition: name, kind, for whom it is meant, and saving it with what pays for it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import streamlit as st

from budgeting.errors import BudgetingError
from budgeting.incidence.shared import ServiceKind, Treatment
from budgeting.model import Sex, text
from budgeting.names import sex_name
from budgeting.services.defining import change, define, undo, withdraw
from budgeting.services.model import Service
from budgeting.services.names import service_kind_name, treatment_name
from budgeting.ui.fields import worded
from budgeting.ui.filters import capital
from budgeting.ui.frame import plain
from budgeting.ui.services.desk import Desk, is_pressed, open_service, refuse, said
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _

_OLDEST = 130
_LONGEST = 200
_PER_CENT = 100


def ask_definition(desk: Desk) -> Service:
    """Show the fields of a service and return what they say; lines and indicators are kept."""
    before = desk.chosen.service if desk.chosen else Service("", "")
    with st.container(horizontal=True):
        name = _words(desk, "name", _("Name of the service"), before.name, width=340)
        code = _words(desk, "code", _("Short code"), before.code, width=160)
        owner = _words(desk, "owner", _("Who owns its data"), before.owner, width=240)
    with st.container(horizontal=True):
        kind = _kind(desk, before)
        treatment = _treatment(desk, before) if kind is not ServiceKind.INDIVIDUAL else None
        sex = _sex(desk, before)
        first = _age(desk, "from", _("From age"), before.ages[0])
        last = _age(desk, "to", _("To age"), before.ages[1])
    with st.expander(_("Capital and notes"), icon=":material/edit_note:"):
        life, rate = _capital(desk, before)
        note = _words(desk, "note", _("Note"), before.note)
    return replace(
        before,
        code=code.strip() or _code_for(name),
        name=name.strip(),
        owner=owner.strip(),
        kind=kind,
        treatment=treatment,
        sex=sex,
        ages=(first, last),
        capital_life=life,
        capital_rate=rate,
        note=note.strip(),
    )


def _code_for(name: str) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in name.casefold()).split()
    return "_".join(words)[:40]


def _words(desk: Desk, name: str, label: str, value: str, **shown: Any) -> str:
    found: str = st.text_input(
        label, value=value, max_chars=_LONGEST, key=f"service_{desk.key}_{name}", **shown
    )
    return found


def _select(desk: Desk, name: str, label: str, options: dict[Any, str], value: Any) -> Any:
    codes = list(options)
    return st.selectbox(
        label,
        codes,
        index=codes.index(value),
        format_func=lambda code: capital(options[code]),
        key=worded(f"service_{desk.key}_{name}"),
        width=260,
    )


def _kind(desk: Desk, before: Service) -> ServiceKind:
    say = language().say
    options = {kind: say(service_kind_name(kind)) for kind in ServiceKind}
    found: ServiceKind = _select(desk, "kind", _("Kind"), options, before.kind)
    return found


def _treatment(desk: Desk, before: Service) -> Treatment:
    say = language().say
    options = {one: say(treatment_name(one)) for one in Treatment}
    value = before.treatment or Treatment.EXCLUDE
    found: Treatment = _select(
        desk, "treatment", _("Money that is not attributable is"), options, value
    )
    return found


def _sex(desk: Desk, before: Service) -> Sex | None:
    say = language().say
    options = {None: _("everybody")} | {
        sex: say(sex_name(sex.value)) for sex in (Sex.FEMALE, Sex.MALE)
    }
    found: Sex | None = _select(desk, "sex", _("Meant for"), options, before.sex)
    return found


def _age(desk: Desk, name: str, label: str, value: int | None) -> int | None:
    found: int | None = st.number_input(
        label,
        min_value=0,
        max_value=_OLDEST,
        value=value,
        step=1,
        placeholder=_("no limit"),
        key=f"service_{desk.key}_age_{name}",
        width=120,
    )
    return found


def _capital(desk: Desk, before: Service) -> tuple[int | None, Decimal | None]:
    with st.container(horizontal=True):
        life = st.number_input(
            _("Years that its capital lasts"),
            min_value=1,
            max_value=_LONGEST,
            value=before.capital_life,
            step=1,
            placeholder=_("not spread"),
            key=f"service_{desk.key}_life",
            width=220,
        )
        rate = st.number_input(
            _("Rate of the annuity in %, empty for a straight line"),
            min_value=0.0,
            max_value=99.0,
            value=None if before.capital_rate is None else float(before.capital_rate * _PER_CENT),
            placeholder=_("straight line"),
            key=f"service_{desk.key}_rate",
            width=340,
        )
    return life, None if rate is None else Decimal(str(rate)) / _PER_CENT


def offer_saving(desk: Desk, service: Service) -> None:
    """Offer to store the service, to take back one's own last change, and to withdraw it."""
    with st.container(horizontal=True):
        if is_pressed(
            _("Save the service"), "service_save", type="primary", icon=":material/save:"
        ):
            _save(desk, service)
        if is_pressed(_("Take back my last change"), "service_undo", icon=":material/undo:"):
            _undo(desk)
        if desk.chosen:
            with st.popover(_("Keep it no longer"), icon=":material/delete:"):
                _offer_withdrawal(desk)


def _save(desk: Desk, service: Service) -> None:
    try:
        if desk.chosen is None:
            define(open_store(), desk.who, desk.municipality, service)
        else:
            change(
                open_store(),
                desk.who,
                desk.municipality,
                desk.chosen.service_id,
                service,
                seen=desk.chosen.version,
            )
    except BudgetingError as error:
        refuse(error)
        return
    said(plain(_("“{service}” is saved.", service=service.name)))
    open_service(service.code)
    st.rerun()


def _undo(desk: Desk) -> None:
    try:
        back = undo(open_store(), desk.who, desk.municipality)
    except BudgetingError as error:
        refuse(error)
        return
    words = text("The last change of “{service}” was taken back.", service=back.service.name)
    said(plain(language().say(words)))
    st.rerun()


def _offer_withdrawal(desk: Desk) -> None:
    assert desk.chosen
    reason = st.text_input(_("Why?"), key=f"service_{desk.key}_reason", max_chars=_LONGEST)
    if not is_pressed(_("Withdraw the service"), "service_withdraw", type="primary"):
        return
    try:
        withdraw(
            open_store(),
            desk.who,
            desk.municipality,
            desk.chosen.service_id,
            reason,
            seen=desk.chosen.version,
        )
    except BudgetingError as error:
        refuse(error)
        return
    said(plain(_("“{service}” is kept no longer.", service=desk.chosen.service.name)))
    open_service("")
    st.rerun()
