-- Line-years for which a mark of one of these subjects may count.
-- One row per line-year.
-- $municipality_code  municipality
-- $from_year          first fiscal year to look at
-- @batch_subjects     one row per subject: direction, subject, subject_code
with marked_line as (
    select line.line_id
    from core.budget_lines as line
    semi join (
        from batch_subjects
        where subject = 'line'
    ) as marked
        on marked.subject_code = line.line_code and marked.direction = line.direction
    where line.municipality_code = $municipality_code
),

marked_member as (
    select member.member_id
    from core.members as member
    semi join batch_subjects as marked
        on marked.subject_code = member.path_code
            and marked.subject = member.dimension
            and marked.direction = member.direction
    where member.municipality_code = $municipality_code
),

leaf as (
    select member_id as leaf_id
    from (
        select
            member_id,
            unnest(ancestor_ids) as ancestor_id
        from core.members
        where municipality_code = $municipality_code and dimension in ('programme', 'organisation')
    ) as member
    where ancestor_id in (select member_id from marked_member)
)

select line_year_id
from core.line_years
where municipality_code = $municipality_code
    and fiscal_year >= $from_year
    and (
        line_id in (select line_id from marked_line)
        or programme_id in (select leaf_id from leaf)
        or organisation_id in (select leaf_id from leaf)
    )
