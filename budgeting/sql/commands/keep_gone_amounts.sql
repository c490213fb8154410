-- Keep the stored amounts of lines that a correction no longer has, before it removes them.
-- $import_id         import that removes them
-- @batch_parts       one row per part of the file: source_file_id, municipality_code, fiscal_year, direction
-- @batch_statements  one row per statement of a part: statement_id, source_file_id, stage, as_of, decision_number
-- @batch_amounts     one row per source row and statement: statement_id, line_code, amount
insert into core.replaced_amounts
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
    stored.vintage_id,
    stored.line_year_id,
    stored.source_file_id,
    stored.amount,
    $import_id
from core.budget_amounts as stored
inner join core.line_years as line_year using (line_year_id)
inner join core.budget_lines as line using (line_id)
anti join stated on stated.vintage_id = stored.vintage_id and stated.line_code = line.line_code
where stored.vintage_id in (select vintage_id from statement)
