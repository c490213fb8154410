-- One row: the numbers of the next change of marks and of its first part.
select
    coalesce(max(mark_id), 0) + 1 as mark_id,
    coalesce(max(classification_id), 0) + 1 as first_id
from core.classifications
