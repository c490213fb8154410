-- Take the figures of an import back; what they had replaced counts again.
-- $import_id  import
update core.indicator_figures
set is_undone = true
where import_id = $import_id
