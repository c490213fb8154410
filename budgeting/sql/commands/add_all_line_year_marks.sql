-- Derive what counts for every line-year.
insert into mart.line_year_marks
select *
from mart.marks_in_force
order by methodology, line_year_id
