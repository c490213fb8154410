-- Link each line-year to the source rows that it comes from.
-- $municipality_code  municipality
-- $fiscal_year        fiscal year
-- $direction          expenditure or revenue
-- $source_file_id     file
-- @batch_lines        one row per source row: row_number, line_code, label and a path code per dimension
insert into core.line_year_sources
select
    line_year.line_year_id,
    $source_file_id,
    incoming.row_number
from batch_lines as incoming
inner join core.budget_lines as line
    on line.municipality_code = $municipality_code
        and line.direction = $direction
        and line.line_code = incoming.line_code
inner join core.line_years as line_year
    on line_year.line_id = line.line_id and line_year.fiscal_year = $fiscal_year
order by line_year.line_year_id
