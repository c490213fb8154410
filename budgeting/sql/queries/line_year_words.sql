-- What line-years are called.
-- One row per line-year.
-- $line_year_ids  line-years
select
    line_year.line_year_id,
    line_year.line_id,
    line.line_code,
    line_year.label,
    line_year.programme_id,
    line_year.organisation_id
from core.line_years as line_year
inner join core.budget_lines as line using (line_id)
where line_year.line_year_id in (select unnest($line_year_ids))
