"""Contradictions: what a mapping says that could only go wrong later, or give a wrong sum."""

from budgeting.imports.mappings.mapping import TO_DATE, AmountRule, Mapping


def refuse_contradictions(mapping: Mapping) -> None:
    """Raise ValueError for what could only go wrong later, or give a wrong sum."""
    if mapping.labels and any(row.kind != "skip" for row in mapping.rows):
        raise ValueError("rows of a table of labels can only be skipped")
    if mapping.has_descriptor or not mapping.has_budget:
        return
    if not mapping.amounts:
        raise ValueError("“amount” is missing")
    if not mapping.label and not mapping.label_text:
        raise ValueError("[line] needs label or label_text")
    dimensions = [rule.dimension for rule in mapping.classifications]
    if len(set(dimensions)) < len(dimensions):
        raise ValueError("a dimension is given twice")
    for place, rule in enumerate(mapping.classifications):
        if rule.link and rule.link.origin not in dimensions[:place]:
            raise ValueError(
                f"{rule.dimension} is linked from a dimension that does not come before it"
            )
    if not mapping.classifications and not mapping.is_identified_by_label:
        raise ValueError("a line needs a classification, or identified_by_label = true")
    _refuse_idle_rules(mapping)
    _refuse_contradicting_amounts(mapping)
    _refuse_gaps_between_months([rule for rule in mapping.amounts if rule.months])


def _refuse_idle_rules(mapping: Mapping) -> None:
    """Raise ValueError for rules that could never find anything, or would count money twice."""
    levels = [level for rule in mapping.classifications for level in rule.levels]
    has_headings = any(row.kind == "heading" for row in mapping.rows) or mapping.structure
    if any(level.heading for level in levels) and not has_headings:
        raise ValueError("headings need [structure], or a [[row]] of kind heading")
    dimensions = {rule.dimension for rule in mapping.classifications}
    for amount in mapping.amounts:
        if amount.member and amount.member[0] in dimensions:
            raise ValueError(f"{amount.member[0]} is read from the rows and from the columns")
    columns = {amount.column for amount in mapping.amounts}
    if any(rule.column in columns for rule in mapping.sums):
        raise ValueError("a column is an amount or the sum of others, not both")
    factors = {(amount.column, amount.factor) for amount in mapping.amounts}
    if len(factors) > len(columns):
        raise ValueError("a column has one factor")


def _refuse_contradicting_amounts(mapping: Mapping) -> None:
    statements = [(*rule.series, rule.as_of) for rule in mapping.amounts]
    if len(set(statements)) < len(statements):
        raise ValueError("two columns hold the same statement")
    stages = {rule.stage for rule in mapping.amounts}
    change = mapping.change
    if change and not {change.earlier, change.later} <= stages:
        raise ValueError("a change lies between two stages of the mapping")
    if any(rule.date_column and rule.member for rule in mapping.amounts):
        raise ValueError("a column with a date_column cannot stand for a member as well")


def _refuse_gaps_between_months(rules: list[AmountRule]) -> None:
    """Raise ValueError where single months cannot be added up since the year began."""
    ends: dict[object, int] = {}
    for rule in sorted(rules, key=lambda rule: str(rule.as_of)):
        if not rule.as_of or rule.date_column:
            raise ValueError(f"“{rule.column}” has months, so it needs as_of")
        if rule.stage not in (None, *TO_DATE):
            raise ValueError(f"“{rule.column}”: months are added up to what was executed to date")
        day = rule.date_for(2000, None)
        end = day.month if day else 0
        if end - (rule.months or 0) != ends.get(rule.series, 0):
            raise ValueError(f"“{rule.column}” does not follow the months before it since January")
        ends[rule.series] = end
