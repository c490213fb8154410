-- Line-years on which what an import adds, states or takes away may bear, where their municipality has
-- marks: those of its years, and of later ones, for which its marks go on counting.
-- One row per line-year.
-- $import_id  import
with part as (
    select
        municipality_code,
        direction,
        min(fiscal_year) as from_year
    from core.source_files
    where import_id = $import_id
        and municipality_code in (select municipality_code from core.classifications)
    group by municipality_code, direction
)

select line_year.line_year_id
from core.line_years as line_year
inner join part
    on part.municipality_code = line_year.municipality_code
        and part.direction = line_year.direction
where line_year.fiscal_year >= part.from_year
