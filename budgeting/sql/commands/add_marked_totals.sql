-- Add up what marks say in the statements that have no totals; drop_marked_totals has made room.
insert into mart.marked_totals
select
    vintage_id,
    methodology,
    methodology_version,
    category,
    confidence,
    state,
    score,
    sum(line_count),
    sum(whole_line_count),
    sum(part_count),
    sum(amount)
from mart.marked_cube
where vintage_id not in (select vintage_id from mart.marked_totals)
group by all
