-- At most one row: the last change of services that somebody made and that nobody has taken back, the
-- version before it, and the newest version of that service.
-- $municipality_code  municipality
-- $recorded_by        who
select
    own.service_id,
    own.version,
    own.name,
    own.change,
    max(earlier.version) filter (where earlier.version < own.version) as before,
    max(earlier.version) as newest
from core.services as own
inner join core.services as earlier using (service_id)
where own.municipality_code = $municipality_code
    and own.recorded_by = $recorded_by
    and own.change <> 'undo'
    and own.version not in (
        select undoes from core.services
        where undoes is not null
    )
    and earlier.change <> 'undo'
    and earlier.version not in (
        select undoes from core.services
        where undoes is not null
    )
group by all
order by own.version desc
limit 1
