-- One row per statement of amounts of a municipality, with its total and its lines.
-- $municipality_code  municipality
select
    vintage.vintage_id,
    vintage.fiscal_year,
    vintage.direction,
    vintage.stage,
    vintage.as_of,
    vintage.decision_number,
    total.amount,
    total.line_count
from core.vintages as vintage
inner join (
    select
        vintage_id,
        sum(amount)::decimal(18, 2) as amount,
        sum(line_count)::bigint as line_count
    from mart.cube
    where vintage_id in (
        select vintage_id
        from core.vintages
        where municipality_code = $municipality_code
    )
    group by vintage_id
) as total using (vintage_id)
where vintage.municipality_code = $municipality_code
order by vintage.fiscal_year, vintage.direction, vintage.stage, vintage.as_of
