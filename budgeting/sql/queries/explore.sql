-- A budget broken down by one dimension, stages side by side.
-- One row per member of the dimension at a level; member 0 is "not known".
-- {dimension}          dimension to break down by
-- $depth               its level, 1 at the top
-- $approved            vintage shown as approved, -1 where there is none
-- $revised             vintage shown as revised, -1 where there is none
-- $committed           vintage shown as committed, -1 where there is none
-- $executed            vintage shown as executed, -1 where there is none
-- $compared            vintage of the year before, -1 where there is none
-- $measure             which of the vintages above counts the lines
-- $organisation_ids    members to keep, null for all; likewise the four below
-- $programme_ids       members to keep
-- $function_ids        members to keep
-- $economic_class_ids  members to keep
-- $fund_ids            members to keep
with leaf as (
    select
        {dimension} as leaf_id,
        vintage_id,
        sum(amount) as amount,
        sum(line_count)::bigint as line_count
    from mart.cube
    where vintage_id in ($approved, $revised, $committed, $executed, $compared)
        and ($organisation_ids is null or list_contains($organisation_ids, organisation_id))
        and ($programme_ids is null or list_contains($programme_ids, programme_id))
        and ($function_ids is null or list_contains($function_ids, function_id))
        and ($economic_class_ids is null or list_contains($economic_class_ids, economic_class_id))
        and ($fund_ids is null or list_contains($fund_ids, fund_id))
    group by leaf_id, vintage_id
)

select
    coalesce(member.ancestor_ids[$depth], member.member_id, 0) as member_id,
    sum(amount) filter (where vintage_id = $approved) as approved,
    sum(amount) filter (where vintage_id = $revised) as revised,
    sum(amount) filter (where vintage_id = $committed) as committed,
    sum(amount) filter (where vintage_id = $executed) as executed,
    sum(amount) filter (where vintage_id = $compared) as previous,
    coalesce(sum(line_count) filter (where vintage_id = $measure), 0)::bigint as line_count
from leaf
left join core.members as member on leaf.leaf_id = member.member_id
group by 1
order by 1
