-- At most one row: the newest audit event that changed anything but scenarios and marks.
-- $ending    how the names of actions end that change scenarios
-- $of_marks  names of actions that change marks, as a pattern of the whole name
select event_hash
from core.audit_events
where
    not ends_with(action, $ending)
    and not regexp_full_match(action, $of_marks)
order by sequence desc
limit 1
