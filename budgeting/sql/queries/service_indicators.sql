-- One row per indicator that says something of a service now; one that is not stored has no label.
-- $municipality_code  municipality
select
    link.service_id,
    link.indicator_code,
    link.role,
    link.is_part,
    link.counts,
    indicator.indicator_id,
    indicator.label,
    indicator.unit,
    indicator.unit_label,
    indicator.programme_code,
    indicator.organisation_code,
    indicator.place
from core.service_indicators as link
inner join mart.services as service using (service_id, version)
left join core.indicators as indicator
    on indicator.municipality_code = service.municipality_code
        and indicator.indicator_code = link.indicator_code
where service.municipality_code = $municipality_code
order by link.service_id, link.role, link.indicator_code
