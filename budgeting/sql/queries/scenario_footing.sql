-- What a scenario would stand on: a statement of expenditure, and the statement of revenue beside it:
-- that of the same date and decision, else the newest of the same stage and year.
-- At most one row.
-- $municipality_code  municipality
-- $vintage_id         statement of expenditure
select
    vintage.municipality_code,
    vintage.fiscal_year,
    vintage.stage,
    year.currency_code,
    vintage.vintage_id,
    revenue.vintage_id as revenue_vintage_id
from core.vintages as vintage
inner join core.fiscal_years as year using (municipality_code, fiscal_year)
left join core.vintages as revenue
    on revenue.municipality_code = vintage.municipality_code
        and revenue.fiscal_year = vintage.fiscal_year
        and revenue.stage = vintage.stage
        and revenue.direction = 'revenue'
        and revenue.vintage_id in (select stated.vintage_id from core.budget_amounts as stated)
where vintage.municipality_code = $municipality_code
    and vintage.vintage_id = $vintage_id
    and vintage.direction = 'expenditure'
order by
    (
        revenue.as_of is not distinct from vintage.as_of
        and revenue.decision_number is not distinct from vintage.decision_number
    ) desc,
    revenue.as_of desc nulls last,
    revenue.vintage_id desc
limit 1
