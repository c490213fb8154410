-- Remove what marks say in the cells of line-years, before it is added up again.
-- @batch_line_years  one row per line-year: line_year_id; all of each cell
delete from mart.marked_cube as cube
using (
    select distinct
        vintage.vintage_id,
        line_year.organisation_id,
        line_year.programme_id,
        line_year.function_id,
        line_year.economic_class_id,
        line_year.fund_id
    from core.line_years as line_year
    inner join core.vintages as vintage using (municipality_code, fiscal_year, direction)
    where line_year.line_year_id in (select line_year_id from batch_line_years)
) as cell
where cell.vintage_id = cube.vintage_id
    and cell.organisation_id = cube.organisation_id
    and cell.programme_id = cube.programme_id
    and cell.function_id = cube.function_id
    and cell.economic_class_id = cube.economic_class_id
    and cell.fund_id = cube.fund_id
