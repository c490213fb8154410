-- Put back the amounts that a correction replaced or removed.
-- $import_id  correction that is undone
insert into core.budget_amounts
select
    vintage_id,
    line_year_id,
    source_file_id,
    amount
from core.replaced_amounts
where import_id = $import_id
order by vintage_id, line_year_id
