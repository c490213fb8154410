-- Remove what counted for line-years before a change that left subject, year and stage.
-- @batch_copies  one row per part that counted: classification_id, place
delete from mart.line_year_marks
where classification_id in (select classification_id from batch_copies)
