-- At most one row: what a statement of amounts is called.
-- $vintage_id  statement
select
    municipality_code,
    fiscal_year,
    direction,
    stage,
    as_of,
    decision_number
from core.vintages
where vintage_id = $vintage_id
