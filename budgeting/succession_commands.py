"""What the command line can do with lines that continue others: list, confirm, take back."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from budgeting.access import Identity
from budgeting.errors import SuccessionInvalid
from budgeting.model import Direction, Report, Share, Text, plural_text, text
from budgeting.names import becoming_name
from budgeting.outcomes import DONE, Files, Outcome, Parameters, identity_of, language_of
from budgeting.reports import build_report
from budgeting.store import Store
from budgeting.successions.confirming import confirm, withdraw
from budgeting.successions.model import WHOLE, Becoming, Succession, YearSuccessions
from budgeting.successions.proposing import as_succession, candidates


def line_successors(store: Store, parameters: Parameters, _files: Files) -> Outcome:
    """Take back or confirm what became of lines; without either, list what is proposed and confirmed."""
    place, reason = parameters["municipality"], parameters.get("reason") or ""
    reader, who = language_of(parameters), identity_of(parameters)
    if parameters.get("withdraw"):
        count = withdraw(store, who, place, parameters["withdraw"], reason)
        told = [
            plural_text("{count} succession was taken back.", "{count} were taken back.", count)
        ]
    else:
        year = YearSuccessions(
            place,
            Direction(parameters.get("direction") or "expenditure"),
            parameters["year"],
            tuple(_said(store, parameters)),
        )
        told = _confirmed_or_listed(store, who, year, reason)
    return Outcome(DONE, "".join(f"{reader.say(one)}\n" for one in told).encode())


def _confirmed_or_listed(
    store: Store, who: Identity, year: YearSuccessions, reason: str
) -> list[Text]:
    if not year.successions:
        within = _report(store, year, "year")
        return [*_listed(_report(store, year, "years")), *_proposed(within)]
    confirm(store, who, year, reason)
    count = len(year.successions)
    return [plural_text("{count} succession was confirmed.", "{count} were confirmed.", count)]


def _said(store: Store, parameters: Parameters) -> Iterator[Succession]:
    """Yield what the caller says became of lines; ``proposed`` are all pairs that are likely one line."""
    for change in (Becoming.RENAMED, Becoming.MOVED, Becoming.RECODED):
        for earlier, later in parameters.get(change.value) or ():
            yield Succession(change, (earlier,), (later,))
    merged = defaultdict(list)
    for earlier, later in parameters.get("merged") or ():
        merged[later].append(earlier)
    for later, lines in merged.items():
        yield Succession(Becoming.MERGED, tuple(lines), (later,))
    split = defaultdict(list)
    for earlier, later, share in parameters.get("split") or ():
        split[earlier].append((later, _share(share)))
    for earlier, parts in split.items():
        shares = tuple(share for _later, share in parts)
        yield Succession(
            Becoming.SPLIT, (earlier,), tuple(later for later, _share in parts), shares
        )
    if parameters.get("proposed"):
        direction = Direction(parameters.get("direction") or "expenditure")
        found = candidates(store, parameters["municipality"], direction, parameters["year"])
        if found is None or not found.renames.num_rows:
            raise SuccessionInvalid(text("No line is proposed; nothing was confirmed."))
        yield from map(as_succession, found.renames.to_pylist())


def _share(written: str) -> Decimal:
    try:
        return Decimal(written)
    except InvalidOperation:
        raise SuccessionInvalid(
            text("“{share}” is no part of a line: write it as 0.6.", share=written)
        ) from None


def _report(store: Store, year: YearSuccessions, span: str) -> Report:
    asked = {
        "municipality": year.municipality_code,
        "year": str(year.fiscal_year),
        "direction": year.direction.value,
    }
    return build_report(store, "line_successors", {**asked, "span": span})


def _listed(found: Report) -> Iterator[Text]:
    """Yield what is proposed and confirmed, a sentence each; codes are as the options take them."""
    yield from _proposed(found)
    for row in found.tables["confirmed"].rows.to_pylist():
        yield _confirmed(row)
    yield from found.notes


def _proposed(found: Report) -> Iterator[Text]:
    yield found.answer
    for row in found.tables["proposed"].rows.to_pylist():
        yield text(
            "Proposed: “{earlier}” ({earlier_code}) → “{later}” ({later_code}), {becoming}",
            earlier=row["gone_label"],
            earlier_code=row["gone_line_code"],
            later=row["new_label"],
            later_code=row["new_line_code"],
            becoming=becoming_name(row["becoming"]),
        )


def _confirmed(row: dict[str, object]) -> Text:
    share = row["amount_share"]
    words: dict[str, object] = {
        "number": str(row["succession_id"]),
        "earlier": row["earlier_label"] or "–",
        "earlier_code": row["earlier_code"],
        "later": row["later_label"] or "–",
        "later_code": row["later_code"],
        "becoming": becoming_name(str(row["becoming"])),
        "name": row["confirmed_by"],
        "day": row["confirmed_on"],
    }
    if share == WHOLE:
        return text(
            "Confirmed {number}: “{earlier}” ({earlier_code}) → “{later}” ({later_code}), {becoming}; "
            "{name}, {day}",
            **words,
        )
    return text(
        "Confirmed {number}: “{earlier}” ({earlier_code}) → “{later}” ({later_code}), {becoming}, "
        "{share} of it; {name}, {day}",
        **words,
        share=Share(Decimal(str(share))),
    )
