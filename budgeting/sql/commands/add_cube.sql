-- Add the cube of statements that have no amounts but those of one file.
-- @batch_cube  one row per vintage and combination of members, columns as in mart.cube
insert into mart.cube
select
    vintage_id,
    organisation_id,
    programme_id,
    function_id,
    economic_class_id,
    fund_id,
    line_count,
    amount
from batch_cube
