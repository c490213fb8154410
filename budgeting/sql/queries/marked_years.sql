-- Fiscal years of a municipality whose expenditure has marks under a methodology, whichever version.
-- One row per fiscal year, the newest first.
-- $municipality_code  municipality
-- $methodology        methodology
select distinct line_year.fiscal_year
from mart.line_year_marks as mark
inner join core.line_years as line_year using (line_year_id)
inner join core.budget_lines as line using (line_id)
where line.municipality_code = $municipality_code
    and line.direction = 'expenditure'
    and mark.methodology = $methodology
order by line_year.fiscal_year desc
