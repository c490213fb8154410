"""Methods: how the numbers come about, in the words that the methods page shows."""

from dataclasses import dataclass

from budgeting.draws import COUNT, SEED
from budgeting.model import Text, text
from budgeting.optimiser.objectives import BENEFIT_PARITY, TAGGED_SHARE, UNMET_NEED, USE_GAPS
from budgeting.optimiser.robustness import DRAWS as ROBUSTNESS_DRAWS
from budgeting.optimiser.robustness import SEED as ROBUSTNESS_SEED
from budgeting.suppression import rule


@dataclass(frozen=True, slots=True)
class Method:
    """One rule; ``is_house_rule`` where no standard sets it, ``source`` where one does."""

    name: Text
    rule: Text
    formula: Text | None = None
    source: Text | None = None
    is_house_rule: bool = False


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
    Method(
        text("Scenario: what moves change"),
        text(
            "A move on many lines goes over those that are neither protected nor earmarked, in proportion to "
            "what they have, to the cent. What a budget breaks already counts as broken once it gets worse. "
            "Marked money changes with the lines that marks cover; what is not screened is in every total."
        ),
        text(
            "effect on a category = part of the new amount - part of the old amount, summed over lines"
        ),
        is_house_rule=True,
    ),
    Method(
        text("Scenario: benefit"),
        text(
            "Benefit follows the money of services by the shares of use of today, or by the users that the "
            "scenario sets. Money outside services, or in services that nobody's use explains, is a line of "
            "its own. It says where money goes, never what it causes."
        ),
        text("change of benefit = (net cost + change) x share - net cost x share"),
        text("average benefit incidence, as on the page Who benefits"),
    ),
    Method(
        text("Scenario: people served"),
        text(
            "One more user costs what one costs on average. Not more are served than wait for the service or, "
            "where no list is kept, than it is meant for and do not use it; not fewer than nobody. Who comes "
            "next is not known: the range is from the lowest to the highest of three rules: as today's users, "
            "as the waiting list, as the unmet need. Fewer people are fewer by today's users."
        ),
        text("people = change of net cost / net cost of one user, at most the unmet need"),
        is_house_rule=True,
    ),
    Method(
        text("Scenario: direct jobs (illustrative)"),
        text(
            "Full-time jobs that the money pays for, if each programme goes on spending on wages the part "
            "that it does today. Women's part is that of staff in the line's function. What a job costs and "
            "who holds it stands in data/jobs.toml; what is not there is not known. It claims no causes."
        ),
        text("jobs = change of a line x part of wages in its programme / cost of a job in a year"),
        is_house_rule=True,
    ),
    Method(
        text("Scenario: next years"),
        text("Every move lasts, and everything else grows at the rates that the reader enters."),
        text("amount x (1 + rate) ^ year, each year rounded by itself"),
        is_house_rule=True,
    ),
    Method(
        text("Reallocation that does most"),
        text(
            "Of all reallocations that keep every rule of the municipality and move at most the part of the "
            "budget that was asked for, the one with the largest gain; of equally good ones, the one that "
            "moves least, then the first in the order of the budget. In steps of the town it is the best "
            "answer within one step for each line, and what that costs is told. The frontier is the same "
            "question for twenty sums of money. It recommends, and claims no causes."
        ),
        text("most gain; new amount = amount + increase - decrease, not below zero"),
        text("linear programming: HiGHS, Huangfu and Hall 2018"),
    ),
    Method(
        text("Reallocation: money that counts for equality"),
        text("What marks count of each line; a line without a mark is not in it."),
        TAGGED_SHARE,
    ),
    Method(
        text("Reallocation: parity of benefit"),
        text("The distance of women's part from what would be parity, in money."),
        BENEFIT_PARITY.with_values(reference=text("reference share")),
    ),
    Method(
        text("Reallocation: gaps between use and need"),
        text(
            "With shares of use held fixed, no money closes a gap inside one service; people who come do."
        ),
        USE_GAPS.with_values(rule=text("The rule about the next users is chosen.")),
    ),
    Method(
        text("Reallocation: unmet need"),
        text("People served in addition, each group with the weight that it is given."),
        UNMET_NEED.with_values(rule=text("The rule about the next users is chosen.")),
    ),
    Method(
        text("Reallocation: several objectives"),
        text("Each as a part of the best that it could reach alone under the same rules."),
        text("sum of weight * gain / best gain of this objective alone"),
    ),
    Method(
        text("Who comes next"),
        text(
            "Women and men as today's users are, as the waiting list is, or as the unmet need is: the rule is "
            "chosen. As today's users are, the shares stay, and no money closes a gap inside one service."
        ),
        is_house_rule=True,
    ),
    Method(
        text("What more room would bring"),
        text(
            "Each rule that holds the answer is given one step more room, and the question is asked again; "
            "what is told is what that brings. Rules that cannot all be kept are named so that without any "
            "one of them the others can be; the smallest relaxation is the least sum of money."
        ),
        source=text("irreducible sets: Junker 2004, QuickXplain"),
    ),
    Method(
        text("How robust a move is"),
        text(
            "In how many of {count} draws of women's shares of users the best answer still moves a line in the "
            "same direction, with the seed {seed}: evenly inside the range of a register, as a sample's error "
            "for a survey. Assumptions have no range and are not drawn.",
            count=ROBUSTNESS_DRAWS,
            seed=str(ROBUSTNESS_SEED),
        ),
        is_house_rule=True,
    ),
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
