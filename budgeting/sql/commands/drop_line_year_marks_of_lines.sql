-- Remove what counts for lines under a methodology from a year on.
-- $methodology        methodology
-- $from_year          first fiscal year
-- @batch_subject_ids  one row per line: subject_id
delete from mart.line_year_marks
where methodology = $methodology
    and line_year_id in (
        select line_year_id
        from core.line_years
        where fiscal_year >= $from_year and line_id in (select subject_id from batch_subject_ids)
    )
