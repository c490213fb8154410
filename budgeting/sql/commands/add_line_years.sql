-- Add each year's occurrence of the lines of a file unless it is there; the first row gives the label.
-- $is_elimination    whether the file holds consolidation eliminations
-- @batch_parts       one row per part of the file: source_file_id, municipality_code, fiscal_year, direction
-- @batch_lines       one row per source row: source_file_id, row_number, line_code, label, a path code per dimension
insert into core.line_years
with incoming as (
    select
        part.municipality_code,
        part.direction,
        part.fiscal_year,
        line.line_code,
        min(line.source_file_id * 4294967296 + line.row_number) as first_row,
        arg_min(line.label, line.source_file_id * 4294967296 + line.row_number) as label,
        any_value(line.organisation) as organisation,
        any_value(line.programme) as programme,
        any_value(line."function") as "function",
        any_value(line.economic_class) as economic_class,
        any_value(line.fund) as fund
    from batch_lines as line
    inner join batch_parts as part using (source_file_id)
    group by part.municipality_code, part.direction, part.fiscal_year, line.line_code
)

select
    (select coalesce(max(line_year_id), 0) from core.line_years)
    + row_number() over (order by incoming.first_row),
    line.line_id,
    incoming.municipality_code,
    incoming.fiscal_year,
    incoming.direction,
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
    on line.municipality_code = incoming.municipality_code
        and line.direction = incoming.direction
        and line.line_code = incoming.line_code
left join core.members as organisation
    on organisation.municipality_code = incoming.municipality_code
        and organisation.direction = incoming.direction
        and organisation.dimension = 'organisation'
        and organisation.path_code = incoming.organisation
left join core.members as programme
    on programme.municipality_code = incoming.municipality_code
        and programme.direction = incoming.direction
        and programme.dimension = 'programme'
        and programme.path_code = incoming.programme
left join core.members as cofog
    on cofog.municipality_code = incoming.municipality_code
        and cofog.direction = incoming.direction
        and cofog.dimension = 'function'
        and cofog.path_code = incoming."function"
left join core.members as economic_class
    on economic_class.municipality_code = incoming.municipality_code
        and economic_class.direction = incoming.direction
        and economic_class.dimension = 'economic_class'
        and economic_class.path_code = incoming.economic_class
left join core.members as fund
    on fund.municipality_code = incoming.municipality_code
        and fund.direction = incoming.direction
        and fund.dimension = 'fund'
        and fund.path_code = incoming.fund
anti join core.line_years as known
    on known.line_id = line.line_id and known.fiscal_year = incoming.fiscal_year
order by 1
