-- Remove what counts for line-years under a methodology, before it is derived again.
-- $methodology       methodology; null for all
-- @batch_line_years  one row per line-year: line_year_id
delete from mart.line_year_marks
where line_year_id in (select line_year_id from batch_line_years)
    and ($methodology is null or methodology = $methodology)
