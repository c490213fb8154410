-- One row per statement, what a mark says and combination of classifications, added up over the
-- line-years of the relation called `line_years`: what mart.marked_cube is filled from.
-- It asks each table for its own of these rows, as a few of many line-years are marked at a time.
create or replace macro mart.marked_cells(line_years) as table
with line_year as (
    from core.line_years
    where line_year_id in (select line_year_id from query_table(line_years))
),

mark as (
    from mart.line_year_marks
    where line_year_id in (select line_year_id from query_table(line_years))
),

amount as (
    from core.budget_amounts
    where line_year_id in (select line_year_id from query_table(line_years))
)

select
    amount.vintage_id,
    mark.methodology,
    mark.methodology_version,
    mark.category,
    mark.confidence,
    mark.state,
    mark.score,
    line_year.organisation_id,
    line_year.programme_id,
    line_year.function_id,
    line_year.economic_class_id,
    line_year.fund_id,
    (count(*) filter (where mark.share_before = 0))::integer as line_count,
    (count(*) filter (where mark.share_before + mark.amount_share = 1))::integer as whole_line_count,
    count(*)::integer as part_count,
    sum(mart.part_money(amount.amount, mark.share_before, mark.amount_share))::decimal(18, 2) as amount
from amount
inner join core.vintages as vintage using (vintage_id)
inner join line_year using (line_year_id)
inner join mark using (line_year_id)
where mark.stage is null or mark.stage = vintage.stage
group by all
