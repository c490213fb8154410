-- Note that the marks of the statements of the years of line-years are added up.
-- @batch_line_years  one row per line-year: line_year_id; all of each year
delete from mart.statements_to_add_up
where vintage_id not in (select vintage_id from core.vintages)
    or vintage_id in (
        select vintage.vintage_id
        from core.line_years as line_year
        inner join core.vintages as vintage using (municipality_code, fiscal_year, direction)
        where line_year.line_year_id in (select line_year_id from batch_line_years)
    )
