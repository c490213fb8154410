-- Add each year's occurrence of lines, numbered before.
-- $is_elimination    whether the file holds consolidation eliminations
-- @batch_line_years  one row per line-year that is new: line_year_id, line_id, municipality_code, fiscal_year,
--                    direction, label, a member per dimension
insert into core.line_years
select
    line_year_id,
    line_id,
    municipality_code,
    fiscal_year,
    direction,
    label,
    organisation_id,
    programme_id,
    function_id,
    economic_class_id,
    fund_id,
    $is_elimination,
    core.folded(label)
from batch_line_years
