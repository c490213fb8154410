-- Add what a guest submits.
-- $meeting_id    meeting
-- $sequence      number of the submission
-- $participant   guest
-- $steps         steps of each topic
-- $submitted_at  when
insert into core.meeting_submissions
select $meeting_id, $sequence, $participant, $steps, $submitted_at
