-- The lines behind a number of the gender overview, each with its mark and why; largest first.
-- One row per budget line and part of its mark, and one for the part that is not screened;
-- `row_total` counts all of them, `line_total` the lines among them, `amount_total` is their sum.
-- $vintage_id          statement of amounts
-- $methodology         methodology
-- $version             its version
-- $categories          its categories; marks of other versions or categories are “other-version”
-- $category            category to keep, null for all; “not-screened” and “other-version” are two
-- $organisation_ids    members to keep, null for all; likewise the four below
-- $programme_ids       members to keep
-- $function_ids        members to keep
-- $economic_class_ids  members to keep
-- $fund_ids            members to keep
-- $row_limit           rows to return
-- $row_offset          rows to leave out first
-- Everything but the page itself is done with numbers of lines: words are read of a hundred of them.
with line as (
    select
        amount.line_year_id,
        amount.amount,
        vintage.stage
    from core.budget_amounts as amount
    inner join core.vintages as vintage using (vintage_id)
    inner join core.line_years as line_year using (line_year_id)
    where amount.vintage_id = $vintage_id
        and ($organisation_ids is null or list_contains($organisation_ids, line_year.organisation_id))
        and ($programme_ids is null or list_contains($programme_ids, line_year.programme_id))
        and ($function_ids is null or list_contains($function_ids, line_year.function_id))
        and ($economic_class_ids is null or list_contains($economic_class_ids, line_year.economic_class_id))
        and ($fund_ids is null or list_contains($fund_ids, line_year.fund_id))
),

part as (
    select
        line_year_id,
        classification_id,
        case
            when mark.methodology_version = $version and list_contains($categories, mark.category)
                then mark.category
            else 'other-version'
        end as category,
        mark.share_before + mark.amount_share = 1 as is_last,
        mart.part_money(line.amount, mark.share_before, mark.amount_share) as amount
    from line
    inner join mart.line_year_marks as mark using (line_year_id)
    where mark.methodology = $methodology and (mark.stage is null or mark.stage = line.stage)
),

-- Of a line whose last part ends where its amount does nothing is left.
whole as (
    select line_year_id
    from part
    where is_last
),

covered as (
    select
        line_year_id,
        sum(amount) as amount
    from part
    where line_year_id not in (select line_year_id from whole)
    group by line_year_id
),

rest as (
    select
        line.line_year_id,
        line.amount - coalesce(covered.amount, 0) as amount
    from line
    left join covered using (line_year_id)
    where line.line_year_id not in (select line_year_id from whole)
        and (covered.line_year_id is null or line.amount <> covered.amount)
),

piece as (
    select
        line_year_id,
        classification_id,
        category,
        amount
    from part
    union all
    select
        line_year_id,
        null,
        'not-screened',
        amount
    from rest
),

wanted as (
    select *
    from piece
    where $category is null or category = $category
),

total as (
    select
        count(*) as row_total,
        count(distinct line_year_id) as line_total,
        sum(amount)::decimal(38, 2) as amount_total
    from wanted
),

shown as (
    select *
    from wanted
    order by abs(amount) desc, line_year_id, classification_id
    limit $row_limit offset $row_offset
)

select
    line_year.line_id,
    budget_line.line_code,
    line_year.label,
    line_year.programme_id,
    line_year.organisation_id,
    shown.category,
    shown.amount::decimal(38, 2) as amount,
    mark.subject,
    mark.subject_code,
    mark.classification_id,
    mark.methodology_version,
    mark.category as marked_category,
    mark.amount_share,
    mark.score::varchar as score,
    mark.evidence,
    mark.evidence_link,
    mark.reason,
    mark.confidence,
    mark.state,
    mark.author,
    mark.reviewer,
    mark.recorded_at,
    total.row_total,
    total.line_total,
    total.amount_total
from shown
cross join total
inner join core.line_years as line_year using (line_year_id)
inner join core.budget_lines as budget_line using (line_id)
left join core.classifications as mark using (classification_id)
order by abs(shown.amount) desc, shown.line_year_id, shown.classification_id
