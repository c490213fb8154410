-- One row per service of a municipality as it is now.
-- $municipality_code  municipality
select
    service_id,
    version,
    municipality_code,
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
    recorded_by,
    recorded_at
from mart.services
where municipality_code = $municipality_code
order by service_code
