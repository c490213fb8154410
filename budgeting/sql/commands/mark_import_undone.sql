-- Write on an import that it was undone.
-- $import_id    import
-- $undone_by    who
-- $undone_at    when
-- $undo_reason  why
update core.imports
set undone_by = $undone_by, undone_at = $undone_at, undo_reason = $undo_reason
where import_id = $import_id
