-- One row: how far a meeting is, as a transaction sees it.
-- $meeting_id  meeting
select
    (
        select count(*) > 0
        from core.meeting_closings
        where meeting_id = $meeting_id
    ) as is_closed,
    coalesce(max(sequence), 0) as submission_count
from core.meeting_submissions
where meeting_id = $meeting_id
