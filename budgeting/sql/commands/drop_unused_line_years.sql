-- Remove the line-years of an import's years that no row, amount or replaced amount leads to.
-- $import_id  import
delete from core.line_years
where (municipality_code, fiscal_year, direction) in (
    select
        municipality_code,
        fiscal_year,
        direction
    from core.source_files
    where import_id = $import_id
)
and line_year_id not in (select line_year_id from core.line_year_sources)
and line_year_id not in (select line_year_id from core.budget_amounts)
and line_year_id not in (select line_year_id from core.replaced_amounts)
