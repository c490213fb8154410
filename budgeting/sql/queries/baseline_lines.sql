-- The budget lines of statements that a scenario starts from, largest first.
-- One row per statement and budget line.
-- $vintage_ids  statements of amounts
select
    line.line_id,
    line.line_code,
    line.direction,
    line_year.label,
    line_year.organisation_id,
    line_year.programme_id,
    line_year.function_id,
    line_year.economic_class_id,
    line_year.fund_id,
    amount.amount
from core.budget_amounts as amount
inner join core.line_years as line_year using (line_year_id)
inner join core.budget_lines as line using (line_id)
where amount.vintage_id in (select unnest($vintage_ids))
order by line.direction, amount.amount desc, line.line_code
