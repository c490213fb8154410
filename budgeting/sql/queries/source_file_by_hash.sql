-- At most one row: an accepted file with the same bytes.
-- $sha256             fingerprint of the file
-- $municipality_code  municipality
select
    file_name,
    fiscal_year,
    imported_by,
    imported_at
from core.source_files
where sha256 = $sha256 and municipality_code = $municipality_code
limit 1
