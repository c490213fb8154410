-- One row per figure that counts of an indicator of a service, with what it says of the service; all years.
-- $municipality_code  municipality
select
    link.service_id,
    link.role,
    link.is_part,
    link.counts,
    indicator.indicator_id,
    indicator.indicator_code,
    indicator.label,
    indicator.unit,
    indicator.unit_label,
    indicator.place,
    figure.fiscal_year,
    figure.kind,
    figure.sex,
    figure.age_from,
    figure.age_to,
    figure.group_kind,
    figure.group_code,
    figure.figure,
    figure.data_grade,
    figure.sample_size,
    figure.design_effect,
    figure.source,
    figure.import_id,
    import.file_name,
    figure.sheet_name,
    figure.row_number,
    figure.recorded_by,
    figure.recorded_at,
    figure.change_id
from core.service_indicators as link
inner join mart.services as service using (service_id, version)
inner join core.indicators as indicator
    on indicator.municipality_code = service.municipality_code
        and indicator.indicator_code = link.indicator_code
inner join mart.indicator_figures as figure
    on figure.municipality_code = service.municipality_code
        and figure.indicator_code = link.indicator_code
left join core.imports as import using (import_id)
where service.municipality_code = $municipality_code
    and figure.municipality_code = $municipality_code
order by
    link.service_id, link.role, indicator.indicator_code, figure.fiscal_year, figure.kind, figure.sex,
    figure.age_from, figure.group_kind, figure.group_code
