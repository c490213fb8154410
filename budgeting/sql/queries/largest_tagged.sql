-- The lines with most money in some categories: what a headline rests on.
-- One row per budget line, the largest first; `tagged_total` is the money of all of them.
-- $vintage_id          statement of amounts
-- $methodology         methodology
-- $version             its version
-- $categories          categories that count
-- $is_of_score         whether a known score decides instead: above zero it counts
-- $organisation_ids    members to keep, null for all; likewise the four below
-- $programme_ids       members to keep
-- $function_ids        members to keep
-- $economic_class_ids  members to keep
-- $fund_ids            members to keep
-- $row_limit           rows to return
with tagged as (
    select
        line_year_id,
        sum(amount) as amount
    from mart.marked_amounts
    where vintage_id = $vintage_id
        and methodology = $methodology
        and methodology_version = $version
        and case
            when $is_of_score and score is not null then score > 0
            else list_contains($categories, category)
        end
        and ($organisation_ids is null or list_contains($organisation_ids, organisation_id))
        and ($programme_ids is null or list_contains($programme_ids, programme_id))
        and ($function_ids is null or list_contains($function_ids, function_id))
        and ($economic_class_ids is null or list_contains($economic_class_ids, economic_class_id))
        and ($fund_ids is null or list_contains($fund_ids, fund_id))
    group by line_year_id
),

shown as (
    select *
    from tagged
    order by amount desc, line_year_id
    limit $row_limit
)

select
    line_year.line_id,
    line_year.label,
    shown.amount::decimal(38, 2) as amount,
    (select sum(amount) from tagged)::decimal(38, 2) as tagged_total
from shown
inner join core.line_years as line_year using (line_year_id)
order by shown.amount desc, shown.line_year_id
