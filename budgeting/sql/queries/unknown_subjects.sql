-- Subjects that no stored budget has.
-- One row per such subject.
-- $municipality_code  municipality
-- @batch_subjects     one row per subject: direction, subject, subject_code
select
    marked.direction,
    marked.subject,
    marked.subject_code
from batch_subjects as marked
anti join (
    select
        line.direction,
        'line' as subject,
        line.line_code as subject_code
    from core.budget_lines as line
    where line.municipality_code = $municipality_code
        and line.line_id in (select line_id from core.line_years)
    union all
    select
        direction,
        dimension,
        path_code
    from core.members
    where municipality_code = $municipality_code
    union all
    select
        unnest(['expenditure', 'revenue']),
        'service',
        service_code
    from mart.services
    where municipality_code = $municipality_code
) as known using (direction, subject, subject_code)
order by all
