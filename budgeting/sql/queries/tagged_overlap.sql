-- The marked money of two statements, and what the later amounts would be under the earlier marks.
-- One row per category and score. A line of the earlier statement that a person confirmed to go on as
-- one other line of the later one is the same line; of a split or merged one no part is the same.
-- $earlier      statement of amounts
-- $later        statement of amounts
-- $methodology  methodology
-- $version      its version; marks of other versions do not count
with earlier_line as (
    select line_year.line_id
    from core.budget_amounts as amount
    inner join core.line_years as line_year using (line_year_id)
    where amount.vintage_id = $earlier
),

later_line as (
    select line_year.line_id
    from core.budget_amounts as amount
    inner join core.line_years as line_year using (line_year_id)
    where amount.vintage_id = $later
),

gone_on as (
    select
        line_id,
        successor_line_id
    from core.line_successors
    where amount_share = 1
    qualify count(*) over (partition by line_id) = 1
        and count(*) over (partition by successor_line_id) = 1
),

-- Where either is in both statements, it is not the one that became the other between them.
same_line as (
    select
        line_id,
        successor_line_id
    from gone_on
    where line_id in (select line_id from earlier_line)
        and line_id not in (select line_id from later_line)
        and successor_line_id in (select line_id from later_line)
        and successor_line_id not in (select line_id from earlier_line)
),

line as (
    select
        coalesce(same_line.successor_line_id, line_year.line_id) as line_id,
        sum(amount.amount) filter (where amount.vintage_id = $earlier) as earlier,
        sum(amount.amount) filter (where amount.vintage_id = $later) as later
    from core.budget_amounts as amount
    inner join core.line_years as line_year using (line_year_id)
    left join same_line on same_line.line_id = line_year.line_id
    where amount.vintage_id in ($earlier, $later)
    group by 1
),

part as (
    select
        coalesce(same_line.successor_line_id, marked.line_id) as line_id,
        marked.category,
        marked.score,
        sum(marked.amount_share) filter (where marked.vintage_id = $earlier) as earlier_share,
        sum(marked.amount) filter (where marked.vintage_id = $earlier) as earlier,
        sum(marked.amount) filter (where marked.vintage_id = $later) as later
    from mart.marked_amounts as marked
    left join same_line on same_line.line_id = marked.line_id
    where marked.vintage_id in ($earlier, $later)
        and marked.methodology = $methodology
        and marked.methodology_version = $version
    group by all
),

kept as (
    select
        part.*,
        line.later as line_later,
        line.earlier is not null and line.later is not null as is_kept
    from part
    inner join line using (line_id)
)

select
    category,
    score::varchar as score,
    coalesce(sum(earlier), 0)::decimal(38, 2) as earlier,
    coalesce(sum(later), 0)::decimal(38, 2) as later,
    coalesce(sum(earlier) filter (where is_kept), 0)::decimal(38, 2) as kept_earlier,
    coalesce(sum(round(line_later * earlier_share, 2)) filter (where is_kept), 0)::decimal(38, 2)
        as kept_as_earlier,
    coalesce(sum(later) filter (where is_kept), 0)::decimal(38, 2) as kept_later
from kept
group by category, score
order by category, score
