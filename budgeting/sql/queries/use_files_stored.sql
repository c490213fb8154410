-- One row per import of a file of use with the same bytes that is not undone.
-- $sha256  fingerprint of the file
select
    import.import_id,
    import.file_name,
    import.imported_by,
    import.imported_at
from core.imports as import
where import.sha256 = $sha256
    and import.undone_at is null
    and import.import_id in (
        select import_id from core.source_files
        where direction = 'use'
    )
order by import.import_id
