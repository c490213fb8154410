-- The subjects of a change.
-- One row per subject and first year for which the change counts.
-- $mark_id  number of the change
select distinct
    municipality_code,
    direction,
    subject,
    subject_code,
    from_year
from core.classifications
where mark_id = $mark_id
