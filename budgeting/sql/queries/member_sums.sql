-- What the members of a dimension hold in a statement, and what marks of a methodology say about it.
-- One row per member without category, for all of its money; then one per member, version and category.
-- {dimension}          dimension to break down by
-- $depth               its level, 1 at the top
-- $vintage_id          statement of amounts
-- $methodology         methodology
-- $organisation_ids    members to keep, null for all; likewise the four below
-- $programme_ids       members to keep
-- $function_ids        members to keep
-- $economic_class_ids  members to keep
-- $fund_ids            members to keep
with leaf as (
    select
        {dimension} as leaf_id,
        null as methodology_version,
        null as category,
        sum(amount) as amount
    from mart.cube
    where vintage_id = $vintage_id
        and ($organisation_ids is null or list_contains($organisation_ids, organisation_id))
        and ($programme_ids is null or list_contains($programme_ids, programme_id))
        and ($function_ids is null or list_contains($function_ids, function_id))
        and ($economic_class_ids is null or list_contains($economic_class_ids, economic_class_id))
        and ($fund_ids is null or list_contains($fund_ids, fund_id))
    group by leaf_id
    union all
    select
        {dimension},
        methodology_version,
        category,
        sum(amount)
    from mart.marked_cube
    where vintage_id = $vintage_id
        and methodology = $methodology
        and ($organisation_ids is null or list_contains($organisation_ids, organisation_id))
        and ($programme_ids is null or list_contains($programme_ids, programme_id))
        and ($function_ids is null or list_contains($function_ids, function_id))
        and ($economic_class_ids is null or list_contains($economic_class_ids, economic_class_id))
        and ($fund_ids is null or list_contains($fund_ids, fund_id))
    group by {dimension}, methodology_version, category
)

select
    coalesce(member.ancestor_ids[least($depth, len(member.ancestor_ids))], 0) as member_id,
    leaf.methodology_version,
    leaf.category,
    sum(leaf.amount)::decimal(18, 2) as amount
from leaf
left join core.members as member on member.member_id = leaf.leaf_id
group by all
