-- One row per import of a file with the same bytes that holds no budget and is not undone.
-- $sha256     fingerprint of the file
-- $direction  what it holds: use or labels
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
        where direction = $direction
    )
order by import.import_id
