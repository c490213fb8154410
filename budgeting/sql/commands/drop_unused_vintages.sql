-- Remove the statements that no file states any more. The baseline of a scenario stays: its number
-- must mean the same statement when it is stored again.
-- $import_id  import
delete from core.vintages
where (municipality_code, fiscal_year, direction) in (
    select
        municipality_code,
        fiscal_year,
        direction
    from core.source_files
    where import_id = $import_id
)
and vintage_id not in (select vintage_id from core.stated_vintages)
and vintage_id not in (select vintage_id from core.budget_amounts)
and vintage_id not in (select vintage_id from core.scenarios)
and vintage_id not in (
    select revenue_vintage_id
    from core.scenarios
    where revenue_vintage_id is not null
)
