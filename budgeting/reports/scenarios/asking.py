"""Reports on scenarios, as addresses and commands ask for them."""

from collections.abc import Mapping

from budgeting.reports.kinds import ReportKind, parsed
from budgeting.reports.scenarios import comparison, meeting, order

SCENARIO_REPORTS: Mapping[str, ReportKind] = {
    "scenario_comparison": ReportKind(
        lambda store, given: comparison.build(
            store,
            parsed("scenarios", given.get("scenarios", ""), _numbers),
            given.get("methodology") or None,
            given.get("language", "en"),
        ),
        "Scenarios beside their baseline: balance, tagged interval, women's share, programmes, lines.",
        {
            "scenarios": "their numbers, joined by commas",
            "methodology": "code of a methodology; the municipality's main one without it",
            "language": "en (default), sr or sr-Latn",
        },
    ),
    "virement_order": ReportKind(
        lambda store, given: order.build(store, parsed("scenario", given.get("scenario", ""), int)),
        "From which line to which an adopted scenario moves money, in the ledger's own codes.",
        {"scenario": "its number"},
    ),
    "meeting": ReportKind(
        lambda store, given: meeting.build(
            store,
            parsed("meeting", given.get("meeting", ""), int),
            given.get("language", "en"),
        ),
        "What the guests of a meeting want: more, less, means apart, the spread, and what the mean does.",
        {"meeting": "its number", "language": "en (default), sr or sr-Latn"},
    ),
}


def _numbers(value: str) -> tuple[int, ...]:
    return tuple(int(one) for one in value.split(","))
