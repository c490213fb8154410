-- Line-years for which parts of marks count.
-- One row per line-year and part.
-- @batch_copies  one row per part: classification_id
select line_year_id
from mart.line_year_marks
where classification_id in (select classification_id from batch_copies)
