-- Add a version of something that is not known of a service.
-- $need_id      number of the need
-- $version      number of the change
-- $service_id   service
-- $what         what is missing
-- $owner        who is asked
-- $due_date     until when, or null
-- $state        open, asked, received or dropped
-- $note         words
-- $recorded_by  who
-- $recorded_at  when
insert into core.data_needs
values (
    $need_id, $version, $service_id, $what, $owner, $due_date, $state, $note, $recorded_by, $recorded_at
)
