-- The lines behind a part of the change of a tagged amount; largest first.
-- One row per line of either statement that brings something to the part; a line of the earlier
-- statement counts as the lines that continue it. Each value is cut at whole cents one line behind the
-- other, so that together they are the number; `row_total` counts all rows, `amount_total` is the number.
-- $earlier      statement of amounts
-- $later        statement of amounts
-- $methodology  methodology
-- $version      its version; marks of other versions do not count
-- @counting     what counts: category, score, and the weight of each
-- $growth       by how much prices rose, 0.05 for five per cent; null where it is not known
-- $part         before, price, volume, reclassification, new_lines, ended_lines, after or change
-- $row_limit    rows to return
-- $row_offset   rows to leave out first
with tagged as (
    select
        tagged.*,
        counting.weight
    from mart.tagged_lines($earlier, $later, $methodology, $version) as tagged
    inner join counting
        on counting.category = tagged.category
            and counting.score is not distinct from tagged.score
),

line as (
    select
        line_id,
        list(distinct category order by category) filter (where earlier is not null)
            as earlier_categories,
        list(distinct category order by category) filter (where later is not null)
            as later_categories,
        coalesce(sum(earlier * weight), 0) as earlier,
        coalesce(sum(later * weight), 0) as later,
        coalesce(sum(earlier * weight) filter (where is_kept), 0) as kept_earlier,
        coalesce(sum(as_earlier * weight), 0) as as_earlier,
        coalesce(sum(later * weight) filter (where is_kept), 0) as kept_later
    from tagged
    group by line_id
),

upto as (
    select
        line_id,
        mart.cents(sum(earlier) over before_it) as earlier,
        mart.cents(sum(later) over before_it) as later,
        mart.cents(sum(kept_earlier) over before_it) as kept_earlier,
        mart.cents(sum(as_earlier) over before_it) as as_earlier,
        mart.cents(sum(kept_later) over before_it) as kept_later
    from line
    window before_it as (order by line_id rows unbounded preceding)
),

priced as (
    select
        *,
        mart.cents(coalesce(kept_earlier::decimal(20, 2) * $growth::decimal(18, 12), 0)) as price
    from upto
),

total as (
    select
        line_id,
        earlier as before,
        later as after,
        later - earlier as change,
        case
            when $part = 'before' then earlier
            when $part = 'price' then price
            when $part = 'volume' then as_earlier - kept_earlier - price
            when $part = 'reclassification' then kept_later - as_earlier
            when $part = 'new_lines' then later - kept_later
            when $part = 'ended_lines' then kept_earlier - earlier
            when $part = 'after' then later
            when $part = 'change' then later - earlier
        end as part
    from priced
),

own as (
    select
        line_id,
        before - coalesce(lag(before) over in_order, 0) as before,
        after - coalesce(lag(after) over in_order, 0) as after,
        part - coalesce(lag(part) over in_order, 0) as part
    from total
    window in_order as (order by line_id)
),

wanted as (
    select *
    from own
    where part <> 0
),

shown as (
    select
        *,
        count(*) over () as row_total,
        sum(part) over () as amount_total
    from wanted
    order by abs(part) desc, line_id
    limit $row_limit offset $row_offset
),

-- Of a line that both statements have, the words and the mark of the later one.
line_year as (
    select
        line_year.line_id,
        max_by(line_year.line_year_id, vintage.vintage_id = $later) as line_year_id,
        max_by(vintage.stage, vintage.vintage_id = $later) as stage
    from core.budget_amounts as amount
    inner join core.vintages as vintage using (vintage_id)
    inner join core.line_years as line_year using (line_year_id)
    where amount.vintage_id in ($earlier, $later)
        and line_year.line_id in (select line_id from shown)
    group by line_year.line_id
),

marked as (
    select
        line_year.line_id,
        min(mark.classification_id) as classification_id
    from line_year
    inner join mart.line_year_marks as mark using (line_year_id)
    where mark.methodology = $methodology and (mark.stage is null or mark.stage = line_year.stage)
    group by line_year.line_id
)

select
    shown.line_id,
    budget_line.line_code,
    named.label,
    line.earlier_categories,
    line.later_categories,
    shown.before,
    shown.after,
    shown.part,
    mark.subject,
    mark.subject_code,
    mark.reason,
    mark.confidence,
    mark.state,
    mark.author,
    mark.reviewer,
    mark.evidence_link,
    shown.row_total,
    shown.amount_total
from shown
inner join line using (line_id)
inner join line_year using (line_id)
inner join core.line_years as named on named.line_year_id = line_year.line_year_id
inner join core.budget_lines as budget_line on budget_line.line_id = shown.line_id
left join marked on marked.line_id = shown.line_id
left join core.classifications as mark using (classification_id)
order by abs(shown.part) desc, shown.line_id
