-- One row per part, newest first, of accepted and not undone files with the same bytes.
-- $sha256             fingerprint of the file
-- $municipality_code  municipality
select
    part.import_id,
    import.file_name,
    part.sheet_name,
    part.fiscal_year,
    part.direction,
    import.imported_by,
    import.imported_at
from core.imports as import
inner join core.source_files as part using (import_id)
where import.sha256 = $sha256
    and part.municipality_code = $municipality_code
    and not part.is_undone
order by part.source_file_id desc
