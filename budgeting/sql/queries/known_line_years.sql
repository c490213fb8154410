-- The line-years of a file that are stored already.
-- One row per such line-year: its place in the file, its number and its members.
-- @batch_parts       one row per part of the file: source_file_id, municipality_code, fiscal_year, direction
-- @batch_line_years  one row per line-year of the file: place, line_id, source_file_id
select
    incoming.place,
    known.line_year_id as number,
    known.organisation_id,
    known.programme_id,
    known.function_id,
    known.economic_class_id,
    known.fund_id
from batch_line_years as incoming
inner join batch_parts as part using (source_file_id)
inner join core.line_years as known
    on known.line_id = incoming.line_id and known.fiscal_year = part.fiscal_year
