-- One row per budget line of a service and statement of a year: the whole amount and the service's
-- part of it, to the cent as in service_money.sql.
-- $municipality_code  municipality
-- $fiscal_year        fiscal year
-- $service_id         service
select
    line.line_id,
    budget_line.line_code,
    line.direction,
    line_year.label,
    vintage.vintage_id,
    vintage.stage,
    vintage.as_of,
    line.is_capital,
    line.amount_share,
    line.subject,
    line.subject_code,
    amount.amount as whole_amount,
    (
        round(amount.amount * line.share_to, 2)::decimal(18, 2)
        - round(amount.amount * line.share_before, 2)::decimal(18, 2)
    )::decimal(18, 2) as amount
from mart.lines_of_services($municipality_code, $fiscal_year) as line
inner join core.budget_lines as budget_line using (line_id)
inner join core.line_years as line_year using (line_year_id)
inner join core.budget_amounts as amount using (line_year_id)
inner join core.vintages as vintage using (vintage_id)
where line.service_id = $service_id
order by vintage.vintage_id, amount.amount desc, budget_line.line_code
