-- What the most detailed members of a dimension hold in a statement, and what marks say about it.
-- One row per member without category, for all of its money; then one per member, version and category.
-- {dimension}          dimension to break down by
-- $vintage_id          statement of amounts
-- $methodology         methodology
-- $organisation_ids    members to keep, null for all; likewise the four below
-- $programme_ids       members to keep
-- $function_ids        members to keep
-- $economic_class_ids  members to keep
-- $fund_ids            members to keep
select
    {dimension} as member_id,
    null as methodology_version,
    null as category,
    sum(amount)::decimal(18, 2) as amount
from mart.cube
where vintage_id = $vintage_id
    and ($organisation_ids is null or list_contains($organisation_ids, organisation_id))
    and ($programme_ids is null or list_contains($programme_ids, programme_id))
    and ($function_ids is null or list_contains($function_ids, function_id))
    and ($economic_class_ids is null or list_contains($economic_class_ids, economic_class_id))
    and ($fund_ids is null or list_contains($fund_ids, fund_id))
group by {dimension}
union all
select
    {dimension},
    methodology_version,
    category,
    sum(amount)::decimal(18, 2)
from mart.marked_cube
where vintage_id = $vintage_id
    and methodology = $methodology
    and ($organisation_ids is null or list_contains($organisation_ids, organisation_id))
    and ($programme_ids is null or list_contains($programme_ids, programme_id))
    and ($function_ids is null or list_contains($function_ids, function_id))
    and ($economic_class_ids is null or list_contains($economic_class_ids, economic_class_id))
    and ($fund_ids is null or list_contains($fund_ids, fund_id))
group by {dimension}, methodology_version, category
