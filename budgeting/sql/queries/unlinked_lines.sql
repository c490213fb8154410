-- Lines of a year that the year stored before it does not have, and lines of that year which are gone,
-- as far as nobody has confirmed what they continue or what became of them; and those of both years.
-- The amounts are of a stage that both years have, approved first, else of what each has.
-- One row per line and side: `side` is new, gone or both.
-- $municipality_code  municipality
-- $direction          expenditure or revenue
-- $fiscal_year        the later year
with year_before as (
    select max(fiscal_year) as fiscal_year
    from core.line_years
    where municipality_code = $municipality_code
        and direction = $direction
        and fiscal_year < $fiscal_year
),

own_line as (
    select
        line_year_id,
        line_id,
        label,
        fiscal_year,
        fiscal_year < $fiscal_year as is_earlier
    from core.line_years
    where municipality_code = $municipality_code
        and direction = $direction
        and fiscal_year in ($fiscal_year, (select fiscal_year from year_before))
),

own_vintage as (
    select
        *,
        list_position(
            ['approved', 'revised', 'executed', 'committed', 'proposed', 'forecast'], stage
        ) as place,
        count(distinct fiscal_year) over (partition by stage) as year_count
    from core.vintages
    where municipality_code = $municipality_code
        and direction = $direction
        and fiscal_year in ($fiscal_year, (select fiscal_year from year_before))
        and vintage_id in (select vintage_id from core.budget_amounts)
),

shown as (
    select vintage_id
    from own_vintage
    qualify row_number() over (
        partition by fiscal_year
        order by year_count desc, place, as_of desc nulls last, vintage_id desc
    ) = 1
),

line as (
    select
        own_line.line_id,
        arg_max(own_line.label, own_line.fiscal_year) as label,
        bool_or(own_line.is_earlier) as is_earlier,
        bool_or(not own_line.is_earlier) as is_later,
        max_by(amount.amount, own_line.fiscal_year) as amount
    from own_line
    left join core.budget_amounts as amount
        on amount.line_year_id = own_line.line_year_id
            and amount.vintage_id in (select vintage_id from shown)
    group by own_line.line_id
)

select
    case when line.is_earlier and line.is_later then 'both' when line.is_later then 'new' else 'gone' end
        as side,
    budget_line.line_code,
    line.label,
    line.amount,
    year_before.fiscal_year as earlier_year
from line
inner join core.budget_lines as budget_line using (line_id)
cross join year_before
where year_before.fiscal_year is not null
    and not (
        line.is_later and line.line_id in (
            select successor_line_id from mart.line_successors
            where fiscal_year = $fiscal_year
        )
    )
    and not (
        line.is_earlier and line.line_id in (
            select line_id from mart.line_successors
            where fiscal_year = $fiscal_year
        )
    )
order by abs(line.amount) desc nulls last, budget_line.line_code
