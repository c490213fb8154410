-- Amounts that a batch states differently from what is stored for the same statement.
-- One row per stage and date with such a difference.
-- $municipality_code  municipality
-- $fiscal_year        fiscal year of the batch
-- $direction          expenditure or revenue
-- @batch_amounts      one row per source row and statement: line_code, stage, as_of, decision_number, amount
with incoming as (
    select
        line_code,
        stage,
        as_of,
        decision_number,
        sum(amount) as amount
    from batch_amounts
    group by all
),

stored as (
    select
        line.line_code,
        vintage.stage,
        vintage.as_of,
        vintage.decision_number,
        amount.amount
    from core.vintages as vintage
    inner join core.budget_amounts as amount using (vintage_id)
    inner join core.line_years as line_year using (line_year_id)
    inner join core.budget_lines as line using (line_id)
    where vintage.municipality_code = $municipality_code
        and vintage.fiscal_year = $fiscal_year
        and vintage.direction = $direction
)

select
    incoming.stage,
    incoming.as_of,
    count(*) as line_count,
    min(incoming.line_code) as first_line_code,
    sum(stored.amount) as stored_total
from incoming
inner join stored
    on incoming.line_code = stored.line_code
        and incoming.stage = stored.stage
        and incoming.as_of is not distinct from stored.as_of
        and incoming.decision_number is not distinct from stored.decision_number
where incoming.amount <> stored.amount
group by incoming.stage, incoming.as_of
order by incoming.stage, incoming.as_of
