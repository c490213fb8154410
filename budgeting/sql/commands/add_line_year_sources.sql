-- Link each line-year to the source rows that it comes from.
-- @batch_sources  one row per line-year and source row, in their order: line_year_id, source_file_id, row_number
insert into core.line_year_sources
select
    line_year_id,
    source_file_id,
    row_number
from batch_sources
