-- The lines of a file beside the lines of the statements that it is compared with.
-- One row per statement and line that either of them has.
-- @batch_bases       one row per statement: statement_id, vintage_id of what it is compared with
-- @batch_lines       one row per source row: source_file_id, row_number, line_code, label, a path code per dimension
-- @batch_amounts     one row per source row and statement: statement_id, line_code, amount
with incoming as (
    select
        amount.statement_id,
        amount.line_code,
        sum(amount.amount)::decimal(18, 2) as amount
    from batch_amounts as amount
    semi join batch_bases using (statement_id)
    group by amount.statement_id, amount.line_code
),

stored as (
    select
        base.statement_id,
        line.line_code,
        line_year.label,
        amount.amount
    from batch_bases as base
    inner join core.budget_amounts as amount using (vintage_id)
    inner join core.line_years as line_year using (line_year_id)
    inner join core.budget_lines as line using (line_id)
),

label as (
    select
        line_code,
        arg_min(label, row_number) as label
    from batch_lines
    where source_file_id is not null
    group by line_code
)

select
    coalesce(incoming.statement_id, stored.statement_id) as statement_id,
    coalesce(incoming.line_code, stored.line_code) as line_code,
    coalesce(label.label, stored.label) as label,
    stored.amount as stored,
    incoming.amount as stated,
    case
        when stored.line_code is null then 'new'
        when incoming.line_code is null then 'gone'
        when stored.amount = incoming.amount then 'same'
        else 'changed'
    end as fate
from incoming
full join stored
    on stored.statement_id = incoming.statement_id and stored.line_code = incoming.line_code
left join label on label.line_code = incoming.line_code
order by statement_id, abs(coalesce(incoming.amount, 0) - coalesce(stored.amount, 0)) desc, line_code
