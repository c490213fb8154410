-- Keep the findings of a file.
-- $source_file_id  file
-- @batch_findings  one row per finding
insert into core.import_findings
select
    $source_file_id,
    finding_check,
    severity,
    row_number,
    column_name,
    cell_value,
    message
from batch_findings
