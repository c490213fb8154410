-- Leave it to the first look to add up the marks of the statements of the years of line-years.
-- @batch_line_years  one row per line-year: line_year_id
insert into mart.statements_to_add_up
select vintage.vintage_id
from core.vintages as vintage
where (vintage.municipality_code, vintage.fiscal_year, vintage.direction) in (
        select
            municipality_code,
            fiscal_year,
            direction
        from core.line_years
        where line_year_id in (select line_year_id from batch_line_years)
    )
