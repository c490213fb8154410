-- Amounts that are stored for a statement that a file states again, without their lines.
-- One row per such amount, as it is stored; stated_by is the part of the file.
-- @batch_vintages  one row per statement of the file that is stored: statement_id, source_file_id,
--                  vintage_id, municipality_code, fiscal_year, direction, stage
-- @batch_amounts   one row per source row and statement: statement_id, line_code, amount
with stated as (
    select distinct
        statement.vintage_id,
        amount.line_code
    from batch_amounts as amount
    inner join batch_vintages as statement using (statement_id)
),

vintage as (
    select
        vintage_id,
        stage,
        fiscal_year,
        min(source_file_id) as stated_by
    from batch_vintages
    group by vintage_id, stage, fiscal_year
)

select
    stored.vintage_id,
    stored.line_year_id,
    stored.source_file_id,
    stored.amount,
    line.line_code,
    vintage.stated_by,
    vintage.stage,
    vintage.fiscal_year
from core.budget_amounts as stored
inner join vintage using (vintage_id)
inner join core.line_years as line_year using (line_year_id)
inner join core.budget_lines as line using (line_id)
anti join stated on stated.vintage_id = stored.vintage_id and stated.line_code = line.line_code
order by stored.vintage_id, stored.line_year_id
