-- Keep what each code was called in a year; the first file of the year decides.
-- $municipality_code  municipality
-- $fiscal_year        fiscal year
-- $direction          expenditure or revenue
-- @batch_members      one row per member: dimension, path_code, parent_path_code, code, depth, label
insert into core.member_labels (member_id, fiscal_year, label, search_text)
select
    member.member_id,
    $fiscal_year,
    incoming.label,
    core.folded(incoming.label)
from batch_members as incoming
inner join core.members as member
    on member.municipality_code = $municipality_code
        and member.direction = $direction
        and member.dimension = incoming.dimension
        and member.path_code = incoming.path_code
on conflict do nothing
