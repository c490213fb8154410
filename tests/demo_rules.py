"""Rules for moving money in the demo towns, and what moves bring about; everything is invented.

``demo_town.py`` writes them into ``data/demo/<town>/rules.toml``.
"""

from collections.abc import Iterator

import demo_requests

# Fund 01 is the general revenue; what the others bring is for what they were given.
FUNDS = {
    "02": ("own-revenue", "What users pay stays with those who serve them"),
    "03": ("transfers", "Transfers from higher levels are for what they were given"),
    "04": ("donations", "The donor's contract says what it is for"),
    "05": ("loans", "Loans are for the investment that was approved"),
}
PROMISED = {"0901/0901-0003": "care-places", "2001/2001-0001": "preschool-places"}
BILLS = {"613/613200": "energy", "613/613300": "communal", "613/613800": "insurance"}
TOWNS: dict[str, dict] = {
    "V": {
        "funds": ("02", "03", "04", "05"),
        "wages": 34,
        "floor": "80000.00",
        "disability": {"0901/0901-0004": "day-centre", "0901/0901-0009": "inclusion"},
    },
    "J": {"funds": ("02", "03", "04", "05"), "wages": 38, "floor": "12000.00"},
    "T": {"funds": ("02", "03", "04"), "wages": 40, "floor": "6500.00"},
}

# A block is "@ subject movement type | source", then the words.
CONSEQUENCES = """
@ programme 0901/0901-0003 less social | Agency for care
Older people who live alone lose hours of care; some must move to a home.
@ programme 0901/0901-0003 less gender | Survey of carers 2025
Daughters and wives do the hours that are cut, unpaid.
@ programme 0901/0901-0003 more gender | Register of home care 2025
Three of four new users are women; family carers have time for paid work.
@ programme 0901/0901-0006 less legal | Law on protection from violence, Article 12
The town must have a safe house at all hours; below that it breaks the law.
@ programme 0901/0901-0006 less gender | Safe house, yearly report 2025
Women and children who flee violence are turned away.
@ programme 0901/0901-0002 less social | Centre for social work
Families on regular aid get it later in the year.
@ programme 1301/1301-0001 less political | Sports association
Clubs have many members; they will come to the council.
@ programme 1301/1301-0001 more gender | Register of clubs 2025
Most members are men and boys, so most of it goes to them.
@ programme 1301/1301-0002 more gender | Sports association
Two more teams of girls can train all year.
@ programme 1301/1301-0002 less gender | Sports association
The only teams for girls over 14 lose the hall in winter.
@ programme 2001/2001-0001 less gender | Office of education
Fewer places in preschools; mothers go back to work later.
@ programme 2001/2001-0001 more social | Office of education
Children from the waiting list get a place in September.
@ programme 0701/0701-0001 less social | Works department
Potholes stay open longer; buses to the villages are late.
@ programme 1102/1102-0001 less gender | Safety walk 2025
Dark passages stay dark; women said in the safety walk that they avoid them.
@ economic_class 821 less political | Mayor's office
Building sites begin a year later than promised.
"""


def rules(letter: str) -> str:
    """Return the rules and consequences of a town as TOML."""
    head = [
        "# The rules of a fictional town for moving money, and what moves bring about.",
        "# Written by tests/demo_town.py; do not edit it by hand.",
    ]
    found = [*_rules(letter), *_consequences()]
    return "\n".join([*head, *(line for entry in found for line in ("", *entry))]) + "\n"


def _rules(letter: str) -> Iterator[list[str]]:
    town = TOWNS[letter]
    law = "Law on budgets (fictional)"
    yield _rule(
        ["balance", "balanced"],
        reason="A budget that is balanced stays balanced",
        source=f"{law}, Article 4",
    )
    yield _rule(
        ["tenth", "gives_each"],
        each="programme",
        percent=10,
        reason="In the year a programme gives at most a tenth of what the council gave it",
        source=f"{law}, Article 61",
    )
    for fund in town["funds"]:
        code, reason = FUNDS[fund]
        yield _rule([code, "earmarked"], fund=fund, reason=reason, source=f"{law}, Article 20")
    for code, name in PROMISED.items():
        yield _rule(
            [name, "gives"],
            programme=code,
            percent=0,
            reason="Places were promised for the whole year",
            source="Decisions on care and preschools 2026 (fictional)",
        )
    for code, name in town.get("disability", {}).items():
        yield _rule(
            [name, "protected"],
            programme=code,
            reason="What persons with disabilities have a right to is not cut in the year",
            source="Law on social protection (fictional), Article 31",
        )
    yield _rule(
        ["debt", "protected"],
        programme="0605/0605-0001",
        reason="Debt is paid before anything else",
        source="Law on public debt (fictional), Article 7",
    )
    yield _rule(
        ["fifth", "gives_each"],
        each="service",
        percent=20,
        reason="Those who use a service today keep most of it",
        source=f"{law}, Article 62",
    )
    for code, name in (("611", "pay"), ("612", "contributions")):
        yield _rule(
            [name, "protected"],
            economic_class=code,
            reason="Wages are set by the collective agreement",
            source="Collective agreement 2025 to 2027 (fictional)",
        )
    for code, name in BILLS.items():
        yield _rule(
            [name, "protected"],
            economic_class=code,
            reason="Bills are paid by what was used; a cut would only leave them unpaid",
            source=f"{law}, Article 44",
        )
    yield _rule(
        ["wages", "ceiling_share"],
        economic_class="611",
        percent=town["wages"],
        reason="The fiscal rule limits wages",
        source=f"{law}, Article 38",
    )
    yield _rule(
        ["reserve", "ceiling_share"],
        economic_class="600",
        percent=3,
        reason="The reserve is for what nobody could foresee",
        source=f"{law}, Article 69",
    )
    yield _rule(
        ["safe-house", "floor"],
        programme="0901/0901-0006",
        amount=town["floor"],
        reason="The safe house is open at all hours",
        source="Law on protection from violence (fictional), Article 12",
    )
    for ceiling in demo_requests.rules(letter):
        yield ["[[rule]]", *_lines(**ceiling)]


def _rule(named: list[str], **said: object) -> list[str]:
    code, kind = named
    return ["[[rule]]", *_lines(code=code, kind=kind, **said)]


def _consequences() -> Iterator[list[str]]:
    for block in CONSEQUENCES.strip("@ \n").split("\n@"):
        head, words = block.strip().split("\n")
        named, _, source = head.partition("|")
        key, code, movement, kind = named.split()
        said = {key: code, "movement": movement, "type": kind, "words": words}
        yield ["[[consequence]]", *_lines(**said, source=f"{source.strip()} (fictional)")]


def _lines(**said: object) -> list[str]:
    return [
        f"{name} = {value}" if isinstance(value, int) else f'{name} = "{value}"'
        for name, value in said.items()
    ]
