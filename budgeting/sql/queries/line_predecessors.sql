-- Which lines continue which up to a year, as somebody confirmed; not what is a part of itself.
-- One row per confirmed link.
-- $municipality_code  municipality
-- $direction          expenditure or revenue
-- $fiscal_year        newest year to look at
select
    line.line_code,
    earlier.line_code as earlier_line_code
from mart.line_successors as link
inner join core.budget_lines as line on line.line_id = link.successor_line_id
inner join core.budget_lines as earlier on earlier.line_id = link.line_id
where line.municipality_code = $municipality_code
    and line.direction = $direction
    and link.fiscal_year <= $fiscal_year
    and link.line_id <> link.successor_line_id
order by line.line_code, earlier.line_code
