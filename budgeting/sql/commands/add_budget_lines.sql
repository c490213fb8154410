-- Add the budget lines that are new.
-- @batch_parts       one row per part of the file: source_file_id, municipality_code, fiscal_year, direction
-- @batch_lines       one row per source row: source_file_id, row_number, line_code, label, a path code per dimension
insert into core.budget_lines
with incoming as (
    select
        part.municipality_code,
        part.direction,
        line.line_code,
        min(line.source_file_id * 4294967296 + line.row_number) as first_row
    from batch_lines as line
    inner join batch_parts as part using (source_file_id)
    group by part.municipality_code, part.direction, line.line_code
)

select
    (select coalesce(max(line_id), 0) from core.budget_lines)
    + row_number() over (order by incoming.first_row),
    incoming.municipality_code,
    incoming.direction,
    incoming.line_code
from incoming
anti join core.budget_lines as known
    on known.municipality_code = incoming.municipality_code
        and known.direction = incoming.direction
        and known.line_code = incoming.line_code
order by 1
