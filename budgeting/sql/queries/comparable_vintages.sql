-- What each statement of a file is compared with: the same statement, else the newest of the same
-- stage and year, else the newest of the nearest other year.
-- One row per statement that has something to be compared with.
-- @batch_parts       one row per part of the file: source_file_id, municipality_code, fiscal_year, direction
-- @batch_statements  one row per statement of a part: statement_id, source_file_id, stage, as_of, decision_number
select
    statement.statement_id,
    vintage.vintage_id,
    vintage.fiscal_year,
    vintage.stage,
    vintage.as_of,
    vintage.decision_number,
    (
        vintage.fiscal_year = part.fiscal_year
        and coalesce(vintage.as_of, '-infinity'::date) = coalesce(statement.as_of, '-infinity'::date)
        and coalesce(vintage.decision_number, '') = coalesce(statement.decision_number, '')
    ) as is_same_statement
from batch_statements as statement
inner join batch_parts as part using (source_file_id)
inner join core.vintages as vintage
    on vintage.municipality_code = part.municipality_code
        and vintage.direction = part.direction
        and vintage.stage = statement.stage
where vintage.vintage_id in (select vintage_id from mart.cube)
qualify row_number() over (
    partition by statement.statement_id
    order by
        is_same_statement desc,
        abs(vintage.fiscal_year - part.fiscal_year), vintage.fiscal_year,
        vintage.as_of desc nulls last, vintage.vintage_id desc
) = 1
order by statement.statement_id
