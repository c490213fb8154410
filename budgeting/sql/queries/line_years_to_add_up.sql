-- Line-years of the years of statements whose marks wait to be added up.
-- One row per line-year.
-- $vintage_ids  statements of amounts that are asked for
select line_year_id
from core.line_years
where (municipality_code, fiscal_year, direction) in (
        select
            vintage.municipality_code,
            vintage.fiscal_year,
            vintage.direction
        from core.vintages as vintage
        inner join mart.statements_to_add_up using (vintage_id)
        where vintage.vintage_id in (select unnest($vintage_ids))
    )
