-- A meeting, and who closed it.
-- At most one row.
-- $meeting_id  meeting
select
    meeting.*,
    closing.closed_by,
    closing.closed_at
from core.meetings as meeting
left join core.meeting_closings as closing using (meeting_id)
where meeting.meeting_id = $meeting_id
