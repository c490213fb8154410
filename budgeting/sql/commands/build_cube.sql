-- Build the cube of the years that an import concerns, a vintage after the other, so that a click
-- reads only its own.
-- $import_id  import
insert into mart.cube
select
    amount.vintage_id,
    line_year.organisation_id,
    line_year.programme_id,
    line_year.function_id,
    line_year.economic_class_id,
    line_year.fund_id,
    count(*),
    sum(amount.amount)
from core.budget_amounts as amount
inner join core.line_years as line_year using (line_year_id)
where amount.vintage_id in (
    select vintage.vintage_id
    from core.vintages as vintage
    inner join core.source_files as part using (municipality_code, fiscal_year, direction)
    where part.import_id = $import_id
)
group by all
order by amount.vintage_id, line_year.programme_id
