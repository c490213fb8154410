"""Methods: how the numbers come about, in the words that the methods page shows."""

from budgeting.draws import COUNT, SEED
from budgeting.methods.model import Method
from budgeting.methods.moving import METHODS_OF_MOVING
from budgeting.model import text
from budgeting.suppression import rule

__all__ = ["METHODS", "Method"]

METHODS = (
    Method(
        text("Budget line"),
        text(
            "The smallest row of a budget: all rows of a file that share every classification code "
            "are one line, their amounts are summed, and every row stays linked to it."
        ),
    ),
    Method(
        text("Stages"),
        text(
            "Approved, revised, committed and executed are separate amounts. A second rebalance or a "
            "later execution stands beside the first with its own date; nothing is overwritten. Where "
            "a view shows one amount per stage, it is the newest statement of the year."
        ),
    ),
    Method(
        text("Available balance"),
        text("What may still be committed this year."),
        text("available = revised - committed"),
    ),
    Method(
        text("Execution"),
        text("The part of the revised budget that is executed; before the year ends, to date."),
        text("execution = executed / revised"),
    ),
    Method(
        text("Execution band"),
        text(
            "How far the outturn of a closed year is from the approved budget: within 5, 10 or 15 per "
            "cent, or beyond. Years that are not closed have no band."
        ),
        text("deviation = |executed - approved| / approved"),
        text("the zones of PEFA's indicator PI-1, applied to single rows"),
        is_house_rule=True,
    ),
    Method(
        text("Year over year"),
        text(
            "Approved and revised budgets are compared with those of the year before. Committed and "
            "executed amounts are compared only with a statement of the same day of the year before; "
            "where there is none, the change is not known."
        ),
        text("change = this year - year before"),
    ),
    Method(
        text("Constant prices"),
        text(
            "Amounts are multiplied by the price index of the base year over that of their own year. "
            "The base year is the newest with an index and is printed with the numbers. Without an "
            "index the amount is not known. Rows are rounded to the cent and the total is their sum."
        ),
        text("amount at prices of b = amount * index(b) / index(year)"),
    ),
    Method(
        text("Per resident"),
        text(
            "Amounts divided by the residents of the year, both sexes and all ages; not known where "
            "no population is entered."
        ),
        text("amount / residents"),
    ),
    Method(
        text("Share"),
        text(
            "The row's part of the total of what is shown, “not known” included. Where a total is zero "
            "or negative, a share has no meaning and is not shown."
        ),
        text("share = row / total"),
    ),
    Method(
        text("Not known"),
        text(
            "What a source does not say is shown as not known and is part of every total; it is never "
            "zero and never guessed."
        ),
    ),
    Method(
        text("Function by link"),
        text(
            "Where a source has no COFOG function but a programme code that implies one, the longest "
            "prefix in data/classifications decides; entries marked as not verified are our reading."
        ),
        source=text("COFOG: United Nations, Classification of the Functions of Government"),
        is_house_rule=True,
    ),
    Method(
        text("Gender category"),
        text(
            "A methodology gives a category for the evidence that a person enters: criteria, a number, "
            "a code or a judgement. Without evidence there is no category, and the money is not "
            "screened, which is never the same as a score of zero. More evidence never gives a weaker "
            "category, where the methodology sets no upper limit."
        ),
    ),
    Method(
        text("What counts of a marked amount"),
        text(
            "Each category has a coefficient, which is part of the methodology's file and can be chosen "
            "where there are several conventions. No coefficient stands in the program."
        ),
        text("counted = sum of amount * share of the amount * coefficient"),
    ),
    Method(
        text("Comparing methodologies"),
        text(
            "Categories stand beside each other as principal, significant, promising or unclear, and "
            "none. This is approximate and for comparison only: intention, beneficiaries and process "
            "are different things, and no mark is ever converted."
        ),
        is_house_rule=True,
    ),
    Method(
        text("Net cost and unit cost"),
        text(
            "What the public pays for a service: its expenditure less what users pay. Per user, hour or "
            "place it is the unit cost. Where use or fees are not known, neither is it; nothing is "
            "divided by nobody."
        ),
        text("net cost = expenditure - fees; unit cost = net cost / use"),
        text("Demery, Benefit incidence: a practitioner's guide, World Bank 2000"),
    ),
    Method(
        text("Who benefits"),
        text(
            "The net cost of a service in parts by use: each user counts for the average cost. Users whose "
            "group nobody recorded have their part, “not known”; with it the parts are the net cost, to "
            "the cent. Hours or places beside heads show whether some cost more than others."
        ),
        text("benefit of a group = net cost * use of the group / use"),
        text("average benefit incidence: OECD glossary; Demery 2000"),
    ),
    Method(
        text("Not attributable"),
        text(
            "Administration and what everybody uses, such as street lighting, have no users to count. They "
            "are left out and told as a part of the budget, divided by population, which is an "
            "assumption, or by a survey. It is chosen and shown, never half and half."
        ),
    ),
    Method(
        text("Capital a year"),
        text(
            "A building is spread over its life, with interest as an annuity or without it in a straight "
            "line. It stands beside current cost and is not added to it."
        ),
        text("annuity = cost * r / (1 - (1 + r)^-n); straight line = cost / n"),
    ),
    Method(
        text("Why a share changed"),
        text(
            "The change of a group's share is split exactly: money that moved between services, use that "
            "changed, both together, and use that became known, which is no change of use."
        ),
        text("sum s'u' - sum su = sum (s' - s)u + sum s(u' - u) + sum (s' - s)(u' - u)"),
        text("the identity of average benefit incidence; Demery 2000"),
    ),
    Method(
        text("Representation"),
        text(
            "A group's share of users over its share of those whom the service is for; 1 is parity. "
            "Below 0.8 or above 1.25 it is worth a question."
        ),
        text("(users of the group / users) / (eligible of the group / eligible)"),
        is_house_rule=True,
    ),
    Method(
        text("Money at parity"),
        text(
            "What would move to a group if use were shared as need is; over all groups it is zero."
        ),
        text("net cost * (share of the eligible - share of users)"),
    ),
    Method(
        text("Unmet need"),
        text(
            "Those who need a service less those who use it, not below zero; its cost is at the unit cost "
            "of today. Where need is not known, it is not known."
        ),
        text("(need - users) * unit cost"),
    ),
    Method(
        text("Parity index"),
        text(
            "Women's value over men's; 0.97 to 1.03 counts as parity. Adjusted, it is as far from 1 for men "
            "as for women."
        ),
        text("GPI = women / men; above 1 adjusted 2 - 1 / GPI"),
        text("UNESCO Institute for Statistics"),
    ),
    Method(
        text("Distance from equal shares"),
        text(
            "How far the parts of women and men are from those of residents: what would have to move, and "
            "Theil's T, with the range of the women's part. Of a further group: its part of the use."
        ),
        text("Lorenz distance = |p - x|; T = sum of x ln(x / p)"),
        text("Hoover; Theil 1967"),
    ),
    Method(
        text("Why a benefit changed"),
        text(
            "The change of a group's benefit of a service, to the cent: more or less money, other users, both "
            "together, and other records or fees."
        ),
        text("S'u' - Su = (S' - S)u + S(u' - u) + (S' - S)(u' - u)"),
        text("the identity of average benefit incidence; Demery 2000"),
    ),
    Method(
        text("Who pays"),
        text(
            "The budget says how much users pay, figures say which part of it women and men pay. Without "
            "figures every user is taken to pay the same. After a change of the fee as many come, or fewer, "
            "as far as somebody says how use answers to it."
        ),
        text("users after = users * (1 + answer * change of the fee)"),
        is_house_rule=True,
    ),
    Method(
        text("Sex, age and group together"),
        text(
            "Told only where figures count them at once; ages may be put together from bands without a gap. "
            "Whom a service is meant for is cut to sex and ages by residents, to a group by figures only."
        ),
        is_house_rule=True,
    ),
    Method(
        text("Concentration index"),
        text(
            "Whether those who are worse off have more or less than their part: from -1, where all is "
            "theirs, to 1. A survey has Kakwani's standard error, as if those whom the service is meant for "
            "had been asked; a register's range is as if all of no recorded part were worst or best off. No "
            "data of single persons are kept: it is computed from groups."
        ),
        text("sum over groups, the worst off first, of p(t) L(t+1) - p(t+1) L(t)"),
        text("World Bank, Technical Note 7; Kakwani, Wagstaff and van Doorslaer 1997"),
    ),
    Method(
        text("How sure a share is"),
        text(
            "A survey has a confidence interval of 95 per cent. A register has none: its range is as if "
            "nobody or everybody of unknown group belonged to the group. A proxy is an assumption; it has "
            "no range and is not ranked. The range of a total is drawn {count} times, with the seed {seed}.",
            count=COUNT,
            seed=str(SEED),
        ),
        text("Wilson's interval; Beta(count + 1/2) for draws"),
        text("Wilson 1927; Marsaglia and Tsang 2000 for the draws"),
    ),
    *METHODS_OF_MOVING,
    Method(
        text("Small counts"),
        text(
            "Counts of fewer than {threshold} persons are not shown, nor anything from which they could be "
            "solved: complements, money, shares, rates, hours, other tables and years. Between which numbers a "
            "hidden figure is, is told; it follows from what is shown, as everything else does.",
            threshold=rule().threshold,
        ),
        is_house_rule=True,
    ),
)
