-- Add the members of one level that are new; their parents must be there.
-- @batch_parts       one row per part of the file: source_file_id, municipality_code, fiscal_year, direction
-- @batch_members     one row per part and member: source_file_id, dimension, path_code, parent_path_code, code, depth, label
insert into core.members
with incoming as (
    select
        part.municipality_code,
        part.direction,
        member.dimension,
        member.path_code,
        any_value(member.parent_path_code) as parent_path_code,
        any_value(member.code) as code,
        any_value(member.depth) as depth
    from batch_members as member
    inner join batch_parts as part using (source_file_id)
    group by part.municipality_code, part.direction, member.dimension, member.path_code
),

fresh as (
    select
        incoming.*,
        (
            (select coalesce(max(member_id), 0) from core.members)
            + row_number() over (
                order by incoming.municipality_code, incoming.direction, incoming.dimension, incoming.path_code
            )
        )::integer as member_id
    from incoming
    anti join core.members as known
        on known.municipality_code = incoming.municipality_code
            and known.direction = incoming.direction
            and known.dimension = incoming.dimension
            and known.path_code = incoming.path_code
)

select
    fresh.member_id,
    fresh.municipality_code,
    fresh.dimension,
    fresh.direction,
    fresh.path_code,
    fresh.code,
    fresh.depth,
    list_append(coalesce(parent.ancestor_ids, []), fresh.member_id)
from fresh
left join core.members as parent
    on parent.municipality_code = fresh.municipality_code
        and parent.direction = fresh.direction
        and parent.dimension = fresh.dimension
        and parent.path_code = fresh.parent_path_code
