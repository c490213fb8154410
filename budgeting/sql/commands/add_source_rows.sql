-- Keep the rows of a file as received.
-- $source_file_id  file
-- @batch_rows      one row per row of the file: row_number, cells
insert into staging.source_rows
select
    $source_file_id,
    row_number,
    cells
from batch_rows
