-- At most one row: the last figures that somebody entered by hand and that are not taken back.
-- $municipality_code  municipality
-- $recorded_by        who
select
    figure.change_id,
    count(*) as figure_count,
    max(figure.fiscal_year) as fiscal_year
from core.indicator_figures as figure
inner join core.indicators as indicator using (indicator_id)
where indicator.municipality_code = $municipality_code
    and figure.recorded_by = $recorded_by
    and figure.import_id is null
    and not figure.is_undone
group by figure.change_id
order by figure.change_id desc
limit 1
