-- What the guests of a meeting say: of each, the newest submission.
-- One row per combination of steps; participant_count is how many say it.
-- $meeting_id  meeting
with newest as (
    select arg_max(steps, sequence) as steps
    from core.meeting_submissions
    where meeting_id = $meeting_id
    group by participant
)

select
    steps,
    count(*) as participant_count
from newest
group by steps
order by steps
