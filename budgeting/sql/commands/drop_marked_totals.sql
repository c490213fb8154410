-- Remove the totals of the statements of the years of line-years, and of statements that are gone.
-- @batch_line_years  one row per line-year: line_year_id
delete from mart.marked_totals
where vintage_id not in (select vintage_id from core.vintages)
    or vintage_id in (
        select vintage.vintage_id
        from core.line_years as line_year
        inner join core.vintages as vintage using (municipality_code, fiscal_year, direction)
        where line_year.line_year_id in (select line_year_id from batch_line_years)
    )
