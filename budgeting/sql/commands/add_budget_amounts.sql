-- Add the amounts of a file, summed per line; an amount that is stored already is not added again.
-- @batch_parts       one row per part of the file: source_file_id, municipality_code, fiscal_year, direction
-- @batch_statements  one row per statement of a part: statement_id, source_file_id, stage, as_of, decision_number
-- @batch_amounts     one row per source row and statement: statement_id, line_code, amount
insert into core.budget_amounts
with statement as (
    select
        statement.statement_id,
        statement.source_file_id,
        vintage.*
    from batch_statements as statement
    inner join batch_parts as part using (source_file_id)
    inner join core.vintages as vintage
        on vintage.municipality_code = part.municipality_code
            and vintage.fiscal_year = part.fiscal_year
            and vintage.direction = part.direction
            and vintage.stage = statement.stage
            and vintage.as_of is not distinct from statement.as_of
            and vintage.decision_number is not distinct from statement.decision_number
),

incoming as (
    select
        statement_id,
        line_code,
        sum(amount)::decimal(18, 2) as amount
    from batch_amounts
    group by statement_id, line_code
)

select
    statement.vintage_id,
    line_year.line_year_id,
    statement.source_file_id,
    incoming.amount
from incoming
inner join statement using (statement_id)
inner join core.budget_lines as line
    on line.municipality_code = statement.municipality_code
        and line.direction = statement.direction
        and line.line_code = incoming.line_code
inner join core.line_years as line_year
    on line_year.line_id = line.line_id and line_year.fiscal_year = statement.fiscal_year
anti join (
    select
        vintage_id,
        line_year_id
    from core.budget_amounts
    where vintage_id in (select vintage_id from statement)
) as known
    on known.vintage_id = statement.vintage_id and known.line_year_id = line_year.line_year_id
order by statement.vintage_id, line_year.line_year_id
