-- Lines that have a mark of their own for the whole of their amount and all stages, as of a year.
-- One row per budget line, with its newest line-year up to the year.
-- $municipality_code  municipality
-- $direction          expenditure or revenue
-- $fiscal_year        newest year to look at
-- $methodology        methodology
-- $version            its version; categories of other versions may mean something else
with newest as (
    select
        line.line_code,
        line_year.line_year_id,
        line_year.label,
        line_year.fiscal_year
    from core.line_years as line_year
    inner join core.budget_lines as line using (line_id)
    where line.municipality_code = $municipality_code
        and line.direction = $direction
        and line_year.fiscal_year <= $fiscal_year
    qualify line_year.fiscal_year = max(line_year.fiscal_year) over (partition by line.line_id)
)

select
    newest.line_code,
    newest.label,
    newest.fiscal_year,
    mark.category,
    mark.confidence,
    mark.state
from newest
inner join mart.line_year_marks as mark using (line_year_id)
where mark.methodology = $methodology
    and mark.methodology_version = $version
    and mark.subject = 'line'
    and mark.stage is null
    and mark.share_before = 0
    and mark.amount_share = 1
order by newest.line_code
