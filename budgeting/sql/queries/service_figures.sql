-- One row per figure that counts of an indicator of a service, with what it says of the service; all years.
-- What is counted of the whole municipality brings the same thing counted at its places: such a row has
-- its place in at_place, and the code of the whole in whole_code.
-- $municipality_code  municipality
with linked as (
    select
        link.service_id,
        link.role,
        link.is_part,
        link.counts,
        indicator.*
    from core.service_indicators as link
    inner join mart.services as service using (service_id, version)
    inner join core.indicators as indicator
        on indicator.municipality_code = service.municipality_code
            and indicator.indicator_code = link.indicator_code
    where service.municipality_code = $municipality_code
),

told as (
    select
        service_id,
        role,
        is_part,
        counts,
        indicator_id,
        label,
        unit,
        unit_label,
        place,
        '' as at_place,
        indicator_code as whole_code
    from linked
    union all
    select
        whole.service_id,
        whole.role,
        whole.is_part,
        whole.counts,
        own.indicator_id,
        own.label,
        own.unit,
        own.unit_label,
        own.place,
        own.place as at_place,
        whole.indicator_code as whole_code
    from linked as whole
    inner join core.indicators as own
        on own.municipality_code = whole.municipality_code
            and own.label = whole.label
            and own.unit = whole.unit
            and own.unit_label = whole.unit_label
            and own.programme_code = whole.programme_code
            and own.organisation_code = whole.organisation_code
    where whole.place = '' and own.place <> ''
        and (whole.service_id, whole.role, own.indicator_code) not in (
            select
                service_id,
                role,
                indicator_code
            from linked
        )
)

select
    told.* exclude (indicator_id),
    import.file_name,
    figure.*
from told
inner join mart.indicator_figures as figure on figure.indicator_id = told.indicator_id
left join core.imports as import on import.import_id = figure.import_id
where figure.municipality_code = $municipality_code
order by
    told.service_id, told.role, figure.indicator_code, figure.fiscal_year, figure.kind, figure.sex,
    figure.age_from, figure.group_kind, figure.group_code
