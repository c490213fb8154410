-- The meetings of a municipality, the newest first.
-- One row per meeting.
-- $municipality_code  municipality
select
    meeting.meeting_id,
    meeting.name,
    meeting.fiscal_year,
    meeting.stage,
    meeting.opened_by,
    meeting.opened_at,
    closing.closed_at
from core.meetings as meeting
left join core.meeting_closings as closing using (meeting_id)
where meeting.municipality_code = $municipality_code
order by meeting.meeting_id desc
