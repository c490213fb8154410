-- What these subjects are in the stored budgets.
-- One row per subject that some stored budget has.
-- $municipality_code  municipality
-- @batch_subjects     one row per subject: direction, subject, subject_code, place
select
    'line' as subject,
    line.line_id as subject_id,
    marked.place
from core.budget_lines as line
inner join (
    from batch_subjects
    where subject = 'line'
) as marked
    on marked.subject_code = line.line_code and marked.direction = line.direction
where line.municipality_code = $municipality_code
union all
select
    member.dimension,
    member.member_id,
    marked.place
from core.members as member
inner join (
    from batch_subjects
    where subject <> 'line'
) as marked
    on marked.subject_code = member.path_code
        and marked.subject = member.dimension
        and marked.direction = member.direction
where member.municipality_code = $municipality_code
    and member.dimension in ('programme', 'organisation')
