-- Forget what an undone import said against decisions of persons.
-- $import_id  import
delete from core.stated_otherwise
where import_id = $import_id
