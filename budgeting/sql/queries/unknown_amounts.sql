-- What the classifications do not say: money and lines under "not known" in one statement.
-- One row.
-- $vintage_id  statement of amounts
select
    sum(line_count)::bigint as line_count,
    sum(amount) filter (where organisation_id = 0) as organisation,
    sum(line_count) filter (where organisation_id = 0)::bigint as organisation_line_count,
    sum(amount) filter (where programme_id = 0) as programme,
    sum(line_count) filter (where programme_id = 0)::bigint as programme_line_count,
    sum(amount) filter (where function_id = 0) as function,
    sum(line_count) filter (where function_id = 0)::bigint as function_line_count,
    sum(amount) filter (where economic_class_id = 0) as economic_class,
    sum(line_count) filter (where economic_class_id = 0)::bigint as economic_class_line_count,
    sum(amount) filter (where fund_id = 0) as fund,
    sum(line_count) filter (where fund_id = 0)::bigint as fund_line_count,
    sum(line_count) filter (where amount < 0)::bigint as negative_line_count
from mart.cube
where vintage_id = $vintage_id
