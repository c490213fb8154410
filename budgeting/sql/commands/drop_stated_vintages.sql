-- Forget which statements an import states.
-- $import_id  import
delete from core.stated_vintages
where source_file_id in (
    select source_file_id
    from core.source_files
    where import_id = $import_id
)
