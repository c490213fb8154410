-- One row: the number that the next meeting gets.
select coalesce(max(meeting_id), 0) + 1 as meeting_id
from core.meetings
