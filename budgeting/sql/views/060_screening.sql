-- One row per budget line of the statement of amounts `statement`, with what its mark under the
-- methodology `under` says of the amount; what no part of a mark covers is not screened.
create or replace macro mart.screening(statement, under) as table
with marked as (
    select
        line_year_id,
        list(category order by classification_id) as categories,
        sum(amount_share) as covered_share,
        sum(amount)::decimal(18, 2) as screened,
        min(classification_id) as classification_id,
        any_value(mark_id) as mark_id,
        any_value(methodology_version) as methodology_version,
        any_value(rule_fingerprint) as rule_fingerprint,
        any_value(state) as state,
        any_value(confidence) as confidence,
        any_value(subject) as subject
    from mart.marked_amounts
    where vintage_id = statement and methodology = under
    group by line_year_id
)

select
    line_year.line_year_id,
    line_year.line_id,
    line_year.label,
    line_year.organisation_id,
    line_year.programme_id,
    line_year.function_id,
    line_year.economic_class_id,
    line_year.fund_id,
    amount.amount,
    amount.amount - coalesce(marked.screened, 0) as not_screened,
    coalesce(marked.covered_share, 0) < 1 as is_open,
    marked.categories,
    marked.classification_id,
    marked.mark_id,
    marked.methodology_version,
    marked.rule_fingerprint,
    marked.state,
    marked.confidence,
    marked.subject
from core.budget_amounts as amount
inner join core.line_years as line_year using (line_year_id)
left join marked using (line_year_id)
where amount.vintage_id = statement
