"""Findings of a service's sheet: one sentence above each of its tables."""

from decimal import Decimal
from typing import Any

from budgeting.model import Money, Report, Share, Text, text


def _rows(sheet: Report, table: str, key: str) -> dict[str, dict[str, Any]]:
    return {row[key]: row for row in sheet.tables[table].rows.to_pylist()}


def measure_finding(sheet: Report) -> Text:
    """Return what the parity index of take-up says."""
    rows = _rows(sheet, "users", "sex")
    taken = {sex: rows[sex]["take_up"] if sex in rows else None for sex in ("female", "male")}
    if taken["female"] is None or not taken["male"]:
        return text("Whether women and men take part alike is not known")
    women, men = Share(taken["female"]), Share(taken["male"])
    return {
        "below": text(
            "Of those it is meant for, {women} of women and {men} of men use it: women take part less",
            women=women,
            men=men,
        ),
        "within": text(
            "Of those it is meant for, {women} of women and {men} of men use it: both take part alike",
            women=women,
            men=men,
        ),
        "above": text(
            "Of those it is meant for, {women} of women and {men} of men use it: men take part less",
            women=women,
            men=men,
        ),
        None: text(
            "Of those it is meant for, {women} of women and {men} of men use it; that is an assumption",
            women=women,
            men=men,
        ),
    }[sheet.tables["measures"].rows.to_pylist()[1]["parity"]]


def payer_finding(sheet: Report) -> Text:
    """Return who pays the fees."""
    rows = _rows(sheet, "payers", "sex")
    women = rows.get("female")
    if not rows:
        return text("No fees are known; nobody can say who pays")
    if women is None or women["share"] is None:
        return text("Who pays the fees is not known or not shown")
    if women["use_share"] is None or not sheet.facts["are_fees_recorded"]:
        return text(
            "Women pay {share} of the fees, if all users pay the same", share=Share(women["share"])
        )
    return text(
        "Women pay {share} of the fees and are {users} of the users",
        share=Share(women["share"]),
        users=Share(women["use_share"]),
    )


def fee_finding(sheet: Report) -> Text:
    """Return what a change of the fee would bring, with and without its effect on use."""
    whole, currency = _rows(sheet, "payers", "sex")["all"], sheet.facts["currency"]
    values: dict[str, Any] = {
        "change": Share(sheet.facts["fee_change"]),
        "now": Money(whole["paid"], currency),
        "after": Money(whole["paid_after"] or Decimal(0), currency),
    }
    if whole["paid_with_effect"] is None:
        return text(
            "With a change of {change} users would pay {after} in place of {now}, if as many came; how "
            "many would stay away is not known.",
            **values,
        )
    return text(
        "With a change of {change} users would pay {after} in place of {now} if as many came, and {effect} "
        "with the effect on use.",
        **values,
        effect=Money(whole["paid_with_effect"], currency),
    )


def benefit_change_finding(sheet: Report) -> Text:
    """Return what moved the benefit of women since the year before."""
    women = _rows(sheet, "change", "sex").get("female")
    currency = sheet.facts["currency"]
    if women is None:
        return text("Why the benefit of women changed is not known")
    return text(
        "Women's benefit went from {before} to {after}: {money} by more or less money, {use} by other users",
        before=Money(women["before"], currency),
        after=Money(women["after"], currency),
        money=Money(women["allocation"], currency),
        use=Money(women["use"], currency),
    )


def intensity_finding(sheet: Report) -> Text:
    """Return whether counting hours or visits in place of heads changes who benefits."""
    found = [row for row in sheet.tables["intensity"].rows.to_pylist() if row["sex"] == "female"]
    if not found:
        return text("How much women and men use it is not counted; every user counts alike")
    row = found[0]
    if row["share"] is None or row["per_user"] is None:
        return text("How much women and men use it is not known or not shown")
    return text(
        "Counted in {unit}, women have {share} of the use",
        unit=row["unit"],
        share=Share(row["share"]),
    )


def place_finding(sheet: Report) -> Text:
    """Return where most of the users live, as far as they are counted and shown by place."""
    rows = sheet.tables["places"].rows.to_pylist()
    shown = [row for row in rows if row["users"] is not None]
    if not shown:
        return text("How many use it at which place is not known or not shown")
    most = max(shown, key=lambda row: row["users"])
    return text(
        "Most users that are counted by place are at {place}: {users}",
        place=most["place"],
        users=most["users"],
    )
