-- Keep stored amounts that a correction replaces or removes, before it does.
-- $import_id       import that replaces them
-- @batch_replaced  one row per such amount: vintage_id, line_year_id, source_file_id, amount
insert into core.replaced_amounts
select
    vintage_id,
    line_year_id,
    source_file_id,
    amount,
    $import_id
from batch_replaced
