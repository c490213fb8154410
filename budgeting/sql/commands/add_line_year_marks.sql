-- Derive what counts for line-years under a methodology; drop_line_year_marks has made room.
-- $methodology       methodology; null for all
-- @batch_line_years  one row per line-year: line_year_id
insert into mart.line_year_marks
select *
from mart.marks_of('batch_line_years', $methodology)
order by methodology, line_year_id
