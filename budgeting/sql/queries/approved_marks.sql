-- Subjects that have an approved mark: it changes only for a reason.
-- One row per subject.
-- $municipality_code  municipality
-- $methodology        methodology
-- @batch_subjects     one row per subject: direction, subject, subject_code
with stated as (
    select mark.*
    from core.classifications as mark
    semi join batch_subjects as marked
        on marked.direction = mark.direction
            and marked.subject = mark.subject
            and marked.subject_code = mark.subject_code
    where mark.municipality_code = $municipality_code and mark.methodology = $methodology
    qualify mark.mark_id = max(mark.mark_id) over (
        partition by mark.direction, mark.subject, mark.subject_code, mark.from_year, mark.stage
    )
)

select distinct
    subject,
    subject_code
from stated
where state = 'approved'
order by all
