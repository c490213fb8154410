-- The lines of a file that are stored already.
-- One row per such line: its place in the file and its number.
-- @batch_codes  one row per line of the file: place, municipality_code, direction, line_code
select
    incoming.place,
    known.line_id as number
from batch_codes as incoming
inner join core.budget_lines as known
    on known.line_code = incoming.line_code
        and known.municipality_code = incoming.municipality_code
        and known.direction = incoming.direction
