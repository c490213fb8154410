-- What may pay for a service: programmes, organisations and lines of a year with their labels.
-- One row per programme and organisation of the year, and per line that services leave a part of.
-- $municipality_code  municipality
-- $fiscal_year        fiscal year
-- $direction          expenditure or revenue
select
    member.dimension as subject,
    member.path_code as subject_code,
    label.label
from core.members as member
inner join mart.member_labels as label using (member_id)
where member.municipality_code = $municipality_code
    and member.direction = $direction
    and member.dimension in ('programme', 'organisation')
    and label.fiscal_year = $fiscal_year
union all
select
    'line',
    line.line_code,
    line_year.label
from core.line_years as line_year
inner join core.budget_lines as line using (line_id)
where line_year.municipality_code = $municipality_code
    and line_year.fiscal_year = $fiscal_year
    and line_year.direction = $direction
    and line_year.line_year_id not in (
        select taken.line_year_id
        from mart.lines_of_services($municipality_code, $fiscal_year) as taken
        group by taken.line_year_id
        having sum(taken.amount_share) >= 1
    )
order by subject, subject_code
