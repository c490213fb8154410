-- One row per line-year of which services take more than the whole, with all services that take part.
-- $municipality_code  municipality
-- $fiscal_year        fiscal year, or null for all
select
    line.line_id,
    budget_line.line_code,
    line.direction,
    line.fiscal_year,
    line_year.label,
    sum(line.amount_share) as amount_share,
    list(service.service_id order by service.service_id) as service_ids,
    list(service.name order by service.service_id) as service_names
from mart.lines_of_services($municipality_code, $fiscal_year) as line
inner join core.budget_lines as budget_line using (line_id)
inner join core.line_years as line_year using (line_year_id)
inner join mart.services as service using (service_id)
group by all
having sum(line.amount_share) > 1
order by line.fiscal_year, budget_line.line_code
