-- Which part of which budget line pays for which service, or brings its fees.
-- One row per service and budget line of the year.
-- $municipality_code  municipality
-- $fiscal_year        fiscal year
select
    service.service_code,
    line.line_id,
    line.direction,
    line.is_capital,
    line.share_before,
    line.amount_share
from mart.lines_of_services($municipality_code, $fiscal_year) as line
inner join mart.services as service using (service_id)
order by line.line_id, line.share_before
