-- Add the topics of a meeting.
-- $meeting_id    number of the meeting
-- @batch_topics  one row per topic, with the columns of core.meeting_topics behind the number, in their order
insert into core.meeting_topics
select
    $meeting_id,
    *
from batch_topics
