-- Build the cube of a year, a vintage after the other, so that a click reads only its own.
-- $municipality_code  municipality
-- $fiscal_year        fiscal year
-- $direction          expenditure or revenue
insert into mart.cube
select
    amount.vintage_id,
    line_year.organisation_id,
    line_year.programme_id,
    line_year.function_id,
    line_year.economic_class_id,
    line_year.fund_id,
    count(*),
    sum(amount.amount)
from core.budget_amounts as amount
inner join core.line_years as line_year using (line_year_id)
where amount.vintage_id in (
    select vintage_id
    from core.vintages
    where municipality_code = $municipality_code
        and fiscal_year = $fiscal_year
        and direction = $direction
)
group by all
order by amount.vintage_id, line_year.programme_id
