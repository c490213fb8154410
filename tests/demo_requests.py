"""Requests of a demo town for next year's budget, with the ceilings that they meet; everything is invented.

``demo_town.py`` writes them into ``data/demo/<town>/requests_<year>_*.csv``. Organisations ask for more
general revenue than there will be; revenue is expected to be what the ceilings add up to.
"""

from decimal import Decimal

from demo_budgets import expenditure, revenue, total
from demo_tables.towns import TOWNS
from demo_tables.years import OPEN_YEAR

TOWN, YEAR, STAGE = "demo_jasenik", OPEN_YEAR + 1, "proposed"
GENERAL, LARGEST = "01", "717100"
GROWTH = Decimal("1.03")
# what each organisation asks for of general revenue, beside this year's last rebalance
ASKED = {
    "01": "1.02",
    "02": "1.05",
    "03": "1.03",
    "04": "1.08",
    "05": "1.07",
    "06": "1.12",
    "07": "1.06",
    "08": "0.98",
    "09": "1.04",
}


def requests() -> list[dict]:
    """Return the rows of expenditure that organisations ask for: last year's lines, rounded to tens."""
    rows = []
    for row in expenditure(TOWN, OPEN_YEAR):
        factor = Decimal(ASKED[row["organisation_code"]])
        is_general = row["fund_code"] == GENERAL
        amount = _tens(row["rebalance_2"] * factor) if is_general else row["rebalance_2"]
        if amount > 0:
            rows.append({**row, STAGE: amount})
    return rows


def ceilings() -> dict[str, Decimal]:
    """Return what each organisation may have: this year's money and three per cent, in thousands."""
    rows = expenditure(TOWN, OPEN_YEAR)
    return {
        code: _rounded(total([row for row in rows if _is_of(row, code)], "rebalance_2") * GROWTH, 3)
        for code in ASKED
    }


def expected() -> list[dict]:
    """Return the rows of revenue: other funds as they are asked for, and the rest of the ceilings."""
    asked, rows = requests(), [{**row} for row in revenue(TOWN, OPEN_YEAR) if row["rebalance_2"]]
    funds = dict.fromkeys(row["fund_code"] for row in rows)
    wanted = {fund: total(asked, STAGE, fund) for fund in funds}
    wanted[GENERAL] = sum(ceilings().values()) - sum(wanted[one] for one in funds if one != GENERAL)
    for row in rows:
        factor = GROWTH if row["fund_code"] == GENERAL else Decimal(1)
        row[STAGE] = _tens(row["rebalance_2"] * factor)
    for fund, goal in wanted.items():
        own = [row for row in rows if row["fund_code"] == fund]
        largest = max(own, key=lambda row: row[STAGE])
        largest[STAGE] += goal - total(own, STAGE)
    return rows


def rules(letter: str) -> list[dict]:
    """Return the ceilings of a town as entries of its rules."""
    if TOWNS[TOWN]["letter"] != letter:
        return []
    return [
        {
            "code": f"ceiling-{YEAR}-{code}",
            "kind": "budget_ceiling",
            "organisation": code,
            "amount": f"{amount:.2f}",
            "reason": "What the budget is expected to receive is shared out before anybody asks",
            "source": f"Instructions for the budget of {YEAR} (fictional)",
            "year": YEAR,
        }
        for code, amount in ceilings().items()
    ]


def _is_of(row: dict, code: str) -> bool:
    return row["organisation_code"] == code


def _tens(amount: Decimal) -> Decimal:
    return _rounded(amount, 1)


def _rounded(amount: Decimal, digits: int) -> Decimal:
    return round(amount, -digits).quantize(Decimal("0.01"))
