-- Lines that are stored for a statement that a file states again, without them.
-- One row per statement with such lines.
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
stated as (
    select distinct
        statement.vintage_id,
        amount.line_code
    from batch_amounts as amount
    inner join statement using (statement_id)
)

select
    part.source_file_id,
    part.stage,
    part.fiscal_year,
    count(*) as line_count,
    sum(stored.amount)::decimal(18, 2) as total,
    min(line.line_code) as first_line_code
from (
    select
        vintage_id,
        stage,
        fiscal_year,
        min(source_file_id) as source_file_id
    from statement
    group by vintage_id, stage, fiscal_year
) as part
inner join core.budget_amounts as stored using (vintage_id)
inner join core.line_years as line_year using (line_year_id)
inner join core.budget_lines as line using (line_id)
anti join stated on stated.vintage_id = part.vintage_id and stated.line_code = line.line_code
group by part.vintage_id, part.source_file_id, part.stage, part.fiscal_year
order by part.vintage_id
