-- Keep the rows of a sheet as received.
-- $import_id   import
-- $sheet_name  sheet, empty where there is none
-- @batch_rows  one row per row of the sheet: row_number, then its cells, one column each
insert into staging.source_rows
select
    $import_id,
    $sheet_name,
    row_number,
    '["' || concat_ws('","', *columns(* exclude (row_number))) || '"]'
from batch_rows
