-- Add figures; of each, the newest counts from now on.
-- $change_id      number of the change
-- $import_id      import, or null where a person enters them
-- $recorded_by    who
-- $recorded_at    when
-- @batch_figures  one row per figure: municipality_code, indicator_code, fiscal_year, kind, sex, age_from,
--                 age_to, group_kind, group_code, figure, data_grade, sample_size, design_effect, source,
--                 sheet_name, row_number
insert into core.indicator_figures
select
    (select coalesce(max(figure_id), 0) from core.indicator_figures)
    + row_number() over (order by incoming.sheet_name, incoming.row_number),
    $change_id,
    indicator.indicator_id,
    incoming.fiscal_year,
    incoming.kind,
    incoming.sex,
    incoming.age_from,
    incoming.age_to,
    incoming.group_kind,
    incoming.group_code,
    incoming.figure,
    incoming.data_grade,
    incoming.sample_size,
    incoming.design_effect,
    incoming.source,
    $import_id,
    incoming.sheet_name,
    incoming.row_number,
    $recorded_by,
    $recorded_at,
    false
from batch_figures as incoming
inner join core.indicators as indicator using (municipality_code, indicator_code)
