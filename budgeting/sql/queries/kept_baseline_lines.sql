-- The lines that scenarios start from, as they were, in their order.
-- One row per line; line_id is empty where no budget has the line any more.
-- $baseline           fingerprint of the lines
-- $municipality_code  municipality
select
    kept.place,
    line.line_id,
    kept.direction,
    kept.line_code,
    kept.label,
    kept.amount,
    kept.organisation,
    kept.programme,
    kept."function",
    kept.economic_class,
    kept.fund,
    kept.services
from core.baseline_lines as kept
left join core.budget_lines as line
    on line.municipality_code = $municipality_code
        and line.direction = kept.direction
        and line.line_code = kept.line_code
where kept.baseline = $baseline
order by kept.place
