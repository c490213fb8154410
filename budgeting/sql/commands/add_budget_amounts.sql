-- Add the amounts of a batch, summed per line; an amount that is stored already is not added again.
-- $municipality_code  municipality
-- $fiscal_year        fiscal year
-- $direction          expenditure or revenue
-- $source_file_id     file
-- @batch_amounts      one row per source row and statement: line_code, stage, as_of, decision_number, amount
insert into core.budget_amounts
with incoming as (
    select
        line_code,
        stage,
        as_of,
        decision_number,
        sum(amount)::decimal(18, 2) as amount
    from batch_amounts
    group by all
)

select
    vintage.vintage_id,
    line_year.line_year_id,
    $source_file_id,
    incoming.amount
from incoming
inner join core.vintages as vintage
    on vintage.municipality_code = $municipality_code
        and vintage.fiscal_year = $fiscal_year
        and vintage.direction = $direction
        and vintage.stage = incoming.stage
        and vintage.as_of is not distinct from incoming.as_of
        and vintage.decision_number is not distinct from incoming.decision_number
inner join core.budget_lines as line
    on line.municipality_code = $municipality_code
        and line.direction = $direction
        and line.line_code = incoming.line_code
inner join core.line_years as line_year
    on line_year.line_id = line.line_id and line_year.fiscal_year = $fiscal_year
anti join (
    select
        vintage_id,
        line_year_id
    from core.budget_amounts
    where vintage_id in (
        select vintage_id
        from core.vintages
        where municipality_code = $municipality_code
            and fiscal_year = $fiscal_year
            and direction = $direction
    )
) as known
    on known.vintage_id = vintage.vintage_id and known.line_year_id = line_year.line_year_id
order by vintage.vintage_id, line_year.line_year_id
