-- At most one row: the newest audit event that changed anything but moves in scenarios.
-- $of_moves  names of actions that change moves only, as a pattern of the whole name
select event_hash
from core.audit_events
where not regexp_full_match(action, $of_moves)
order by sequence desc
limit 1
