-- Remove what counted for line-years that an undone import has taken with it.
delete from mart.line_year_marks
where line_year_id not in (select line_year_id from core.line_years)
