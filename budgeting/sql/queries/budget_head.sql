-- At most one row: the newest audit event that changed anything but scenarios and meetings.
-- $of_scenarios  names of actions that change scenarios or meetings, as a pattern of the whole name
select event_hash
from core.audit_events
where not regexp_full_match(action, $of_scenarios)
order by sequence desc
limit 1
