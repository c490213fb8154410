-- One row per budget line of the statement of amounts `statement`, with what its mark under the
-- methodology `under` says of the amount; what no part of a mark covers is not screened.
create or replace macro mart.screening(statement, under) as table
with part as (
    select *
    from mart.marked_amounts
    where vintage_id = statement and methodology = under
),

-- Most marks are of one part: only the others need adding up.
marked as (
    select
        line_year_id,
        [category] as categories,
        amount_share as covered_share,
        amount as screened,
        classification_id,
        mark_id,
        methodology_version,
        rule_fingerprint,
        state,
        confidence,
        subject
    from part
    where amount_share = 1
    union all
    select
        line_year_id,
        list(category order by classification_id),
        sum(amount_share),
        sum(amount)::decimal(18, 2),
        min(classification_id),
        any_value(mark_id),
        any_value(methodology_version),
        any_value(rule_fingerprint),
        any_value(state),
        any_value(confidence),
        any_value(subject)
    from part
    where amount_share < 1
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
