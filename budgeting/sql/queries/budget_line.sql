-- At most one row: a budget line.
-- $line_id  budget line
select
    line.line_id,
    line.municipality_code,
    line.direction,
    line.line_code
from core.budget_lines as line
where line.line_id = $line_id
