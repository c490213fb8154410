-- Amounts that a file states differently from what is stored for the same statement.
-- One row per statement with such a difference.
-- @batch_parts       one row per part of the file: source_file_id, municipality_code, fiscal_year, direction
-- @batch_statements  one row per statement of a part: statement_id, source_file_id, stage, as_of, decision_number
-- @batch_amounts     one row per source row and statement: statement_id, line_code, amount
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
    min(statement.source_file_id) as source_file_id,
    statement.stage,
    statement.fiscal_year,
    count(*) as line_count,
    min(incoming.line_code) as first_line_code,
    sum(stored.amount)::decimal(18, 2) as stored_total,
    sum(incoming.amount)::decimal(18, 2) as stated_total
from incoming
inner join statement using (statement_id)
inner join core.budget_lines as line
    on line.municipality_code = statement.municipality_code
        and line.direction = statement.direction
        and line.line_code = incoming.line_code
inner join core.line_years as line_year
    on line_year.line_id = line.line_id and line_year.fiscal_year = statement.fiscal_year
inner join core.budget_amounts as stored
    on stored.vintage_id = statement.vintage_id and stored.line_year_id = line_year.line_year_id
where stored.amount <> incoming.amount
group by statement.vintage_id, statement.stage, statement.fiscal_year
order by statement.vintage_id
