-- What a statement holds in members of classifications, and what marks say about it.
-- Rows as of statement_sums.
-- $vintage_id          statement of amounts
-- $organisation_ids    members to keep, null for all; likewise the four below
-- $programme_ids       members to keep
-- $function_ids        members to keep
-- $economic_class_ids  members to keep
-- $fund_ids            members to keep
select
    vintage_id,
    null as methodology,
    null as methodology_version,
    null as category,
    null as confidence,
    null as state,
    null as score,
    sum(line_count)::bigint as line_count,
    null::bigint as whole_line_count,
    null::bigint as part_count,
    sum(amount)::decimal(18, 2) as amount
from mart.cube
where vintage_id = $vintage_id
    and ($organisation_ids is null or list_contains($organisation_ids, organisation_id))
    and ($programme_ids is null or list_contains($programme_ids, programme_id))
    and ($function_ids is null or list_contains($function_ids, function_id))
    and ($economic_class_ids is null or list_contains($economic_class_ids, economic_class_id))
    and ($fund_ids is null or list_contains($fund_ids, fund_id))
group by vintage_id
union all
select
    vintage_id,
    methodology,
    methodology_version,
    category,
    confidence,
    state,
    score::varchar as score,
    sum(line_count)::bigint,
    sum(whole_line_count)::bigint,
    sum(part_count)::bigint,
    sum(amount)::decimal(18, 2)
from mart.marked_cube
where vintage_id = $vintage_id
    and ($organisation_ids is null or list_contains($organisation_ids, organisation_id))
    and ($programme_ids is null or list_contains($programme_ids, programme_id))
    and ($function_ids is null or list_contains($function_ids, function_id))
    and ($economic_class_ids is null or list_contains($economic_class_ids, economic_class_id))
    and ($fund_ids is null or list_contains($fund_ids, fund_id))
group by vintage_id, methodology, methodology_version, category, confidence, state, score
