-- One statement in small: what marked money is a part of.
-- One row per classification that has money.
-- $vintage_id  statement of amounts
select
    organisation_id,
    programme_id,
    function_id,
    economic_class_id,
    fund_id,
    sum(line_count)::bigint as line_count,
    sum(amount)::decimal(38, 2) as amount
from mart.cube
where vintage_id = $vintage_id
group by all
order by all
