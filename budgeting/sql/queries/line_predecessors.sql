-- Which lines continue which, as somebody confirmed.
-- One row per confirmed link.
-- $municipality_code  municipality
-- $direction          expenditure or revenue
select
    line.line_code,
    earlier.line_code as earlier_line_code
from core.line_successors as link
inner join core.budget_lines as line on line.line_id = link.successor_line_id
inner join core.budget_lines as earlier on earlier.line_id = link.line_id
where line.municipality_code = $municipality_code and line.direction = $direction
order by line.line_code, earlier.line_code
