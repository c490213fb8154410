-- The marked money of two statements, and what the later amounts would be under the earlier marks.
-- One row per category and score; mart.tagged_lines says it line by line.
-- $earlier      statement of amounts
-- $later        statement of amounts
-- $methodology  methodology
-- $version      its version; marks of other versions do not count
select
    category,
    score,
    coalesce(sum(earlier), 0)::decimal(38, 2) as earlier,
    coalesce(sum(later), 0)::decimal(38, 2) as later,
    coalesce(sum(earlier) filter (where is_kept), 0)::decimal(38, 2) as kept_earlier,
    coalesce(sum(as_earlier), 0)::decimal(38, 2) as kept_as_earlier,
    coalesce(sum(later) filter (where is_kept), 0)::decimal(38, 2) as kept_later
from mart.tagged_lines($earlier, $later, $methodology, $version)
group by category, score
order by category, score
