-- The stored statements that those of a file are.
-- One row per statement of the file that is stored, in the order of the stored ones.
-- @batch_parts       one row per part of the file: source_file_id, municipality_code, fiscal_year, direction
-- @batch_statements  one row per statement of a part: statement_id, source_file_id, stage, as_of, decision_number
select
    statement.statement_id,
    statement.source_file_id,
    vintage.vintage_id,
    vintage.municipality_code,
    vintage.fiscal_year,
    vintage.direction,
    vintage.stage,
    vintage.vintage_id in (select amount.vintage_id from core.budget_amounts as amount) as has_amounts
from batch_statements as statement
inner join batch_parts as part using (source_file_id)
inner join core.vintages as vintage
    on vintage.municipality_code = part.municipality_code
        and vintage.fiscal_year = part.fiscal_year
        and vintage.direction = part.direction
        and vintage.stage = statement.stage
        and vintage.as_of is not distinct from statement.as_of
        and vintage.decision_number is not distinct from statement.decision_number
order by vintage.vintage_id, statement.statement_id
