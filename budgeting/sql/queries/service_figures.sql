-- One row per figure that counts of an indicator of a service, with what it says of the service; all years.
-- $municipality_code  municipality
select
    link.service_id,
    link.role,
    link.is_part,
    link.counts,
    indicator.label,
    indicator.unit,
    indicator.unit_label,
    indicator.place,
    import.file_name,
    figure.*
from core.service_indicators as link
inner join mart.services as service using (service_id, version)
inner join mart.indicator_figures as figure
    on figure.municipality_code = service.municipality_code
        and figure.indicator_code = link.indicator_code
inner join core.indicators as indicator on indicator.indicator_id = figure.indicator_id
left join core.imports as import on import.import_id = figure.import_id
where service.municipality_code = $municipality_code
    and figure.municipality_code = $municipality_code
order by
    link.service_id, link.role, figure.indicator_code, figure.fiscal_year, figure.kind, figure.sex,
    figure.age_from, figure.group_kind, figure.group_code
