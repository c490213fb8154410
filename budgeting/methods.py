"""Methods: how the numbers come about, in the words that the methods page shows."""

from dataclasses import dataclass

from budgeting.model import Text, text


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
)
