"""Findings that head charts and tables on who benefits: one sentence, with numbers of the same report."""

from decimal import Decimal
from typing import Any

from budgeting.intervals import is_ranked
from budgeting.model import Money, Report, Share, Text, plural_text, text


def strip_finding(report: Report) -> Text:
    """Return the finding that heads the strips: the largest service whose users are known."""
    rows = report.tables["services"].rows.to_pylist()
    known = [row for row in rows if row["women_share"] is not None and row["net"]]
    if not known:
        return text("Of no service are cost and users by sex known")
    return text(
        "The dearest service with known users, {name}: {share} of it goes to women",
        name=known[0]["name"],
        share=Share(known[0]["women_share"]),
    )


def coverage_finding(report: Report) -> Text:
    """Return the finding that heads the coverage: how much of the budget is explained."""
    share = report.facts["coverage_share"]
    if share is None:
        return text("How much of the budget is explained is not known")
    return text("Counted use explains {share} of the budget", share=Share(share))


def change_finding(report: Report) -> Text:
    """Return the finding that heads the change of the women's share."""
    rows = {row["sex"]: row for row in report.tables["change"].rows.to_pylist()}
    women = rows.get("female")
    if women is None:
        return text("There is no comparable statement of the year before")
    values = {"before": Share(women["before"]), "after": Share(women["after"])}
    return text("The women's part went from {before} to {after}", **values)


def gap_finding(report: Report) -> Text:
    """Return the finding that heads the gaps: the service of which women use the smallest part."""
    rows = [row for row in report.tables["gaps"].rows.to_pylist() if row["parity"] is not None]
    if not rows:
        return text("For no service are users and those whom it is meant for counted by sex")
    if rows[0]["parity"] != "below":
        return text("In no service do women fall below the band of the representation index")
    return text(
        "Women fall shortest in {name}: {use} of the users, {reference} of those it is meant for",
        name=rows[0]["name"],
        use=Share(rows[0]["use_share"]),
        reference=Share(rows[0]["reference_share"]),
    )


def need_finding(report: Report) -> Text:
    """Return the finding that heads the needs: who waits."""
    facts = report.facts
    if facts["cost"] is None:
        return text("Who waits is not known")
    return text(
        "{women} women and {men} men wait; serving them would cost {cost} a year",
        women=facts["women_waiting"],
        men=facts["men_waiting"],
        cost=Money(facts["cost"], facts["currency"]),
    )


def group_finding(report: Report) -> Text:
    """Return the finding that heads the chart of a group: where its part falls shortest, or is largest."""
    rows = [row for row in report.tables["members"].rows.to_pylist() if row["share"] is not None]
    ranked = [row for row in rows if is_ranked(row["grade"])]
    compared = [row for row in ranked if row["reference_share"] is not None]
    group = report.facts["group"]
    if compared:
        least = min(compared, key=lambda row: row["share"] - row["reference_share"])
        return text(
            "{name}: “{group}” are {use} of the users, {reference} of those it is meant for",
            name=least["name"],
            group=group,
            use=Share(least["share"]),
            reference=Share(least["reference_share"]),
        )
    if not ranked:
        return text("Which part of the users “{group}” are is not known", group=group)
    most = max(ranked, key=lambda row: row["share"])
    return text(
        "Of the users of {name}, {use} are “{group}”; of those it is meant for it is not known",
        name=most["name"],
        use=Share(most["share"]),
        group=group,
    )


def without_cost(report: Report) -> list[Text]:
    """Return a sentence for each service whose users are known and whose cost is not: no chart has it."""
    rows = report.tables["services"].rows.to_pylist()
    return [
        text(
            "{name} ({grade}): {women} women and {men} men use it; what it costs is not known, so nothing is "
            "divided by them.",
            name=row["name"],
            grade=row["grade"],
            women=row["women_users"],
            men=row["men_users"],
        )
        for row in rows
        if row["net"] is None and None not in (row["women_users"], row["men_users"])
    ]


def equality_finding(report: Report) -> Text:
    """Return how far the money of women and men is from equal shares of residents."""
    parity, distance, _theil = report.tables["equality"].rows.to_pylist()
    if parity["value"] is None:
        return text("How far from equal women's and men's parts are is not known")
    return text(
        "A woman has {parity} of what a man has; {distance} of the money would move if all residents had "
        "the same",
        parity=Share(parity["value"]),
        distance=Share(distance["value"]),
    )


def shared_finding(report: Report) -> Text:
    """Return how much money nobody uses alone, and how much of it is shared out."""
    rows = report.tables["shared"].rows.to_pylist()
    known = [row for row in rows if row["net"] is not None]
    if not known:
        return text("No service is described that nobody uses alone")
    currency = report.facts["currency"]
    left_out = [row["not_attributable"] for row in known if row["not_attributable"] is not None]
    return text(
        "Nobody uses alone what costs {amount}; {left} of it is left out",
        amount=Money(sum((row["net"] for row in known), Decimal(0)), currency),
        left=Money(sum(left_out, Decimal(0)), currency),
    )


def parity_finding(report: Report) -> Text:
    """Return in how many services women and men take part alike."""
    facts = report.facts
    if not facts["compared"]:
        return text("For no service are users and those whom it is meant for counted by sex")
    return plural_text(
        "In {alike} of {count} service women and men take part alike (0.97–1.03)",
        "In {alike} of {count} services women and men take part alike (0.97–1.03)",
        facts["compared"],
        alike=facts["at_parity"],
    )


def money_finding(report: Report) -> Text:
    """Return which part of what was planned for services was spent, and for whom."""
    facts = report.facts
    if not facts["is_spent"]:
        return text("What was spent is not known: no execution of the year is stored")
    if not facts["is_planned"]:
        return text("What was planned is not known: no plan of the year is stored")
    if facts["planned"] is None:
        return text("Of no service is known both what was planned and what was spent")
    names = ("planned", "spent", "female_planned", "female_spent", "male_planned", "male_spent")
    values: dict[str, Any] = {
        name: Money(facts[name], facts["currency"]) for name in names if facts[name] is not None
    }
    if len(values) < len(names):
        return text("{spent} of {planned} was spent; for whom is not known", **values)
    if facts["spent_as_of"] and not facts["is_year_over"]:
        return text(
            "By {day}, {spent} of {planned} was spent: {female_spent} of {female_planned} for women, "
            "{male_spent} of {male_planned} for men",
            **values,
            day=facts["spent_as_of"],
        )
    return text(
        "{spent} of {planned} was spent: {female_spent} of {female_planned} for women, {male_spent} of "
        "{male_planned} for men",
        **values,
    )


def plan_finding(report: Report) -> Text:
    """Return in how many services use stayed below what was planned."""
    rows = report.tables["plans"].rows.to_pylist()
    if not rows:
        return text("For this year nobody has entered plans of use")
    known = [row for row in rows if row["difference"] is not None]
    if not known:
        return text("Use was planned; how many came is not known")
    return text(
        "Plans of use that were not reached: {below} of {count}",
        below=sum(row["difference"] < 0 for row in known),
        count=len(known),
    )


def group_need_finding(report: Report) -> Text:
    """Return who of a group waits, and what serving them would cost."""
    facts = report.facts
    if facts["waiting"] is None:
        return text("How many of “{group}” wait is not known", group=facts["group"])
    if facts["cost"] is None:
        return text(
            "Of “{group}”, {waiting} wait; what serving them would cost is not known",
            group=facts["group"],
            waiting=facts["waiting"],
        )
    return text(
        "Of “{group}”, {waiting} wait; serving them would cost {cost} a year",
        group=facts["group"],
        waiting=facts["waiting"],
        cost=Money(facts["cost"], facts["currency"]),
    )


def group_equality_finding(report: Report) -> Text:
    """Return where a group falls shortest of its part, among services that somebody counted."""
    rows = [row for row in report.tables["equality"].rows.to_pylist() if row["group_part"]]
    group = report.facts["group"]
    if not rows:
        return text("How far from equal the part of “{group}” is is not known", group=group)
    values: dict[str, Any] = {
        "name": rows[0]["name"],
        "group": group,
        "index": Share(rows[0]["index"]),
        "distance": Share(rows[0]["distance"]),
    }
    if rows[0]["index"] < 1:
        return text(
            "“{group}” fall shortest in {name}: {index} of their part; {distance} of the use would move",
            **values,
        )
    return text(
        "“{group}” have their part everywhere; least in {name}: {index} of it, {distance} of the use would "
        "move",
        **values,
    )


def missing_finding(report: Report) -> Text:
    """Return how many figures would tell of a group everywhere."""
    count = report.tables["missing"].rows.num_rows
    if not count:
        return text("Every service tells of “{group}”", group=report.facts["group"])
    return plural_text(
        "{count} figure would tell more of “{group}”",
        "{count} figures would tell more of “{group}”",
        count,
        group=report.facts["group"],
    )


def spread_finding(report: Report) -> Text:
    """Return where use is concentrated most among those who are worst off."""
    rows = [row for row in report.tables["spread"].rows.to_pylist() if is_ranked(row["grade"])]
    if not rows:
        return text("How use is spread is not known")
    values: dict[str, Any] = {
        "name": rows[0]["name"],
        "use": Share(rows[0]["worst_share"]),
        "meant": Share(rows[0]["worst_reference"]),
    }
    if rows[0]["value"] < 0:
        return text(
            "{name} reaches those who are worst off most: {use} of the users, {meant} of those it is meant "
            "for",
            **values,
        )
    return text(
        "No service reaches those who are worst off more than others; the nearest is {name}: {use} of the "
        "users, {meant} of those it is meant for",
        **values,
    )
