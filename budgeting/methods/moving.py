"""Methods of moving money: what scenarios and the optimiser say, and by which rule."""

from budgeting.methods.model import Method
from budgeting.model import text
from budgeting.optimiser.objectives import BENEFIT_PARITY, TAGGED_SHARE, UNMET_NEED, USE_GAPS
from budgeting.optimiser.robustness import DRAWS as ROBUSTNESS_DRAWS
from budgeting.optimiser.robustness import SEED as ROBUSTNESS_SEED
from budgeting.services.lists import carrying

METHODS_OF_MOVING = (
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
        text("Scenario: users of an earlier year"),
        text(
            "Where nobody has recorded who uses a service in the year of the budget, as in next year's, its "
            "users, waiting list, stated needs and fees are those of the nearest earlier year that tells the "
            "users, at most {years} years back, and never of a later one; so are the residents. Every number "
            "says so. The data grade falls (letters down: {steps}), whatever their age; how sure a share is "
            "follows from how it was counted, unless the grade makes it an assumption. Without an earlier "
            "figure it is not known. Both numbers stand in data/grades.toml.",
            years=carrying().years,
            steps=carrying().steps,
        ),
        text("use of a year = use of the last year before it that tells the users"),
        is_house_rule=True,
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
)
