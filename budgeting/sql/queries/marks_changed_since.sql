-- Marks of these subjects that somebody made or changed after the reader looked.
-- One row per change and subject, the newest first.
-- $municipality_code  municipality
-- $methodology        methodology
-- $seen               newest mark_id that the reader saw
-- @batch_subjects     one row per subject: direction, subject, subject_code
select
    mark.mark_id,
    mark.subject,
    mark.subject_code,
    mark.category,
    mark.state,
    mark.change,
    mark.recorded_by,
    mark.recorded_at
from core.classifications as mark
semi join batch_subjects as marked
    on marked.direction = mark.direction
        and marked.subject = mark.subject
        and marked.subject_code = mark.subject_code
where mark.mark_id > $seen
    and mark.municipality_code = $municipality_code
    and mark.methodology = $methodology
order by mark.mark_id desc, mark.classification_id
limit 100
