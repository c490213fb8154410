-- Close a meeting.
-- $meeting_id  meeting
-- $closed_by   who
-- $closed_at   when
insert into core.meeting_closings
select $meeting_id, $closed_by, $closed_at
