-- Link each line-year to the source rows that it comes from.
-- @batch_parts       one row per part of the file: source_file_id, municipality_code, fiscal_year, direction
-- @batch_lines       one row per source row: source_file_id, row_number, line_code, label, a path code per dimension
insert into core.line_year_sources
select distinct
    line_year.line_year_id,
    incoming.source_file_id,
    incoming.row_number
from batch_lines as incoming
inner join batch_parts as part using (source_file_id)
inner join core.budget_lines as line
    on line.municipality_code = part.municipality_code
        and line.direction = part.direction
        and line.line_code = incoming.line_code
inner join core.line_years as line_year
    on line_year.line_id = line.line_id and line_year.fiscal_year = part.fiscal_year
order by line_year.line_year_id
