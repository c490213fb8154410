-- Line-years of the years that an import concerns, where their municipality has marks.
-- One row per line-year.
-- $import_id  import
select line_year.line_year_id
from core.line_years as line_year
semi join (
    select
        municipality_code,
        fiscal_year,
        direction
    from core.source_files
    where import_id = $import_id
        and municipality_code in (select municipality_code from core.classifications)
) as part using (municipality_code, fiscal_year, direction)
