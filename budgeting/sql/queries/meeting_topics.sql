-- The topics of a meeting, in their order.
-- One row per topic.
-- $meeting_id  meeting
select
    direction,
    subject_kind,
    subject_code,
    label,
    amount
from core.meeting_topics
where meeting_id = $meeting_id
order by place
