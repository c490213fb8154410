-- Add up what marks say in the cells of line-years, a statement after the other.
-- @batch_line_years  one row per line-year: line_year_id; all of each cell
insert into mart.marked_cube
select *
from mart.marked_cells('batch_line_years')
order by vintage_id
