-- One row: the number that the next scenario gets.
select coalesce(max(scenario_id), 0) + 1 as scenario_id
from core.scenarios
