-- Lines that are stored for a statement that a batch states again, without them.
-- One row per stage and date with such lines.
-- $municipality_code  municipality
-- $fiscal_year        fiscal year of the batch
-- $direction          expenditure or revenue
-- @batch_amounts      one row per source row and statement: line_code, stage, as_of, decision_number, amount
select
    vintage.stage,
    vintage.as_of,
    count(*) as line_count,
    sum(amount.amount)::decimal(18, 2) as total,
    min(line.line_code) as first_line_code
from core.vintages as vintage
inner join core.budget_amounts as amount using (vintage_id)
inner join core.line_years as line_year using (line_year_id)
inner join core.budget_lines as line using (line_id)
semi join batch_amounts as stated
    on stated.stage = vintage.stage
        and stated.as_of is not distinct from vintage.as_of
        and stated.decision_number is not distinct from vintage.decision_number
anti join batch_amounts as present
    on present.line_code = line.line_code
        and present.stage = vintage.stage
        and present.as_of is not distinct from vintage.as_of
        and present.decision_number is not distinct from vintage.decision_number
where vintage.municipality_code = $municipality_code
    and vintage.fiscal_year = $fiscal_year
    and vintage.direction = $direction
group by vintage.stage, vintage.as_of
order by vintage.stage, vintage.as_of
