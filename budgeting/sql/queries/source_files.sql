-- One row per accepted file of a municipality, newest first.
-- $municipality_code  municipality, or null for all
select
    source_file_id,
    municipality_code,
    fiscal_year,
    direction,
    file_name,
    sha256,
    mapping_name,
    as_of,
    read_count,
    accepted_count,
    skipped_count,
    rejected_count,
    imported_by,
    imported_at
from core.source_files
where $municipality_code is null or municipality_code = $municipality_code
order by source_file_id desc
