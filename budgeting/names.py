"""Names: what readers call the codes of the model, on screens, in files and in findings."""

from collections.abc import Callable, Mapping

from budgeting.incidence.shared import Treatment
from budgeting.model import Direction, Stage, Text, text
from budgeting.services.names import treatment_name


def dimension_name(dimension: str) -> Text:
    """Return what readers call a dimension."""
    return {
        "organisation": text("organisation"),
        "programme": text("programme"),
        "function": text("function (COFOG)"),
        "economic_class": text("economic class"),
        "fund": text("fund"),
        "line": text("budget line"),
    }[dimension]


def stage_name(stage: Stage) -> Text:
    """Return what readers call a stage."""
    return {
        Stage.PROPOSED: text("proposed"),
        Stage.APPROVED: text("approved"),
        Stage.REVISED: text("revised"),
        Stage.COMMITTED: text("committed"),
        Stage.EXECUTED: text("executed"),
        Stage.FORECAST: text("forecast"),
    }[stage]


def direction_name(direction: Direction) -> Text:
    """Return what readers call a direction."""
    return {
        Direction.EXPENDITURE: text("expenditure"),
        Direction.REVENUE: text("revenue"),
    }[direction]


def held_name(code: str) -> Text:
    """Return what readers call what a part of a file holds: a direction of money, use, or labels."""
    others = {"use": text("use of services"), "labels": text("labels of codes")}
    return others.get(code) or direction_name(Direction(code))


def price_name(prices: str) -> Text:
    """Return what readers call a choice of prices."""
    return {"nominal": text("nominal"), "constant": text("constant prices")}[prices]


def amount_name(per: str) -> Text:
    """Return what readers call a choice of amounts."""
    return {"total": text("total"), "resident": text("per resident")}[per]


def stance_name(stance: str) -> Text:
    """Return what readers call a stance."""
    return {
        "principal": text("principal"),
        "significant": text("significant"),
        "unclear": text("unclear"),
        "none": text("none"),
    }[stance]


def measures_name(measures: str) -> Text:
    """Return what readers call what a methodology measures."""
    return {
        "intent": text("intent"),
        "beneficiary_share": text("share of beneficiaries"),
        "process": text("process"),
    }[measures]


def confidence_name(confidence: str) -> Text:
    """Return what readers call how sure an author is."""
    return {"high": text("high"), "medium": text("medium"), "low": text("low")}[confidence]


def mark_state_name(state: str) -> Text:
    """Return what readers call where a mark stands."""
    return {
        "draft": text("draft"),
        "reviewed": text("reviewed"),
        "approved": text("read and approved"),
        "withdrawn": text("withdrawn"),
        "undone": text("undone"),
    }[state]


def scenario_state_name(state: str) -> Text:
    """Return what readers call where a scenario stands."""
    return {
        "draft": text("draft"),
        "submitted": text("submitted"),
        "adopted": text("adopted"),
        "rejected": text("rejected"),
        "withdrawn": text("withdrawn"),
    }[state]


def change_name(change: str) -> Text:
    """Return what readers call a change of a mark."""
    return {
        "mark": text("marked"),
        "review": text("reviewed"),
        "approve": text("read and approved"),
        "send-back": text("sent back"),
        "withdraw": text("withdrawn"),
        "undo": text("taken back"),
        "import": text("stated by a file"),
        "carry-over": text("confirmed for a new year"),
        "reattach": text("moved to another line"),
        "rescore": text("scored again"),
    }[change]


def confirmation_name(kind: str) -> Text:
    """Return why a mark should be confirmed, in readers' words."""
    return {
        "changed": text("changed since it was marked"),
        "successor": text("continues a marked line"),
        "new": text("new, without a mark"),
    }[kind]


def sex_name(sex: str) -> Text:
    """Return what readers call a sex in a table; unknown is that of persons whom nobody asked."""
    return {
        "female": text("women"),
        "male": text("men"),
        "other": text("other"),
        "unknown": text("not known"),
        "all": text("all"),
    }[sex]


def parity_name(place: str) -> Text:
    """Return where an index of women against men stands to its band, in readers' words."""
    return {
        "below": text("fewer women"),
        "within": text("within"),
        "above": text("more women"),
    }[place]


def group_part_name(place: str) -> Text:
    """Return where an index of a group against all others stands to its band, in readers' words."""
    return {
        "below": text("less than its part"),
        "within": text("within"),
        "above": text("more than its part"),
    }[place]


def need_state_name(state: str) -> Text:
    """Return what readers call where a request for data stands."""
    return {
        "open": text("open"),
        "asked": text("asked"),
        "received": text("received"),
        "dropped": text("dropped"),
    }[state]


def heading_name(heading: str) -> Text:
    """Return what readers call a part of the 4R method."""
    return {
        "representation": text("representation"),
        "resources": text("resources"),
        "reality": text("reality"),
        "realisation": text("realisation"),
    }[heading]


def standing_name(standing: str) -> Text:
    """Return what readers call what is known about who has money."""
    return {
        "explained": text("users counted or asked"),
        "assumed": text("assumption"),
        "not_attributable": text("not attributable to persons"),
        "not_known": text("users not known"),
        "outside": text("in no service"),
    }[standing]


def range_kind_name(kind: str) -> Text:
    """Return what a range around a share means, in readers' words."""
    return {
        "confidence": text("95 % of samples"),
        "coverage": text("whoever is not recorded"),
        "assumption": text("assumption, not ranked"),
    }[kind]


def becoming_name(change: str) -> Text:
    """Return what readers call what became of a line."""
    return {
        "renamed": text("renamed"),
        "moved": text("moved"),
        "split": text("split"),
        "merged": text("merged"),
        "recoded": text("another code within the year"),
    }[change]


def relation_name(relation: str) -> Text:
    """Return how a line stands to another, in readers' words."""
    return {"continues": text("continues"), "continued_by": text("goes on as")}[relation]


def codes_of_line(line_code: str) -> str:
    """Return the codes of a line without their dimensions' names."""
    parts = [part.partition("=") for part in line_code.split(";")]
    return " · ".join(code for name, _, code in parts if code and name != "label")


def measure_name(code: str) -> Text:
    """Return what readers call a measure of a scenario."""
    return {
        "expenditure": text("expenditure"),
        "revenue": text("revenue"),
        "tagged_low": text("for equality: principal"),
        "tagged_high": text("for equality: principal and significant"),
        "not_screened": text("not screened for equality"),
        "benefit_female": text("benefit to women"),
        "benefit_male": text("benefit to men"),
        "benefit_other": text("benefit to others"),
        "benefit_unknown": text("benefit to people whose sex is not known"),
        "not_attributable": text("services that nobody’s use explains"),
        "outside": text("outside services, or for their buildings"),
    }[code]


def movement_name(code: str) -> Text:
    """Return what readers call the way in which money moves."""
    return {"more": text("more"), "less": text("less")}[code]


def consequence_name(code: str) -> Text:
    """Return what readers call a type of consequence."""
    return {
        "legal": text("legal"),
        "social": text("social"),
        "political": text("political"),
        "gender": text("gender equality"),
    }[code]


def move_name(code: str) -> Text:
    """Return what readers call a kind of move."""
    return {
        "virement": text("virement"),
        "level": text("another level"),
        "new_line": text("new line"),
        "users": text("other users"),
    }[code]


# parameters that hold codes, and columns of the kind “code”, with the words for their codes
NAMED_CODES: Mapping[str, Callable[[str], Text]] = {
    "stage": lambda code: stage_name(Stage(code)),
    "direction": held_name,
    "dimension": dimension_name,
    "by": dimension_name,
    "prices": price_name,
    "per": amount_name,
    "stance": stance_name,
    "measures": measures_name,
    "confidence": confidence_name,
    "mark_state": mark_state_name,
    "change": change_name,
    "kind": confirmation_name,
    "becoming": becoming_name,
    "relation": relation_name,
    "sex": sex_name,
    "standing": standing_name,
    "range_kind": range_kind_name,
    "parity": parity_name,
    "gpi_parity": parity_name,
    "group_part": group_part_name,
    "heading": heading_name,
    "need_state": need_state_name,
    "measure": measure_name,
    "move": move_name,
    "scenario_state": scenario_state_name,
    "movement": movement_name,
    "consequence": consequence_name,
    "treatment": lambda code: treatment_name(Treatment(code)),
}

# what readers call the parameters of a report
PARAMETERS: Mapping[str, Text] = {
    "municipality": text("municipality"),
    "year": text("year"),
    "direction": text("direction"),
    "stage": text("stage"),
    "by": text("broken down by"),
    "within": text("within"),
    "words": text("search"),
    "prices": text("prices"),
    "per": text("amounts"),
    "page": text("page"),
    "line": text("budget line"),
    "methodology": text("methodology"),
    "version": text("version"),
    "convention": text("convention"),
    "category": text("category"),
    "layout": text("layout"),
    "unit": text("unit"),
    "show": text("shown"),
    "subject": text("subject"),
    "service": text("service"),
    "group": text("group"),
    "treatment": text("money for everybody"),
    "sex": text("sex"),
    "ages": text("ages"),
    "fee": text("change of the fee, per cent"),
    "elasticity_women": text("women's answer to the fee"),
    "elasticity_men": text("men's answer to the fee"),
    "owner": text("department"),
    "code": text("code"),
    "meeting": text("meeting"),
}

# what readers call the tables of a report, where the table has no title of its own
TABLES: Mapping[str, Text] = {
    "groups": text("breakdown"),
    "moves": text("largest changes"),
    "stages": text("stages"),
    "statements": text("statements"),
    "statement": text("statement"),
    "gaps": text("what is missing"),
    "categories": text("categories"),
    "years": text("years"),
    "change": text("change since the year before"),
    "largest": text("largest lines"),
    "methodologies": text("methodologies"),
    "lines": text("budget lines"),
    "queue": text("queue"),
    "changes": text("changes"),
    "columns": text("columns"),
    "files": text("files"),
    "amounts": text("amounts"),
    "classification": text("classification"),
    "links": text("lines before and after"),
    "proposed": text("probably the same lines"),
    "confirmed": text("confirmed"),
    "gone": text("gone lines"),
    "new": text("new lines"),
    "both": text("lines of both years"),
    "services": text("services"),
    "money": text("money"),
    "users": text("users"),
    "trend": text("users by year"),
    "sources": text("sources of the figures"),
    "questions": text("4R questions"),
    "register": text("data register"),
    "grades": text("what the budget rests on"),
    "grade_rules": text("rules of the data grades"),
    "request": text("data request"),
    "members": text("members of the group"),
    "crossings": text("sex, age and group together"),
    "missing": text("missing data"),
    "needs": text("needs"),
    "plans": text("planned and actual use"),
    "measures": text("women against men"),
    "intensity": text("intensity of use"),
    "payers": text("who pays the fees"),
    "equality": text("distance from equal shares"),
    "shared": text("money for everybody"),
    "spread": text("how use is spread"),
    "coverage": text("what is known of the budget"),
    "topics": text("topics"),
}
