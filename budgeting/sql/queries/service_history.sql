-- One row per version of a service, newest first.
-- $municipality_code  municipality
-- $service_id         service
select
    version,
    name,
    is_withdrawn,
    change,
    undoes,
    recorded_by,
    recorded_at
from core.services
where municipality_code = $municipality_code and service_id = $service_id
order by version desc
