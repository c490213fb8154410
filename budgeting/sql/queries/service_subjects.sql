-- One row per subject whose money a service bundles now, called what it was called last; a subject
-- that is in no stored budget any more has no label.
-- $municipality_code  municipality
with label as materialized (
    select
        member.dimension,
        member.direction,
        member.path_code,
        arg_max(member_label.label, member_label.fiscal_year) as label
    from core.members as member
    inner join mart.member_labels as member_label using (member_id)
    where member.municipality_code = $municipality_code
    group by all
)

select
    line.service_id,
    line.direction,
    line.subject,
    line.subject_code,
    line.economic_code,
    line.amount_share,
    line.is_capital,
    coalesce(member.label, budget_line.label) as label,
    economic.label as economic_label
from core.service_lines as line
inner join mart.services as service using (service_id, version)
left join label as member
    on member.dimension = line.subject
        and member.direction = line.direction
        and member.path_code = line.subject_code
left join label as economic
    on economic.dimension = 'economic_class'
        and economic.direction = line.direction
        and economic.path_code = line.economic_code
left join (
    select
        stored.line_code,
        stored.direction,
        arg_max(line_year.label, line_year.fiscal_year) as label
    from core.budget_lines as stored
    inner join core.line_years as line_year using (line_id)
    where stored.municipality_code = $municipality_code
        and stored.line_code in (select subject_code from core.service_lines where subject = 'line')
    group by all
) as budget_line
    on line.subject = 'line'
        and budget_line.line_code = line.subject_code
        and budget_line.direction = line.direction
where service.municipality_code = $municipality_code
order by line.service_id, line.direction, line.subject, line.subject_code, line.economic_code
