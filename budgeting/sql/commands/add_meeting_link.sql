-- Add a link that leads to a meeting.
-- $token_hash   SHA-256 of the token in it
-- $meeting_id   meeting
-- $recorded_by  who
-- $recorded_at  when
insert into core.meeting_links
select $token_hash, $meeting_id, $recorded_by, $recorded_at
