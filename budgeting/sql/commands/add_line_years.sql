-- Add each year's occurrence of lines, numbered before.
-- $is_elimination    whether the file holds consolidation eliminations
-- @batch_parts       one row per part of the file: source_file_id, municipality_code, fiscal_year, direction
-- @batch_line_years  one row per line-year that is new: line_year_id, line_id, source_file_id, label,
--                    a member per dimension
insert into core.line_years
select
    incoming.line_year_id,
    incoming.line_id,
    part.municipality_code,
    part.fiscal_year,
    part.direction,
    incoming.label,
    incoming.organisation_id,
    incoming.programme_id,
    incoming.function_id,
    incoming.economic_class_id,
    incoming.fund_id,
    $is_elimination,
    core.folded(incoming.label)
from batch_line_years as incoming
inner join batch_parts as part using (source_file_id)
