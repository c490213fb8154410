-- Keep the findings of a file, with the reasons for which they were acknowledged.
-- $import_id       import
-- @batch_findings  one row per finding
insert into core.import_findings
select
    $import_id,
    finding_check,
    severity,
    sheet_name,
    row_number,
    column_name,
    cell_value,
    message,
    reason
from batch_findings
