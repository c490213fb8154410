"""What stands below the charts on who benefits: one table at a time, chosen beside each other."""

from collections.abc import Callable, Mapping

import streamlit as st

from budgeting.model import Report, Text
from budgeting.ui import benefit_findings, filters
from budgeting.ui.frame import plain
from budgeting.ui.session import language
from budgeting.ui.session import say as _
from budgeting.ui.tables import filled, report_table


def totals(shown: Report) -> None:
    """Show what women and men have together, how far from equal, what is explained, and each service."""
    titles = {
        "groups": _("Women and men"),
        "coverage": _("Budget explained"),
        "change": _("Why it changed"),
        "shared": _("Money for everybody"),
        "services": _("All services"),
    }
    _one_of(shown, titles, _TOTALS)


def needs(shown: Report) -> None:
    """Show who waits, what was planned, and what stands behind the chart of gaps."""
    titles = {
        "needs": _("Who waits, who stays away"),
        "gaps": _("The table behind this chart"),
        "plans": _("Planned and actual"),
    }
    _one_of(shown, titles, _NEEDS)


def group(shown: Report) -> None:
    """Show what is known of a group, what is not, and which figures would tell."""
    titles = {
        "members": _("Among users"),
        "needs": _("Who waits, who stays away"),
        "missing": _("Which figures to ask for"),
        "equality": _("How far from equal"),
        "spread": _("Spread over income"),
        "crossings": _("Sex, age and group together"),
    }
    empty = [
        name
        for name in ("members", "needs", "equality", "spread")
        if not shown.tables[name].rows.num_rows
    ]
    _one_of(shown, {code: name for code, name in titles.items() if code not in empty}, _GROUP)


_Contents = Mapping[str, Callable[[Report], None]]


def _one_of(shown: Report, titles: Mapping[str, str], contents: _Contents) -> None:
    code = filters.segments("table", _("Show"), titles, next(iter(titles)))
    contents[code](shown)


def _narrow(shown: Report, name: str, order: tuple[str, ...]) -> None:
    """Show of a table what fits a screen, without columns in which nothing stands."""
    table = shown.tables[name]
    report_table(table, order=filled(table, order))


def _head(finding: Text) -> None:
    st.subheader(plain(language().say(finding)), anchor=False)


def _groups(shown: Report) -> None:
    _head(benefit_findings.equality_finding(shown))
    report_table(shown.tables["groups"])
    order, widths = _INDEX, {"index_name": 200, "meaning": 250}
    report_table(shown.tables["equality"], order=order, widths=widths, wraps=True)
    st.caption(
        _("Shares are compared with those of residents; what is not known may go to either.")
    )


def _coverage(shown: Report) -> None:
    _head(benefit_findings.coverage_finding(shown))
    report_table(shown.tables["coverage"])


def _change(shown: Report) -> None:
    _head(benefit_findings.change_finding(shown))
    if shown.tables["change"].rows.num_rows:
        report_table(shown.tables["change"])


def _shared(shown: Report) -> None:
    _head(benefit_findings.shared_finding(shown))
    if shown.tables["shared"].rows.num_rows:
        report_table(shown.tables["shared"])


def _services(shown: Report) -> None:
    _narrow(shown, "services", _SERVICE)


# what the screen shows of a service; the file has the rest
_SERVICE = (
    *("name", "net", "women", "men", "not_known", "not_attributable"),
    *("women_share", "grade", "women_users", "men_users", "unit_cost"),
)
_INDEX = ("index_name", "value", "low", "high", "meaning")
_NEED = ("name", "sex", "waiting", "waiting_cost", "users", "without")
_GAP = (
    "name",
    "use_share",
    "reference_share",
    "index",
    "parity",
    "gpi",
    "gpi_parity",
    "shift",
    "grade",
)
_MONEY = (
    *("name", "planned", "spent", "execution"),
    *("female_planned", "female_spent", "male_planned", "male_spent"),
    *("unknown_planned", "unknown_spent", "women_share", "low", "high", "grade"),
)
_MEMBER = (
    "name",
    "members",
    "women",
    "men",
    "hidden",
    "share",
    "reference_share",
    "benefit",
    "grade",
)
_NEED_OF_GROUP = ("name", "sex", "waiting", "waiting_cost", "users", "without", "hidden")
_EQUALITY = (
    *("name", "share", "reference_share", "index", "group_part"),
    *("gpi", "low", "high", "distance", "theil", "grade"),
)
_SPREAD = (
    "name",
    "value",
    "low",
    "high",
    "standard_error",
    "theil",
    "worst_share",
    "worst_reference",
    "grade",
)


def _needs(shown: Report) -> None:
    _head(benefit_findings.need_finding(shown))
    _narrow(shown, "needs", _NEED)


def _gaps(shown: Report) -> None:
    _head(benefit_findings.parity_finding(shown))
    _narrow(shown, "gaps", _GAP)


def _plans(shown: Report) -> None:
    _head(benefit_findings.money_finding(shown))
    if shown.tables["money"].rows.num_rows:
        _narrow(shown, "money", _MONEY)
        st.caption(
            _(
                "Current expenditure before fees, on both sides shared out by the users who were counted in "
                "the year: a difference is one of money. The range is that of the women's part."
            )
        )
    _head(benefit_findings.plan_finding(shown))
    if shown.tables["plans"].rows.num_rows:
        report_table(shown.tables["plans"])


def _members(shown: Report) -> None:
    members, widths = shown.tables["members"], {"name": 130, "hidden": 115}
    report_table(members, order=filled(members, _MEMBER), widths=widths, wraps=True)


def _group_needs(shown: Report) -> None:
    _head(benefit_findings.group_need_finding(shown))
    _narrow(shown, "needs", _NEED_OF_GROUP)


def _equality(shown: Report) -> None:
    _head(benefit_findings.group_equality_finding(shown))
    _narrow(shown, "equality", _EQUALITY)
    st.caption(
        _(
            "The group stands against all others whom a service is meant for; 1 is equal in both indices, 0 "
            "in distance and Theil's T."
        )
    )


def _missing(shown: Report) -> None:
    _head(benefit_findings.missing_finding(shown))
    if shown.tables["missing"].rows.num_rows:
        report_table(shown.tables["missing"])


def _spread(shown: Report) -> None:
    _head(benefit_findings.spread_finding(shown))
    _narrow(shown, "spread", _SPREAD)
    st.caption(
        _(
            "Below zero, those who are worst off have more than their part; above zero, the others have. "
            "Only a survey has a standard error."
        )
    )


def _crossings(shown: Report) -> None:
    if shown.tables["crossings"].rows.num_rows:
        report_table(shown.tables["crossings"])
    else:
        st.markdown(_("Nothing is counted by sex, age and group together."))


_TOTALS: _Contents = {
    "groups": _groups,
    "coverage": _coverage,
    "change": _change,
    "shared": _shared,
    "services": _services,
}
_NEEDS: _Contents = {"needs": _needs, "gaps": _gaps, "plans": _plans}
_GROUP: _Contents = {
    "members": _members,
    "needs": _group_needs,
    "missing": _missing,
    "equality": _equality,
    "spread": _spread,
    "crossings": _crossings,
}
