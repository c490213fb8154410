-- The lines behind a number of the gender overview, each with its mark and why; largest first.
-- One row per budget line and part of its mark, and one for the part that is not screened. `counted`
-- is what a row brings to the number, cut at whole cents; `row_total` counts the rows of all pages,
-- `line_total` the lines among them, `amount_total` is the number itself.
-- $vintage_id          statement of amounts
-- $methodology         methodology
-- @counting            what the number counts: methodology_version, category, confidence, state,
--                      score, and the weight of each
-- $has_rest            whether it counts what no mark covers
-- $line_id             line to keep, null for all
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
        and ($line_id is null or line_year.line_id = $line_id)
),

part as (
    select
        line_year_id,
        classification_id,
        mark.methodology_version,
        mark.category,
        mark.confidence,
        mark.state,
        mark.score::varchar as score,
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
),

wanted as (
    select
        part.line_year_id,
        part.classification_id,
        part.amount,
        counting.weight
    from part
    inner join counting
        on counting.methodology_version = part.methodology_version
            and counting.category = part.category
            and counting.confidence = part.confidence
            and counting.state = part.state
            and counting.score is not distinct from part.score
    union all
    select
        line_year_id,
        null,
        amount,
        1
    from rest
    where $has_rest
),

total as (
    select
        count(*) as row_total,
        count(distinct line_year_id) as line_total,
        mart.cents(coalesce(sum(amount * weight), 0)) as amount_total
    from wanted
),

first_ones as (
    select *
    from wanted
    order by abs(amount) desc, line_year_id, classification_id
    limit $row_limit + $row_offset
),

-- Cut one behind the other, so that together they are the number, to the cent.
counted as (
    select
        *,
        mart.cents(sum(amount * weight) over upto)
        - mart.cents(sum(amount * weight) over upto - amount * weight) as counted
    from first_ones
    window upto as (order by abs(amount) desc, line_year_id, classification_id rows unbounded preceding)
),

shown as (
    select *
    from counted
    order by abs(amount) desc, line_year_id, classification_id
    limit $row_limit offset $row_offset
)

select
    line_year.line_id,
    budget_line.line_code,
    line_year.label,
    line_year.programme_id,
    line_year.organisation_id,
    shown.amount::decimal(38, 2) as amount,
    shown.weight,
    shown.counted,
    mark.subject,
    mark.subject_code,
    mark.classification_id,
    mark.methodology_version,
    mark.category,
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
