-- What stands for or against links between lines that somebody wants to confirm.
-- One row per link; the identifiers are empty where a line is not stored, `linked_*` tell a link of the
-- same year that counts already and shares the earlier or the later line with it; `is_beside` is true
-- where a statement of the year has both lines.
-- $municipality_code  municipality
-- $direction          expenditure or revenue
-- $fiscal_year        year of the later lines
-- @batch_links        one row per link: number, earlier_code, later_code
with own_line as (
    select
        line_id,
        line_code
    from core.budget_lines
    where municipality_code = $municipality_code
        and direction = $direction
        and (
            line_code in (select earlier_code from batch_links)
            or line_code in (select later_code from batch_links)
        )
),

own_year as (
    select
        line_id,
        bool_or(fiscal_year < $fiscal_year) as is_before,
        bool_or(fiscal_year = $fiscal_year) as is_there
    from core.line_years
    where line_id in (select line_id from own_line)
    group by line_id
),

stated as (
    select
        line_year.line_id,
        list(distinct amount.vintage_id) as vintage_ids
    from core.line_years as line_year
    inner join core.budget_amounts as amount using (line_year_id)
    where line_year.fiscal_year = $fiscal_year
        and line_year.line_id in (select line_id from own_line)
    group by line_year.line_id
)

select
    link.number,
    any_value(earlier.line_id) as line_id,
    any_value(later.line_id) as successor_line_id,
    coalesce(any_value(earlier_year.is_before), false) as is_before,
    coalesce(any_value(later_year.is_there), false) as is_there,
    coalesce(any_value(earlier_year.is_there), false) as is_earlier_there,
    coalesce(
        bool_or(list_has_any(earlier_stated.vintage_ids, later_stated.vintage_ids)), false
    ) as is_beside,
    arg_max(counting.confirmed_by, counting.confirmed_at) as linked_by,
    max(counting.confirmed_at) as linked_at
from batch_links as link
left join own_line as earlier on earlier.line_code = link.earlier_code
left join own_line as later on later.line_code = link.later_code
left join own_year as earlier_year on earlier_year.line_id = earlier.line_id
left join own_year as later_year on later_year.line_id = later.line_id
left join stated as earlier_stated on earlier_stated.line_id = earlier.line_id
left join stated as later_stated on later_stated.line_id = later.line_id
left join mart.line_successors as counting
    on counting.fiscal_year = $fiscal_year
        and (counting.line_id = earlier.line_id or counting.successor_line_id = later.line_id)
group by link.number
order by link.number
