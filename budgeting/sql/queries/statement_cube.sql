-- Statements in small: what marked money is a part of.
-- One row per statement and combination of classifications that has money.
-- $vintage_ids  statements of amounts
select
    vintage_id,
    organisation_id,
    programme_id,
    function_id,
    economic_class_id,
    fund_id,
    sum(line_count)::bigint as line_count,
    sum(amount)::decimal(38, 2) as amount
from mart.cube
where vintage_id in (select unnest($vintage_ids))
group by all
order by all
