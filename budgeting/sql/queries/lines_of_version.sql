-- One row per subject that a version of a service bundles.
-- $service_id  service
-- $version     its version
select
    direction,
    subject,
    subject_code,
    economic_code,
    amount_share,
    is_capital
from core.service_lines
where service_id = $service_id and version = $version
order by direction, subject, subject_code, economic_code
