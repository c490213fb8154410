-- Add the parts of a file.
-- $import_id         import
-- @batch_parts       one row per part of the file: source_file_id, municipality_code, fiscal_year, direction,
--                    sheet_name, header, accepted_count
insert into core.source_files
select
    source_file_id,
    $import_id,
    municipality_code,
    fiscal_year,
    direction,
    sheet_name,
    header,
    accepted_count,
    false
from batch_parts
order by source_file_id
