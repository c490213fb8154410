-- What somebody confirmed of the lines of a year: which lines of years before they continue.
-- One row per link that counts, those of one succession together, the newest first. `is_waiting` is
-- true where a line is not stored: the link counts again when its code is. `is_still_there` is true
-- where the earlier line is in the year as well, and nothing says what it continues there.
-- $municipality_code  municipality
-- $direction          expenditure or revenue
-- $fiscal_year        year of the later lines
with own_link as (
    select *
    from mart.line_successors
    where fiscal_year = $fiscal_year
        and line_id in (
            select line_id from core.budget_lines
            where municipality_code = $municipality_code and direction = $direction
        )
),

named as (
    select
        line_id,
        arg_max(label, fiscal_year) filter (where fiscal_year < $fiscal_year) as label_before,
        arg_max(label, fiscal_year) filter (where fiscal_year = $fiscal_year) as later_label
    from core.line_years
    where line_id in (select line_id from own_link)
        or line_id in (select successor_line_id from own_link)
    group by line_id
)

select
    link.succession_id,
    link.change,
    earlier.line_code as earlier_code,
    case when link.change = 'recoded' then earlier_name.later_label else earlier_name.label_before end
        as earlier_label,
    later.line_code as later_code,
    later_name.later_label,
    link.amount_share,
    link.reason,
    link.confirmed_by,
    link.confirmed_at,
    later_name.later_label is null
    or case when link.change = 'recoded' then earlier_name.later_label else earlier_name.label_before end is null
        as is_waiting,
    link.change <> 'recoded'
    and earlier_name.later_label is not null
    and link.line_id not in (select successor_line_id from own_link) as is_still_there
from own_link as link
inner join core.budget_lines as earlier on earlier.line_id = link.line_id
inner join core.budget_lines as later on later.line_id = link.successor_line_id
left join named as earlier_name on earlier_name.line_id = link.line_id
left join named as later_name on later_name.line_id = link.successor_line_id
order by link.succession_id desc, earlier.line_code, later.line_code
