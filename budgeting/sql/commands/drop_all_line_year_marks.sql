-- Remove what counts for every line-year, before all of it is derived again.
delete from mart.line_year_marks
