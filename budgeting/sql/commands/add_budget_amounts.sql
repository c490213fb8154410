-- Add the amounts of a file; an amount that is stored already is not added again.
-- @batch_vintages  one row per statement of the file: vintage_id
-- @batch_figures   one row per statement and line-year, vintage after vintage: vintage_id,
--                  line_year_id, source_file_id, amount
insert into core.budget_amounts
select
    incoming.vintage_id,
    incoming.line_year_id,
    incoming.source_file_id,
    incoming.amount
from batch_figures as incoming
anti join (
    select
        vintage_id,
        line_year_id
    from core.budget_amounts
    where vintage_id in (select vintage_id from batch_vintages)
) as known
    on known.vintage_id = incoming.vintage_id and known.line_year_id = incoming.line_year_id
