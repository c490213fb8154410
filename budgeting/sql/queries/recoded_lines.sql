-- Lines of a year that only its later statements have, and lines that only earlier ones have, as far as
-- nobody has confirmed that one is the other under another code. Statements stand in the order of their
-- stages, and of their dates; the first and the last of them are compared.
-- One row per line and side: `side` is new or gone.
-- $municipality_code  municipality
-- $direction          expenditure or revenue
-- $fiscal_year        the year
with own_vintage as (
    select
        vintage_id,
        row_number() over (
            order by
                list_position(['proposed', 'approved', 'revised', 'committed', 'executed'], stage),
                as_of nulls first,
                vintage_id
        ) as place
    from core.vintages
    where municipality_code = $municipality_code
        and direction = $direction
        and fiscal_year = $fiscal_year
        and stage <> 'forecast'
        and vintage_id in (select vintage_id from core.budget_amounts)
),

bounds as (
    select
        min(place) as first_place,
        max(place) as last_place
    from own_vintage
),

line as (
    select
        line_year.line_id,
        any_value(line_year.label) as label,
        min(vintage.place) as first_place,
        max(vintage.place) as last_place,
        max_by(amount.amount, vintage.place) as amount
    from own_vintage as vintage
    inner join core.budget_amounts as amount using (vintage_id)
    inner join core.line_years as line_year using (line_year_id)
    group by line_year.line_id
)

select
    case when line.first_place = bounds.first_place then 'gone' else 'new' end as side,
    budget_line.line_code,
    line.label,
    line.amount
from line
cross join bounds
inner join core.budget_lines as budget_line using (line_id)
where (line.first_place = bounds.first_place) <> (line.last_place = bounds.last_place)
    and line.line_id not in (
        select line_id from mart.line_successors
        where change = 'recoded' and fiscal_year = $fiscal_year
        union all
        select successor_line_id from mart.line_successors
        where change = 'recoded' and fiscal_year = $fiscal_year
    )
order by abs(line.amount) desc nulls last, budget_line.line_code
