-- The rules of a version of a municipality's rules, in their order.
-- One row per rule.
-- $municipality_code  municipality
-- $version            version
select
    rule_code,
    kind,
    direction,
    subject_kind,
    subject_code,
    amount,
    percent,
    reason,
    source,
    fiscal_year
from core.budget_rules
where municipality_code = $municipality_code and version = $version
order by place
