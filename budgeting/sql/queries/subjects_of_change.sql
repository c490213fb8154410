-- The subjects of a change.
-- One row per subject, with the first year for which the change counts.
-- $mark_id  number of the change
select
    municipality_code,
    direction,
    subject,
    subject_code,
    min(from_year) as from_year,
    row_number() over () as place
from core.classifications
where mark_id = $mark_id
group by all
