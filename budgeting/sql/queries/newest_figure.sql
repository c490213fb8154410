-- At most one row: the newest change of figures of any of these indicators.
-- $municipality_code  municipality
-- @batch_figures      one row per figure: indicator_code
select
    figure.change_id,
    indicator.label,
    figure.recorded_by,
    figure.recorded_at
from core.indicator_figures as figure
inner join core.indicators as indicator using (indicator_id)
where indicator.municipality_code = $municipality_code
    and not figure.is_undone
    and indicator.indicator_code in (select indicator_code from batch_figures)
order by figure.change_id desc
limit 1
