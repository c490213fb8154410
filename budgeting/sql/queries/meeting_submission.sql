-- What one guest submitted last.
-- At most one row.
-- $meeting_id   meeting
-- $participant  guest
select
    sequence,
    steps
from core.meeting_submissions
where meeting_id = $meeting_id and participant = $participant
order by sequence desc
limit 1
