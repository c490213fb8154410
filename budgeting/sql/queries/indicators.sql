-- One row per indicator of a municipality that has a figure, with its years and how many services it
-- says something of.
-- $municipality_code  municipality
select
    indicator.indicator_id,
    indicator.indicator_code,
    indicator.label,
    indicator.unit,
    indicator.unit_label,
    indicator.programme_code,
    indicator.organisation_code,
    indicator.place,
    list_sort(list(distinct figure.fiscal_year)) as fiscal_years,
    count(*) as figure_count,
    max(figure.data_grade) as worst_grade,
    coalesce(any_value(link.service_count), 0)::integer as service_count
from core.indicators as indicator
inner join mart.indicator_figures as figure
    on figure.indicator_id = indicator.indicator_id
        and figure.municipality_code = indicator.municipality_code
left join (
    select
        link.indicator_code,
        count(distinct link.service_id) as service_count
    from core.service_indicators as link
    inner join mart.services as service using (service_id, version)
    where service.municipality_code = $municipality_code
    group by link.indicator_code
) as link on link.indicator_code = indicator.indicator_code
where indicator.municipality_code = $municipality_code
    and figure.municipality_code = $municipality_code
group by all
order by indicator.label, indicator.place, indicator.indicator_code
