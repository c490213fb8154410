-- The members of the municipalities and directions of a file.
-- One row per part and member.
-- @batch_parts  one row per part of the file: source_file_id, municipality_code, fiscal_year, direction
select
    part.source_file_id,
    member.dimension,
    member.path_code,
    member.member_id
from batch_parts as part
inner join core.members as member using (municipality_code, direction)
order by part.source_file_id
