-- One row per thing that is not known of a service, as it stands now.
-- $municipality_code  municipality
select
    need.need_id,
    need.version,
    need.service_id,
    need.what,
    need.owner,
    need.due_date,
    need.state,
    need.note,
    need.recorded_by,
    need.recorded_at
from core.data_needs as need
where need.service_id in (
    select service_id from mart.services
    where municipality_code = $municipality_code
)
qualify need.version = max(need.version) over (partition by need.need_id)
order by need.service_id, need.need_id
