-- Append one event to the audit chain.
-- $sequence           number without gaps
-- $happened_at        UTC, ISO 8601
-- $user_name          who
-- $role               with which role
-- $action             what was done
-- $municipality_code  municipality, or empty
-- $subject            to what
-- $reason             why, or empty
-- $details            JSON
-- $previous_hash      hash of the event before
-- $event_hash         hash of this event
insert into core.audit_events
values (
    $sequence, $happened_at, $user_name, $role, $action, $municipality_code,
    $subject, $reason, $details, $previous_hash, $event_hash
)
