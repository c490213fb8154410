-- Add this year's occurrence of each line of a batch unless it is there.
-- $municipality_code  municipality
-- $fiscal_year        fiscal year
-- $direction          expenditure or revenue
-- $is_elimination     whether the file holds consolidation eliminations
-- @batch_lines        one row per source row: row_number, line_code, label and a path code per dimension
insert into core.line_years
with incoming as (
    select
        line_code,
        min(row_number) as first_row,
        arg_min(label, row_number) as label,
        any_value(organisation) as organisation,
        any_value(programme) as programme,
        any_value("function") as "function",
        any_value(economic_class) as economic_class,
        any_value(fund) as fund
    from batch_lines
    group by line_code
),

own_member as (
    select
        dimension,
        path_code,
        member_id
    from core.members
    where municipality_code = $municipality_code and direction = $direction
)

select
    (select coalesce(max(line_year_id), 0) from core.line_years)
    + row_number() over (order by incoming.first_row),
    line.line_id,
    $municipality_code,
    $fiscal_year,
    $direction,
    incoming.label,
    coalesce(organisation.member_id, 0),
    coalesce(programme.member_id, 0),
    coalesce(cofog.member_id, 0),
    coalesce(economic_class.member_id, 0),
    coalesce(fund.member_id, 0),
    $is_elimination,
    core.folded(incoming.label)
from incoming
inner join core.budget_lines as line
    on line.municipality_code = $municipality_code
        and line.direction = $direction
        and line.line_code = incoming.line_code
left join own_member as organisation
    on organisation.dimension = 'organisation' and organisation.path_code = incoming.organisation
left join own_member as programme
    on programme.dimension = 'programme' and programme.path_code = incoming.programme
left join own_member as cofog
    on cofog.dimension = 'function' and cofog.path_code = incoming."function"
left join own_member as economic_class
    on economic_class.dimension = 'economic_class' and economic_class.path_code = incoming.economic_class
left join own_member as fund
    on fund.dimension = 'fund' and fund.path_code = incoming.fund
anti join core.line_years as known
    on known.line_id = line.line_id and known.fiscal_year = $fiscal_year
