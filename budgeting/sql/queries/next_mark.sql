-- One row: the number of the next change of marks.
select coalesce(max(mark_id), 0) + 1 as mark_id
from core.classifications
