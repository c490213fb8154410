-- One row: the number of the next succession of lines.
select coalesce(max(succession_id), 0) + 1 as succession_id
from core.line_successors
