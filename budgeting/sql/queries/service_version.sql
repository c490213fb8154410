-- At most one row: a version of a service.
-- $municipality_code  municipality
-- $service_id         service
-- $version            version, or null for the newest
select
    service_id,
    version,
    service_code,
    name,
    kind,
    treatment,
    eligible_sex,
    eligible_age_from,
    eligible_age_to,
    capital_life,
    capital_rate,
    owner,
    note,
    is_withdrawn,
    change,
    undoes,
    recorded_by,
    recorded_at
from core.services
where municipality_code = $municipality_code
    and service_id = $service_id
    and ($version is null or version = $version)
order by version desc
limit 1
