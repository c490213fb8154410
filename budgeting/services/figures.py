"""Figures: what a person enters of the use of services, kept beside what files say."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import NotFound, ServiceChanged, ServiceInvalid
from budgeting.imports.words.folding import fold
from budgeting.model import Sex, text
from budgeting.services.lists import group_kinds
from budgeting.services.model import ALL_SEXES, Figure, Indicator
from budgeting.services.validity import impossible_figure
from budgeting.store import Store, Transaction

_CODE_LENGTH = 12
INDICATORS = pa.schema(
    [
        (name, pa.string())
        for name in (
            "municipality_code",
            "indicator_code",
            "label",
            "unit",
            "unit_label",
            "programme_code",
            "organisation_code",
            "place",
        )
    ]
)
FIGURES = pa.schema(
    [
        ("municipality_code", pa.string()),
        ("indicator_code", pa.string()),
        ("fiscal_year", pa.int32()),
        ("kind", pa.string()),
        ("sex", pa.string()),
        ("age_from", pa.int32()),
        ("age_to", pa.int32()),
        ("group_kind", pa.string()),
        ("group_code", pa.string()),
        ("figure", pa.decimal128(18, 4)),
        ("data_grade", pa.string()),
        ("sample_size", pa.int32()),
        ("design_effect", pa.decimal128(9, 4)),
        ("source", pa.string()),
        ("sheet_name", pa.string()),
        ("row_number", pa.int32()),
    ]
)


def fingerprint(label: str, unit: str, *where: str) -> str:
    """Return the year-free code of an indicator whose source has none.

    ``where`` are programme, organisation and place. The same words spelled otherwise, in case,
    accents or script, give the same code.

    Examples
    --------
    >>> fingerprint("Users", "persons") == fingerprint("USERS ", "persons")
    True
    """
    words = "\x1f".join(fold(part) for part in (label, unit, *where))
    return hashlib.sha256(words.encode()).hexdigest()[:_CODE_LENGTH]


def code_of(indicator: Indicator) -> str:
    """Return the code that files and the page give an indicator whose source has none."""
    where = (indicator.programme_code, indicator.organisation_code, indicator.place)
    return fingerprint(indicator.label, indicator.unit.value, *where, "")


def placed(whole: Indicator, place: str, stored: Iterable[Indicator]) -> Indicator:
    """Return the indicator of the same thing at a place: the stored one, however it is spelled, or a new one.

    A new one has the code that an imported file of the same source would give it.
    """
    for one in stored:
        if replace(one, code=whole.code, place="") == whole and fold(one.place) == fold(place):
            return one
    there = replace(whole, place=place)
    is_coded = whole.code != code_of(whole)
    return replace(there, code=f"{whole.code}@{place}" if is_coded else code_of(there))


def record(
    store: Store,
    identity: Identity,
    municipality_code: str,
    indicators: Sequence[Indicator],
    figures: Sequence[Figure],
    *,
    seen: int,
) -> int:
    """Store figures that a person enters, in one transaction; return the number of the change.

    Parameters
    ----------
    indicators
        What is counted; those that are stored already stay as they are.
    seen
        The newest change_id of these indicators that the reader saw, 0 for none.

    Raises
    ------
    NotAllowed
        The role does not permit it.
    ServiceInvalid
        A figure cannot be: negative, half a person, a share above 100 %, or without a source.
    ServiceChanged
        Somebody was faster; nothing is written.
    """
    require(identity, Action.DESCRIBE_SERVICE)
    _refuse_impossible(indicators, figures)
    change = Change("record-figures", _subject(indicators), municipality_code)
    rows = figure_table(municipality_code, figures)
    with store.transaction(identity, change) as transaction:
        _refuse_if_changed(transaction, municipality_code, rows, seen)
        transaction.run(
            "add_indicators", batch_indicators=indicator_table(municipality_code, indicators)
        )
        change_id = next_change(transaction)
        transaction.run(
            "add_indicator_figures",
            change_id=change_id,
            import_id=None,
            recorded_by=identity.name,
            recorded_at=datetime.now(UTC),
            batch_figures=rows,
        )
        transaction.details = {"change_id": change_id, "figures": _told(figures)}
    return change_id


def undo(store: Store, identity: Identity, municipality_code: str) -> int:
    """Take back one's own last figures entered by hand; return how many. Earlier ones count again.

    What came with a file is taken back by undoing its import.

    Raises
    ------
    NotFound
        There is nothing to take back.
    """
    require(identity, Action.DESCRIBE_SERVICE)
    with store.transaction(identity, Change("undo-figures", "", municipality_code)) as transaction:
        rows = transaction.query(
            "last_figures_change", municipality_code=municipality_code, recorded_by=identity.name
        ).to_pylist()
        if not rows:
            raise NotFound(text("There is no change of yours to take back."))
        transaction.run("undo_figures", change_id=rows[0]["change_id"])
        transaction.details = rows[0]
    count: int = rows[0]["figure_count"]
    return count


def next_change(transaction: Transaction) -> int:
    """Return the number of the change of figures that is written now."""
    number: int = transaction.query("next_service").to_pylist()[0]["change_id"]
    return number


def indicator_table(municipality_code: str, indicators: Sequence[Indicator]) -> pa.Table:
    """Return indicators as a table of `INDICATORS`."""
    rows = [
        {
            "municipality_code": municipality_code,
            "indicator_code": one.code,
            "label": one.label,
            "unit": one.unit.value,
            "unit_label": one.unit_label,
            "programme_code": one.programme_code,
            "organisation_code": one.organisation_code,
            "place": one.place,
        }
        for one in indicators
    ]
    return pa.Table.from_pylist(rows, schema=INDICATORS)


def figure_table(municipality_code: str, figures: Sequence[Figure]) -> pa.Table:
    """Return figures that a person enters as a table of `FIGURES`."""
    rows = [
        {
            "municipality_code": municipality_code,
            "indicator_code": one.indicator_code,
            "fiscal_year": one.fiscal_year,
            "kind": one.kind.value,
            "sex": one.sex,
            "age_from": one.ages[0] if one.ages else None,
            "age_to": one.ages[1] if one.ages else None,
            "group_kind": one.group[0],
            "group_code": one.group[1],
            "figure": one.figure,
            "data_grade": one.grade.value,
            "sample_size": one.sample_size,
            "design_effect": one.design_effect,
            "source": one.source,
            "sheet_name": "",
            "row_number": None,
        }
        for one in figures
    ]
    return pa.Table.from_pylist(rows, schema=FIGURES)


def _refuse_impossible(indicators: Sequence[Indicator], figures: Sequence[Figure]) -> None:
    units = {one.code: one.unit for one in indicators}
    kinds = {"": {""}} | {kind.code: {"", *kind.parts} for kind in group_kinds()}
    for one in figures:
        unit = units.get(one.indicator_code)
        reason = unit and one.figure is not None and impossible_figure(unit, one.figure)
        if reason:
            raise ServiceInvalid(reason)
        if one.group[1] not in kinds.get(one.group[0], ()):
            raise ServiceInvalid(
                text("The group “{group}” is not known.", group="/".join(one.group))
            )
        if one.sex not in (*Sex, ALL_SEXES):
            raise ServiceInvalid(text("The word “{sex}” is not known as a sex.", sex=one.sex))
        if one.design_effect is not None and (one.design_effect <= 0 or not one.sample_size):
            raise ServiceInvalid(
                text("A design effect is above 0, and needs the number of persons asked.")
            )
        if not one.source.strip():
            raise ServiceInvalid(text("Say where the figure comes from."))


def _refuse_if_changed(
    transaction: Transaction, municipality_code: str, figures: pa.Table, seen: int
) -> None:
    newest = transaction.query(
        "newest_figure", municipality_code=municipality_code, batch_figures=figures
    ).to_pylist()
    if newest and newest[0]["change_id"] > seen:
        raise ServiceChanged(
            text(
                "{name} was faster: figures of “{label}” were recorded on {day} at {time} UTC. Nothing "
                "of yours was written. Look at them, then repeat.",
                name=newest[0]["recorded_by"],
                label=newest[0]["label"],
                day=newest[0]["recorded_at"].astimezone(UTC).date(),
                time=newest[0]["recorded_at"].astimezone(UTC).strftime("%H:%M:%S"),
            )
        )


def _subject(indicators: Sequence[Indicator]) -> str:
    labels = {one.label for one in indicators}
    return labels.pop() if len(labels) == 1 else f"{len(labels)} indicators"


def _told(figures: Sequence[Figure]) -> list[list[Any]]:
    """Return what an audit event tells of figures: which they are, and never how many persons.

    Who reads the audit trail need not be allowed to see small counts. The numbers stay with the change,
    in a table to which is only added.
    """
    return [
        [one.indicator_code, one.fiscal_year, one.kind.value, one.sex, one.grade.value]
        for one in figures
    ]
