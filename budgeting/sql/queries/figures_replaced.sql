-- Figures that count now with another value.
-- One row per figure of a file that would replace one.
-- @batch_figures  one row per figure, columns as in FIGURES of services/figures.py
select
    indicator.label,
    incoming.fiscal_year,
    incoming.figure,
    stored.figure as stored_figure,
    incoming.row_number
from batch_figures as incoming
inner join mart.indicator_figures as stored
    on stored.municipality_code = incoming.municipality_code
        and stored.indicator_code = incoming.indicator_code
        and stored.fiscal_year = incoming.fiscal_year
        and stored.kind = incoming.kind
        and stored.sex = incoming.sex
        and stored.age_from is not distinct from incoming.age_from
        and stored.age_to is not distinct from incoming.age_to
        and stored.group_kind = incoming.group_kind
        and stored.group_code = incoming.group_code
inner join core.indicators as indicator on indicator.indicator_id = stored.indicator_id
where stored.figure <> incoming.figure
order by incoming.row_number, indicator.label
