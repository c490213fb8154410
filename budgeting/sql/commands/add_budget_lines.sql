-- Add the budget lines that are new.
-- $municipality_code  municipality
-- $fiscal_year        not used for lines, which are free of years
-- $direction          expenditure or revenue
-- @batch_lines        one row per source row: row_number, line_code, label and a path code per dimension
insert into core.budget_lines
with incoming as (
    select
        line_code,
        min(row_number) as first_row
    from batch_lines
    where $fiscal_year is not null
    group by line_code
)

select
    (select coalesce(max(line_id), 0) from core.budget_lines)
    + row_number() over (order by incoming.first_row),
    $municipality_code,
    $direction,
    incoming.line_code
from incoming
anti join core.budget_lines as known
    on known.municipality_code = $municipality_code
        and known.direction = $direction
        and known.line_code = incoming.line_code
