-- One row per indicator that says something of a version of a service.
-- $service_id  service
-- $version     its version
select
    indicator_code,
    role,
    is_part,
    counts
from core.service_indicators
where service_id = $service_id and version = $version
order by role, indicator_code
