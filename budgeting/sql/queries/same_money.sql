-- Statements of a file that share no line with what is stored for them, although the totals agree
-- within a ten-thousandth: probably the same money under another classification.
-- One row per such statement.
-- @batch_vintages  one row per statement of the file that is stored: statement_id, source_file_id,
--                  vintage_id, municipality_code, fiscal_year, direction, stage
-- @batch_amounts   one row per source row and statement: statement_id, line_code, amount
with incoming as (
    select
        statement.vintage_id,
        statement.stage,
        statement.fiscal_year,
        min(statement.source_file_id) as source_file_id,
        sum(amount.amount) as stated_total
    from batch_amounts as amount
    inner join batch_vintages as statement using (statement_id)
    group by statement.vintage_id, statement.stage, statement.fiscal_year
),

stated as (
    select distinct
        statement.vintage_id,
        amount.line_code
    from batch_amounts as amount
    inner join batch_vintages as statement using (statement_id)
),

stored as (
    select
        amount.vintage_id,
        sum(amount.amount) as stored_total,
        count(stated.line_code) as shared_count
    from core.budget_amounts as amount
    inner join core.line_years as line_year using (line_year_id)
    inner join core.budget_lines as line using (line_id)
    left join stated on stated.vintage_id = amount.vintage_id and stated.line_code = line.line_code
    where amount.vintage_id in (select vintage_id from batch_vintages)
    group by amount.vintage_id
)

select
    incoming.source_file_id,
    incoming.stage,
    incoming.fiscal_year,
    stored.stored_total::decimal(18, 2) as stored_total,
    incoming.stated_total::decimal(18, 2) as stated_total
from incoming
inner join stored using (vintage_id)
where stored.shared_count = 0
    and stored.stored_total <> 0
    and abs(incoming.stated_total - stored.stored_total) * 10000 <= abs(stored.stored_total)
order by incoming.vintage_id
