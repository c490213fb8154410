-- Add the members of one level that are new; their parents must be there.
-- $municipality_code  municipality
-- $direction          expenditure or revenue
-- @batch_members      one row per member: dimension, path_code, parent_path_code, code, depth, label
insert into core.members
with fresh as (
    select
        incoming.*,
        (
            (select coalesce(max(member_id), 0) from core.members)
            + row_number() over (order by incoming.dimension, incoming.path_code)
        )::integer as member_id
    from batch_members as incoming
    anti join core.members as known
        on known.municipality_code = $municipality_code
            and known.direction = $direction
            and known.dimension = incoming.dimension
            and known.path_code = incoming.path_code
)

select
    fresh.member_id,
    $municipality_code,
    fresh.dimension,
    $direction,
    fresh.path_code,
    fresh.code,
    fresh.depth,
    list_append(coalesce(parent.ancestor_ids, []), fresh.member_id)
from fresh
left join core.members as parent
    on parent.municipality_code = $municipality_code
        and parent.direction = $direction
        and parent.dimension = fresh.dimension
        and parent.path_code = fresh.parent_path_code
