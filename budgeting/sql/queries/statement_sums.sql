-- What statements hold, and what marks say about it.
-- One row per statement without methodology, for all of its money; then one per statement and what a
-- mark says, whichever the methodology. Where `is_waiting`, marks are not added up yet.
-- $vintage_ids  statements of amounts
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
    sum(amount)::decimal(18, 2) as amount,
    vintage_id in (select vintage_id from mart.statements_to_add_up) as is_waiting
from mart.cube
where vintage_id in (select unnest($vintage_ids))
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
    line_count,
    whole_line_count,
    part_count,
    amount,
    false
from mart.marked_totals
where vintage_id in (select unnest($vintage_ids))
