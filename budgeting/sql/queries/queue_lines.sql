-- The budget lines of a statement as a queue: not wholly screened first, largest amount first.
-- One row per budget line; `row_total`, `open_total` and the sums are of all lines found.
-- $vintage_id          statement of amounts, -1 where there is none
-- $methodology         methodology
-- $version             its version in which new marks are made
-- $rules               fingerprint of its rules
-- $again               categories that are to be scored again
-- $show                which lines: all, open, inherited, doubtful, again, older, or a state of marks
-- $has_words           whether only the lines of @batch_found are kept
-- @batch_found         lines in which words were found: line_year_id
-- $organisation_ids    members to keep, null for all; likewise the four below
-- $programme_ids       members to keep
-- $function_ids        members to keep
-- $economic_class_ids  members to keep
-- $fund_ids            members to keep
-- $row_limit           rows to return
-- $row_offset          rows to leave out first
with kept as (
    select *
    from mart.queue(
        $vintage_id, $methodology, $version, $rules, $again, $show, $has_words, 'batch_found',
        $organisation_ids, $programme_ids, $function_ids, $economic_class_ids, $fund_ids
    )
),

total as (
    select
        count(*) as row_total,
        count(*) filter (where is_open) as open_total,
        sum(amount)::decimal(38, 2) as amount_total,
        sum(not_screened)::decimal(38, 2) as not_screened_total
    from kept
),

shown as (
    select *
    from kept
    order by is_open desc, abs(amount) desc, line_id
    limit $row_limit offset $row_offset
)

select
    shown.line_id,
    line.line_code,
    shown.label,
    shown.organisation_id,
    shown.programme_id,
    shown.function_id,
    shown.amount,
    shown.not_screened,
    shown.is_open,
    shown.categories,
    shown.classification_id,
    shown.mark_id,
    shown.methodology_version,
    shown.state,
    shown.confidence,
    shown.subject,
    mark.subject_code,
    mark.author,
    mark.reason,
    total.*
from shown
cross join total
inner join core.budget_lines as line using (line_id)
left join core.classifications as mark using (classification_id)
order by shown.is_open desc, abs(shown.amount) desc, shown.line_id
