-- One row per audit event, oldest first.
select *
from core.audit_events
order by sequence
