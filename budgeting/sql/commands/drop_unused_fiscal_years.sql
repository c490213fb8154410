-- Remove the fiscal years of an import for which no accepted file is left.
-- $import_id  import
delete from core.fiscal_years
where (municipality_code, fiscal_year) in (
    select
        municipality_code,
        fiscal_year
    from core.source_files
    where import_id = $import_id
)
and (municipality_code, fiscal_year) not in (
    select
        municipality_code,
        fiscal_year
    from core.line_years
)
and (municipality_code, fiscal_year) not in (
    select
        municipality_code,
        fiscal_year
    from core.source_files
    where not is_undone and direction not in ('use', 'labels')
)
