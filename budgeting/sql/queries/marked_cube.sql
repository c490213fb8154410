-- What marks say about statements: small enough to filter and group without asking again.
-- One row per statement, methodology, category, version, confidence, state, score and combination of
-- classifications.
-- $vintage_ids  statements of amounts
select
    vintage_id,
    methodology,
    methodology_version,
    category,
    confidence,
    state,
    score::varchar as score,
    organisation_id,
    programme_id,
    function_id,
    economic_class_id,
    fund_id,
    count(*) filter (where is_first_part) as line_count,
    count(*) filter (where is_last_part) as whole_line_count,
    count(*) as part_count,
    sum(amount)::decimal(38, 2) as amount
from mart.marked_amounts
where vintage_id in (select unnest($vintage_ids))
group by all
order by all
