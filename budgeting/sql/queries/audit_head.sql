-- At most one row: the newest audit event.
select
    sequence,
    event_hash
from core.audit_events
order by sequence desc
limit 1
