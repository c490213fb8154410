-- How many budget lines of a statement of amounts are marked under earlier rules of the same version.
-- One row.
-- $vintage_id   statement of amounts
-- $methodology  methodology
-- $version      its version
-- $rules        fingerprint of its rules as they are now
with earlier as (
    select
        line_year_id,
        stage
    from mart.line_year_marks
    where methodology = $methodology
        and methodology_version = $version
        and rule_fingerprint not in ('', $rules)
)

select count(distinct amount.line_year_id) as line_count
from core.budget_amounts as amount
inner join core.vintages as vintage using (vintage_id)
inner join earlier using (line_year_id)
where amount.vintage_id = $vintage_id
    and (earlier.stage is null or earlier.stage = vintage.stage)
