-- Remove the amounts that an import added.
-- $import_id  import
delete from core.budget_amounts
where source_file_id in (
    select source_file_id
    from core.source_files
    where import_id = $import_id
)
