-- One row per part of a file whose sheet was accepted before and not undone.
-- $sha256            fingerprint of the file
-- @batch_parts       one row per part of the file: source_file_id, municipality_code, fiscal_year, direction,
--                    sheet_name
select
    incoming.source_file_id,
    import.file_name,
    stored.fiscal_year,
    import.imported_by,
    import.imported_at
from batch_parts as incoming
inner join core.source_files as stored
    on stored.municipality_code = incoming.municipality_code
        and stored.direction = incoming.direction
        and stored.sheet_name = incoming.sheet_name
        and not stored.is_undone
inner join core.imports as import using (import_id)
where import.sha256 = $sha256
order by incoming.source_file_id, stored.source_file_id
