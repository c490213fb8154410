-- Forget what a correction replaced, once it is put back.
-- $import_id  correction that is undone
delete from core.replaced_amounts
where import_id = $import_id
