-- The change of marks by which an import stated what its file says: it has the moment of the import.
-- At most one row.
-- $import_id  import
select distinct mark.mark_id
from core.classifications as mark
inner join core.imports as import
    on import.imported_at = mark.recorded_at and import.imported_by = mark.recorded_by
where import.import_id = $import_id and mark.change = 'import'
