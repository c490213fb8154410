-- Keep what each code was called in a year; the first file of the year decides.
-- @batch_parts       one row per part of the file: source_file_id, municipality_code, fiscal_year, direction
-- @batch_members     one row per part and member: source_file_id, dimension, path_code, parent_path_code, code, depth, label
insert into core.member_labels (member_id, fiscal_year, label, search_text)
select
    member.member_id,
    part.fiscal_year,
    arg_min(incoming.label, part.source_file_id) as label,
    core.folded(arg_min(incoming.label, part.source_file_id)) as search_text
from batch_members as incoming
inner join batch_parts as part using (source_file_id)
inner join core.members as member
    on member.municipality_code = part.municipality_code
        and member.direction = part.direction
        and member.dimension = incoming.dimension
        and member.path_code = incoming.path_code
group by member.member_id, part.fiscal_year
on conflict do nothing
