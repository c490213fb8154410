-- Amounts that a file states differently from what is stored for the same statement.
-- One row per such amount, as it is stored; stated is what the file says, stated_by its part.
-- @batch_vintages  one row per statement of the file that is stored: statement_id, source_file_id,
--                  vintage_id, municipality_code, fiscal_year, direction, stage
-- @batch_amounts   one row per source row and statement: statement_id, line_code, amount
with incoming as (
    select
        statement_id,
        line_code,
        sum(amount)::decimal(18, 2) as amount
    from batch_amounts
    group by statement_id, line_code
)

select
    stored.vintage_id,
    stored.line_year_id,
    stored.source_file_id,
    stored.amount,
    incoming.amount as stated,
    incoming.line_code,
    statement.source_file_id as stated_by,
    statement.stage,
    statement.fiscal_year
from incoming
inner join batch_vintages as statement using (statement_id)
inner join core.budget_lines as line
    on line.municipality_code = statement.municipality_code
        and line.direction = statement.direction
        and line.line_code = incoming.line_code
inner join core.line_years as line_year
    on line_year.line_id = line.line_id and line_year.fiscal_year = statement.fiscal_year
inner join core.budget_amounts as stored
    on stored.vintage_id = statement.vintage_id and stored.line_year_id = line_year.line_year_id
where stored.amount <> incoming.amount
order by stored.vintage_id, stored.line_year_id
