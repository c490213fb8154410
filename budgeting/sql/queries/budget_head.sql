-- At most one row: the newest audit event that changed anything but scenarios.
-- $ending  how the actions of scenarios end
select event_hash
from core.audit_events
where not ends_with(action, $ending)
order by sequence desc
limit 1
