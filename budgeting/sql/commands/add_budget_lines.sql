-- Add budget lines, numbered before.
-- @batch_codes  one row per line that is new: line_id, municipality_code, direction, line_code
insert into core.budget_lines
select
    line_id,
    municipality_code,
    direction,
    line_code
from batch_codes
