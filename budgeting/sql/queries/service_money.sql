-- One row per service, statement of amounts and whether it is capital: its lines' share of the
-- statement, to the cent. Lines that services share are cut so that their cents add up; revenue is
-- fees. A service without a line in a statement has no row there: that is not known, not 0. Where
-- most_taken is above 1, services take more than the whole of a line; service_overlaps.sql says of which.
-- $municipality_code  municipality
-- $fiscal_year        fiscal year
select
    line.service_id,
    line.direction,
    vintage.vintage_id,
    vintage.stage,
    vintage.as_of,
    vintage.decision_number,
    line.is_capital,
    count(*) as line_count,
    max(line.share_to) as most_taken,
    sum(
        round(amount.amount * line.share_to, 2)::decimal(18, 2)
        - round(amount.amount * line.share_before, 2)::decimal(18, 2)
    )::decimal(18, 2) as amount
from mart.lines_of_services($municipality_code, $fiscal_year) as line
inner join core.budget_amounts as amount using (line_year_id)
inner join core.vintages as vintage using (vintage_id)
group by all
order by line.service_id, line.direction, vintage.vintage_id, line.is_capital
