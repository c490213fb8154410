-- What people confirmed of a budget line: which lines it continues, and which continue it.
-- One row per link that counts, newest year first; `line_id` is the other line, whose label is of the
-- nearest year on its side of the link.
-- $line_id  budget line
with own_link as (
    select
        'continues' as relation,
        line_id as other_line_id,
        *
    from mart.line_successors
    where successor_line_id = $line_id and line_id <> $line_id
    union all
    select
        'continued_by' as relation,
        successor_line_id as other_line_id,
        *
    from mart.line_successors
    where line_id = $line_id and successor_line_id <> $line_id
)

select
    link.fiscal_year,
    link.relation,
    link.change as becoming,
    link.other_line_id as line_id,
    line.line_code,
    arg_min(
        line_year.label,
        abs(line_year.fiscal_year - link.fiscal_year + (link.relation = 'continues')::integer)
    ) as label,
    link.amount_share,
    link.reason,
    link.confirmed_by,
    link.confirmed_at
from own_link as link
inner join core.budget_lines as line on line.line_id = link.other_line_id
left join core.line_years as line_year on line_year.line_id = link.other_line_id
group by all
order by link.fiscal_year desc, link.relation, line.line_code
