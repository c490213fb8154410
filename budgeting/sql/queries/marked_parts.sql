-- Which part of which budget line of a statement has which mark under a methodology.
-- One row per budget line and part of its mark.
-- $vintage_id   statement of amounts
-- $methodology  methodology
-- $version      its version; marks under another one are left out
select
    line_year.line_id,
    mark.category,
    mark.share_before,
    mark.amount_share
from core.budget_amounts as amount
inner join core.vintages as vintage using (vintage_id)
inner join core.line_years as line_year using (line_year_id)
inner join mart.line_year_marks as mark using (line_year_id)
where amount.vintage_id = $vintage_id
    and mark.methodology = $methodology
    and mark.methodology_version = $version
    and (mark.stage is null or mark.stage = vintage.stage)
order by line_year.line_id, mark.share_before
