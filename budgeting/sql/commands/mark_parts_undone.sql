-- Write on the parts of an import that it was undone.
-- $import_id  import
update core.source_files
set is_undone = true
where import_id = $import_id
