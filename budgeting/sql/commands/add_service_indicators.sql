-- Add the indicators that say something of a version of a service.
-- $service_id        service
-- $version           its version
-- @batch_indicators  one row per indicator and role: indicator_code, role, is_part, counts
insert into core.service_indicators
select
    $service_id,
    $version,
    indicator_code,
    role,
    is_part,
    counts
from batch_indicators
